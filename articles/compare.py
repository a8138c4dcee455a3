"""Two texts -> what of the first is kept, what was taken out, what was put in; character by character."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple

BESIDE = 8  # characters shown on either side of what differs


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


def around(old: str, new: str) -> tuple[str, str]:
    """Both texts, without what they share at either end but for a few characters; … stands for what is left out."""
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    start, rest = max(0, head - BESIDE), max(0, tail - BESIDE)
    return _between(old, start, rest), _between(new, start, rest)


def _same(old: str, new: str) -> int:
    """How many characters both begin with."""
    pairs = zip(old, new, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))


def _between(text: str, start: int, rest: int) -> str:
    return ("…" if start else "") + text[start : len(text) - rest] + ("…" if rest else "")
