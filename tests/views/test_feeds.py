"""Atom feeds, read by a program that others wrote."""

import time

import feedparser
import pytest

from articles.models import Category, Column
from tests.factories import make_article, make_issue, make_newspaper, make_page

from .conftest import print_page, sign


@pytest.fixture
def filed(issue):
    """An article in a category and a column, signed."""
    column = Column.objects.create(newspaper=issue.newspaper, name="街巷")
    article = make_article(issue=issue, category=Category.objects.create(name="民生", slug="life"), column=column)
    print_page(issue, ("headline", "渡口<b>&老钟", article), ("body", "钟又走时了。", article))
    sign(article, "林砚舟")
    return article


def addresses(article):
    named = (article.newspaper, article.category, article.column, article.credits.get().person)
    return ["/", *(each.get_absolute_url() for each in named)]


def read_feed(client, address):
    response = client.get(f"{address}feed/")
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def test_every_list_has_a_feed_that_its_page_names(client, filed, read):
    for address in addresses(filed):
        page = read(client.get(address))
        links = {attrs["href"] for tag, attrs in page.tags if attrs.get("type") == "application/atom+xml"}
        assert {f"{address}feed/", "/feed/"} == links
        feed = read_feed(client, address)
        assert [entry.link for entry in feed.entries] == [f"http://testserver{filed.get_absolute_url()}"]
        assert feed.feed.links[-1].href.startswith("http://testserver/")


def test_an_entry_says_what_an_article_is(client, filed):
    (entry,) = read_feed(client, "/").entries
    assert entry.title == "渡口<b>&老钟"
    assert "钟又走时了。" in entry.summary
    assert entry.author == "林砚舟"
    assert [tag.term for tag in entry.tags] == ["民生", "街巷"]
    assert entry.published == "2024-12-06T00:00:00+08:00"
    assert abs(time.mktime(entry.updated_parsed) - filed.changed_at.timestamp()) < 24 * 3600


def test_names_of_entries_are_for_ever(client, filed, settings):
    settings.TAG_AUTHORITY = "archive.example.cn,2026"
    settings.SITE_URL = "https://elsewhere.example.cn"
    feed = read_feed(client, "/")
    assert feed.feed.id == "tag:archive.example.cn,2026:feed"
    assert feed.entries[0].id == f"tag:archive.example.cn,2026:articles/{filed.pk}"
    assert feed.entries[0].link.startswith("https://elsewhere.example.cn/")


def test_a_feed_has_the_newest_fifty(client, paper):
    make_page(issue=make_issue(paper, "2024-01-01"))
    for day in range(1, 29):
        for month in (1, 2):
            make_article(f"{month}月{day}日", issue=make_issue(paper, f"2024-{month:02}-{day:02}"))
    entries = read_feed(client, "/linjiang/").entries
    assert len(entries) == 50
    assert entries[0].title == "2月28日"


def test_characters_that_xml_lacks_are_left_out(client, issue):
    make_article("渡\x0b口\x01\ufffe钟", "正\x1f文。", issue=issue)
    (entry,) = read_feed(client, "/").entries
    assert entry.title == "渡口钟"


def test_hidden_articles_are_in_no_feed(client, issue):
    make_article("撤下的", issue=issue, state="withdrawn")
    make_article("未宣的", issue=make_issue(make_newspaper("未宣报", slug="hidden", shows_unreviewed=False)))
    assert not read_feed(client, "/").entries
    assert client.get("/hidden/feed/").status_code == 404


def test_an_entry_is_updated_when_its_text_is_and_only_then(client, filed):
    from articles.assembly import write_articles
    from articles.models import Article

    before = read_feed(client, "/").entries[0].updated
    write_articles([Article.objects.get(pk=filed.pk)])
    assert read_feed(client, "/").entries[0].updated == before
    Article.objects.update(changed_at="2024-12-07T00:00:00+08:00")
    filed.blocks.filter(role="body").update(corrected_text="钟又停了。")
    write_articles([Article.objects.get(pk=filed.pk)])
    assert "2024-12-07" not in read_feed(client, "/").entries[0].updated
