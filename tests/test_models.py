"""What the database itself refuses, and what follows from starts alone."""

import datetime
from typing import get_args

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from articles.assembly import lay_out
from articles.extraction.values import Role
from articles.models import Article, Block, Issue, Newspaper, Page, Person
from tests.factories import make_article, make_block, make_issue, make_newspaper, make_page


@given(text=st.text(max_size=300), starts=st.sets(st.integers(0, 400), min_size=1, max_size=30))
def test_blocks_tile_any_text_whatever_their_starts(text, starts):
    page = Page(source_text=text)
    passages = lay_out(page, [Block(start=min(start, len(text))) for start in sorted(starts)])
    assert passages[0].start == 0 and passages[-1].end == len(text)
    assert "".join(text[p.start : p.end] for p in passages) == text


def test_the_split_and_the_archive_know_the_same_roles():
    assert get_args(Role) == tuple(Block.Role.values)


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


@pytest.mark.django_db
def test_a_block_is_in_exactly_one_place():
    page, article = make_page("一段文字。"), make_article()
    refused(lambda: Block.objects.create(page=page, start=0))
    refused(lambda: Block.objects.create(page=page, start=0, article=article))
    refused(lambda: Block.objects.create(page=page, start=0, article=article, position=1, reason="editor"))
    refused(
        lambda: Block.objects.create(
            page=page, start=0, article=article, position=1, duplicate_start=0, duplicate_end=2
        )
    )
    refused(lambda: Block.objects.create(page=page, start=0, duplicate_start=0, duplicate_end=2, reason="editor"))
    refused(lambda: Block.objects.create(page=page, start=0, duplicate_start=3, duplicate_end=3))
    Block.objects.create(page=page, start=0, article=article, position=1)


@pytest.mark.django_db
def test_two_blocks_never_begin_at_one_place():
    page = make_page("一段文字。")
    make_block(page, 0)
    refused(lambda: make_block(page, 0))


@pytest.mark.django_db
def test_an_issue_has_a_page_number_once_but_any_number_of_pages_without_one():
    issue = make_issue()
    make_page("甲", issue=issue, number="2")
    refused(lambda: make_page("乙", issue=issue, number="2"))
    make_page("丙", issue=issue)
    make_page("丁", issue=issue)


@pytest.mark.django_db
def test_a_day_has_an_edition_once():
    paper = make_newspaper()
    day = datetime.date(2024, 5, 6)
    Issue.objects.create(newspaper=paper, date=day)
    refused(lambda: Issue.objects.create(newspaper=paper, date=day))
    extra = Issue.objects.create(newspaper=paper, date=day, edition=2)
    assert extra.label == "2024-05-06_2"


@pytest.mark.django_db
def test_what_is_withdrawn_or_unfixable_says_why():
    article, page = make_article(), make_page("甲", issue=make_issue())
    refused(lambda: Article.objects.filter(pk=article.pk).update(state="withdrawn"))
    refused(lambda: Page.objects.filter(pk=page.pk).update(state="unfixable"))
    refused(lambda: Article.objects.filter(pk=article.pk).update(merged_into=article))


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["admin", "search", "Articles", "a b", "a/b", "a\n", ""])
def test_a_slug_that_the_site_needs_or_an_address_cannot_hold_is_refused(slug):
    with pytest.raises(ValidationError):
        Newspaper(name="试报", slug=slug).full_clean()


@pytest.mark.django_db
def test_a_slug_may_be_chinese():
    Newspaper(name="试报", slug="试报").full_clean()


@pytest.mark.django_db
def test_keys_put_newer_days_higher_and_of_one_day_the_first_imported():
    first = make_article(issue=make_issue(date="2024-05-06"))
    second = make_article(issue=first.issue)
    later = make_article(issue=make_issue(first.newspaper, date="2024-05-07"))
    assert list(Article.objects.newest_first()) == [later, first, second]


@pytest.mark.django_db
def test_pages_stand_in_the_order_of_the_paper():
    from articles.extraction.numbering import sort_key_of

    issue = make_issue()
    for number in ["A02", "10", "", "B01", "2", "A01"]:
        make_page(number or "无", issue=issue, number=number, sort_key=sort_key_of(number))
    assert [p.number for p in Page.objects.in_order()] == ["2", "10", "A01", "A02", "B01", ""]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite plans without knowing how many rows there are")
@pytest.mark.parametrize(
    "rows",
    [
        lambda: Article.objects.visible_to(None).newest_first()[:20],
        lambda: Article.objects.visible_to(None).filter(issue=1).in_issue_order(),
        lambda: Article.objects.visible_to(None).filter(page__in=[1, 2]),
        lambda: Article.objects.visible_to(None).by(1).newest_first()[:20],
        lambda: Person.objects.visible_to(None).living().with_article_counts(None)[:100],
    ],
)
def test_lists_are_not_read_from_all_rows(db, rows):
    """An index that nearly all rows are in the same place of leads to none of them."""
    plan = rows().explain()
    assert "merged_into" not in plan and "SCAN articles_article\n" not in plan + "\n", plan
