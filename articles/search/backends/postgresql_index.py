"""PostgreSQL's GIN index of pieces: an index on an expression over the documents, so nothing has to keep it in step.

What the index holds of a document is search_vector() of its texts: every two neighbouring characters of a text, and its
last character alone, as a tsvector without positions. PostgreSQL computes it itself for whatever writes a row, also
bulk_create, QuerySet.update and plain SQL, in the writer's transaction, and stores it nowhere but in the index. A table
of vectors beside the documents would be several times the index's size, and could fall out of step.

Vectors find candidates only. Their pieces run on across barriers, unlike folding.pieces: so no rule of what a word
character is has to be the same in Python and in a server of whatever locale. Every pair of folding.pieces is there, and
every character begins a piece. They have no positions, which a tsvector cuts off at 16,383 and at 255 a piece.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models.search import TEXTS

INDEX, FRESH = "search_index", "search_index_fresh"

# What stands before the pieces of these fields, which are in the index a second time for terms of one field. Bodies are
# asked for in no field of theirs. Folding drops control characters.
MARKS = {"title": "\x01", "people": "\x02", "column_name": "\x03"}
# The only piece of a document that is a candidate whatever is looked for.
ANY = "\x04"
# Bytes of all texts together up to which a document has pieces. A tsvector has room for 1,048,575 bytes of them
# (20 bits), each character stands in two, and those of MARKS in five with their marks.
LARGEST = 200_000

VECTOR = f"search_vector({', '.join(TEXTS)})"
BYTES = " + ".join(f"octet_length({name})" for name in TEXTS)

_SAID = ", ".join([f"('', {name})" for name in TEXTS] + [f"(chr({ord(mark)}), {name})" for name, mark in MARKS.items()])
_BODY = f"""
  SELECT CASE WHEN {BYTES} > {LARGEST} THEN array_to_tsvector(ARRAY[chr({ord(ANY)})]) ELSE (
    SELECT array_to_tsvector(array_agg(mark || first || coalesce(next, '')))
    FROM (VALUES {_SAID}) AS said(mark, words),
      LATERAL string_to_array(words, NULL) AS letters,
      LATERAL unnest(letters, letters[2:]) AS pair(first, next)
  ) END
"""
# COST: half a millisecond for 700 characters, so that no plan computes vectors of rows instead of asking the index.
_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION search_vector({', '.join(f'{name} text' for name in TEXTS)}) RETURNS tsvector"
    f" LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT COST 5000 AS $body${_BODY}$body$"
)
# Writers put pieces in a list, in kB, which they now and then sort into the index, and which every search reads to the
# end: with this limit some 30 articles come to 0.1 s; with PostgreSQL's own, of 4 MB, 500 articles to 1.5 s.
_PENDING = 256
_CREATE = (
    f"CREATE INDEX {{concurrently}} {{index}} ON articles_searchdocument USING gin ({VECTOR})"
    f" WITH (gin_pending_list_limit={_PENDING})"
)
POLL = 0.5  # seconds
# Statistics of pieces tell the planner nothing that it needs, and ANALYZE would compute 30,000 vectors for them.
_WITHOUT_STATISTICS = "ALTER INDEX {index} ALTER COLUMN 1 SET STATISTICS 0"


def prepare_connection(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Let a new PostgreSQL connection not compile queries: they are short, whatever the planner expects of LIKE.

    Compiling took 170 ms of the 180 of reading the newest 500 hits.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET jit = off")


def create_index(connection: BaseDatabaseWrapper) -> None:
    """Make the index from the documents, in the transaction that is open: 2 or 3 minutes for 100,000 articles."""
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTION)
    _create(connection, INDEX, at_once=True)


def drop_index(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {INDEX}, {FRESH}")
        cursor.execute(f"DROP FUNCTION IF EXISTS search_vector({', '.join(['text'] * len(TEXTS))})")


def rebuild_index(connection: BaseDatabaseWrapper) -> None:
    """Make a fresh index beside the old one, which serves on, and put it in its place; another waits till it is there.

    Others read and write meanwhile; what they write goes into both. Within a transaction writers wait until it ends.
    """
    connection.check_constraints()  # Those put off to the end of a transaction stand in the way.
    with _alone(connection), connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {FRESH}")  # of a rebuild that broke off
        cursor.execute(_FUNCTION)
        _create(connection, FRESH, at_once=connection.in_atomic_block)
        with transaction.atomic(using=connection.alias):
            cursor.execute(f"DROP INDEX IF EXISTS {INDEX}")
            cursor.execute(f"ALTER INDEX {FRESH} RENAME TO {INDEX}")


@contextmanager
def _alone(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Asked for again and again: who waits in a statement is waited for by CREATE INDEX CONCURRENTLY."""
    with connection.cursor() as cursor:
        while not cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [FRESH]).fetchone()[0]:
            time.sleep(POLL)
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [FRESH])


def _create(connection: BaseDatabaseWrapper, index: str, at_once: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_CREATE.format(concurrently="" if at_once else "CONCURRENTLY", index=index))
        cursor.execute(_WITHOUT_STATISTICS.format(index=index))


def check_index(connection: BaseDatabaseWrapper) -> list[str]:
    """What is wrong with the index, in Chinese. PostgreSQL keeps it in step while function and index are as made here.

    A server that lost writes in a crash, or whose files were damaged, is not found out; a rebuild mends that too.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE oid = to_regproc('search_vector')")
        function = cursor.fetchone()
        cursor.execute(
            "SELECT indisvalid AND indisready, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indexrelid = to_regclass(%s) AND indrelid = 'articles_searchdocument'::regclass",
            [INDEX],
        )
        index = cursor.fetchone()
        cursor.execute("SELECT to_regclass(%s)", [FRESH])
        (unfinished,) = cursor.fetchone()
    faults = []
    if function is None:
        faults.append("缺少函数 search_vector")
    elif function[0] != _BODY:
        faults.append("函数 search_vector 与本版程序不符")
    if index is None:
        faults.append(f"缺少索引 {INDEX}")
    elif not index[0]:
        faults.append(f"索引 {INDEX} 没有建成")
    elif f"USING gin ({VECTOR})" not in index[1]:
        faults.append(f"索引 {INDEX} 的定义与本版程序不符")
    if unfinished:
        faults.append(f"上次重建没有完成，留下了索引 {FRESH}")
    return faults
