"""SQLite: an FTS5 index of pieces (articles.search.folding) that triggers keep in step with the documents.

The index is "external content": it stores no text, and takes the pieces of a document from a view over the documents.
A write on a connection without the functions registered here fails, rather than leaving the index behind.

SQLite drops the triggers with their table, and Django alters a table by making it anew: a migration that changes
SearchDocument drops the index first (drop_index) and makes it again last (create_index).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from articles.models import SearchDocument

from ..folding import pairs, pieces
from ..query import Query, Term, runs_pattern
from .base import Backend, holds

TITLE_WEIGHT = 8.0  # a hit in the title counts as so many in the body

_CONTENT = "search_pieces({0}.title), search_pieces({0}.body)"
_ADD = f"INSERT INTO search_index(rowid, title, body) VALUES (new.key, {_CONTENT.format('new')})"
_REMOVE = (
    f"INSERT INTO search_index(search_index, rowid, title, body) VALUES ('delete', old.key, {_CONTENT.format('old')})"
)
CREATE = (
    "CREATE VIEW search_source AS SELECT key, search_pieces(title) AS title, search_pieces(body) AS body"
    " FROM articles_searchdocument",
    # ascii: every character beyond ASCII is part of a word, whatever Unicode this SQLite knows.
    "CREATE VIRTUAL TABLE search_index USING"
    " fts5(title, body, content='search_source', content_rowid='key', tokenize='ascii')",
    f"CREATE TRIGGER search_insert AFTER INSERT ON articles_searchdocument BEGIN {_ADD}; END",
    f"CREATE TRIGGER search_delete AFTER DELETE ON articles_searchdocument BEGIN {_REMOVE}; END",
    "CREATE TRIGGER search_update AFTER UPDATE OF key, title, body ON articles_searchdocument"
    f" BEGIN {_REMOVE}; {_ADD}; END",
    "INSERT INTO search_index(search_index) VALUES ('rebuild')",
)
DROP = (
    "DROP TRIGGER IF EXISTS search_insert",
    "DROP TRIGGER IF EXISTS search_delete",
    "DROP TRIGGER IF EXISTS search_update",
    "DROP TABLE IF EXISTS search_index",
    "DROP VIEW IF EXISTS search_source",
)
OBJECTS = frozenset(("search_source", "search_index", "search_insert", "search_delete", "search_update"))


def register_functions(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Give a new SQLite connection the functions that the index and its rechecks call."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("search_pieces", 1, pieces, deterministic=True)
        connection.connection.create_function("search_contains", 2, _contains, deterministic=True)


def create_index(connection: BaseDatabaseWrapper) -> None:
    _execute(connection, CREATE)


def drop_index(connection: BaseDatabaseWrapper) -> None:
    _execute(connection, DROP)


def _execute(connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _contains(text: str, spaced: str) -> bool:
    return runs_pattern(spaced).search(text) is not None


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
        drop_index(connections[self.using])
        create_index(connections[self.using])

    def check(self) -> list[str]:
        connection = connections[self.using]
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE 'search\\_%%' ESCAPE '\\'", [])
            missing = OBJECTS - {name for (name,) in cursor.fetchall()}
            if missing:
                return [f"索引缺少 {name}" for name in sorted(missing)]
            try:
                cursor.execute("INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)")
            except DatabaseError as error:
                return [f"索引与检索文本不符（{error}）"]
        return []


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
