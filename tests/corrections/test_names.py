"""Columns, people and categories renamed and merged, with addresses that go on leading somewhere, and undo."""

import random

import pytest

from articles import corrections
from articles.assembly import find_categories, find_column, find_people, read_anew
from articles.corrections import ActRefused, StalePage, UndoBlocked
from articles.models import Article, Category, Column, Correction, Credit, Page, Person
from articles.search.documents import check
from tests.desk import article_of, check_whole, state_of
from tests.factories import make_article, make_issue

from .test_random_acts import random_act


@pytest.fixture(autouse=True)
def filed(page):
    """The page's articles with the columns and people that their text names."""
    read_anew(list(Article.objects.filter(blocks__page=page).distinct()))


@pytest.fixture
def column(page):
    return Column.objects.get(name="街巷新事")


@pytest.fixture
def slip(page):
    """The same column as an OCR slip has it, on an article of the page."""
    slip = Column.objects.create(newspaper=page.newspaper, name="街巷新亊")
    Article.objects.filter(pk=article_of(page, "南塘村头茬").pk).update(column=slip)
    return slip


@pytest.fixture
def person(page):
    return Person.objects.get(name="林小满")


def names():
    fields = ("pk", "name", "merged_into_id")
    return [list(model.objects.order_by("pk").values_list(*fields)) for model in (Category, Column, Person)]


def test_a_merged_column_gives_its_articles_and_its_address_to_the_survivor(client, page, column, slip, editor):
    entry = corrections.merge_names(survivor=column, other=slip, user=editor)
    assert article_of(page, "南塘村头茬").column == column
    assert list(entry.pages.all()) == [page] and entry.arguments["count"] == 1
    answer = client.get(slip.get_absolute_url())
    assert (answer.status_code, answer.headers["Location"]) == (301, column.get_absolute_url())
    assert slip.name not in client.get("/columns/").content.decode()


def test_undo_of_a_merge_takes_everything_back(client, page, column, slip, editor):
    before, all_names = state_of([page]), names()
    entry = corrections.merge_names(survivor=column, other=slip, user=editor)
    after = state_of([page])
    undone = corrections.undo(entry=entry, user=editor)
    assert (state_of([page]), names()) == (before, all_names)
    assert client.get(slip.get_absolute_url()).status_code == 200
    corrections.undo(entry=undone, user=editor)
    assert state_of([page]) == after


def test_a_page_that_prints_the_merged_name_is_filed_under_the_survivor(page, column, slip, editor):
    corrections.merge_names(survivor=column, other=slip, user=editor)
    assert find_column(page.newspaper_id, "街巷新亊") == column


def test_merging_people_moves_their_credits_and_keeps_what_was_printed(client, page, person, editor):
    other = Person.objects.get(name="周禾")
    before = state_of([page])
    entry = corrections.merge_names(survivor=person, other=other, user=editor)
    credit = Credit.objects.get(name="周禾")
    assert credit.person == person
    assert client.get(other.get_absolute_url()).headers["Location"] == person.get_absolute_url()
    assert find_people(["周禾"]) == {"周禾": person}
    corrections.undo(entry=entry, user=editor)
    assert state_of([page]) == before


def test_merging_categories_moves_their_articles(client, page, editor):
    life = Category.objects.create(name="民生", slug="minsheng")
    farm = Category.objects.create(name="农业", slug="nongye")
    Article.objects.filter(blocks__page=page).update(category=life)
    entry = corrections.merge_names(survivor=farm, other=life, user=editor)
    assert set(Article.objects.values_list("category", flat=True)) == {farm.pk}
    assert find_categories()["民生"] == farm
    assert client.get("/categories/minsheng/").headers["Location"] == "/categories/nongye/"
    corrections.undo(entry=entry, user=editor)
    assert set(Article.objects.values_list("category", flat=True)) == {life.pk}


