"""Who sees which hits, in which order, in how many queries."""

import pytest
from django.contrib.auth.models import User
from django.core.paginator import Paginator

from articles.models import Article
from articles.search import parse_query, search
from articles.search.documents import write_documents
from tests.factories import make_article, make_issue, make_newspaper, make_page

STAFF = User(username="编辑", is_staff=True)


def test_readers_find_only_what_they_may_see(find):
    strict = make_newspaper(shows_unreviewed=False)
    issue = make_issue(strict)
    seen = [make_article("公开的花灯"), make_article("签发的花灯", issue=issue, reviewed=True)]
    unseen = [make_article("撤下的花灯", state="withdrawn"), make_article("未校的花灯", issue=issue)]
    undated = make_article("未定日期的花灯", dated=False)
    page, unseen_page = make_page("其他花灯", [{}], issue=make_issue()), make_page("未校其他花灯", [{}], issue=issue)
    undated_page = make_page("未定版面的花灯", [{}])
    write_documents([*seen, *unseen, undated], [page, unseen_page, undated_page])

    def found(user):
        results = find("花灯", user)
        hits = results[0:20]
        assert len(hits) == results.count()
        return {hit.article or hit.page for hit in hits}

    assert found(None) == {*seen, page}
    assert found(STAFF) == {*seen, *unseen, page, unseen_page}


def test_what_is_hidden_after_the_index_was_written_is_hidden_at_once(find):
    article = make_article("花灯")
    write_documents([article])
    article.newspaper.shows_unreviewed = False
    article.newspaper.save()
    assert find("花灯").count() == 0 and find("花灯")[0:5] == []


def test_filters_of_the_page_hold(find):
    article, other = make_article("花灯"), make_article("花灯")
    write_documents([article, other])
    results = search(parse_query("花灯"), articles=Article.objects.filter(newspaper=other.newspaper).distinct())
    assert [hit.article for hit in results[0:5]] == [other]


def test_pages_are_found_only_when_asked_for(find):
    page = make_page("老街其他花灯", [{}], issue=make_issue(), number="2")
    write_documents(pages=[page])
    (hit,) = find("花灯")[0:5]
    assert (hit.article, hit.page) == (None, page)
    assert [f.text for passage in hit.passages for f in passage if f.marked] == ["花灯"]
    assert hit.title[0].text.endswith("2024-05-06 第2版 其他文字")
    assert find("花灯", pages=False)[0:5] == []


def test_hits_by_date_run_both_ways(find):
    dates = ["2024-05-06", "2021-01-02", "2023-03-04"]
    articles = {date: make_article("花灯", issue=make_issue(date=date)) for date in dates}
    write_documents(articles.values())
    newest = [hit.article for hit in find("花灯", order="newest")[0:5]]
    assert newest == [articles[date] for date in sorted(dates, reverse=True)]
    assert [hit.article for hit in find("花灯", order="oldest")[0:5]] == newest[::-1]


def test_a_hit_tells_where_it_was_hit(find):
    body, byline, title = (
        make_article("老街夜市", "昨日花灯亮。"),
        make_article("老街夜市", "昨日亮灯。", byline="花灯"),
        make_article("花灯", "昨日亮灯。"),
    )
    write_documents([body, byline, title])
    hits = {hit.article: hit for hit in find("花灯")[0:5]}

    def told(article):
        return ["".join(f"[{f.text}]" if f.marked else f.text for f in line) for line in hits[article].passages]

    assert told(body) == ["昨日[花灯]亮。"]
    assert told(byline) == ["[花灯]"]
    assert told(title) == ["昨日亮灯。"]
    assert [f.marked for f in hits[title].title] == [True]


def test_an_empty_query_asks_nothing(find, django_assert_num_queries):
    with django_assert_num_queries(0):
        results = find("-花灯")
        assert results.count() == 0 and results[0:10] == [] and not results


def test_slices_cost_the_same_whatever_their_length(find, django_assert_max_num_queries):
    issue = make_issue()
    articles = [make_article(f"花灯{n}", issue=issue) for n in range(12)]
    for article in articles:
        article.credits.create(position=0, name="王二")
    pages = [make_page(f"其他花灯{n}", [{}], issue=issue, number=str(n)) for n in range(3)]
    write_documents(articles, pages)
    for stop in (5, 15):
        with django_assert_max_num_queries(10):
            for hit in find("花灯")[0:stop]:
                if hit.article:
                    assert hit.article.issue.newspaper.name and hit.article.credits.all()[0].name == "王二"
                else:
                    assert hit.page.issue.newspaper.name


def test_a_paginator_can_page_through_results(find):
    write_documents([make_article(f"花灯{n}") for n in range(5)])
    page = Paginator(find("花灯"), 2).get_page(3)
    assert (page.paginator.num_pages, len(page.object_list)) == (3, 1)


@pytest.mark.parametrize("which", [slice(-1, None), slice(0, 4, 2), slice(0, -1)])
def test_results_are_not_sliced_backwards_or_in_steps(find, which):
    with pytest.raises(ValueError):
        find("花灯")[which]


@pytest.mark.parametrize(
    "typed, found",
    [
        ("花灯 日期:2024", {"2024-05-06", "2024-12-31"}),
        ("日期:2024-05..", {"2024-05-06", "2024-12-31", "2025-01-01"}),
        ("花灯 日期:..2024-12-30", {"2023-02-03", "2024-05-06"}),
        ("花灯 日期:2023|2025", {"2023-02-03", "2025-01-01"}),
        ("花灯 -日期:2024", {"2023-02-03", "2025-01-01"}),
        ("日期:2024-12-31", {"2024-12-31"}),
        ("花灯 日期:..2023 日期:2024..", set()),
        ("花灯 日期:..2023|2025 日期:2023..", {"2023-02-03", "2025-01-01"}),
        ("没有 日期:2024", set()),
    ],
)
def test_days_asked_for_narrow_what_is_found(find, typed, found):
    dates = ["2023-02-03", "2024-05-06", "2024-12-31", "2025-01-01"]
    write_documents([make_article("花灯", issue=make_issue(date=date)) for date in dates])
    results = find(typed)
    assert {str(hit.article.issue.date) for hit in results[0:9]} == found and results.count() == len(found)


@pytest.mark.parametrize(
    "typed, found", [("版:2", {"2", "其他2"}), ("花灯 版:2|A3", {"2", "A3", "其他2"}), ("花灯 -版:第2版", {"A3"})]
)
def test_pages_asked_for_narrow_what_is_found(find, typed, found):
    issue = make_issue()
    articles = [make_article("花灯", issue=issue) for _ in range(2)]
    second = make_page("街灯花灯", [{"length": 2, "article": articles[0]}, {}], issue=issue, number="2")
    third = make_page("花灯", [{"article": articles[1]}], issue=issue, number="A3")
    for article, page in zip(articles, (second, third), strict=True):
        Article.objects.filter(pk=article.pk).update(page=page)
    write_documents(articles, [second, third])
    hits = find(typed)[0:9]
    assert {hit.article.page.number if hit.article else f"其他{hit.page.number}" for hit in hits} == found


def test_of_two_alike_the_newer_stands_before(find):
    articles = [make_article("花灯", "亮了。", issue=make_issue(date=f"{year}-05-06")) for year in (1996, 2024, 2010)]
    write_documents(articles)
    years = [hit.article.issue.date.year for hit in find("花灯")[0:3]]
    assert years == [2024, 2010, 1996]
