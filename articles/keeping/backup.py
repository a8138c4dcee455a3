"""The whole archive in one file, while it is in use: tables, facsimiles, uploads that wait; the same of both databases.

All tables are read in one transaction, so they are of one moment. Pictures are stored before the rows that name them
and are never removed (articles.importing.pictures): those that the rows of that moment name are there.

    data/backup.json          format, time, migrations, rows of each table, last ids, files that were missing
    data/tables/<table>.jsonl articles.keeping.tables
    data/media/…              facsimiles
    data/uploads/<id>/…       files of uploads that are not imported yet
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from ..importing.uploads import uploads_folder
from ..models import Upload
from .bags import BagWriter, Progress
from .files import written_aside
from .tables import APPS, columns_of, kept_models, last_ids, line_of, read_rows

FORMAT = 1
ABOUT, TABLES, MEDIA, UPLOADS = "backup.json", "tables/", "media/", "uploads/"
ASIDE = ".newsroom-backup.part"
_BEGIN = {"sqlite": "BEGIN", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
_OVER = (Upload.State.DONE, Upload.State.DISCARDED)


@dataclass
class Backup:
    """What was written; `missing`: files that rows name and that are not there."""

    path: Path
    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    missing: list[str] = field(default_factory=list)


def write_backup(path: Path, progress: Progress | None = None, registry: Any = apps) -> Backup:
    """Write the archive to `path`, which is whole once it is there, and its digest beside it. Raises InUse, OSError."""
    tell = progress or (lambda name: None)
    backup = Backup(path)
    with written_aside(path, ASIDE) as file:
        bag = BagWriter(file, path.stem)
        with one_moment():
            named, uploads = _write_tables(bag, backup, registry, tell), _uploads_waiting()
            about = _about(backup, registry)
        for name, source in (*_pictures(named), *_files_of(uploads)):
            tell(name)
            _write_file(bag, backup, name, source)
        bag.add(ABOUT, json.dumps(about | {"missing": backup.missing}, ensure_ascii=False, indent=1).encode())
        bag.close()
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    with written_aside(path.with_name(f"{path.name}.sha256")) as beside:
        beside.write(f"{digest}  {path.name}\n".encode())
    return backup


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read within is of one moment, while others write on."""
    with connection.cursor() as cursor:
        # Not transaction.atomic(), by which SQLite would let nobody else write (settings: IMMEDIATE).
        cursor.execute(_BEGIN[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _write_tables(bag: BagWriter, backup: Backup, registry: Any, tell: Progress) -> set[str]:
    """Write every table; returns the files that rows name."""
    named: set[str] = set()
    for model in kept_models(registry):
        table = str(model._meta.db_table)
        tell(table)
        files = [i for i, f in enumerate(model._meta.concrete_fields) if isinstance(f, models.FileField)]
        with bag.open(f"{TABLES}{table}.jsonl") as member:
            member.write(line_of(columns_of(model)))
            backup.rows[table] = 0
            for row in read_rows(model):
                member.write(line_of(row))
                backup.rows[table] += 1
                named.update(row[i] for i in files if row[i])
    return named


def _about(backup: Backup, registry: Any) -> dict[str, Any]:
    applied: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        if app in APPS:
            applied.setdefault(app, []).append(name)
    return {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "database": connection.vendor,
        "migrations": applied,
        "rows": backup.rows,
        "last_ids": last_ids(registry),
    }


def _uploads_waiting() -> list[int]:
    return list(Upload.objects.exclude(state__in=_OVER).order_by("pk").values_list("pk", flat=True))


def _pictures(named: set[str]) -> Iterator[tuple[str, Path]]:
    for name in sorted(named):
        yield MEDIA + name, Path(settings.MEDIA_ROOT) / name


def _files_of(uploads: list[int]) -> Iterator[tuple[str, Path]]:
    for pk in uploads:
        folder = uploads_folder() / str(pk)
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            yield f"{UPLOADS}{pk}/{path.name}", path


def _write_file(bag: BagWriter, backup: Backup, name: str, source: Path) -> None:
    try:
        file = source.open("rb")
    except FileNotFoundError:
        backup.missing.append(name)
        return
    with file, bag.open(name, packed=False) as member:
        while chunk := file.read(2**20):
            member.write(chunk)
    backup.files += 1
