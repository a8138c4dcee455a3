"""PostgreSQL: a tsquery of pieces finds candidates; what pieces cannot say is looked up in the folded texts.

GIN gives all that it finds before the first can be had, in no order. For the newest of many hits reading the documents
by their keys is quicker, for those of few much slower, and the planner cannot tell: first() counts and chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import isqrt

from django.db import connections
from django.db.models import BooleanField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.lookups import Contains

from articles.models import SearchDocument
from articles.models.search import TEXTS

from ..folding import pairs
from ..query import Query, Term
from ..ranking import bm25
from .base import Backend, any_of, fields_of, holds
from .postgresql_index import ANY, LARGEST, MARKS, VECTOR, check_index, rebuild_index

FEW = 1000  # hits that are sorted rather than read in order, however small the archive
SHARING = 10_000  # documents with one word that match_any looks at


class Matches(Func):
    """Is a document a candidate of a tsquery, given as text?"""

    arity = 2
    template = "%(expressions)s::tsquery"
    arg_joiner = " @@ "
    output_field = BooleanField()

    def __init__(self, tsquery: str):
        super().__init__(Func(*map(F, TEXTS), function="search_vector", output_field=TextField()), Value(tsquery))


class HasPieces(Func):
    """Is a document small enough for the index to hold its pieces?"""

    template = f"(%(expressions)s <= {LARGEST})"
    arg_joiner = " + "
    output_field = BooleanField()

    def __init__(self) -> None:
        super().__init__(*(Func(F(name), function="octet_length", output_field=TextField()) for name in TEXTS))


class PostgreSQLBackend(Backend):
    def match(self, query: Query) -> QuerySet[SearchDocument]:
        if not query.groups:
            return self._read(query)
        found = self.documents.filter(Matches(tsquery(query)))
        for group in query.conditions:
            exactly = any_of(map(_exactly, group))
            found = found.filter(Q(HasPieces()) | exactly if all(map(_is_said, group)) else exactly)
        for term in query.excluded:
            exactly = _exactly(term)
            found = found.filter(Q(HasPieces()) | ~exactly if _is_said(term) else ~exactly)
        return found

    def first(self, query: Query, among: Q, newest: bool, count: int | None) -> QuerySet[SearchDocument]:
        order = "-key" if newest else "key"
        found = self.match(query).filter(among)
        if count is None or not query.groups:
            return found.order_by(order)
        few = self._few(count)
        hits = list(found.values_list("key", flat=True)[: few + 1])
        if len(hits) > few:
            return self._read(query).filter(among).order_by(order)
        return self.documents.filter(key__in=RawSQL("SELECT unnest(%s::bigint[])", [hits])).order_by(order)

    def match_any(self, words: Sequence[Term], keys: range, limit: int) -> list[int]:
        """Of those with most of the words, the newest `ranked` are looked at."""
        if not words:
            return []
        having = (
            f"(SELECT key FROM articles_searchdocument WHERE {VECTOR} @@ %s::tsquery"
            " AND key BETWEEN %s AND %s LIMIT %s)"
        )
        sharing = (
            f"SELECT key FROM ({' UNION ALL '.join([having] * len(words))}) AS found"
            " GROUP BY key ORDER BY count(*) DESC, key DESC LIMIT %s"
        )
        asked = [part for word in words for part in (_or_any(_all_of(word)), keys.start, keys.stop - 1, SHARING)]
        with connections[self.using].cursor() as cursor:
            cursor.execute(sharing, [*asked, self.ranked])
            found = [key for (key,) in cursor.fetchall()]
        scores = bm25(words, list(self.documents.filter(key__in=found).values_list("key", *TEXTS)))
        best = sorted((key for key in scores if scores[key]), key=lambda key: (-scores[key], -key))
        return best[:limit]

    def rebuild(self) -> None:
        rebuild_index(connections[self.using])

    def check(self) -> list[str]:
        return check_index(connections[self.using])

    def _read(self, query: Query) -> QuerySet[SearchDocument]:
        """What match() finds, without the index."""
        found = self.documents
        for group in query.conditions:
            found = found.filter(any_of(map(_exactly, group)))
        for term in query.excluded:
            found = found.filter(~_exactly(term))
        return found

    def _few(self, count: int) -> int:
        """So many hits are as quickly sorted as their first `count` are come upon in order.

        Of h hits among n documents the first c are come upon in n * c / h of them: more than h, when h < sqrt(n * c).
        """
        with connections[self.using].cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'articles_searchdocument'::regclass")
            (documents,) = cursor.fetchone()
        return max(FEW, isqrt(count * max(0, int(documents))))  # -1 before the first ANALYZE


def tsquery(query: Query) -> str:
    """Candidates of a query that asks for words, in PostgreSQL's language; of what was typed only quoted pieces."""
    wanted = [f"({' | '.join(map(_all_of, group))})" for group in query.conditions]
    unwanted = [f"!({_all_of(term)})" for term in query.excluded if _is_said(term)]
    return _or_any(" & ".join((*wanted, *unwanted)))


def _or_any(expression: str) -> str:
    return f"({expression}) | {_quoted(ANY)}"


def _all_of(term: Term) -> str:
    """The pieces of a term; a character that stands alone is the beginning of one."""
    mark = MARKS.get(term.field or "", "")
    pieces = dict.fromkeys(pair for stretch in _stretches(term) for pair in pairs(stretch))
    if not pieces:
        return " & ".join(f"{_quoted(mark + character)}:*" for character in dict.fromkeys(term.runs))
    return " & ".join(_quoted(mark + piece) for piece in pieces)


def _quoted(piece: str) -> str:
    """A piece as a tsquery says it. It is one or two characters, folded, so never NUL nor half of a surrogate pair."""
    escaped = piece.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _is_said(term: Term) -> bool:
    """Do its pieces say all of it? Those of one or two characters do."""
    first, *others = _stretches(term)
    return len(first) <= 2 and not others


def _stretches(term: Term) -> Sequence[str]:
    """What stands in the text letter by letter."""
    return (term.literal,) if term.literal else term.runs


def _exactly(term: Term) -> Q:
    """All of a term, looked up in the folded texts."""
    fields = fields_of(term)
    if term.literal:
        return holds(term.literal, fields)
    if len(term.runs) == 1:
        return holds(term.runs[0], fields)
    return any_of(_follow(term.runs, name) for name in fields)


def _follow(runs: Iterable[str], field: str) -> Q:
    """Do the runs follow each other in a field? LIKE says quickly of most texts that they do not."""
    condition = Q()
    for run in dict.fromkeys(runs):
        condition &= Q(**{f"{field}__contains": run})
    return condition & Q(Contains(Spaced(field), " ".join(runs)))


class Spaced(Func):
    """A field with a single space for every barrier."""

    function = "regexp_replace"
    output_field = TextField()

    def __init__(self, field: str):
        super().__init__(F(field), Value(f"[{barriers()}]+"), Value(" "), Value("g"))


@lru_cache(maxsize=1)
def barriers() -> str:
    r"""Python's [\W_] as ranges of code points: what PostgreSQL takes for a word character depends on its locale."""
    everything = "".join(map(chr, range(1, 0x110000)))
    spans = (match.span() for match in re.finditer(r"[\W_]+", everything))
    return "".join(f"\\U{start + 1:08x}-\\U{end:08x}" for start, end in spans)
