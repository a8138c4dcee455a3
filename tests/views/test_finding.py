"""Narrowing a search, going from hit to hit, taking hits away, and what helps where nothing is found."""

import csv
import io
import json

import pytest

from articles.models import Category, Column
from articles.reading.exporting import guard
from articles.search import write_documents
from tests.factories import make_article, make_issue, make_newspaper, make_page

from .conftest import print_page, sign


@pytest.fixture
def archive(paper):
    """Four articles that speak of 老堤, by year; a banner that does; one withdrawn."""
    law, water = (Category.objects.create(name=name, slug=slug) for name, slug in (("法治", "law"), ("水利", "water")))
    column = Column.objects.create(newspaper=paper, name="水利冬修")
    other = make_newspaper("青溪周刊", slug="qingxi")
    found = {}
    for name, issue, fields in (
        ("a", make_issue(paper, "2021-03-01"), {"category": law}),
        ("b", make_issue(paper, "2022-04-01"), {"category": water, "column": column}),
        ("c", make_issue(other, "2022-05-01"), {"category": water, "kind": "feature"}),
        ("d", make_issue(paper, "2023-06-01"), {}),
    ):
        page = make_page(issue=issue, number="2" if name == "d" else "1")
        found[name] = make_article(f"老堤之{name}", "老堤上有人。", issue=issue, page=page, **fields)
    sign(found["a"], "林砚舟")
    sign(found["b"], "林砚舟")
    sign(found["b"], "杜小禾")
    banner = print_page(make_issue(paper, "2020-01-01"), ("headline", "爱护老堤", None, {"reason": "banner"}))
    hidden = make_article("老堤秘闻", "老堤。", issue=make_issue(paper, "2023-06-01"), state="withdrawn")
    sign(hidden, "万重山")
    write_documents([*found.values(), hidden], [banner])
    return found


def names(response, archive):
    """Which articles, and whether the banner, are among the hits."""
    content = response.content.decode()
    found = {name for name, article in archive.items() if f'"{article.get_absolute_url()}?' in content}
    return found | ({"banner"} if "#unplaced" in content else set())


@pytest.mark.parametrize(
    ("narrower", "expected"),
    [
        ("", {"a", "b", "c", "d", "banner"}),
        ("category=law&category=water", {"a", "b", "c"}),
        ("category=-law", {"b", "c", "d", "banner"}),
        ("category=water&kind=-feature", {"b"}),
        ("newspaper=-linjiang", {"c"}),
        ("year=2022", {"b", "c"}),
        ("year=-2022&year=-2020", {"a", "d"}),
        ("person=林砚舟", {"a", "b"}),
        ("person=林砚舟&person=杜小禾", {"b"}),
        ("person=-林砚舟", {"c", "d", "banner"}),
        ("number=2", {"d"}),
        ("number=-1", {"d"}),
        ("since=2022-04-02&until=2023-06-01", {"c", "d"}),
    ],
)
def test_values_of_a_facet_are_taken_and_excluded(client, archive, narrower, expected):
    assert names(client.get(f"/search/?q=老堤&{narrower}", follow=True), archive) == expected


def test_facets_say_how_many_hits_each_value_has_and_lead_there(client, archive, read):
    page = read(client.get("/search/?q=老堤"))
    for words in (
        "临江晚报4",
        "青溪周刊1",
        "水利2",
        "法治1",
        "水利冬修1",
        "消息3",
        "林砚舟2",
        "杜小禾1",
        "第1版4",
        "第2版1",
    ):
        assert words in page.text
    assert "万重山" not in page.text
    assert "?q=%E8%80%81%E5%A0%A4&category=water" in page.links()
    assert "?q=%E8%80%81%E5%A0%A4&category=-water" in page.links()
    narrowed = read(client.get("/search/?q=老堤&category=water"))
    assert "临江晚报1" in narrowed.text and "林砚舟1" in narrowed.text
    assert "?q=%E8%80%81%E5%A0%A4" in narrowed.links(), "what it is narrowed by can be dropped"


def test_time_is_drawn_by_years_and_within_a_year_by_months(client, archive, read):
    page = read(client.get("/search/?q=老堤"))
    assert "2022年2" in page.text and "?q=%E8%80%81%E5%A0%A4&year=2022" in page.links()
    months = read(client.get("/search/?q=老堤&year=2022"))
    assert "2022年4月1" in months.text
    assert "?q=%E8%80%81%E5%A0%A4&since=2022-04-01&until=2022-04-30" in months.links()


