"""A backup -> an archive on either database, with the ids that it had.

The whole file is checked before anything is written. All rows then come in one transaction, what follows from them
(keywords, search) in the same one; pictures are in their places before it ends. A database without tables gets them
first, as they were when the backup was made; so a backup of an older schema is brought up to date by the migrations of
this one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import get_current_timezone

from ..importing.uploads import uploads_folder
from ..models import Newspaper
from ..search import documents
from ..search.backends import postgresql_index, sqlite_index
from ..triggers import changes
from .backup import ABOUT, FORMAT, MEDIA, TABLES, UPLOADS
from .bags import BadBag, Bag, Progress
from .files import written_aside
from .tables import APPS, BadRow, kept_models, set_last_ids, write_rows

Node = tuple[str, str]  # app and migration


class RestoreRefused(Exception):
    """A backup that cannot be restored here; nothing has been changed. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class About:
    """What a backup says of itself."""

    made_at: datetime
    database: str
    migrations: frozenset[Node]
    rows: dict[str, int]
    last_ids: dict[str, int]
    missing: tuple[str, ...]

    @property
    def made(self) -> str:
        """When it was made, by the clock of the site, as its file's name has it."""
        return f"{self.made_at.astimezone(get_current_timezone()):%Y-%m-%d %H:%M}"


def check_backup(bag: Bag, progress: Progress | None = None) -> About:
    """Raises BadBag, RestoreRefused."""
    bag.check(progress)
    return read_about(bag)


def restore(path: Path, replace: bool = False, progress: Progress | None = None) -> About:
    """Make the archive what the backup says. `replace`: also one that has content, which is lost.

    Raises BadBag and RestoreRefused, with nothing changed.
    """
    with Bag(path) as bag:
        about = check_backup(bag, progress)
        current = _prepare_tables(about, replace)
        placed: list[Path] = []
        try:
            with transaction.atomic():
                registry = apps if current else _registry_of(about)
                _empty(current)
                _load(bag, about, registry, progress)
                if current:
                    _write_derived()
                placed += _place_files(bag)
        except BaseException:
            for file in placed:
                file.unlink(missing_ok=True)
            raise
    call_command("migrate", verbosity=0)
    if not current:
        documents.rebuild()
    return about


def read_about(bag: Bag) -> About:
    try:
        said = json.loads(bag.read(ABOUT, 2**24))
        if said["format"] != FORMAT:
            raise RestoreRefused(f"备份的格式是 {said['format']}，本程序只认 {FORMAT}。请用较新的程序恢复。")
        nodes = frozenset((app, str(name)) for app in APPS for name in said["migrations"].get(app, ()))
        rows = {str(table): int(count) for table, count in said["rows"].items()}
        last_ids = {str(table): int(last) for table, last in said["last_ids"].items()}
        missing = tuple(map(str, said["missing"]))
        return About(datetime.fromisoformat(said["made_at"]), str(said["database"]), nodes, rows, last_ids, missing)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadBag(f"{ABOUT} 读不懂。") from error


def _prepare_tables(about: About, replace: bool) -> bool:
    """Let the database have the tables of the backup; are they those of this program?"""
    executor = MigrationExecutor(connection)
    ours = {node for node in executor.loader.disk_migrations if node[0] in APPS}
    if about.migrations - ours:
        raise RestoreRefused("备份来自更新的程序版本。请先升级程序，再恢复。")
    current = about.migrations == ours
    applied = {node for node in executor.loader.applied_migrations if node[0] in APPS}
    if applied and applied != about.migrations:
        raise RestoreRefused(
            "备份来自较旧的程序版本。请恢复到一个还没有建表的空数据库（新的 NEWSROOM_VAR 或 DATABASE_URL，"
            "先不要 migrate）；恢复时会自动升级。"
            if applied == ours
            else "数据库的表不是备份时的那个版本。请恢复到一个还没有建表的空数据库。"
        )
    if applied and not replace and (Newspaper.objects.exists() or get_user_model().objects.exists()):
        raise RestoreRefused("这个资料库里已有内容。请恢复到空的资料库；要丢掉现有内容，请加 --replace。")
    if not applied:
        executor.migrate(_leaves(executor, about.migrations))
    return current


def _leaves(executor: MigrationExecutor, nodes: frozenset[Node]) -> list[Node]:
    """The last migrations of each app."""
    children = executor.loader.graph.node_map
    return sorted(n for n in nodes if not any(c.key in nodes and c.key[0] == n[0] for c in children[n].children))


def _registry_of(about: About) -> Any:
    """The models of an older schema."""
    executor = MigrationExecutor(connection)
    return executor.loader.project_state(_leaves(executor, about.migrations)).apps


def _empty(current: bool) -> None:
    """Take out every row; and what would follow each row that comes in, which is made at the end instead."""
    changes.drop_triggers()
    if current:
        _index().drop_index(connection)
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    for statement in connection.ops.sql_flush(no_style(), tables, reset_sequences=True):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _load(bag: Bag, about: About, registry: Any, progress: Progress | None) -> None:
    models = {model._meta.db_table: model for model in kept_models(registry)}
    if models.keys() != about.rows.keys():
        raise RestoreRefused(f"备份里的表与本程序的不同：{'、'.join(sorted(models.keys() ^ about.rows.keys()))}。")
    try:
        for table, count in about.rows.items():
            if progress:
                progress(table)
            with bag.open(f"{TABLES}{table}.jsonl") as lines:
                if write_rows(models[table], lines) != count:
                    raise RestoreRefused(f"{table} 的行数与备份所记的不同。")
        connection.check_constraints()
        set_last_ids(registry, about.last_ids)
    except (BadRow, DataError, IntegrityError) as error:
        raise RestoreRefused(f"备份里的数据不对（{error}），没有恢复。") from error


def _write_derived() -> None:
    documents.write_all()
    connection.check_constraints()
    _index().create_index(connection)
    changes.create_triggers()


def _index() -> Any:
    return {"sqlite": sqlite_index, "postgresql": postgresql_index}[connection.vendor]


def _place_files(bag: Bag) -> Iterator[Path]:
    """Write the files of a backup where the archive looks for them; yields those that were not there."""
    folders = {MEDIA: Path(settings.MEDIA_ROOT), UPLOADS: uploads_folder()}
    for name in bag.names:
        for head, folder in folders.items():
            if name.startswith(head):
                path = folder / name.removeprefix(head)
                if _digest_of(path) == bag.digest(name):
                    continue
                there = path.exists()
                path.parent.mkdir(parents=True, exist_ok=True)
                with bag.open(name) as source, written_aside(path, mode=0o644) as file:
                    while chunk := source.read(2**20):
                        file.write(chunk)
                if not there:
                    yield path


def _digest_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
