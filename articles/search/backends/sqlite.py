"""SQLite: queries are phrases of pieces for its FTS5 index; what pieces cannot say is looked up in the folded text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import nlargest
from math import log

from django.db import connections
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from articles.models import SearchDocument

from ..folding import pairs
from ..query import Query, Term
from ..ranking import WEIGHTS
from .base import Backend, any_of, fields_of, holds, keys_between
from .sqlite_index import COLUMNS, check_index, glance_at_index, rebuild_index

READ = 500  # newest hits of a single character, which are ranked by their texts
SHARING = 1000  # newest documents with one word that match_any looks at


class Contains(Func):
    """Do the runs of a term follow each other in a folded column?"""

    function = "search_contains"
    output_field = BooleanField()


class SQLiteBackend(Backend):
    ranked = 1000
    formula = f"bm25(search_index, {', '.join(str(WEIGHTS[name]) for name in COLUMNS)})"  # SQL; lower is better

    def match(self, query: Query) -> QuerySet[SearchDocument]:
        found = self.documents
        expression = match_expression(query)
        if expression:
            # Joined: what is asked for with IN is found to the last before the first is looked at.
            found = found.extra(
                tables=["search_index"],
                where=[
                    "search_index MATCH %s",
                    "search_index.rowid BETWEEN %s AND %s",
                    "search_index.rowid = articles_searchdocument.key",
                ],
                params=[expression, *keys_between(query)],
            )
        for group in query.conditions:
            if not all(_is_said(term, query) for term in group):
                found = found.filter(any_of(map(_exactly, group)))
        for term in query.excluded:
            if not (expression and _is_phrase(term)):
                found = found.exclude(_exactly(term))
        return found

    def first(self, query: Query, among: Q, newest: bool, count: int | None) -> QuerySet[SearchDocument]:
        found = super().first(query, among, newest, count)
        if not match_expression(query):
            return found
        # The index gives its hits in the order of its own column, and the first of them at once.
        rowid = RawSQL("search_index.rowid", [])
        return found.order_by(rowid.desc() if newest else rowid.asc())

    def scores(self, query: Query, keys: Sequence[int]) -> dict[int, float]:
        if not keys:
            return {}
        if not any(all(map(_indexed, group)) for group in query.conditions):
            # The engine would look at every word of the archive that begins with the character.
            return dict.fromkeys(keys, 0.0) | super().scores(query, keys[:READ])
        ranked = f"SELECT rowid, -{self.formula} FROM search_index(%s) WHERE rowid BETWEEN %s AND %s"
        with connections[self.using].cursor() as cursor:
            cursor.execute(ranked, [match_expression(query), min(keys), max(keys)])
            scores = dict(cursor.fetchall())
        return {key: scores.get(key, 0.0) for key in keys}

    def match_any(self, words: Sequence[Term], keys: range, limit: int) -> list[int]:
        phrases = [_phrase(word) for word in words if _indexed(word)]
        if not phrases:
            return []
        # Of each word the newest: bm25() would count each word's documents in the whole archive.
        newest = "SELECT rowid FROM search_index(%s) WHERE rowid BETWEEN %s AND %s ORDER BY rowid DESC LIMIT %s"
        both = " UNION ALL ".join(f"SELECT {i}, rowid FROM ({newest})" for i in range(len(phrases)))
        with connections[self.using].cursor() as cursor:
            cursor.execute(both, [x for phrase in phrases for x in (phrase, keys.start, keys.stop - 1, SHARING)])
            found = cursor.fetchall()
        having = Counter(word for word, _ in found)
        scores: defaultdict[int, float] = defaultdict(float)
        for word, key in found:
            scores[key] += log(1 + SHARING / having[word])
        return nlargest(limit, scores, key=lambda key: (scores[key], key))

    def rebuild(self) -> None:
        rebuild_index(connections[self.using])

    def check(self) -> list[str]:
        return check_index(connections[self.using])

    def glance(self) -> list[str]:
        return glance_at_index(connections[self.using])


def match_expression(query: Query) -> str:
    """The query in FTS5's language: quoted pieces of our own making, never what was typed; "" if it asks for no word.

    What it finds is narrowed where pieces do not say all (_exactly). A single character is looked up as the beginning
    of a piece, which is slow, and only when there is nothing else to find.
    """
    wanted = [_either(group) for group in query.conditions if all(map(_indexed, group))]
    expression = " AND ".join(wanted or map(_either, query.conditions))
    unwanted = [_phrase(term) for term in query.excluded if _is_phrase(term)]
    return f"({expression}) NOT ({' OR '.join(unwanted)})" if expression and unwanted else expression


def _either(group: Sequence[Term]) -> str:
    phrases = " OR ".join(map(_phrase, group))
    return f"({phrases})" if len(group) > 1 else phrases


def _indexed(term: Term) -> bool:
    """Has it a phrase of whole pieces?"""
    return len(term.runs) > 1 or len(term.runs[0]) > 1


def _is_phrase(term: Term) -> bool:
    """Does its phrase say all of it? Not of punctuation letter by letter, nor of a last or an only character."""
    return term.literal is None and len(term.runs[-1]) > 1


def _is_said(term: Term, query: Query) -> bool:
    """Does the expression say all of it? A character looked up in the index is there."""
    alone = not any(all(map(_indexed, group)) for group in query.conditions)
    return _is_phrase(term) or (alone and term.literal is None and len(term.runs) == 1)


def _phrase(term: Term) -> str:
    """Pairs of each run and, before a barrier, the run's last character; a last run of one character is left out."""
    *before, last = term.runs
    where = f"{term.field} : " if term.field else ""
    if not before and len(last) == 1:
        return f'{where}"{last}" *'
    tokens = [token for run in before for token in (*pairs(run), run[-1])]
    return f'{where}"' + " ".join((*tokens, *pairs(last))) + '"'


def _exactly(term: Term) -> Q:
    """All of a term, looked up in the folded texts."""
    if term.literal:
        return holds(term.literal, fields_of(term))
    if len(term.runs) == 1:
        return holds(term.runs[0], fields_of(term))
    spaced = Value(" ".join(term.runs))
    return any_of(Q(Contains(F(name), spaced)) for name in fields_of(term))