def test_a_renamed_column_redirects_and_is_still_found_by_its_old_name(client, page, column, editor):
    old, before = column.get_absolute_url(), names()
    entry = corrections.rename_name(named=column, name=" 街巷 ", user=editor)
    column.refresh_from_db()
    assert column.name == "街巷" and client.get(old).headers["Location"] == column.get_absolute_url()
    assert find_column(page.newspaper_id, "街巷新事") == column
    after = names()
    undone = corrections.undo(entry=entry, user=editor)
    assert names() == before
    corrections.undo(entry=undone, user=editor)
    assert names() == after


def test_a_name_given_back_by_renaming_again_makes_no_new_row(page, column, editor):
    corrections.rename_name(named=column, name="街巷", user=editor)
    rows = Column.objects.count()
    entry = corrections.rename_name(named=column, name="街巷新事", user=editor)
    assert Column.objects.count() == rows and column.merged.get().name == "街巷"
    corrections.undo(entry=entry, user=editor)
    assert column.merged.get().name == "街巷新事"


def test_people_and_categories_are_renamed_too(page, person, editor):
    category = Category.objects.create(name="民生", slug="minsheng")
    for named, name in ((person, "林晓满"), (category, "社会民生")):
        before = names()
        entry = corrections.rename_name(named=named, name=name, user=editor)
        named.refresh_from_db()
        assert named.name == name and named.merged.count() == 1
        corrections.undo(entry=entry, user=editor)
        assert names() == before


def test_pages_signed_off_stay_so_and_are_not_held_for_touched(page, column, slip, editor):
    corrections.sign_off(page=page, user=editor)
    was = Page.objects.get(pk=page.pk).version
    Correction.objects.all().delete()
    corrections.merge_names(survivor=column, other=slip, user=editor)
    page.refresh_from_db()
    assert page.state == "reviewed" and page.version == was + 1 and not page.touched


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (lambda c, s, u: corrections.rename_name(named=c, name=" ", user=u), "请写"),
        (lambda c, s, u: corrections.rename_name(named=c, name="字" * 101, user=u), "请写"),
        (lambda c, s, u: corrections.rename_name(named=c, name=s.name, user=u), "请改用合并"),
        (lambda c, s, u: corrections.merge_names(survivor=c, other=c, user=u), "两个不同"),
        (lambda c, s, u: corrections.merge_names(survivor=c, other=Person.objects.first(), user=u), "两个不同"),
    ],
)
def test_what_cannot_be_is_refused_with_words(column, slip, editor, refused, words):
    before = names()
    with pytest.raises(ActRefused, match=words):
        refused(column, slip, editor)
    assert names() == before


def test_columns_of_two_newspapers_are_not_merged(column, editor):
    other = Column.objects.create(newspaper=make_issue().newspaper, name="街巷新事")
    with pytest.raises(ActRefused, match="不属于同一份报纸"):
        corrections.merge_names(survivor=column, other=other, user=editor)


def test_what_is_merged_is_neither_merged_nor_renamed_again(column, slip, editor):
    corrections.merge_names(survivor=column, other=slip, user=editor)
    third = Column.objects.create(newspaper=column.newspaper, name="街巷")
    for refused in (
        lambda: corrections.merge_names(survivor=slip, other=third, user=editor),
        lambda: corrections.merge_names(survivor=third, other=slip, user=editor),
        lambda: corrections.rename_name(named=slip, name="巷", user=editor),
    ):
        with pytest.raises(ActRefused, match="刚被合并"):
            refused()
    with pytest.raises(ActRefused, match="已并入"):
        corrections.rename_name(named=third, name=slip.name, user=editor)


def test_a_page_changed_since_it_was_seen_stops_the_merge(page, column, slip, editor):
    seen = {page.pk: page.version}
    corrections.set_name(page=page, name="民生", user=editor)
    with pytest.raises(StalePage):
        corrections.merge_names(survivor=column, other=slip, user=editor, versions=seen)
    assert slip.articles.exists()


