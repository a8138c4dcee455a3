"""Undo: an act that writes back what an entry changed, where nobody has changed it since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..models import Article, Correction
from .images import restore
from .journal import Act, ActRefused, UndoBlocked, open_act


def undo(*, entry: Correction, user: Any, versions: Mapping[int, int] | None = None) -> Correction | None:
    """Write back what `entry` changed. Undoing an undo does the act again. Raises UndoBlocked."""
    entry = _in_force(entry)
    rows = {**entry.before.get("article", {}), **entry.after.get("article", {})}
    state_is_its_own = any("state" in image for image in entry.after.get("page", {}).values())
    with open_act(
        "undo",
        pages=entry.pages.all(),
        articles=Article.objects.filter(pk__in=[int(pk) for pk in rows]),
        arguments={"action": entry.action},
        user=user,
        versions=versions,
        reopens=not state_is_its_own,
    ) as act:
        if Correction.objects.filter(undoes=entry).exists():
            raise ActRefused("这一步已经撤销过了。")
        _check_unchanged(entry, act)
        restore(entry)
        act.undoes, act.reads_anew = entry, False
    return act.entry


def _in_force(entry: Correction) -> Correction:
    """The entry to undo for `entry`: itself, or what did it again after it was undone."""
    undone = Correction.objects.filter(undoes=entry).first()
    while undone:
        again = Correction.objects.filter(undoes=undone).first()
        if again is None:
            raise ActRefused("这一步已经撤销过了。")
        entry, undone = again, Correction.objects.filter(undoes=again).first()
    return entry


def _check_unchanged(entry: Correction, act: Act) -> None:
    in_the_way = set()
    for table in {**entry.before, **entry.after}:
        left, was = entry.after.get(table, {}), entry.before.get(table, {})
        for pk in {**was, **left}:
            row = act.before[table].get(pk)
            expected = left.get(pk)
            same = (
                row is None if expected is None else row is not None and all(row[f] == v for f, v in expected.items())
            )
            if not same:
                in_the_way.add((table, pk))
    if in_the_way:
        later = Correction.objects.filter(pk__gt=entry.pk, pages__in=act.pages, undone_by=None).distinct()
        raise UndoBlocked([c for c in later.order_by("pk") if in_the_way & _rows_of(c)])


def _rows_of(entry: Correction) -> set[tuple[str, str]]:
    return {(table, pk) for images in (entry.before, entry.after) for table in images for pk in images[table]}
