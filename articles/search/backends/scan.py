"""No index: LIKE on the folded text. Right on every database, and quick enough for some ten thousand articles."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from articles.models import SearchDocument

from ..query import Query, Term
from ..ranking import bm25
from .base import Backend, holds


class ScanBackend(Backend):
    def match(self, query: Query) -> QuerySet[SearchDocument]:
        found = self.documents
        # Plain terms first: they are conditions, and leave fewer texts to read for the others.
        for term in sorted(query.terms, key=_must_read):
            found = found.filter(self._condition(term, found))
        for term in sorted(query.excluded, key=_must_read):
            found = found.exclude(self._condition(term, found))
        return found

    def _condition(self, term: Term, among: QuerySet[SearchDocument]) -> Q:
        """LIKE says all of a term of one run. A barrier it cannot say: such texts are read and looked at here."""
        if term.literal:
            return holds(term.literal)
        condition = Q()
        for run in term.runs:
            condition &= holds(run)
        if not _must_read(term):
            return condition
        candidates = among.filter(condition).values_list("key", "title", "body").iterator(chunk_size=500)
        pattern = term.pattern
        return Q(key__in=[key for key, title, body in candidates if pattern.search(title) or pattern.search(body)])

    def scores(self, query: Query, keys: Sequence[int]) -> dict[int, float]:
        texts = self.documents.filter(key__in=keys).values_list("key", "title", "body")
        return bm25([term.pattern for term in query.terms], list(texts))

    def match_any(self, words: Sequence[Term], keys: range, limit: int) -> list[int]:
        condition = Q()
        for word in words:
            condition |= holds(word.folded)
        near = self.documents.filter(condition, key__gte=keys.start, key__lt=keys.stop).order_by("-key")
        texts = list(near.values_list("key", "title", "body")[: self.ranked])
        scores = bm25([word.pattern for word in words], texts)
        return sorted(scores, key=lambda key: (-scores[key], -key))[:limit]


def _must_read(term: Term) -> bool:
    return len(term.runs) > 1 and not term.literal
