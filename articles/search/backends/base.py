"""What every engine does, and what a match is.

A document is its folded texts: title, people, column_name, body. A term matches, in its own field or in any, where its
runs of word characters follow each other across barriers (anything that is no word character), the first run as the
end of a run, the last as the beginning of one; a single run, anywhere inside a run. A quotation with punctuation must
also stand there letter by letter. A document matches a query when of each of its conditions a term matches, and no
excluded term does. Days and pages asked for are not the engine's matter (results).

Documents are written by articles.search.documents; an engine with an index of its own keeps it in the same transaction.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from articles.models import SearchDocument
from articles.models.articles import DAY, day_key
from articles.models.search import TEXTS

from ..query import Days, Query, Term
from ..ranking import bm25

LAST_KEY = 2**63 - 1


class Backend(ABC):
    #: How many of the newest hits are ranked; older ones follow, newest first.
    ranked: int = 500

    def __init__(self, using: str = "default"):
        self.using = using

    @property
    def documents(self) -> QuerySet[SearchDocument]:
        return SearchDocument.objects.using(self.using)

    @abstractmethod
    def match(self, query: Query) -> QuerySet[SearchDocument]:
        """The documents that the words of a query match, in no order, whoever may see them; all where it has none."""

    def first(self, query: Query, among: Q, newest: bool, count: int | None) -> QuerySet[SearchDocument]:
        """Those of match() that are `among` these by their keys, the newest or the oldest first; put so that the first
        `count` are quickly had, None: all."""
        return self.match(query).filter(among).order_by("-key" if newest else "key")

    def scores(self, query: Query, keys: Sequence[int]) -> dict[int, float]:
        """How well the documents of `keys` (hits, newest first) match: BM25, title over body, more is better."""
        texts = self.documents.filter(key__in=keys).values_list("key", *TEXTS)
        return dict.fromkeys(keys, 0.0) | bm25(query.terms, list(texts))  # A document may have gone since.

    @abstractmethod
    def match_any(self, words: Sequence[Term], keys: range, limit: int) -> list[int]:
        """Keys in `keys` of the documents that share most with `words`, best first."""

    def rebuild(self) -> None:
        """Make the engine's own index, if it has one, anew from the documents."""
        return

    def check(self) -> list[str]:
        """What is wrong between the index and the documents, in Chinese; [] when nothing is."""
        return []

    def glance(self) -> list[str]:
        """What of check() is seen at a glance, in some milliseconds whatever the size of the archive."""
        return self.check()


def fields_of(term: Term) -> tuple[str, ...]:
    return (term.field,) if term.field else TEXTS


def holds(text: str, fields: Iterable[str] = TEXTS) -> Q:
    """Documents with `text`, which is folded, in one of these fields."""
    return any_of(Q(**{f"{name}__contains": text}) for name in fields)


def keys_between(query: Query) -> tuple[int, int]:
    """The first and the last key that a document of the days wanted can have: where an engine need look."""
    first, last = 0, LAST_KEY
    for group in query.wanted:
        if days := [part for part in group if isinstance(part, Days)]:
            first = max(first, min(day_key(part.since) if part.since else 0 for part in days))
            last = min(last, max(day_key(part.until) + DAY - 1 if part.until else LAST_KEY for part in days))
    return first, last


def any_of(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions)
