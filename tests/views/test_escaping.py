"""Hostile text in every field comes out as text, on every page."""

import pytest

from articles.models import Category, Column, Credit, Person
from articles.search import write_documents
from tests.factories import make_article, make_issue, make_newspaper

from .conftest import print_page

HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=1>"


@pytest.fixture
def hostile(db):
    paper = make_newspaper(f"报{HOSTILE}", slug="hostile", publisher=HOSTILE)
    issue = make_issue(paper, "2024-12-06", number=HOSTILE[:30])
    category = Category.objects.create(name="<b>类</b>", slug="law", description=HOSTILE)
    column = Column.objects.create(newspaper=paper, name=HOSTILE)
    person = Person.objects.create(name=HOSTILE[:60], note=HOSTILE)
    block = make_article(HOSTILE, issue=issue, kind="notice")
    article = make_article(
        issue=issue, category=category, column=column, keywords=[HOSTILE], parent=block, continued_on="<b>"
    )
    page = print_page(
        issue,
        *((role, f"{HOSTILE}{role}", article) for role in ("column", "kicker", "headline", "subheadline", "byline")),
        *((role, f"{HOSTILE}{role}", article) for role in ("body", "subheading", "caption")),
        ("body", HOSTILE, None, {"reason": "editor", "reason_note": HOSTILE}),
        name=f"<b>{HOSTILE}"[:50],
        state="unfixable",
        state_reason=HOSTILE,
    )
    Credit.objects.create(article=article, position=0, name=HOSTILE[:60], unit=HOSTILE, person=person)
    supplied = make_article("", HOSTILE, issue=issue, supplied_headline=HOSTILE, category=category)
    withdrawn = make_article("x", issue=issue, state="withdrawn", withdrawn_reason=HOSTILE)
    write_documents(articles=[article, block, supplied], pages=[page])
    return {
        "article": article.get_absolute_url(),
        "source": f"{article.get_absolute_url()}source/",
        "block": block.get_absolute_url(),
        "supplied": supplied.get_absolute_url(),
        "withdrawn": withdrawn.get_absolute_url(),
        "column": column.get_absolute_url(),
        "person": person.get_absolute_url(),
    }


STANDING = {
    "home": "/",
    "articles": "/articles/",
    "categories": "/categories/",
    "category": "/categories/law/",
    "columns": "/columns/",
    "people": "/people/",
    "newspaper": "/hostile/",
    "issue": "/hostile/2024-12-06/",
    "page": "/hostile/2024-12-06/1/",
    "about": "/about/",
    "search": "/search/?q=script",
    "narrowed": "/search/?q=script&person=-%22%3E%3Cscript%3E&number=%3Cscript%3E",
    "opened": "/hostile/2024-12-06/1/?q=%22%3E%3Cscript%3E&n=3",
    "keywords": "/keywords/",
    "archive": "/archive/?newspaper=hostile",
    "typed": "/search/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&order=%3Cscript%3E&page=%3Cscript%3E",
    "filters": "/articles/?person=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&since=%22%3E%3Cscript%3E&page=%3Cscript%3E",
    "missing": "/%3Cscript%3Ealert(1)%3C/script%3E/",
}


@pytest.mark.parametrize("name", [*STANDING, "article", "source", "block", "supplied", "withdrawn", "column", "person"])
def test_no_markup_of_the_text_reaches_the_page(client, hostile, read, name):
    response = client.get({**STANDING, **hostile}[name], follow=True)
    page = read(response)
    assert response.status_code in (200, 404, 410)
    # The site's own, and what machines read of an article, which browsers do not run.
    own = [attrs for tag, attrs in page.tags if tag == "script"]
    assert all(attrs.get("type") == "application/ld+json" or attrs["src"].startswith("/static/") for attrs in own)
    assert not [attrs for _, attrs in page.tags if "onerror" in attrs or attrs.get("src") == "x"]
    assert not [tag for tag, _ in page.tags if tag == "b"]
    if name not in ("missing", "categories"):
        assert "<script>" in page.text


@pytest.mark.parametrize("name", ["home", "issue", "page", "articles", "search", "categories", "people", "newspaper"])
def test_pages_need_no_inline_style_or_script(client, hostile, read, name):
    page = read(client.get(STANDING[name]))
    inline = [tag for tag, attrs in page.tags if tag == "script" and "src" not in attrs]
    assert not inline and not [tag for tag, attrs in page.tags if tag == "style" or "style" in attrs]
    assert not [key for _, attrs in page.tags for key in attrs if key.startswith("on")]