def test_of_many_hits_the_newest_are_counted_and_it_is_said(client, paper, read, monkeypatch):
    monkeypatch.setattr("articles.search.facets.FIRST", 3)
    monkeypatch.setattr("articles.search.results.COUNTED", 3)
    articles = [make_article("花灯", issue=make_issue(paper, f"{year}-01-01")) for year in range(2010, 2016)]
    write_documents(articles)
    page = read(client.get("/search/?q=花灯"))
    assert "按最新的3条计" in page.text and "2015年1" in page.text and "2012年1" not in page.text
    assert "?q=%E8%8A%B1%E7%81%AF&until=2013-01-01" in page.links()


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("?order=relevance&q=+老堤+&since=&page=1", "?q=%E8%80%81%E5%A0%A4"),
        ("?page=2&category=law&q=老堤&order=newest", "?q=%E8%80%81%E5%A0%A4&category=law&order=newest&page=2"),
        ("?q=老堤&category=law&category=law&utm_source=x", "?q=%E8%80%81%E5%A0%A4&category=law"),
        ("?q=", ""),
    ],
)
def test_a_search_has_one_address(client, db, asked, canonical):
    response = client.get(f"/search/{asked}")
    assert (response.status_code, response["Location"]) == (302, f"/search/{canonical}")
    assert client.get(response["Location"]).status_code == 200


def test_sorting_and_words_typed_anew_keep_what_is_picked(client, archive, read):
    page = read(client.get("/search/?q=老堤&category=-law&person=林砚舟&since=2020-01-01&order=oldest"))
    assert any(
        url.endswith("&category=-law&person=%E6%9E%97%E7%A0%9A%E8%88%9F&since=2020-01-01&order=newest")
        for url in page.links()
    )
    inputs = {(attrs.get("name"), attrs.get("value")) for tag, attrs in page.tags if tag == "input"}
    assert {("category", "-law"), ("person", "林砚舟"), ("since", "2020-01-01"), ("order", "oldest")} <= inputs


def test_one_goes_from_hit_to_hit(client, archive, read):
    start = "/search/?q=老堤&year=-2020&order=oldest"
    first = next(url for url in read(client.get(start)).links() if url.startswith("/articles/") and "?" in url)
    order = []
    while True:
        article = client.get(first)
        page = read(article)
        order.append(article.wsgi_request.path)
        assert f"检索“老堤”第{len(order)}条" in page.text
        following = client.get([url for url in page.links() if url.startswith("/search/hit/")][-1])
        if following["Location"].startswith("/search/"):
            break
        first = following["Location"]
    assert order == [archive[name].get_absolute_url() for name in "abcd"]
    assert "?q=%E8%80%81%E5%A0%A4&year=-2020&order=oldest" in following["Location"]


def test_the_way_back_leads_to_the_hit_on_its_page(client, archive, read):
    page = read(client.get(f"{archive['a'].get_absolute_url()}?q=老堤&n=21"))
    assert "/search/?q=%E8%80%81%E5%A0%A4&page=2#hit-21" in page.links()


@pytest.mark.parametrize("query", ["", "?n=1", "?q=老堤", "?q=老堤&n=x", "?q=老堤&n=0", "?q=&n=3"])
def test_an_article_opened_otherwise_has_no_way_back(client, archive, query):
    assert "回到结果" not in client.get(f"{archive['a'].get_absolute_url()}{query}").content.decode()


@pytest.mark.parametrize("query", ["", "?q=老堤", "?q=老堤&n=99", "?q=老堤&n=x", "?n=1", "?q=老堤&n=1&since=x"])
def test_a_hit_that_is_not_there_leads_to_the_list(client, archive, query):
    assert client.get(f"/search/hit/{query}")["Location"].startswith("/search/?")


def test_hits_are_taken_away_as_a_table(client, archive):
    response = client.get("/search/export.csv?q=老堤&category=water&order=newest")
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:])))
    head = dict(rows[: rows.index([])])
    assert head["检索词"] == "老堤" and head["总数"] == "2" and head["收录"] == "全部"
    assert head["网址"].endswith("/search/?q=%E8%80%81%E5%A0%A4&category=water&order=newest")
    columns, *hits = rows[rows.index([]) + 1 :]
    table = [dict(zip(columns, hit, strict=True)) for hit in hits]
    assert [row["题名"] for row in table] == ["老堤之c", "老堤之b"]
    assert table[1]["署名"] == "林砚舟、杜小禾" and table[1]["日期"] == "2022-04-01" and table[1]["栏目"] == "水利冬修"
    assert table[0]["网址"].endswith(archive["c"].get_absolute_url())


