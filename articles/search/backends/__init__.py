"""Engines that find documents. Each answers the same query with the same documents (backends.base)."""

from django.db import connections

from .base import Backend
from .scan import ScanBackend
from .sqlite import SQLiteBackend


def get_backend(using: str = "default") -> Backend:
    """The engine of a database: its own full-text index on SQLite, else a scan of the folded text."""
    return SQLiteBackend(using) if connections[using].vendor == "sqlite" else ScanBackend(using)


__all__ = ["Backend", "SQLiteBackend", "ScanBackend", "get_backend"]
