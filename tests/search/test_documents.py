"""Documents follow articles and pages; a check finds those that do not."""

import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Column, Page, Person, SearchDocument
from articles.search.documents import check, rebuild, write_documents
from tests.factories import make_article, make_issue, make_page

pytestmark = pytest.mark.django_db


def body_of(page):
    return SearchDocument.objects.filter(page=page).values_list("body", flat=True).first()


def page_of(*passages, issue=None, **fields):
    """A page made of passages: each a text and the fields of its block."""
    blocks = [{"length": len(text), **block} for text, block in passages]
    return make_page("".join(text for text, _ in passages), blocks, issue=issue or make_issue(), **fields)


def test_an_articles_document_holds_its_titles_a_line_each_and_its_text():
    article = make_article(
        "老街花灯會\n正式開幕",
        "昨日，水稻亩\n产。",
        column_label="时令",
        kicker="区里：",
        subheadline="——万人空巷",
        supplied_headline="拟题",
        byline="□记者　王　二",
    )
    write_documents([article])
    document = SearchDocument.objects.get(article=article)
    assert document.key == article.sort_key
    assert document.title == "区里:\n老街花灯会正式开幕\n——万人空巷\n拟题"
    assert (document.people, document.column_name, document.body) == ("□记者王二", "时令", "昨日,水稻亩产。")


def test_credits_and_columns_are_found_as_printed_and_as_they_are_called_now():
    issue = make_issue()
    column = Column.objects.create(newspaper=issue.newspaper, name="老街巷")
    article = make_article(column_label="街巷", column=column, issue=issue)
    person = Person.objects.create(name="王小二")
    article.credits.create(position=0, name="王二", person=person)
    article.credits.create(position=1, name="李三")
    write_documents([article])
    document = SearchDocument.objects.get(article=article)
    assert (document.people, document.column_name) == ("王二\n王小二\n李三", "街巷\n老街巷")


def test_a_second_writing_changes_nothing():
    articles = [make_article(body=f"花灯{n}") for n in range(3)]
    page = page_of(("报头文字", {}))
    assert write_documents(articles, [page]) == 4
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert write_documents([article.pk for article in articles], [page.pk]) == 0
    assert not [q for q in captured.captured_queries if q["sql"].startswith(("INSERT", "DELETE", "UPDATE"))]


def test_many_articles_are_written_in_few_queries(django_assert_max_num_queries):
    issue = make_issue()
    articles = [make_article(body=f"花灯{n}", issue=issue) for n in range(60)]
    pages = [page_of(("报头文字", {}), issue=issue, number=str(n)) for n in range(20)]
    with django_assert_max_num_queries(16):
        assert write_documents(articles, pages) == 80


def test_a_document_moves_with_its_article_to_another_day():
    article = make_article(body="花灯", issue=make_issue(date="2024-05-06"))
    write_documents([article])
    article.sort_key = article.key_on(datetime.date(2023, 1, 2))
    article.save()
    assert write_documents([article]) == 1
    assert SearchDocument.objects.get().key == article.sort_key


@pytest.mark.parametrize("fields", [{"gone": True}, {"sort_key": None, "issue": None}])
def test_an_article_that_is_no_more_loses_its_document(fields):
    article = make_article(body="花灯")
    write_documents([article])
    Article.objects.filter(pk=article.pk).update(**fields)
    assert write_documents([article]) == 1
    assert not SearchDocument.objects.exists()


def test_a_merged_article_loses_its_document_and_a_withdrawn_one_keeps_it():
    survivor, merged = make_article(body="花灯"), make_article(body="庙会")
    withdrawn = make_article(body="年货", state="withdrawn")
    write_documents([survivor, merged, withdrawn])
    Article.objects.filter(pk=merged.pk).update(merged_into=survivor)
    write_documents([survivor, merged, withdrawn])
    assert set(SearchDocument.objects.values_list("article", flat=True)) == {survivor.pk, withdrawn.pk}


def test_a_pages_document_holds_what_stands_in_no_article():
    article = make_article()
    page = page_of(
        ("\n某报 A02版\n", {"reason": "furniture"}),
        ("花灯亮了老街。", {"article": article}),
        ("通栏標語", {"reason": "banner"}),
        ("无主的 话", {"corrected_text": "无主的画"}),
    )
    write_documents(pages=[page])
    assert body_of(page) == "某报a02版\n通栏标语\n无主的画"
    key = SearchDocument.objects.get(page=page).key
    assert key == 20240506 * 10**10 + 5 * 10**9 - 1 - page.pk < make_article(issue=page.issue).sort_key


def test_a_repeat_is_in_the_pages_document_only_when_no_article_says_it():
    article = make_article()
    page = page_of(
        ("花灯亮了老街，人潮如织。", {"article": article}),
        ("花灯亮了\n老街", {"duplicate_start": 0, "duplicate_end": 6}),
        ("花灯照亮了老街", {"duplicate_start": 0, "duplicate_end": 6}),
    )
    write_documents(pages=[page])
    assert body_of(page) == "花灯照亮了老街"


def test_a_repeat_of_a_withdrawn_article_is_not_told_by_its_page():
    article = make_article(state="withdrawn")
    page = page_of(
        ("花灯亮了老街。", {"article": article}),
        ("花灯照亮了老街", {"duplicate_start": 0, "duplicate_end": 6}),
    )
    write_documents(pages=[page])
    assert body_of(page) is None


def test_a_page_loses_its_document_with_its_day_or_its_last_passage():
    issue = make_issue()
    undated, placed = page_of(("报头", {}), issue=issue), page_of(("报尾", {}), issue=issue)
    write_documents(pages=[undated, placed])
    Page.objects.filter(pk=undated.pk).update(issue=None)
    placed.blocks.update(article=make_article(), position=0, reason="")
    assert write_documents(pages=[undated, placed]) == 2
    assert not SearchDocument.objects.exists()


def test_documents_are_rolled_back_with_the_act_that_writes_them():
    article = make_article(body="花灯")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write_documents([article])
        raise ZeroDivisionError
    assert not SearchDocument.objects.exists()


def test_a_check_names_what_is_missing_stale_and_extra_and_a_rebuild_mends_it():
    missing, stale, extra, right = (make_article(body=f"花灯{n}") for n in range(4))
    page = page_of(("报头", {}))
    write_documents([stale, extra, right], [page])
    SearchDocument.objects.filter(article=stale).update(body="改过")
    Article.objects.filter(pk=extra.pk).update(gone=True)
    page.blocks.update(corrected_text="报尾")
    seen = []
    findings = check(lambda done, total: seen.append((done, total)))
    assert {(fault.what, fault.kind, fault.id) for fault in findings.faults} == {
        ("missing", "article", missing.pk),
        ("stale", "article", stale.pk),
        ("extra", "article", extra.pk),
        ("stale", "page", page.pk),
    }
    assert seen[-1] == (5, 5)
    assert rebuild() == 4
    assert check().faults == []


def test_batches_leave_nothing_out(monkeypatch):
    monkeypatch.setattr("articles.search.documents.BATCH", 2)
    articles = [make_article(body=f"花灯{n}") for n in range(5)]
    assert write_documents(articles) == 5
    SearchDocument.objects.update(body="")
    assert len(check().faults) == 5
    assert rebuild() == 5
    assert check().faults == []


def test_furniture_of_an_article_is_found_with_the_rest_of_its_page():
    article = make_article()
    page = page_of(
        ("MINSHENG\n", {"article": article, "role": "furniture"}),
        ("花灯亮了老街。", {"article": article}),
    )
    write_documents(pages=[page])
    assert body_of(page) == "minsheng"