def test_hits_are_taken_away_as_json(client, archive):
    response = client.get("/search/export.json?q=老堤")
    assert response["Content-Type"].startswith("application/json")
    found = json.loads(b"".join(response.streaming_content))
    assert found["总数"] == "5" and len(found["条目"]) == 5
    assert any("其他文字" in row["题名"] for row in found["条目"])
    assert not any("秘闻" in row["题名"] for row in found["条目"])


def test_a_list_to_take_away_ends_at_a_number_and_says_so(client, archive, monkeypatch):
    monkeypatch.setattr("articles.reading.exporting.MOST", 3)
    monkeypatch.setattr("articles.reading.exporting.AT_ONCE", 2)
    found = json.loads(b"".join(client.get("/search/export.json?q=老堤").streaming_content))
    assert found["收录"] == "前3条" and [row["序号"] for row in found["条目"]] == [1, 2, 3]


def test_nothing_asked_for_gives_nothing_to_take_away(client, db):
    assert client.get("/search/export.csv?q=").status_code == 302


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "＝1"])
def test_a_cell_is_no_formula(cell):
    assert guard(cell) == f"'{cell}"


def test_a_cell_of_words_stays():
    assert guard("老堤=1") == "老堤=1"


def test_where_nothing_is_found_each_word_is_told_with_its_hits(client, archive, read):
    page = read(client.get("/search/?q=老堤 无此词"))
    assert "老堤5条" in page.text and "无此词0" not in page.text
    assert "?q=%E8%80%81%E5%A0%A4" in page.links()


@pytest.mark.parametrize("typed", ["林研舟", "林舟", "林砚方舟", "砚舟林"])
def test_where_nothing_is_found_names_alike_are_offered(client, archive, read, typed):
    page = read(client.get(f"/search/?q={typed}"))
    assert ("名字相近的：林砚舟" in page.text) == (typed != "砚舟林")


def test_no_name_that_nobody_may_see_is_offered(client, archive, read):
    assert "万重山" not in read(client.get("/search/?q=万里山")).text


def suggested(client, typed):
    found = client.get("/search/suggest/", {"q": typed}).json()["suggestions"]
    return {(each["kind"], each["words"]) for each in found}


def test_categories_columns_people_and_titles_are_suggested(client, archive):
    assert suggested(client, "水利") == {("类别", "水利"), ("栏目", "水利冬修")}
    assert suggested(client, "砚舟") == {("人物", "林砚舟")}
    assert suggested(client, "堤之a") == {("文章", "老堤之a")}
    assert suggested(client, "老") == set()


def test_nothing_hidden_is_suggested(client, archive):
    assert suggested(client, "秘闻") == suggested(client, "万重山") == set()


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "\x00", '"', "长" * 500, "\\"])
def test_anything_may_be_typed(client, archive, typed):
    assert suggested(client, typed) == set()


def test_an_article_opened_from_a_search_has_its_words_marked_and_nothing_unescaped(client, issue):
    article = make_article(issue=issue)
    print_page(issue, ("headline", "老堤<b>合龙</b>", article), ("body", "老堤上<script>有人。", article), number="9")
    html = client.get(f"{article.get_absolute_url()}?q=老堤&n=1").content.decode()
    assert "<mark>老堤</mark>上&lt;script&gt;" in html and "<mark>老堤</mark>&lt;b&gt;" in html
    assert "<mark>" not in client.get(f"{article.get_absolute_url()}?q=老堤").content.decode()


@pytest.mark.parametrize("number", ["00000000199999999999999999999999", "9" * 30, "-1", "x"])
def test_a_number_that_is_none_is_no_hit(client, issue, number):
    assert client.get("/search/hit/", {"q": "老堤", "n": number}).status_code in (302, 404)


@pytest.mark.parametrize(
    "address", ["/people/?q=%00", "/people/?initial=%00", "/keywords/%00/", "/search/suggest/?q=a%00b"]
)
def test_a_nul_finds_nothing_and_breaks_nothing(client, issue, address):
    assert client.get(address).status_code in (200, 404)
