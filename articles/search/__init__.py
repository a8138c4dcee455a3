"""Search: the query language, folding and highlighting (pure); documents, engines and results.

The parts that need the database are imported when they are called, so that the pure ones do without Django.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .highlight import Fragment
from .query import Query, Term, parse_query
from .relaxing import relaxations

if TYPE_CHECKING:
    from ..models import Article, Page
    from ..querysets import ArticleQuerySet, PageQuerySet
    from .results import Order, Results


def search(
    query: Query, *, articles: ArticleQuerySet, pages: PageQuerySet | None = None, order: Order = "relevance"
) -> Results:
    """The hits of a query among `articles` and `pages`, querysets of what the reader may see and has filtered for.

    Without `pages` only articles are found. Nothing is asked of the database before the results are counted or sliced.
    """
    from .results import Results

    return Results(query, articles, pages, order)


def search_or_relax(
    query: Query, *, articles: ArticleQuerySet, pages: PageQuerySet | None = None, order: Order = "relevance"
) -> Results:
    """As search(); where nothing is found, the hits of the words taken apart, or of most of them (relaxing).

    The results' own query tells which was asked.
    """

    def find(asked: Query) -> Results:
        return search(asked, articles=articles, pages=pages, order=order)

    results = find(query)
    return results or next(filter(None, map(find, relaxations(query))), results)


def write_documents(articles: Iterable[Article | int] = (), pages: Iterable[Page | int] = ()) -> int:
    """Bring the documents of these articles and pages in step with their rows (documents.write_documents)."""
    from .documents import write_documents as write

    return write(articles, pages)


__all__ = [
    "Fragment",
    "Query",
    "Term",
    "parse_query",
    "search",
    "search_or_relax",
    "write_documents",
]
