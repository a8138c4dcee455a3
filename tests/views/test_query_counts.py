"""No page asks the database more often because it has more rows."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Category, Column
from articles.search import write_documents
from tests.factories import make_article, make_issue, make_newspaper, make_page

from .conftest import print_page, sign

MOST = 12


def fill(rows):
    """As many of everything that a page can list: newspapers, issues, pages, articles, credits, items, passages."""
    main = make_newspaper("主报", slug="main")
    category = Category.objects.create(name="主类", slug="law")
    column = Column.objects.create(newspaper=main, name="主栏")
    issue = make_issue(main, "2024-12-31")
    jumping = make_article(issue=issue, category=category, column=column, keywords=["老堤", "残句"])
    part = make_article("跨版记（下）", "".join(f"跨版{i}。" for i in range(rows)), issue=issue, column=column)
    signer = get_user_model().objects.create_user(f"signer-{rows}")
    block = make_article(issue=issue, kind="notice")
    for i in range(rows):
        make_page(issue=make_issue(main, datetime.date(2024, 1, 1) + datetime.timedelta(days=i)), number="1")
        paper = make_newspaper()
        article = make_article(
            issue=issue,
            category=category,
            column=column,
            keywords=[f"词{i}"],
            parent=block if i % 2 else None,
        )
        page = print_page(
            issue,
            *([("headline", "公告", block), ("headline", "跨版记（上）", jumping)] if not i else []),
            ("headline", f"题{i}", article),
            ("body", "老堤上有人。", article),
            ("body", f"跨版{i}。", jumping),
            ("body", f"老堤残句{i}", None),
            number=str(i + 1),
            checked_by=signer,
            signed_off_by=signer,
        )
        for name in ("林砚舟", f"记者{i}"):
            sign(article, name)
            sign(jumping, name)
        away = make_article(
            f"他报{i}",
            issue=make_issue(paper, "2024-12-31"),
            category=Category.objects.create(name=f"类{i}", slug=f"c{i}"),
            column=Column.objects.create(newspaper=paper, name="栏"),
        )
        make_page(issue=away.issue, number="1")
        write_documents(articles=[article, away], pages=[page])
    write_documents(articles=[jumping, block, part])
    return {
        "home": "/",
        "newspaper": "/main/",
        "year": "/main/2024/",
        "issue": "/main/2024-12-31/",
        "page": "/main/2024-12-31/1/",
        "article": jumping.get_absolute_url(),
        "source": f"{jumping.get_absolute_url()}source/",
        "block": block.get_absolute_url(),
        "articles": "/articles/",
        "filtered": "/articles/?newspaper=main&category=law&person=林砚舟&since=2024-01-01",
        "categories": "/categories/",
        "category": "/categories/law/",
        "columns": "/columns/",
        "column": column.get_absolute_url(),
        "people": "/people/",
        "person": jumping.credits.first().person.get_absolute_url(),
        "search": "/search/?q=老堤",
        "newest": "/search/?q=老堤&order=newest",
        "narrowed": f"/search/?q=老堤&newspaper=main&category=law&column=-{away.column_id}&person=林砚舟&order=newest",
        "nothing found": "/search/?q=林研舟 老堤 无 此 词",
        "suggestions": "/search/suggest/?q=主",
        "hit": "/search/hit/?q=老堤&n=2",
        "opened from a search": f"{jumping.get_absolute_url()}?q=老堤&n=2",
        "year of a category": "/categories/law/?year=2024",
        "surname": "/people/?initial=林",
        "keyword": "/keywords/词1/",
        "keywords": "/keywords/",
        "archive": "/archive/",
    }


@pytest.fixture
def counts(client, db):
    def count(rows):
        found = {}
        for name, address in fill(rows).items():
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code in (200, 302)
            found[name] = len(queries)
        return found

    return count


@pytest.fixture
def few_and_many(counts):
    from django.db import transaction

    with transaction.atomic():
        few = counts(8)
        transaction.set_rollback(True)
    return few, counts(30)


def test_queries_do_not_grow_with_rows(few_and_many):
    few, many = few_and_many
    grown = {name: (few[name], many[name]) for name in few if many[name] > few[name]}
    assert not grown
    assert {name: n for name, n in many.items() if n > MOST} == {}