def test_a_chain_of_merges_leads_to_its_end_and_is_undone_from_its_end(client, page, column, slip, editor):
    third = Column.objects.create(newspaper=page.newspaper, name="街巷")
    first = corrections.merge_names(survivor=column, other=slip, user=editor)
    second = corrections.merge_names(survivor=third, other=column, user=editor)
    assert client.get(slip.get_absolute_url()).headers["Location"] == third.get_absolute_url()
    with pytest.raises(UndoBlocked, match="合并名称"):
        corrections.undo(entry=first, user=editor)
    corrections.undo(entry=second, user=editor)
    corrections.undo(entry=first, user=editor)
    assert article_of(page, "南塘村头茬").column == slip


def test_who_files_an_article_under_a_name_just_merged_files_it_under_the_survivor(page, column, slip, editor):
    article, person = article_of(page, "老槐树下"), Person.objects.get(name="周禾")
    corrections.merge_names(survivor=column, other=slip, user=editor)
    corrections.merge_names(survivor=Person.objects.get(name="林小满"), other=person, user=editor)
    corrections.set_column(article=article, column=slip, user=editor)
    corrections.set_credits(article=article, credits=[("周禾", "reporter", "", person)], user=editor)
    article.refresh_from_db()
    assert article.column == column and article.credits.get().person.name == "林小满"


def test_articles_are_not_filed_under_a_merged_name_by_an_undo(page, column, slip, editor):
    article = article_of(page, "南塘村头茬")
    entry = corrections.set_column(article=article, column=column, user=editor)
    corrections.merge_names(survivor=column, other=slip, user=editor)
    with pytest.raises(ActRefused, match="已并入"):
        corrections.undo(entry=entry, user=editor)


def test_more_than_a_batch_is_one_act_with_one_undo(page, column, slip, editor, monkeypatch):
    monkeypatch.setattr("articles.corrections.many.BATCH", 2)
    Article.objects.filter(blocks__page=page).update(column=slip)
    before, all_names = state_of([page]), names()
    entry = corrections.merge_names(
        survivor=column, other=slip, user=editor, versions={page.pk: Page.objects.get(pk=page.pk).version}
    )
    assert Correction.objects.count() == 2 == Correction.objects.filter(batch=entry.batch).count()
    assert not slip.articles.exists()
    undone = corrections.undo(entry=Correction.objects.order_by("pk").first(), user=editor)
    assert (state_of([page]), names()) == (before, all_names)
    corrections.undo(entry=undone, user=editor)
    assert not slip.articles.exists()


def test_too_many_articles_are_refused_in_words(page, column, slip, editor, monkeypatch):
    monkeypatch.setattr("articles.corrections.many.LIMIT", 2)
    Article.objects.filter(blocks__page=page).update(column=slip)
    with pytest.raises(ActRefused, match="一次最多处理2篇文章，这里有3篇文章"):
        corrections.merge_names(survivor=column, other=slip, user=editor)


def test_an_article_without_a_page_is_filed_too(column, slip, editor):
    article = make_article("散页", newspaper=column.newspaper, dated=False, column=slip)
    corrections.merge_names(survivor=column, other=slip, user=editor)
    article.refresh_from_db()
    assert article.column == column


@pytest.mark.parametrize("seed", range(6))
def test_names_merged_and_renamed_between_other_acts_are_undone_with_them(seed, page, third_page, slip, editor):
    rng = random.Random(seed)
    pages = [page, third_page]
    first, all_names, entries = state_of(pages), names(), []
    for turn in range(24):
        model = rng.choice([Column, Person])
        one, two = (rng.choice(list(model.objects.order_by("pk"))) for _ in range(2))
        try:
            if turn % 3 == 0:
                entry = corrections.merge_names(survivor=one, other=two, user=editor)
            elif turn % 3 == 1:
                entry = corrections.rename_name(named=one, name=rng.choice(["街巷", "林晓", "周和"]), user=editor)
            else:
                entry = random_act(rng, pages, editor)
        except ActRefused:
            continue
        entries += [entry] if entry else []
        check_whole(pages)
    made = {row[0] for row in all_names[2]}
    for entry in reversed(entries):
        corrections.undo(entry=entry, user=editor)
    assert state_of(pages) == first and not check().faults
    assert [row for row in names()[2] if row[0] in made] == all_names[2]
