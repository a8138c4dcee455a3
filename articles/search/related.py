"""Articles that are about the same things as another, by its keywords."""

from __future__ import annotations

from ..models import Article
from ..querysets import ArticleQuerySet
from .backends import get_backend
from .documents import DAY
from .folding import fold, runs
from .query import Term

KEYWORDS = 8  # the first keywords are the weightiest
CANDIDATES = 60  # for those of them that are not to be seen
YEAR = 10_000 * DAY  # in keys: 20240101 -> 20250101


def related_articles(article: Article, articles: ArticleQuerySet, limit: int = 5) -> list[Article]:
    """Up to `limit` of `articles` that share most keywords with `article`, at most a year older or newer."""
    terms = [Term(word, fold(word)) for word in article.keywords[:KEYWORDS]]
    terms = [term for term in terms if runs(term.folded) == (term.folded,) and len(term.folded) > 1]
    if article.sort_key is None or not terms:
        return []
    near = range(article.sort_key - YEAR, article.sort_key + YEAR)
    keys = get_backend().match_any(terms, near, CANDIDATES)
    order = {key: place for place, key in enumerate(keys)}
    shown = articles.filter(sort_key__in=keys).exclude(pk=article.pk).for_lists()
    return sorted(shown, key=lambda other: order[other.sort_key or 0])[:limit]
