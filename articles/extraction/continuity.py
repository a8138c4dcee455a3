"""A page's own habit of one character behind another: does what stands around a break read like the page elsewhere?

    …老柳桥的灯笼 / 老柳桥下        the page has 老柳桥 three times
    …傍晚,老柳 | 桥边的人          so 桥 behind 老柳 is likelier than 桥 anywhere

The words of a page recur on it, above all the names that no dictionary has. The model is of three characters, drawn to
that of two and of one where the page is too short to tell.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

DRAWN_TO_ONE = 2.0  # so many sights of a character weigh as much as knowing nothing of it
DRAWN_TO_TWO = 1.0
CHARACTERS = 2000  # that a page might hold


@dataclass(frozen=True, slots=True)
class Habit:
    """How often characters follow one another in some text.

    `counts`: of runs of one, two and three characters; `size`: of all characters. The chance of a character behind two
    is drawn to that behind one, and that to the chance of the character anywhere, by so many sights.
    """

    counts: Mapping[str, int]
    size: int
    to_one: float
    to_two: float

    def log_odds(self, around: str) -> float:
        """Of the last two characters of four being there behind the first two, to their being anywhere."""
        three = math.log(self._of_three(around[:3]) / self._of_one(around[2]))
        return three + math.log(self._of_three(around[1:]) / self._of_two(around[2:]))

    def _of_one(self, c: str) -> float:
        return (self.counts.get(c, 0) + 0.5) / self.size

    def _of_two(self, run: str) -> float:
        """The chance of its last character behind the first."""
        return (self.counts.get(run, 0) + self.to_one * self._of_one(run[1])) / (
            self.counts.get(run[0], 0) + self.to_one
        )

    def _of_three(self, run: str) -> float:
        return (self.counts.get(run, 0) + self.to_two * self._of_two(run[1:])) / (
            self.counts.get(run[:2], 0) + self.to_two
        )


class Continuity:
    """The habit of the passages of one page: of each run of characters counted when it is first asked for."""

    def __init__(self, passages: Iterable[str]) -> None:
        said = list(passages)
        self._text = "\n".join(said)  # no passage holds a line break, so no run that is asked for goes over one
        self._counts: dict[str, int] = {}
        self._habit = Habit(self._counts, CHARACTERS + sum(map(len, said)), DRAWN_TO_ONE, DRAWN_TO_TWO)

    def _count(self, run: str) -> None:
        """See to it that the habit knows how often these characters stand together."""
        if run not in self._counts:
            overlaps = len(run) > 1 and run[0] == run[-1]
            found = re.findall(f"(?={re.escape(run)})", self._text) if overlaps else ()
            self._counts[run] = len(found) if overlaps else self._text.count(run)

    def gain(self, before: str, behind: str) -> float:
        """Log-ratio of the first two characters of `behind` being there behind `before` to their being anywhere.

        0 where they nowhere else meet, which says little against it.
        """
        if len(before) < 2 or len(behind) < 2 or before[-1] + behind[0] not in self._text:
            return 0.0
        around = before[-2:] + behind[:2]
        for size in (1, 2, 3):
            for at in range(len(around) - size + 1):
                self._count(around[at : at + size])
        return self._habit.log_odds(around)
