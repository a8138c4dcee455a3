"""Two texts -> what of the first is kept, what was taken out, what was put in; character by character."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple


class Run(NamedTuple):
    how: str  # same, gone or new
    text: str


def compare(old: str, new: str) -> list[Run]:
    """Runs that give `old` when the new ones are left out, and `new` when those gone are."""
    runs: list[Run] = []
    # Without autojunk=False difflib would take 的 and 了 of a long text for noise.
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run("same", old[i:j]))
            continue
        if i < j:
            runs.append(Run("gone", old[i:j]))
        if k < m:
            runs.append(Run("new", new[k:m]))
    return runs
