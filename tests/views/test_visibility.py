"""Who sees what, on every view."""

import pytest

from articles.models import Category, Column, Page
from tests.factories import make_article, make_issue, make_newspaper

from .conftest import print_page, sign

HIDDEN = "秘而未宣"


def publish(issue, **state):
    """A page with one article in every list."""
    paper = issue.newspaper
    article = make_article(
        issue=issue,
        category=Category.objects.create(name="民生", slug="livelihood"),
        column=Column.objects.create(name="街巷", newspaper=paper),
    )
    print_page(issue, ("headline", HIDDEN, article), ("body", f"{HIDDEN}的正文。", article), **state)
    sign(article, "杜小禾")
    return article


def addresses(article):
    return {
        "home": "/",
        "newspaper": "/hidden/",
        "year": "/hidden/2024/",
        "issue": "/hidden/2024-12-06/",
        "page": "/hidden/2024-12-06/1/",
        "article": article.get_absolute_url(),
        "articles": "/articles/",
        "categories": "/categories/",
        "category": "/categories/livelihood/",
        "columns": "/columns/",
        "column": article.column.get_absolute_url(),
        "people": "/people/",
        "person": article.credits.get().person.get_absolute_url(),
        "search": f"/search/?q={HIDDEN}",
    }


# Where an absent thing is an empty list, not a 404; and what would give it away there.
LISTS = {
    "home": HIDDEN,
    "articles": HIDDEN,
    "categories": "民生",
    "columns": "街巷",
    "people": "杜小禾",
    "search": 'class="line"',
}


@pytest.fixture
def hidden(db):
    return publish(make_issue(make_newspaper("未宣报", slug="hidden", shows_unreviewed=False), "2024-12-06"))


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_reader_finds_nothing_unreviewed_in_the_lists_of_a_newspaper_that_hides_it(client, hidden, name):
    response = client.get(addresses(hidden)[name])
    assert response.status_code == 200
    content = response.content.decode()
    content = content[content.index('id="main"') :]
    assert LISTS[name] not in content.replace(f'value="{HIDDEN}"', "")


@pytest.mark.parametrize("name", ["newspaper", "year", "issue", "page", "article", "category", "column", "person"])
def test_a_reader_gets_404_for_what_is_hidden(client, hidden, name):
    assert client.get(addresses(hidden)[name]).status_code == 404


@pytest.mark.parametrize("name", sorted([*LISTS, "newspaper", "year", "issue", "page", "article", "person"]))
def test_staff_see_it(client, staff, hidden, name):
    client.force_login(staff)
    response = client.get(addresses(hidden)[name])
    assert response.status_code == 200
    assert LISTS.get(name, "未宣报" if name in ("newspaper", "year") else HIDDEN) in response.content.decode()


@pytest.mark.parametrize("name", sorted([*LISTS, "newspaper", "year", "issue", "page", "article", "person"]))
def test_a_reader_sees_it_once_it_is_signed_off(client, db, name):
    issue = make_issue(make_newspaper("未宣报", slug="hidden", shows_unreviewed=False), "2024-12-06")
    article = publish(issue, state=Page.State.REVIEWED)
    response = client.get(addresses(article)[name])
    assert response.status_code == 200
    assert LISTS.get(name, "未宣报" if name in ("newspaper", "year") else HIDDEN) in response.content.decode()


def test_pages_without_a_day_are_never_public(client, staff, paper):
    article = make_article("未定", newspaper=paper, dated=False)
    print_page(None, ("headline", "未定的题", article), newspaper=paper)
    for address in ("/", "/articles/", "/search/?q=未定的题"):
        content = client.get(address).content.decode()
        assert "未定的题" not in content.replace('value="未定的题"', "").replace("<title>未定的题", "")
    assert client.get(article.get_absolute_url()).status_code == 404
    client.force_login(staff)
    assert "未定的题" in client.get("/articles/").content.decode()


@pytest.mark.parametrize("name", sorted(LISTS))
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_reading_changes_nothing(client, hidden, name, method):
    assert getattr(client, method)(addresses(hidden)[name]).status_code == 405


def test_a_user_who_is_not_staff_sees_what_everybody_sees(client, hidden, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader", password="x"))
    assert client.get(hidden.get_absolute_url()).status_code == 404
