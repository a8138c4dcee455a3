"""Counts of very many things in little memory: when there are too many, the rarest are forgotten.

What stays is what is frequent, and its count is short by no more than the rounds of forgetting (lossy counting).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

ROOM = 300_000  # keys: some 40 MB


class Tally:
    def __init__(self, room: int = ROOM) -> None:
        self.counts: Counter[str] = Counter()
        self._room, self._rounds = room, 0

    def add(self, keys: Iterable[str]) -> None:
        self.counts.update(keys)
        while len(self.counts) > self._room:
            self._rounds += 1
            self.counts = Counter({key: n - 1 for key, n in self.counts.items() if n > 1})

    def most(self, limit: int, least: int) -> dict[str, int]:
        """The `limit` most frequent keys of those counted at least `least` times; of equals the first in order."""
        kept = [(n, key) for key, n in self.counts.items() if n >= least]
        kept.sort(key=lambda one: (-one[0], one[1]))
        return {key: n for n, key in kept[:limit]}
