"""Every public page is valid HTML by html5lib's strict parser, also empty, wrong and gone; and small."""

import html5lib
import pytest
from django.test import RequestFactory

from articles.models import Article, Category, Column
from articles.search import write_documents
from articles.views import server_error
from tests.factories import make_article, make_issue, make_newspaper, make_page

from .conftest import print_page, sign

# Not told by html5lib, which checks the syntax of a page: what each element may be in is axe's (tests/site).
MOST_BYTES = 30_000
HOSTILE = "</p></script><!-- <b>\"'&amp;"
STANDING = [
    "/",
    "/articles/",
    "/categories/",
    "/columns/",
    "/people/",
    "/search/",
    "/api/",
    "/none/",
    "/articles/9999/",
]


@pytest.fixture
def addresses(dyke):
    """A page of every kind, with everything that it can show."""
    issue = dyke.issue
    dyke.category = Category.objects.create(name="民生", slug="life", description=HOSTILE)
    dyke.column = Column.objects.create(newspaper=issue.newspaper, name=f"水利{HOSTILE}")
    dyke.keywords = ["河堤", HOSTILE]
    dyke.save()
    block = make_article("公告", issue=issue, kind="notice")
    item = make_article("停水", f"明日停水。{HOSTILE}", issue=issue, parent=block)
    notice = make_article("更正", "应为四公里。", issue=issue, corrects=dyke)
    untitled = make_article("", f"今夜有雨。{HOSTILE}", issue=issue, supplied_headline=HOSTILE)
    withdrawn = make_article("撤", issue=issue, state="withdrawn", withdrawn_reason=HOSTILE)
    gone = make_article("没了", issue=issue, gone=True)
    page = print_page(
        issue,
        *(("headline", a.headline, a) for a in (block, item, notice)),
        ("body", f"今夜有雨。{HOSTILE}", untitled),
        ("body", f"老堤残句{HOSTILE}", None),
        number="4",
        name=HOSTILE,
        staff=[["责编", HOSTILE]],
    )
    sign(untitled, HOSTILE)
    make_page(issue=make_issue(issue.newspaper, "2024-12-07", date_known="inferred"), number="1")
    make_page(issue=make_issue(make_newspaper("另一报", slug="other"), "2024-12-06", edition=2), number="A01")
    for i in range(45):
        make_article(f"题{i}", f"老堤第{i}篇。", issue=issue)
    write_documents(articles=Article.objects.all(), pages=[page])
    of = [
        dyke,
        block,
        item,
        notice,
        untitled,
        withdrawn,
        gone,
        dyke.category,
        dyke.column,
        *page_people(untitled, dyke),
    ]
    found = [row.get_absolute_url() for row in of]
    found += [
        "/linjiang/",
        "/linjiang/2024/",
        "/linjiang/2024-12-06/",
        "/linjiang/2024-12-07/",
        page.get_absolute_url(),
    ]
    found += ["/search/?q=老堤", "/search/?q=老堤&page=2&order=newest", "/search/?q=无此字句", "/search/?q=“&since=x"]
    found += ["/articles/?page=2", "/articles/?since=x&person=%3Cb%3E", "/articles/?kind=opinion"]
    return [*STANDING, *found]


def page_people(*articles):
    return [article.credits.get().person for article in articles]


def check(content):
    """html5lib names what is wrong, and where."""
    parser = html5lib.HTMLParser()
    parser.parse(content.decode())
    assert [(place, error, more) for place, error, more in parser.errors] == []


def test_every_page_is_valid(client, addresses):
    for address in addresses:
        response = client.get(address, follow=True)
        assert response["Content-Type"] == "text/html; charset=utf-8", address
        check(response.content)


def test_empty_pages_are_valid(client, db):
    for address in STANDING:
        check(client.get(address, follow=True).content)


def test_pages_are_valid_for_staff(staff_client, addresses, paper):
    undated = make_article("无日期", newspaper=paper, dated=False)
    for address in (*addresses, undated.get_absolute_url()):
        check(staff_client.get(address, follow=True).content)


def test_pages_of_errors_are_valid(client, db):
    check(server_error(RequestFactory().get("/")).content)
    check(client.get("/", headers={"host": "elsewhere.example.cn"}).content)


def test_ids_are_given_once_and_labels_lead_to_them(client, addresses, read):
    for address in addresses:
        tags = read(client.get(address)).tags
        ids = [attrs["id"] for _, attrs in tags if "id" in attrs]
        assert len(ids) == len({*ids}), address
        named = [attrs.get("for") or attrs.get("aria-labelledby") or attrs.get("aria-describedby") for _, attrs in tags]
        assert {name for names in named if names for name in names.split()} <= {*ids}, address


def test_an_article_is_small(client, issue):
    article = make_article(issue=issue)
    body = [("body", "老堤上每天都有人值守，一夜也没有断过。" * 12, article) for _ in range(12)]
    print_page(issue, ("headline", "渡口老钟", article), *body)
    for i in range(8):
        sign(article, f"记者{i}")
    assert article.length > 2500
    assert len(client.get(article.get_absolute_url()).content) < MOST_BYTES
