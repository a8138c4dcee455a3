"""Articles that are about the same things as another, by its keywords."""

from __future__ import annotations

from ..models import Article
from .backends import get_backend
from .documents import DAY
from .folding import fold, runs
from .query import Term

KEYWORDS = 8  # the first keywords are the weightiest
YEAR = 10_000 * DAY  # in keys: 20240101 -> 20250101


def related_keys(article: Article, limit: int) -> list[int]:
    """Keys of up to `limit` documents that share most keywords with `article`, its own among them, best first; they
    are at most a year older or newer."""
    terms = [Term(word, fold(word)) for word in article.keywords[:KEYWORDS]]
    terms = [term for term in terms if runs(term.folded) == (term.folded,) and len(term.folded) > 1]
    if article.sort_key is None or not terms:
        return []
    near = range(article.sort_key - YEAR, article.sort_key + YEAR)
    return get_backend().match_any(terms, near, limit)
