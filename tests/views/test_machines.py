"""What crawlers and browsers look for."""

import json
import re
from xml.etree import ElementTree

import pytest

from articles.models import Category
from articles.publishing import sitemaps
from tests.factories import make_article, make_issue, make_newspaper, make_page

from .conftest import print_page, sign

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def read_sitemap(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(response.content)
    found = [(e.find(f"{SITEMAP}loc").text, e.find(f"{SITEMAP}lastmod")) for e in root]
    return {loc.removeprefix("http://testserver"): at.text if at is not None else None for loc, at in found}


def crawl(client):
    """Every address in every sitemap, with the time of its change."""
    return {loc: at for part in read_sitemap(client, "/sitemap.xml") for loc, at in read_sitemap(client, part).items()}


def test_sitemaps_name_every_public_page_and_each_is_there(client, dyke):
    make_page(issue=make_issue(dyke.newspaper, "2024-12-07"), number="1")
    found = crawl(client)
    person = dyke.credits.get().person.get_absolute_url()
    assert {"/", "/linjiang/", "/linjiang/2024-12-06/", "/linjiang/2024-12-06/3/", dyke.get_absolute_url(), person} <= {
        *found
    }
    assert found[dyke.get_absolute_url()] == dyke.changed_at.isoformat(timespec="seconds")
    assert found["/linjiang/2024-12-06/"] == found[dyke.get_absolute_url()]
    assert found["/linjiang/2024-12-07/"] is None
    for address in found:
        assert client.get(address).status_code == 200, address


@pytest.fixture
def hidden(issue):
    """What strangers do not see: withdrawn, unreviewed, undated."""
    make_article("撤下的", issue=issue, state="withdrawn")
    unreviewed = make_issue(make_newspaper("未宣报", slug="hidden", shows_unreviewed=False))
    make_article("未宣的", issue=unreviewed)
    make_page(issue=unreviewed)
    make_page(newspaper=issue.newspaper)


@pytest.mark.parametrize("who", ["client", "staff_client"])
def test_sitemaps_name_nothing_that_strangers_do_not_see(request, hidden, who):
    assert {*crawl(request.getfixturevalue(who))} == {"/", "/articles/", "/categories/", "/columns/", "/people/"}


def test_a_sitemap_is_a_range_of_ids(client, issue, monkeypatch):
    section = sitemaps.SECTIONS["articles"]
    monkeypatch.setitem(sitemaps.SECTIONS, "articles", sitemaps.Section(section.rows, 2, section.entries))
    articles = [make_article(f"题{i}", issue=issue) for i in range(7)]
    articles.append(make_article("很久以后", issue=issue, pk=articles[-1].pk + 6000))
    for article in articles[2:4]:
        article.delete()
    parts = [part for part in read_sitemap(client, "/sitemap.xml") if "/articles-" in part]
    listed = [loc for part in parts for loc in read_sitemap(client, part)]
    assert listed == [article.get_absolute_url() for article in (*articles[:2], *articles[4:])]
    assert all(len(read_sitemap(client, part)) <= 2 for part in parts)


@pytest.mark.parametrize("name", ["articles-99", "site-1", "nothing-0"])
def test_there_is_no_empty_sitemap(client, db, name):
    assert client.get(f"/sitemap/{name}.xml").status_code == 404


def test_robots_txt_names_the_sitemap_and_what_is_endless(client, db, settings):
    settings.SITE_URL = "https://archive.example.cn"
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Sitemap: https://archive.example.cn/sitemap.xml" in lines
    assert {"Disallow: /admin/", "Disallow: /search/?"} <= {*lines}


def test_browsers_are_told_how_to_search(client, db, read):
    links = [attrs for tag, attrs in read(client.get("/")).tags if attrs.get("rel") == "search"]
    response = client.get(links[0]["href"])
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    root = ElementTree.fromstring(response.content)
    assert root.find(f"{OPENSEARCH}ShortName").text == "报纸资料库"
    templates = [url.get("template") for url in root.findall(f"{OPENSEARCH}Url")]
    assert templates[0] == "http://testserver/search/?q={searchTerms}"
    assert client.get(templates[0].replace("{searchTerms}", "河堤")).status_code == 200


def head(read, response):
    page = read(response)
    metas = {
        attrs.get("property") or attrs.get("name"): attrs.get("content") for tag, attrs in page.tags if tag == "meta"
    }
    canonical = [attrs["href"] for tag, attrs in page.tags if tag == "link" and attrs["rel"] == "canonical"]
    return metas, canonical


def test_an_article_tells_machines_what_it_is(client, dyke, read):
    dyke.category = Category.objects.create(name="民生", slug="life")
    dyke.keywords = ["河堤", "</script>"]
    dyke.save()
    response = client.get(dyke.get_absolute_url() + "?q=堤&n=3")
    metas, canonical = head(read, response)
    assert canonical == [f"http://testserver/articles/{dyke.pk}/"]
    assert (metas["og:type"], metas["og:title"]) == ("article", "北岸老堤抢在春汛前合龙")
    assert metas["og:url"] == canonical[0]
    assert metas["article:published_time"] == "2024-12-06"
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode())
    facts = json.loads(block)
    assert (facts["@type"], facts["headline"]) == ("NewsArticle", "北岸老堤抢在春汛前合龙")
    assert (facts["datePublished"], facts["printPage"]) == ("2024-12-06", "1、3")
    assert facts["author"][0]["name"] == "林砚舟"
    assert facts["keywords"] == ["河堤", "</script>"]
    assert facts["isPartOf"]["isPartOf"]["name"] == "临江晚报"


def test_a_page_of_a_list_is_its_own_page(client, issue, read):
    for i in range(25):
        make_article(f"题{i}", issue=issue)
    assert head(read, client.get("/articles/?page=2&kind=news"))[1] == ["http://testserver/articles/?page=2"]
    assert head(read, client.get("/articles/?page=1"))[1] == ["http://testserver/articles/"]
    assert head(read, client.get("/search/?q=题"))[1] == []


def test_what_is_not_there_has_no_canonical_address(client, issue, read):
    withdrawn = make_article("撤下的", issue=issue, state="withdrawn")
    for address in ("/articles/99999/", withdrawn.get_absolute_url(), "/no/such/"):
        metas, canonical = head(read, client.get(address))
        assert not canonical and "og:title" not in metas


def test_undated_articles_of_the_tray_are_shown_to_staff_without_references(staff_client, paper):
    article = make_article("无日期", newspaper=paper, dated=False)
    response = staff_client.get(article.get_absolute_url())
    assert response.status_code == 200
    assert "ld+json" not in response.content.decode()


def test_sitemaps_ask_little(client, dyke, django_assert_max_num_queries):
    for i in range(5):
        article = make_article(f"题{i}", issue=make_issue(make_newspaper(), "2024-01-01"))
        print_page(article.issue, ("headline", "题", article))
        sign(article, f"记者{i}")
    for part in ("/sitemap.xml", *read_sitemap(client, "/sitemap.xml")):
        with django_assert_max_num_queries(14):
            client.get(part)
