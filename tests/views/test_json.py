"""JSON twins: the same as the pages, as the API says they are."""

import json

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from articles.models import Article, Category, Column
from articles.search import write_documents
from tests.factories import make_article, make_issue, make_newspaper, make_page

from .conftest import print_page, sign


@pytest.fixture
def filed(dyke):
    """Something of everything."""
    dyke.category = Category.objects.create(name="民生", slug="life", description="衣食住行")
    dyke.column = Column.objects.create(newspaper=dyke.newspaper, name="水利冬修")
    dyke.keywords = ["河堤"]
    dyke.save()
    block = make_article("公告", issue=dyke.issue, kind="notice")
    item = make_article("停水", "明日停水。", issue=dyke.issue, parent=block)
    notice = make_article("更正", "应为四公里。", issue=dyke.issue, corrects=dyke)
    page = print_page(
        dyke.issue,
        *(("headline", a.headline, a) for a in (block, item, notice)),
        ("body", "老堤残句", None),
        number="4",
        staff=[["责编", "周禾"]],
    )
    make_page(issue=make_issue(dyke.newspaper, "2024-12-07"), number="1")
    write_documents(articles=Article.objects.all(), pages=[page])
    return dyke


def twins(article):
    person = article.credits.get().person
    return {
        "/": "/index.json",
        "/articles/": "/articles.json",
        article.get_absolute_url(): f"/articles/{article.pk}.json",
        "/categories/": "/categories.json",
        "/categories/life/": "/categories/life.json",
        "/columns/": "/columns.json",
        article.column.get_absolute_url(): f"/columns/{article.column.pk}-水利冬修.json",
        "/people/": "/people.json",
        person.get_absolute_url(): f"/people/{person.pk}-林砚舟.json",
        "/keywords/": "/keywords.json",
        "/keywords/河堤/": "/keywords/河堤.json",
        "/archive/": "/archive.json",
        "/archive/?newspaper=linjiang": "/archive.json?newspaper=linjiang",
        "/search/?q=老堤": "/search.json?q=老堤",
        "/linjiang/": "/linjiang.json",
        "/linjiang/2024/": "/linjiang/2024.json",
        "/linjiang/2024-12-06/": "/linjiang/2024-12-06.json",
        "/linjiang/2024-12-06/1/": "/linjiang/2024-12-06/1.json",
        "/linjiang/2024-12-06/4/": "/linjiang/2024-12-06/4.json",
    }


@pytest.fixture
def described(client, db):
    """The API as it describes itself."""
    return client.get("/api/openapi.json").json()


def nothing_more(schema):
    """A schema that refuses what it does not name, to catch fields that nobody described."""
    if isinstance(schema, dict):
        strict = {key: nothing_more(value) for key, value in schema.items()}
        return strict | ({"additionalProperties": False} if "properties" in schema else {})
    return [nothing_more(each) for each in schema] if isinstance(schema, list) else schema


def check(described, path, answer):
    """Is an answer what is said of the path?"""
    said = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    components = nothing_more({"components": described["components"]})
    checker = Draft202012Validator.FORMAT_CHECKER
    errors = Draft202012Validator(components | said, format_checker=checker).iter_errors(answer)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


PATHS = {
    "/": "/index.json",
    "/categories/life/": "/categories/{slug}.json",
    "/keywords/河堤/": "/keywords/{word}.json",
    "/linjiang/": "/{slug}.json",
    "/linjiang/2024/": "/{slug}/{year}.json",
    "/linjiang/2024-12-06/": "/{slug}/{label}.json",
    "/linjiang/2024-12-06/1/": "/{slug}/{label}/{address}.json",
    "/linjiang/2024-12-06/4/": "/{slug}/{label}/{address}.json",
}


def path_of(page):
    if page in PATHS:
        return PATHS[page]
    kind, _, rest = page.strip("/").partition("/")
    if rest and not rest.startswith("?"):
        return f"/{kind}/{{pk}}.json" if rest.isdigit() else f"/{kind}/{{pk}}-{{name}}.json"
    return f"/{kind}.json"


def test_the_description_is_openapi(described):
    validate(described)
    assert described["openapi"] == "3.1.0"


