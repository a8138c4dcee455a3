"""A page's own habit of one character behind another: does what stands around a break read like the page elsewhere?

    …老柳桥的灯笼 / 老柳桥下        the page has 老柳桥 three times
    …傍晚,老柳 | 桥边的人          so 桥 behind 老柳 is likelier than 桥 anywhere

The words of a page recur on it, above all the names that no dictionary has. The model is of three characters, drawn to
that of two and of one where the page is too short to tell.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

DRAWN_TO_ONE = 2.0  # so many sights of a character weigh as much as knowing nothing of it
DRAWN_TO_TWO = 1.0
CHARACTERS = 2000  # that a page might hold


class Continuity:
    """How often characters follow one another in the passages of one page."""

    __slots__ = ("_ones", "_size", "_threes", "_twos")

    def __init__(self, passages: Iterable[str]) -> None:
        self._ones: Counter[str] = Counter()
        self._twos: Counter[str] = Counter()
        self._threes: Counter[str] = Counter()
        for text in passages:
            self._ones.update(text)
            self._twos.update(map("".join, pairwise(text)))
            self._threes.update(map("".join, zip(text, text[1:], text[2:], strict=False)))
        self._size = self._ones.total() + CHARACTERS

    def gain(self, before: str, behind: str) -> float:
        """Log-ratio of the first two characters of `behind` being there behind `before` to their being anywhere."""
        if len(before) < 2 or len(behind) < 2:
            return 0.0
        a, b, c, d = before[-2], before[-1], behind[0], behind[1]
        return math.log(self._of_three(a, b, c) / self._of_one(c)) + math.log(
            self._of_three(b, c, d) / self._of_two(c, d)
        )

    def _of_one(self, c: str) -> float:
        return (self._ones[c] + 0.5) / self._size

    def _of_two(self, b: str, c: str) -> float:
        return (self._twos[b + c] + DRAWN_TO_ONE * self._of_one(c)) / (self._ones[b] + DRAWN_TO_ONE)

    def _of_three(self, a: str, b: str, c: str) -> float:
        return (self._threes[a + b + c] + DRAWN_TO_TWO * self._of_two(b, c)) / (self._twos[a + b] + DRAWN_TO_TWO)
