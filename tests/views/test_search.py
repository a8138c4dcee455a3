"""The search page."""

import pytest

from articles.search import write_documents
from tests.factories import make_article, make_issue, make_page

from .conftest import print_page


@pytest.fixture
def found(paper, dyke):
    """Three articles of three years that speak of 老堤, and a banner in no article."""
    articles = [dyke]
    for year in (2022, 2023):
        article = make_article(issue=make_issue(paper, f"{year}-01-01"))
        print_page(article.issue, ("headline", f"{year}年的老堤", article), ("body", "堤上有人。", article))
        articles.append(article)
    page = print_page(make_issue(paper, "2021-01-01"), ("headline", "爱护老堤", None, {"reason": "banner"}))
    write_documents(articles=articles, pages=[page])
    return articles


def hits(read, response):
    page = read(response)
    urls = [url.partition("?")[0] for url in page.links()]
    return [url for url in urls if url.startswith("/articles/") and url != "/articles/"], page


def unplaced(page):
    """Is the page of the banner among the hits?"""
    return [url for url in page.links() if url.startswith("/linjiang/2021-01-01/1/?") and url.endswith("#unplaced")]


def test_search_shows_hits_with_what_was_found_marked(client, found, read):
    links, page = hits(read, client.get("/search/?q=老堤"))
    assert sorted(links) == sorted(article.get_absolute_url() for article in found)
    assert "共4条" in page.text
    assert "<mark>老堤</mark>" in client.get("/search/?q=老堤").content.decode()


def test_passages_in_no_article_are_found_on_their_page(client, found, read):
    page = read(client.get("/search/?q=爱护"))
    assert unplaced(page)


@pytest.mark.parametrize("narrower", ["kind=news", "category=law", "person=林砚舟"])
def test_a_filter_that_speaks_of_articles_leaves_pages_out(client, found, read, narrower):
    assert not unplaced(read(client.get(f"/search/?q=老堤&{narrower}", follow=True)))


def test_pages_are_filtered_by_date_newspaper_and_number(client, found, read):
    for query in ("since=2020-01-01&until=2021-12-31", "newspaper=linjiang", "number=1"):
        assert unplaced(read(client.get(f"/search/?q=老堤&{query}")))
    for query in ("since=2022-01-01", "until=2020-12-31", "number=2"):
        assert not unplaced(read(client.get(f"/search/?q=老堤&{query}")))


@pytest.mark.parametrize(("order", "years"), [("newest", [2024, 2023, 2022]), ("oldest", [2022, 2023, 2024])])
def test_hits_come_in_the_order_asked_for(client, found, read, order, years):
    links, _ = hits(read, client.get(f"/search/?q=老堤&order={order}"))
    assert [int(url.split("/")[2]) for url in links] == [
        article.pk for year in years for article in found if article.issue.date.year == year
    ]


def test_filters_narrow_the_hits(client, found, read):
    links, _ = hits(read, client.get("/search/?q=老堤&since=2023-01-01&until=2023-12-31"))
    assert links == [found[2].get_absolute_url()]


def test_sorting_and_paging_keep_query_and_filters(client, paper, read):
    articles = [make_article("老堤", issue=make_issue(paper, "2024-01-01")) for _ in range(25)]
    make_page(issue=articles[0].issue)
    write_documents(articles=articles)
    page = read(client.get("/search/?q=老堤&newspaper=linjiang&order=newest&page=2"))
    kept = [url for url in page.links() if url.startswith("?")]
    assert any(
        "order=oldest" in url and "newspaper=linjiang" in url and "page" not in url.replace("newspaper", "")
        for url in kept
    )
    assert any("page=1" in url and "order=newest" in url and "newspaper=linjiang" in url for url in kept)
    assert all("q=%E8%80%81%E5%A0%A4" in url for url in kept)
    # The form itself keeps the order.
    assert ("order", "newest") in [(a.get("name"), a.get("value")) for tag, a in page.tags if tag == "input"]


def test_an_order_that_does_not_exist_is_relevance(client, found):
    assert client.get("/search/?q=老堤&order=x", follow=True).status_code == 200


@pytest.mark.parametrize("query", ["", "q=", "q=%20", "q=%22%22", "q=-"])
def test_without_words_the_page_explains_how_to_search(client, found, query):
    content = client.get(f"/search/?{query}", follow=True).content.decode()
    assert "怎样检索" in content and "没有找到" not in content


def test_no_hits_come_with_help(client, found):
    content = client.get("/search/?q=查无此词").content.decode()
    assert "没有找到" in content and "少用几个词" in content


@pytest.mark.parametrize(
    "q",
    [
        "%00",
        "\"'`;--",
        "*",
        "NEAR(",
        "a OR b",
        "(((",
        "%",
        "_",
        "\\",
        "{}",
        "^老",
        "老*",
        "标题:",
        "-" * 50,
        "🀄",
        "长" * 200,
    ],
)
def test_whatever_is_typed_is_data(client, found, q):
    assert client.get("/search/", {"q": q}, follow=True).status_code == 200


def test_of_too_long_a_query_the_page_says_what_was_cut(client, db):
    response = client.get("/search/", {"q": "长" * 201})
    assert response.status_code == 200
    assert "200" in response.content.decode() and "条件有误" not in response.content.decode()


def test_words_that_stand_apart_are_found_when_nothing_else_is_and_it_says_so(client, found, read):
    _, page = hits(read, client.get("/search/?q=堤上老堤"))
    assert "没有原样含有“堤上老堤”的" in page.text and "共4条" not in page.text
    assert "<mark>老堤</mark>" in client.get("/search/?q=堤上老堤").content.decode()
    assert "没有找到" in read(client.get("/search/?q=“堤上老堤”")).text


def test_more_than_is_counted_can_be_paged_through_to_the_end(client, paper, read):
    issue = make_issue(paper)
    articles = [make_article("花灯", f"第{n}盏", issue=issue, page=None) for n in range(1030)]
    write_documents(articles)
    first = read(client.get("/search/?q=花灯&order=newest"))
    assert "1000多条" in first.text
    links = [hits(read, client.get(f"/search/?q=花灯&order=newest&page={n}"))[0] for n in range(49, 54)]
    assert [len(found) for found in links] == [20, 20, 20, 10, 20], "past the end is the last page that is sure"
    assert len({url for found in links[:4] for url in found}) == 70
    assert "page=51" in client.get("/search/?q=花灯&order=newest&page=50").content.decode()
    assert "page=53" not in client.get("/search/?q=花灯&order=newest&page=52").content.decode()
