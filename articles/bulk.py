"""Many rows at once, by statements that are prepared once and run for some tens of rows each. Within a transaction.

New rows can take their ids beforehand, and so refer to each other in memory. Django's bulk_create and bulk_update make
an expression of every value: seven times the work, most of what an import would do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, connections, models

Row = TypeVar("Row", bound=models.Model)

# Rows that one statement inserts. Each statement that fires triggers, as those of public changes, keeps what it may
# have to undo: one for each row costs four times as much.
ROWS = 50
# Fields whose values the database takes as they are.
PLAIN = (
    models.AutoField,
    models.BigAutoField,
    models.BigIntegerField,
    models.BooleanField,
    models.CharField,
    models.FloatField,
    models.ForeignKey,
    models.OneToOneField,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.TextField,
)


def make_row(model: type[Row], *values: Any) -> Row:
    """A row of these values, in the order of its fields; ids for other rows. By name takes five times as long."""
    return model(*values)


def give_ids(rows: Sequence[models.Model]) -> None:
    """Give rows the next ids of their table; insert them before others are given."""
    if rows:
        for row, pk in zip(rows, _take_ids(rows[0]._meta.db_table, len(rows)), strict=True):
            row.pk = pk


def _take_ids(table: str, count: int) -> Sequence[int]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(sequence, [connection.ops.quote_name(table), count])
            return [pk for (pk,) in cursor.fetchall()]
        # A transaction has SQLite to itself from its beginning (settings: IMMEDIATE).
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = next((pk for (pk,) in cursor.fetchall()), 0)
    return range(last + 1, last + 1 + count)


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model, with the ids that they have, or all without. No signals are sent, no ids read back."""
    if not rows:
        return
    quote, options = connection.ops.quote_name, rows[0]._meta
    fields = [f for f in options.concrete_fields if not f.primary_key or rows[0].pk is not None]
    columns, marks = ", ".join(quote(f.column) for f in fields), ", ".join(["%s"] * len(fields))
    values = list(zip(*(_values(field, rows, new=True) for field in fields), strict=True))
    at_once = min(ROWS, (connection.features.max_query_params or ROWS * len(fields)) // len(fields))
    whole = len(values) - len(values) % at_once
    with connection.cursor() as cursor:
        for size, part in ((at_once, values[:whole]), (len(values) - whole, values[whole:])):
            if part:
                cursor.executemany(
                    f"INSERT INTO {quote(options.db_table)} ({columns}) VALUES {', '.join([f'({marks})'] * size)}",
                    [list(chain.from_iterable(part[i : i + size])) for i in range(0, len(part), size)],
                )
    alias = connection.alias
    for row in rows:
        row._state.adding, row._state.db = False, alias


def update_rows(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Update these fields of rows of one model."""
    if not rows:
        return
    quote, options = connection.ops.quote_name, rows[0]._meta
    fields = [options.get_field(name) for name in names]
    changes = ", ".join(f"{quote(f.column)} = %s" for f in fields)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(options.db_table)} SET {changes} WHERE id = %s",
            list(zip(*(_values(field, rows) for field in fields), (row.pk for row in rows), strict=True)),
        )


def _values(field: Any, rows: Sequence[models.Model], new: bool = False) -> Iterable[Any]:
    """A field's values as the database takes them; what Django makes up for `new` rows (times) with them."""
    values = map(attrgetter(field.attname), rows)
    if type(field) in PLAIN:
        return values
    if new:
        values = (field.pre_save(row, add=True) for row in rows)
    here = connections[connection.alias]
    return (field.get_db_prep_save(value, here) for value in values)
