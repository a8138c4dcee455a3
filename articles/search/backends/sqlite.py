"""SQLite: queries are phrases of pieces for its FTS5 index; what pieces cannot say is looked up in the folded text."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connections
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from articles.models import SearchDocument

from ..folding import pairs
from ..query import Query, Term
from ..ranking import TITLE_WEIGHT
from .base import Backend, holds
from .sqlite_index import check_index, rebuild_index


class Contains(Func):
    """Do the runs of a term follow each other in a folded column?"""

    function = "search_contains"
    output_field = BooleanField()


class SQLiteBackend(Backend):
    ranked = 2000

    def match(self, query: Query) -> QuerySet[SearchDocument]:
        found = self.documents.filter(key__in=RawSQL("SELECT rowid FROM search_index(%s)", [match_expression(query)]))
        alone = not any(map(_indexed, query.terms))
        for term in query.terms:
            # A character that is looked up in the index is there.
            if (recheck := _recheck(term)) and not (alone and term.literal is None):
                found = found.filter(recheck)
        for term in query.excluded:
            if recheck := _recheck(term):
                found = found.exclude(recheck)
        return found

    def scores(self, query: Query, keys: Sequence[int]) -> dict[int, float]:
        if not keys:
            return {}
        if not any(map(_indexed, query.terms)):
            # The engine would look at every word of the archive that begins with the character.
            return dict.fromkeys(keys, 1.0)
        ranked = "SELECT rowid, -bm25(search_index, %s, 1.0) FROM search_index(%s) WHERE rowid BETWEEN %s AND %s"
        with connections[self.using].cursor() as cursor:
            cursor.execute(ranked, [TITLE_WEIGHT, match_expression(query), min(keys), max(keys)])
            scores = dict(cursor.fetchall())
        return {key: scores.get(key, 0.0) for key in keys}

    def match_any(self, words: Sequence[Term], keys: range, limit: int) -> list[int]:
        phrases = [_phrase(word) for word in words if _indexed(word)]
        if not phrases:
            return []
        ranked = (
            "SELECT rowid FROM search_index(%s) WHERE rowid BETWEEN %s AND %s"
            " ORDER BY bm25(search_index, %s, 1.0), rowid DESC LIMIT %s"
        )
        with connections[self.using].cursor() as cursor:
            cursor.execute(ranked, [" OR ".join(phrases), keys.start, keys.stop - 1, TITLE_WEIGHT, limit])
            return [key for (key,) in cursor.fetchall()]

    def rebuild(self) -> None:
        rebuild_index(connections[self.using])

    def check(self) -> list[str]:
        return check_index(connections[self.using])


def match_expression(query: Query) -> str:
    """The query in FTS5's language: quoted pieces of our own making, never what was typed.

    Rechecks narrow what it finds (_recheck). A single character is looked up as the beginning of a piece, which is
    slow, and only when there is nothing else to find.
    """
    wanted = [_phrase(term) for term in query.terms if _indexed(term)]
    expression = " AND ".join(wanted or [_phrase(term) for term in query.terms])
    unwanted = [_phrase(term) for term in query.excluded if _indexed(term) and not _recheck(term)]
    return f"({expression}) NOT ({' OR '.join(unwanted)})" if unwanted else expression


def _indexed(term: Term) -> bool:
    """Has it a phrase of whole pieces?"""
    return len(term.runs) > 1 or len(term.runs[0]) > 1


def _phrase(term: Term) -> str:
    """Pairs of each run and, before a barrier, the run's last character; a last run of one character is left out."""
    *before, last = term.runs
    if not before and len(last) == 1:
        return f'"{last}" *'
    tokens = [token for run in before for token in (*pairs(run), run[-1])]
    return '"' + " ".join((*tokens, *pairs(last))) + '"'


def _recheck(term: Term) -> Q | None:
    """What the pieces do not say of a term: punctuation letter by letter, a last or an only character."""
    if term.literal:
        return holds(term.literal)
    *before, last = term.runs
    if len(last) > 1:
        return None
    if not before:
        return holds(last)
    spaced = Value(" ".join(term.runs))
    return Q(Contains(F("title"), spaced)) | Q(Contains(F("body"), spaced))