def test_every_page_has_a_twin_that_is_what_the_description_says(client, filed, described, read):
    seen = set()
    for page, address in twins(filed).items():
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (200, "application/json"), address
        assert response["Access-Control-Allow-Origin"] == "*"
        check(described, path_of(page), response.json())
        seen.add(path_of(page))
        links = [attrs for _, attrs in read(client.get(page)).tags if attrs.get("type") == "application/json"]
        assert client.get(links[0]["href"]).json() == response.json()
    assert {*described["paths"]} == seen


def test_addresses_in_answers_lead_somewhere(client, filed):
    def addresses(value):
        if isinstance(value, dict):
            yield from (v for k, v in value.items() if k in ("url", "json", "next", "previous") and isinstance(v, str))
            value = list(value.values())
        for each in value if isinstance(value, list) else ():
            yield from addresses(each)

    found = {a for twin in twins(filed).values() for a in addresses(client.get(twin).json())}
    assert len(found) > 30
    for address in found:
        assert address.startswith("http://testserver/")
        assert client.get(address).status_code == 200, address


def test_an_article_is_whole(client, filed):
    article = client.get(f"/articles/{filed.pk}.json").json()["article"]
    assert article["title"] == "北岸老堤抢在春汛前合龙"
    assert [p["role"] for p in article["paragraphs"]] == ["body", "subheading", "body", "body"]
    assert article["paragraphs"][-1]["pieces"] == [{"text": "堤顶还要铺一条步道。", "page": "第3版"}]
    assert [p["label"] for p in article["pages"]] == ["第1版", "第3版"]
    assert article["supplied_headline"] is None and article["continued_on"] is None
    assert [c["title"] for c in article["corrected_by"]] == ["更正"]
    assert article["credits"][0]["person"]["name"] == "林砚舟"


def test_a_page_says_what_stands_in_no_article(client, filed):
    page = client.get("/linjiang/2024-12-06/4.json").json()
    assert page["unplaced"] == [{"role": "body", "reason": "fragment", "text": "老堤残句"}]
    assert page["page"]["staff"] == [{"role": "责编", "name": "周禾"}]
    assert [item["title"] for item in page["entries"][0]["items"]] == ["停水"]


def test_lists_are_turned_by_the_addresses_that_they_give(client, paper):
    for i in range(45):
        make_article(f"题{i}", issue=make_issue(paper, "2024-01-01"), kind="opinion")
    make_article("别的", issue=make_issue(paper, "2024-01-01"))
    titles, address = [], "/articles.json?kind=opinion"
    while address:
        answer = client.get(address).json()
        assert (answer["total"], answer["counted_to_end"]) == (45, True)
        titles += [article["title"] for article in answer["articles"]]
        last, address = address, answer["next"]
    assert len(titles) == len({*titles}) == 45
    assert last.endswith("/articles.json?kind=opinion&page=3")
    assert answer["previous"].endswith("kind=opinion&page=2")


def test_search_marks_what_it_found(client, filed):
    answer = client.get("/search.json?q=老堤&order=newest").json()
    assert (answer["query"], answer["order"], answer["relaxed"]) == ("老堤", "newest", False)
    assert answer["total"] == len(answer["hits"]) == 2
    assert {"text": "老堤", "marked": True} in [f for hit in answer["hits"] for p in hit["passages"] for f in p]
    assert {bool(hit["article"]) for hit in answer["hits"]} == {True, False}


def test_a_search_for_nothing_finds_nothing(client, db):
    answer = client.get("/search.json").json()
    assert (answer["total"], answer["hits"], answer["next"]) == (0, [], None)


@pytest.mark.parametrize("address", ["/articles.json?since=gestern", "/search.json?q=a&kind=nope"])
def test_what_makes_no_sense_is_refused_with_words(client, db, address):
    response = client.get(address)
    assert response.status_code == 400
    error = response.json()["error"]
    assert error["status"] == 400 and len(error["fields"]) == 1


