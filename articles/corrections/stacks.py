"""What an editor can take back next, and do again: read from the journal, so it outlives every screen.

An act goes onto the undo stack and clears the redo stack. An undoing takes its entry off the stack where that lies, and
goes onto the other one itself. Entries of one batch are one step. What somebody else has taken back lies on neither;
taking back what somebody else did is an act like any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from ..models import Correction


def in_force(entries: Iterable[Correction], since: int = 0) -> list[Correction]:
    """Of `entries`, newest first, those that still stand, newest first: an undoing takes its entry out, its own undoing
    puts that back. What an undoing took back no later than entry `since` is not looked at: it stands itself."""
    out: set[int] = set()
    found = []
    for entry in entries:
        if entry.pk in out:
            continue
        if entry.undoes_id and entry.undoes_id > since:
            out.add(entry.undoes_id)
        else:
            found.append(entry)
    return found


class Entry(NamedTuple):
    """Of an entry of the journal, what decides where it lies."""

    pk: int
    user: int | None
    undoes: int | None
    batch: UUID | None


def stacks_of(entries: Iterable[Entry], user: int) -> tuple[list[int], list[int]]:
    """(undo, redo) of `user`: ids of entries, the next one last. `entries`: everybody's on a page, oldest first."""
    undo: dict[UUID | int, int] = {}
    redo: dict[UUID | int, int] = {}
    step_of: dict[int, UUID | int] = {}
    for entry in entries:
        step = step_of[entry.pk] = entry.batch or entry.pk
        undone = step_of.get(entry.undoes) if entry.undoes else None
        mine = entry.user == user
        if step in undo:
            undo[step] = entry.pk
        elif step in redo:
            redo[step] = entry.pk
        elif undone in undo or undone in redo:
            here, there = (undo, redo) if undone in undo else (redo, undo)
            del here[undone]
            if mine:
                there[step] = entry.pk
        elif mine:
            undo[step] = entry.pk
            redo.clear()
    return list(undo.values()), list(redo.values())
