"""Does the state of the archive follow from the journal?

The journal holds each changed field before and after an act (articles.corrections.images). Read from its beginning, a
field must be before an act what the last act left, and what the last one left is what is in the row now.

Imports and new splits are no acts; they change only pages on which no act stands (Page.touched), or take a story apart
that runs on from a page with a better text. What was noted before a page was free in this way, or before a better text
came into its issue, says nothing of what came later. Of doubts nothing is said: imports write them on any page.

In memory is a number for each field that the journal names, not its value.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from ..corrections.images import FIELDS, NAMES, take_articles, take_images
from ..models import Article, Correction, ImportOutcome, Page
from ..models.pages import BESIDE_THE_PAGE

TABLES = {model.__name__.lower(): model for model in FIELDS if model.__name__ != "Doubt"}
# A user who is removed leaves none of these behind.
_OF_USERS = ("assigned_to_id", "checked_by_id", "signed_off_by_id")
_BATCH = 200

Fields = dict[str, int]  # field -> a number that stands for its value


@dataclass(slots=True)
class Left:
    """How the journal leaves a row; `fields` None for one that it removed."""

    fields: Fields | None
    entry: int
    at: datetime.datetime
    pages: tuple[int, ...]


class Replay:
    """The journal up to some entry."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, int], Left] = {}
        self.standing: dict[int, set[int]] = {}  # page -> acts on it that are not undone
        self.free: dict[int, int] = {}  # page -> the last entry after which none stood
        self.roots: dict[int, int] = {}  # an undo, or an undo of one -> the act that it is about
        self.issues = dict(Page.objects.filter(corrections__isnull=False).order_by().values_list("pk", "issue"))
        self.renewed = _renewed_issues()

    def take(self, entry: Correction) -> Iterator[str]:
        """Go on by one entry; yields what does not follow from those before."""
        pages = tuple(page.pk for page in entry.pages.all())
        for table in TABLES:
            before, after = entry.before.get(table, {}), entry.after.get(table, {})
            for key in {**before, **after}:
                row, old, new = (table, int(key)), before.get(key), after.get(key)
                left = self.rows.get(row)
                if left and self.binds(table, left) and not _agrees(left.fields, old and numbered(old)):
                    yield f"改动 {entry.pk} 之前的{words_of(row)}不是上一次改动（{left.entry}）留下的样子"
                fields = None if new is None else {**((left and left.fields) or {}), **numbered(new)}
                self.rows[row] = Left(fields, entry.pk, entry.at, pages)
        self._note_standing(entry, pages)

    def binds(self, table: str, left: Left) -> bool:
        """Can nothing but an act have changed the row since?"""
        if TABLES[table] in NAMES:
            return left.fields is not None  # doing again what made a name does not note the row
        if not left.pages:
            return False  # they were taken back with an import
        for page in left.pages:
            if self.free.get(page, 0) >= left.entry:
                return False
            renewed = self.renewed.get(self.issues.get(page))
            if renewed and renewed >= left.at:
                return False
        return True

    def _note_standing(self, entry: Correction, pages: tuple[int, ...]) -> None:
        undoes = entry.undoes_id
        root = self.roots[entry.pk] = self.roots.get(undoes, undoes) if undoes else entry.pk
        for page in pages:
            standing = self.standing.setdefault(page, set())
            if undoes or entry.action not in BESIDE_THE_PAGE:
                standing.symmetric_difference_update({root})
            if not standing:
                self.free[page] = entry.pk


def replay_journal() -> Iterator[str]:
    """What does not follow from the journal, in words; "" for each entry and each row that was looked at."""
    replay = Replay()
    entries = Correction.objects.order_by("pk").prefetch_related("pages")
    for entry in entries.iterator(chunk_size=_BATCH):
        yield ""
        yield from replay.take(entry)
    bound: dict[str, list[int]] = {table: [] for table in TABLES}
    for (table, pk), left in replay.rows.items():
        if replay.binds(table, left):
            bound[table].append(pk)
    for table, pks in bound.items():
        for at in range(0, len(pks), _BATCH):
            batch = pks[at : at + _BATCH]
            rows = _rows_now(table, batch)
            for pk in batch:
                yield ""
                left, row = replay.rows[table, pk], rows.get(str(pk))
                if not _agrees(left.fields, row and numbered(row), row or {}):
                    yield f"{words_of((table, pk))}不是最后一次改动（{left.entry}）留下的样子"


def _rows_now(table: str, pks: list[int]) -> dict[str, dict[str, Any]]:
    model = TABLES[table]
    if model is Article:
        return take_articles(pks)
    if model in NAMES:
        return take_images([], [], {model: pks})[table]
    rows: Any = model._default_manager.filter(pk__in=pks).order_by()
    images = {str(row.pop("pk")): row for row in rows.values("pk", *FIELDS[model])}
    for image in images.values():
        if image.get("signed_off_at"):
            image["signed_off_at"] = image["signed_off_at"].isoformat()
    return images


def numbered(image: dict[str, Any]) -> Fields:
    """A row's image with a number for each value. A credit's block may go; the credit stays."""
    if "credits" in image:
        image = image | {"credits": [[*credit[:3], *credit[4:]] for credit in image["credits"]]}
    return {name: hash(json.dumps(value, sort_keys=True)) for name, value in image.items()}


def _agrees(left: Fields | None, found: Fields | None, row: dict[str, Any] | None = None) -> bool:
    """Is what the journal left what is found? Only of the fields that both name, but a row is there or not."""
    if left is None or found is None:
        return left is found
    gone = {name for name in _OF_USERS if row and row.get(name, "") is None}
    return all(left[name] == found[name] for name in (left.keys() & found.keys()) - gone)


def _renewed_issues() -> dict[Any, datetime.datetime]:
    """When a better text last came into an issue; now for one that is coming in."""
    found: dict[Any, datetime.datetime] = {}
    revised = ImportOutcome.objects.filter(result=ImportOutcome.Result.REVISED, page__isnull=False).order_by()
    for issue, ended in revised.values_list("page__issue", "run__finished_at").distinct():
        found[issue] = max(
            found.get(issue, datetime.datetime.min.replace(tzinfo=datetime.UTC)), ended or timezone.now()
        )
    return found


def words_of(row: tuple[str, int]) -> str:
    table, pk = row
    return f"{TABLES[table]._meta.verbose_name} {pk}"
