"""Addresses: what people type and cite."""

import datetime
from contextlib import suppress

import pytest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from articles.converters import IssueLabel
from articles.models import Article, Category, Column, FormerAddress, Person
from articles.models.newspapers import RESERVED_SLUGS
from tests.factories import make_article, make_issue, make_newspaper, make_page


@pytest.mark.parametrize(
    ("address", "name", "kwargs"),
    [
        ("/", "home", {}),
        ("/articles/", "article-list", {}),
        ("/articles/7/", "article", {"pk": 7}),
        ("/search/", "search", {}),
        ("/linjiang/", "newspaper", {"slug": "linjiang"}),
        ("/临江晚报/", "newspaper", {"slug": "临江晚报"}),
        ("/linjiang/2024/", "newspaper-year", {"slug": "linjiang", "year": 2024}),
        ("/linjiang/2024-12-06/", "issue", {"slug": "linjiang", "label": IssueLabel(datetime.date(2024, 12, 6), 1)}),
        ("/linjiang/2024-12-06_2/", "issue", {"slug": "linjiang", "label": IssueLabel(datetime.date(2024, 12, 6), 2)}),
    ],
)
def test_an_address_leads_to_its_page(address, name, kwargs):
    match = resolve(address)
    assert (match.url_name, match.kwargs) == (name, kwargs)


@pytest.mark.parametrize("address", ["2", "A02", "page-17", "特1", "2-3"])
def test_a_page_is_addressed_by_its_number_or_its_id(address):
    assert resolve(f"/linjiang/2024-12-06/{address}/").kwargs["address"] == address


@pytest.mark.parametrize(
    "address",
    [
        "/linjiang/2024-13-01/",
        "/linjiang/2024-02-30/",
        "/linjiang/0000-01-01/",
        "/linjiang/24-12-06/",
        "/linjiang/2024-12-06_1/",
        "/linjiang/2024-12-06_02/",
        "/linjiang/2024-12-06_99999/",
        "/linjiang/２０２４/",
        "/lin jiang/",
        "/linjiang/2024-12-06/2\0/",
    ],
)
def test_what_is_no_day_is_no_address(address):
    with pytest.raises(Resolver404):
        resolve(address)


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS - {"admin"}))
def test_a_word_of_the_site_is_never_taken_for_a_newspaper(slug):
    for address in (f"/{slug}/", f"/{slug.upper()}/"):
        with suppress(Resolver404):
            assert resolve(address).url_name != "newspaper"


def test_models_know_their_addresses(db):
    paper = make_newspaper("临江晚报", slug="linjiang")
    issue = make_issue(paper, "2024-12-06", edition=2)
    page = make_page(issue=issue, number="A02")
    unnumbered = make_page(issue=issue)
    column = Column.objects.create(newspaper=paper, name="我为群众 办实事")
    person = Person.objects.create(name="·")
    assert paper.get_absolute_url() == "/linjiang/"
    assert issue.get_absolute_url() == "/linjiang/2024-12-06_2/"
    assert page.get_absolute_url() == "/linjiang/2024-12-06_2/A02/"
    assert unnumbered.get_absolute_url() == f"/linjiang/2024-12-06_2/page-{unnumbered.pk}/"
    assert make_article(issue=issue).get_absolute_url() == f"/articles/{Article.objects.latest('pk').pk}/"
    assert Category(slug="law").get_absolute_url() == "/categories/law/"
    assert column.get_absolute_url() == reverse("column", args=[column.pk, "我为群众-办实事"])
    assert person.get_absolute_url() == f"/people/{person.pk}--/"


def test_every_address_with_a_slash_missing_finds_its_way(client, paper):
    make_page(issue=make_issue(paper, "2024-12-06"), number="1")
    response = client.get("/linjiang/2024-12-06")
    assert (response.status_code, response["Location"]) == (301, "/linjiang/2024-12-06/")


@pytest.mark.parametrize("kind", ["columns", "people"])
@pytest.mark.parametrize("given", ["{pk}/", "{pk}-旧名/", "{pk}--/"])
def test_a_wrong_name_in_the_address_redirects_to_the_right_one(client, issue, kind, given):
    column = Column.objects.create(newspaper=issue.newspaper, name="街巷")
    person = Person.objects.create(name="杜小禾")
    article = make_article("渡口", issue=issue, column=column)
    article.credits.create(position=0, name="杜小禾", person=person)
    thing = {"columns": column, "people": person}[kind]
    response = client.get(f"/{kind}/{given.format(pk=thing.pk)}?page=2")
    assert response.status_code == 301
    assert response["Location"] == thing.get_absolute_url() + "?page=2"
    assert response["Cache-Control"] == "no-cache"
    assert client.get(thing.get_absolute_url()).status_code == 200


def test_a_name_with_a_slash_in_it_has_an_address(client, issue):
    column = Column.objects.create(newspaper=issue.newspaper, name="图/文")
    make_article("渡口", issue=issue, column=column)
    assert client.get(column.get_absolute_url()).status_code == 200


def test_a_former_address_redirects_to_where_the_page_is_now(client, issue):
    page = make_page(issue=issue, number="2")
    FormerAddress.objects.create(path="/linjiang/2024-12-05/2/", page=page)
    make_page(issue=make_issue(issue.newspaper, "2024-12-05"), number="1")
    response = client.get("/linjiang/2024-12-05/2/")
    assert (response.status_code, response["Location"]) == (302, "/linjiang/2024-12-06/2/")
    assert client.get("/linjiang/2024-12-05/3/").status_code == 404


@pytest.mark.parametrize("stored", ["/临江/2024-12-05/2/", "/%E4%B8%B4%E6%B1%9F/2024-12-05/2/"])
def test_a_former_address_may_be_in_chinese(client, issue, stored):
    FormerAddress.objects.create(path=stored, page=make_page(issue=issue, number="2"))
    assert client.get("/临江/2024-12-05/2/")["Location"] == "/linjiang/2024-12-06/2/"


def test_a_former_address_does_not_give_away_a_hidden_page(client, paper):
    FormerAddress.objects.create(path="/linjiang/2024-12-05/2/", page=make_page(newspaper=paper))
    assert client.get("/linjiang/2024-12-05/2/").status_code == 404


def test_a_page_address_cannot_hold_a_slash(issue):
    with pytest.raises(NoReverseMatch):
        reverse("page", args=["linjiang", "2024-12-06", "2/3"])
