"""SQLite's FTS5 index of pieces (articles.search.folding), kept in step with the documents by triggers.

The index is "external content": it stores no text, and takes the pieces of a document from a view over the documents.
A write on a connection without the functions registered here fails, rather than leaving the index behind.

SQLite drops triggers with their table, and Django alters a table by making it anew: a migration that changes
SearchDocument drops the index first (drop_index) and makes it again last (create_index).
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ..folding import pieces
from ..query import runs_pattern

INDEX, FRESH = "search_index", "search_index_fresh"
BATCH = 1000  # documents that a rebuild adds in one transaction, about a second of work
PAUSE = 0.11  # seconds between these: SQLite lets who waits to write look every tenth of one, and has no queue

# What is said of a column but the first is marked with its number: the body first makes the index a sixth smaller.
COLUMNS = ("body", "title", "people", "column_name")
_COLUMNS = ", ".join(COLUMNS)
_VIEW = (
    "CREATE VIEW IF NOT EXISTS search_source AS"
    f" SELECT key, {', '.join(f'search_pieces({name}) AS {name}' for name in COLUMNS)} FROM articles_searchdocument"
)
# ascii: every character beyond ASCII is part of a word, whatever Unicode this SQLite knows.
_TABLE = (
    "CREATE VIRTUAL TABLE {index} USING"
    f" fts5({_COLUMNS}, content='search_source', content_rowid='key', tokenize='ascii')"
)
_NEW, _OLD = (", ".join(f"search_pieces({row}.{name})" for name in COLUMNS) for row in ("new", "old"))
_ADD = f"INSERT INTO {{index}}(rowid, {_COLUMNS}) VALUES (new.key, {_NEW});"
# Taking out what was never put in damages an FTS5 index, and while one is being filled it lacks documents.
_REMOVE = (
    f"INSERT INTO {{index}}({{index}}, rowid, {_COLUMNS}) SELECT 'delete', old.key, {_OLD}"
    " WHERE EXISTS (SELECT 1 FROM {index}_docsize WHERE id = old.key);"
)
_TRIGGERS = {
    "{index}_insert": f"AFTER INSERT ON articles_searchdocument BEGIN {_ADD} END",
    "{index}_delete": f"AFTER DELETE ON articles_searchdocument BEGIN {_REMOVE} END",
    "{index}_update": f"AFTER UPDATE OF key, {_COLUMNS} ON articles_searchdocument BEGIN {_REMOVE} {_ADD} END",
}
_FILL = (
    f"INSERT INTO {FRESH}(rowid, {_COLUMNS}) SELECT key, {_COLUMNS} FROM search_source"
    f" WHERE key BETWEEN %s AND %s AND NOT EXISTS (SELECT 1 FROM {FRESH}_docsize WHERE id = key)"
)


def prepare_connection(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Give a new SQLite connection the functions that the index and its rechecks call."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("search_pieces", 1, pieces, deterministic=True)
        connection.connection.create_function("search_contains", 2, _contains, deterministic=True)


def _contains(text: str, spaced: str) -> bool:
    return runs_pattern(spaced).search(text) is not None


def create_index(connection: BaseDatabaseWrapper) -> None:
    """Make the index and fill it from the documents, in the transaction that is open."""
    _execute(connection, [_VIEW, *_creation(INDEX), f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')"])


def drop_index(connection: BaseDatabaseWrapper) -> None:
    _execute(connection, [*_removal(INDEX), *_removal(FRESH), "DROP VIEW IF EXISTS search_source"])


def rebuild_index(connection: BaseDatabaseWrapper) -> None:
    """Fill a fresh index beside the old one, which serves on, and put it in its place.

    No transaction lasts longer than a batch, so that others can write in between: what they write goes into both. Who
    begins anew drops what another, perhaps killed, has filled; if that one lives, both fill the same.
    """
    with transaction.atomic(using=connection.alias):
        _execute(connection, [*_removal(FRESH), _VIEW, *_creation(FRESH)])
    while not _put_in_place(connection):
        _fill(connection)


def _fill(connection: BaseDatabaseWrapper) -> None:
    keys = "SELECT key FROM articles_searchdocument WHERE key > %s ORDER BY key LIMIT %s"
    last = -1
    with connection.cursor() as cursor:
        while batch := [key for (key,) in cursor.execute(keys, [last, BATCH]).fetchall()]:
            with transaction.atomic(using=connection.alias):
                if not _exists(connection, FRESH):
                    return
                cursor.execute(_FILL, [batch[0], batch[-1]])
            last = batch[-1]
            time.sleep(PAUSE)


def _put_in_place(connection: BaseDatabaseWrapper) -> bool:
    """Let the fresh index be the index, if it has all documents. True also if another process has done so."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if not _exists(connection, FRESH):
            return True
        # No others than documents are in it: their triggers see to that.
        cursor.execute(f"SELECT (SELECT count(*) FROM articles_searchdocument) = count(*) FROM {FRESH}_docsize")
        if complete := bool(cursor.fetchone()[0]):
            rename = f"ALTER TABLE {FRESH} RENAME TO {INDEX}"
            _execute(connection, [*_removal(INDEX), *_trigger_removal(FRESH), rename, *_trigger_creation(INDEX)])
        return complete


def _exists(connection: BaseDatabaseWrapper, name: str) -> bool:
    with connection.cursor() as cursor:
        return bool(cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [name]).fetchone())


def check_index(connection: BaseDatabaseWrapper) -> list[str]:
    """What is wrong with the index, in Chinese. Others cannot write meanwhile: about 20 s for 100,000 articles."""
    if faults := glance_at_index(connection):
        return faults
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"INSERT INTO {INDEX}({INDEX}, rank) VALUES ('integrity-check', 1)")
        except DatabaseError as error:
            return [f"索引与检索文本不符（{error}）"]
    return []


def glance_at_index(connection: BaseDatabaseWrapper) -> list[str]:
    """Is the index as this version makes it, and are the oldest and the newest document in it?"""
    wanted = {"search_source", INDEX, *(name.format(index=INDEX) for name in _TRIGGERS)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master")
        made = dict(cursor.fetchall())
        if missing := wanted - made.keys():
            return [f"索引缺少 {name}" for name in sorted(missing)]
        if f"fts5({_COLUMNS}," not in made[INDEX]:
            return [f"索引 {INDEX} 的定义与本版程序不符"]
        cursor.execute(
            "SELECT (SELECT min(key) FROM articles_searchdocument) IS (SELECT min(id) FROM search_index_docsize)"
            " AND (SELECT max(key) FROM articles_searchdocument) IS (SELECT max(id) FROM search_index_docsize)"
        )
        return [] if cursor.fetchone()[0] else ["索引与检索文本不符，请运行 manage.py reindex"]


def _creation(index: str) -> list[str]:
    return [_TABLE.format(index=index), *_trigger_creation(index)]


def _trigger_creation(index: str) -> list[str]:
    return [f"CREATE TRIGGER {name} {action}".format(index=index) for name, action in _TRIGGERS.items()]


def _removal(index: str) -> list[str]:
    return [*_trigger_removal(index), f"DROP TABLE IF EXISTS {index}"]


def _trigger_removal(index: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {name}".format(index=index) for name in _TRIGGERS]


def _execute(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