def test_errors_are_json_too(client, dyke, described):
    withdrawn = make_article("撤", issue=dyke.issue, state="withdrawn", withdrawn_reason="当事人要求")
    gone = make_article("没了", issue=dyke.issue, gone=True)
    schema = described["components"]["schemas"]["Error"]
    for address, status in (
        ("/articles/99999.json", 404),
        ("/no/such/thing.json", 404),
        (f"/articles/{withdrawn.pk}.json", 410),
        (f"/articles/{gone.pk}.json", 410),
        ("/linjiang/1999.json", 404),
    ):
        response = client.get(address)
        assert (response.status_code, response["Access-Control-Allow-Origin"]) == (status, "*"), address
        Draft202012Validator(nothing_more(schema)).validate(response.json())
    assert client.get(f"/articles/{withdrawn.pk}.json").json()["error"]["reason"] == "当事人要求"
    posted = client.post("/articles.json")
    assert (posted.status_code, posted.json()["error"]["status"]) == (405, 405)


def test_a_failure_is_json_too(client, dyke, monkeypatch):
    import sys

    client.raise_request_exception = False
    monkeypatch.setattr(sys.modules["articles.views.home"], "list_pages", lambda *args: 1 / 0)
    assert client.get("/index.json").json() == {"error": {"status": 500, "message": "网站出了故障。"}}


def test_what_moved_leads_to_twins(client, filed):
    merged = make_article("并入", issue=filed.issue, merged_into=filed)
    assert client.get(f"/articles/{merged.pk}.json")["Location"] == f"/articles/{filed.pk}.json"
    followed = client.get(f"/people/{filed.credits.get().person.pk}.json", follow=True)
    assert followed.json()["person"]["name"] == "林砚舟"


@pytest.mark.parametrize(("who", "status"), [("client", 404), ("staff_client", 200)])
def test_twins_show_what_pages_show(request, db, who, status):
    client = request.getfixturevalue(who)
    issue = make_issue(make_newspaper("未宣报", slug="hidden", shows_unreviewed=False), "2024-12-06")
    article = make_article("未宣的", issue=issue)
    print_page(issue, ("headline", "未宣的", article))
    for address in ("/hidden", "/hidden/2024-12-06", "/hidden/2024-12-06/1", f"/articles/{article.pk}"):
        assert client.get(f"{address}.json").status_code == status
    listed = client.get("/articles.json").json()["articles"]
    assert len(listed) == (status == 200)


def test_staff_read_the_tray(staff_client, paper):
    make_article("无日期", newspaper=paper, dated=False)
    (article,) = staff_client.get("/articles.json").json()["articles"]
    assert (article["issue"], article["page"]) == (None, None)
    assert staff_client.get(article["json"]).json()["article"]["pages"] == []


def test_a_twin_asks_no_more_of_the_database_for_more_rows(client, paper, django_assert_max_num_queries):
    issue = make_issue(paper, "2024-12-06")
    for i in range(12):
        article = make_article(
            issue=issue,
            category=Category.objects.create(name=f"类{i}", slug=f"c{i}"),
            column=Column.objects.create(newspaper=paper, name=f"栏{i}"),
        )
        page = print_page(issue, ("headline", f"老堤{i}", article), ("body", "老堤残句", None), number=str(i + 1))
        sign(article, f"记者{i}")
        write_documents(articles=[article], pages=[page])
    for address in (
        "/index",
        "/linjiang/2024-12-06",
        "/articles",
        "/columns",
        "/people",
        "/linjiang",
        f"/articles/{article.pk}",
    ):
        with django_assert_max_num_queries(13):
            assert client.get(f"{address}.json").status_code == 200
    with django_assert_max_num_queries(15):
        assert len(client.get("/search.json?q=老堤").json()["hits"]) == 20


def test_the_api_is_told_in_chinese(client, db, read):
    page = read(client.get("/api/"))
    assert "数据接口" in page.text
    assert "/articles/{pk}.json" in page.text
    links = [link for link in page.links() if link.startswith("#")]
    ids = {attrs.get("id") for _, attrs in page.tags}
    assert links and {link[1:] for link in links} <= ids | {"main"}


def test_answers_are_utf_8_as_written(client, dyke):
    content = client.get(f"/articles/{dyke.pk}.json").content
    assert "北岸老堤" in content.decode()
    assert json.loads(content)
