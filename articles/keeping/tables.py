"""The tables of a backup: which, their rows as lines of JSON, and those lines as rows again.

A table is a file: its first line names the columns, each other line is a row, in order of the primary key. Values are
JSON's own; days and times as ISO 8601 writes them, bytes in base64. Both databases write the same lines of the same
rows.

Left out: what follows from the rest and is made anew (search, keywords), and what is over with the visit (sessions,
who is at a desk, attempts to sign in).
"""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models

APPS = ("contenttypes", "auth", "admin", "articles")
LEFT_OUT = frozenset(("ArticleKeyword", "Presence", "PublicChange", "SearchDocument"))
BATCH = 200  # rows in memory at once; a page's has its whole text


class BadRow(Exception):
    """A line that is no row of its table."""


def kept_models(registry: Any) -> list[type[models.Model]]:
    """The models of a backup, those that join two others among them. `registry`: Django's, or of an older schema."""
    found = [model for model in registry.get_models(include_auto_created=True) if model._meta.app_label in APPS]
    return sorted(
        (m for m in found if m._meta.managed and not m._meta.proxy and m._meta.object_name not in LEFT_OUT),
        key=lambda model: str(model._meta.db_table),
    )


def columns_of(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def read_rows(model: type[models.Model]) -> Iterator[tuple[Any, ...]]:
    rows = model._base_manager.order_by("pk").values_list(*columns_of(model))
    yield from rows.iterator(chunk_size=BATCH)


def line_of(row: Sequence[Any]) -> bytes:
    text = json.dumps(row, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def _plain(value: Any) -> str:
    if isinstance(value, datetime.date):  # and times
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return str(value)


def write_rows(model: type[models.Model], lines: Iterable[bytes]) -> int:
    """Insert the rows of a table's file, with the ids that they have; how many. Raises BadRow."""
    rest = iter(lines)
    if _parse(next(rest, b"")) != columns_of(model):
        raise BadRow(f"{model._meta.db_table} 的各列与本版程序不符")
    quote, fields = connection.ops.quote_name, model._meta.concrete_fields
    names, places = ", ".join(quote(str(f.column)) for f in fields), ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"
    count = 0
    with connection.cursor() as cursor:
        while batch := list(islice(rest, BATCH)):
            cursor.executemany(statement, [_values(fields, _parse(line)) for line in batch])
            count += len(batch)
    return count


def _parse(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadRow(f"有一行不是 JSON（{error}）") from error


def _values(fields: Sequence[models.Field[Any, Any]], row: Any) -> list[Any]:
    if not isinstance(row, list) or len(row) != len(fields):
        raise BadRow("有一行的列数不对")
    try:
        return [
            field.get_db_prep_save(field.to_python(value), connection) for field, value in zip(fields, row, strict=True)
        ]
    except (ValidationError, ValueError, TypeError) as error:
        raise BadRow(f"有一行的值不对（{error}）") from error


def last_ids(registry: Any) -> dict[str, int]:
    """The last id that each table has given, to a row that may be gone: it is never given to another."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            given = dict(cursor.fetchall())
            return {table: given[table] for table in _counted(registry) if given.get(table)}
        found = {}
        for table in _counted(registry):
            cursor.execute(
                "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, 'id')::regclass)", [_quoted(table)]
            )
            if (last := cursor.fetchone()[0]) is not None:
                found[table] = last
        return found


def set_last_ids(registry: Any, given: dict[str, int]) -> None:
    """Let each table go on after the last id that it gave where it came from, and after all that it has."""
    with connection.cursor() as cursor:
        for table in _counted(registry):
            cursor.execute(f"SELECT max(id) FROM {_quoted(table)}")
            last = max(cursor.fetchone()[0] or 0, given.get(table, 0))
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
            elif last:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [_quoted(table), last])


def _counted(registry: Any) -> list[str]:
    return [model._meta.db_table for model in kept_models(registry) if isinstance(model._meta.pk, models.AutoField)]


def _quoted(table: str) -> str:
    return connection.ops.quote_name(table)
