"""Engines that find documents. Each answers the same query with the same documents (backends.base)."""

from django.db import connections

from .base import Backend
from .postgresql import PostgreSQLBackend
from .scan import ScanBackend
from .sqlite import SQLiteBackend

_ENGINES: dict[str, type[Backend]] = {"sqlite": SQLiteBackend, "postgresql": PostgreSQLBackend}


def get_backend(using: str = "default") -> Backend:
    """The engine of a database, with an index of its own; of one that is not known, a scan of the folded text."""
    return _ENGINES.get(connections[using].vendor, ScanBackend)(using)


__all__ = ["Backend", "PostgreSQLBackend", "SQLiteBackend", "ScanBackend", "get_backend"]
