"""The engines that are tried, and a search as a reader does it."""

import pytest
from django.db import connection

from articles.models import Article, Page, SearchDocument
from articles.search import parse_query, write_documents
from articles.search.backends import ScanBackend, get_backend
from articles.search.results import Results
from tests.factories import make_article

ENGINES = ("index", "scan")


def found_by(backend, text):
    """The bodies of the documents that a query matches."""
    return set(backend.match(parse_query(text)).values_list("body", flat=True))


@pytest.fixture
def document():
    """The document of an article that says 老街花灯."""
    write_documents([make_article(body="老街花灯")])
    return SearchDocument.objects.get()


@pytest.fixture(params=ENGINES)
def backend(request, db):
    """The engine of the database that the tests run on, and the scan that any database can do."""
    if request.param == "scan":
        return ScanBackend()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # a few rows are otherwise read without the index
    return get_backend()


@pytest.fixture
def find(backend):
    """find("花灯") -> Results for a reader; `user`, `order` and whether pages are searched may be given."""

    def find(text, user=None, order="relevance", pages=True):
        seen = Page.objects.visible_to(user) if pages else None
        return Results(parse_query(text), Article.objects.visible_to(user), seen, order, backend)

    return find
