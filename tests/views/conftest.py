"""A printed issue to look at, a staff user, and an HTML reader."""

from html.parser import HTMLParser

import pytest
from django.contrib.auth import get_user_model

from articles.assembly import write_articles
from articles.models import Block, Credit, Person
from tests.factories import make_article, make_issue, make_newspaper, make_page


@pytest.fixture
def staff(db):
    return get_user_model().objects.create_user("bianji", password="x", is_staff=True)


@pytest.fixture
def staff_client(client, staff):
    client.force_login(staff)
    return client


def print_page(issue, *passages, number="1", **fields):
    """A page of passages (role, text, article or None[, fields of the block]), one a line; writes the articles."""
    text = "".join(f"{words}\n" for _, words, *_ in passages)
    page = make_page(text, issue=issue, number=number, sort_key=10 * int(number) if number.isdigit() else 0, **fields)
    start = 0
    for role, words, article, *more in passages:
        extra = dict(*more)
        if article is None:
            extra.setdefault("reason", Block.Reason.FRAGMENT)
        else:
            extra.setdefault("position", article.blocks.count())
        Block.objects.create(page=page, start=start, role=role, article=article, **extra)
        start += len(words) + 1
    write_articles({article.pk: article for _, _, article, *_ in passages if article}.values())
    return page


def sign(article, name, role=Credit.Role.REPORTER, **fields):
    person = Person.objects.get_or_create(name=name, note="")[0]
    return Credit.objects.create(
        article=article, position=article.credits.count(), name=name, role=role, person=person, **fields
    )


@pytest.fixture
def paper(db):
    return make_newspaper("临江晚报", slug="linjiang")


@pytest.fixture
def issue(paper):
    return make_issue(paper, "2024-12-06", number="第4182期")


@pytest.fixture
def dyke(issue):
    """An article that begins on page 1 and goes on on page 3."""
    article = make_article(issue=issue)
    print_page(
        issue,
        ("column", "水利冬修", article),
        ("kicker", "临江市水务局：", article),
        ("headline", "北岸老堤抢在春汛前合龙", article),
        ("subheadline", "——四公里堤身换了新土", article),
        ("byline", "□本报记者 林砚舟", article),
        ("body", "入冬以来，老堤上每天都有人值守。", article),
        ("subheading", "一块木板", article),
        ("body", "结果贴在工棚外的木板上。", article),
        ("caption", "↑工人在铺堤面。", article),
        number="1",
        name="要闻",
    )
    print_page(issue, ("body", "堤顶还要铺一条步道。", article), number="3", name="民生")
    sign(article, "林砚舟")
    return article


class Reader(HTMLParser):
    """Counts of tags and the text of a page, without a browser."""

    def __init__(self, response):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(response.content.decode())
        self.text = "".join("".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def links(self):
        return [attrs.get("href") for tag, attrs in self.tags if tag == "a"]


@pytest.fixture
def read():
    return Reader
