"""No index: LIKE on the folded text. Right on every database, and quick enough for some ten thousand articles."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from articles.models import SearchDocument
from articles.models.search import TEXTS

from ..query import Query, Term
from ..ranking import bm25
from .base import Backend, any_of, fields_of, holds


class ScanBackend(Backend):
    def match(self, query: Query) -> QuerySet[SearchDocument]:
        found = self.documents
        # Plain terms first: they are conditions, and leave fewer texts to read for the others.
        for group in sorted(query.conditions, key=lambda group: any(map(_must_read, group))):
            found = found.filter(any_of(self._condition(term, found) for term in group))
        for term in sorted(query.excluded, key=_must_read):
            found = found.exclude(self._condition(term, found))
        return found

    def _condition(self, term: Term, among: QuerySet[SearchDocument]) -> Q:
        """LIKE says all of a term of one run. A barrier it cannot say: such texts are read and looked at here."""
        fields = fields_of(term)
        if term.literal:
            return holds(term.literal, fields)
        condition = Q()
        for run in term.runs:
            condition &= holds(run, fields)
        if not _must_read(term):
            return condition
        candidates = among.filter(condition).values_list("key", *fields).iterator(chunk_size=500)
        pattern = term.pattern
        return Q(key__in=[key for key, *texts in candidates if any(map(pattern.search, texts))])

    def match_any(self, words: Sequence[Term], keys: range, limit: int) -> list[int]:
        if not words:
            return []
        condition = any_of(holds(word.folded) for word in words)
        near = self.documents.filter(condition, key__gte=keys.start, key__lt=keys.stop).order_by("-key")
        texts = list(near.values_list("key", *TEXTS)[: self.ranked])
        scores = bm25(words, texts)
        return sorted(scores, key=lambda key: (-scores[key], -key))[:limit]


def _must_read(term: Term) -> bool:
    return len(term.runs) > 1 and not term.literal
