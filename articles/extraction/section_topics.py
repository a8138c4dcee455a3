"""What the text before and behind a title block have in common: a section goes on with its article's topic.

    …堤坝上月加高了半米。
    沿河居民怎么说                 堤坝, 居民 stand before it and behind it: the same topic, most likely a subheading
    在堤坝下住了三十年的…

How much two passages of one article share differs from page to page, so each page gives its own measure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .lines import Piece
from .piece_types import Type
from .topics import affinity

TOPIC = 2.0  # points at most for what two sections have in common
APART, INSIDE = 0.16, 0.30  # what sections of two articles share, and of one, where the page shows too few
LEAST_SPREAD = 0.08
SAMPLES = 24  # sections compared to learn a page's own measure
DRAWN = 2  # samples that what pages show counts as, against what this one shows
# What the text right behind a block shares with the section before it: where columns are woven only that much is
# surely the block's own. Below STRANGE it speaks of something else, for up to NEWCOMER points.
STRANGE, NEWCOMER = 0.12, 4.0
LEAST_TEXT = 60  # characters of text needed to tell
REACH = 14  # pieces within which the text must stand
SECTION = 3  # body pieces looked at on either side
SECTIONS = 2
TAKEN_UP = 0.4  # points for a line whose words all stand behind it, lost by one whose words all stand before it


@dataclass(frozen=True, slots=True)
class Place:
    """A title block among the pieces that count: its titles, and the first place behind those before and behind it."""

    parts: tuple[int, ...]
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class SectionTopics:
    """What the sections of one page say. `active`: the pieces that count, in order."""

    pieces: Sequence[Piece]
    types: Sequence[Type]
    active: Sequence[int]
    grams: Mapping[int, frozenset[str]]
    weights: Mapping[str, float]

    def scale(self, certain: Sequence[Place]) -> tuple[float, float]:
        """(middle, spread) of what sections of this page share: between certain articles, and inside of one."""
        apart = [self._shared(Place((), at.first, at.end)) for at in certain[:SAMPLES]]
        inside: list[float | None] = []
        size = len(self.active)
        for k in range(SECTION, size - SECTION, max(1, size // SAMPLES)):
            if all(self.types[i] == "body" for i in self.active[k - SECTION : k + SECTION]):
                inside.append(self._shared(Place((), k, k)))
        low, high = _mean(apart, APART), _mean(inside, INSIDE)
        return (low + high) / 2, max(LEAST_SPREAD, high - low)

    def change(self, at: Place, scale: tuple[float, float]) -> float:
        """Points for a change of topic between the text before the block and the block with its text."""
        shared = self._shared(at)
        if shared is None:
            return 0.0
        middle, spread = scale
        return max(-TOPIC, min(TOPIC * 0.8, TOPIC * (middle - shared) / spread))

    def newcomer(self, at: Place) -> float:
        """Points for text right behind the block that has nothing in common with the section before it."""
        behind: list[int] = []
        for i in self._section(range(at.end, len(self.active))):
            if self._chars(behind) < LEAST_TEXT:
                behind.append(i)
        if self._chars(behind) < LEAST_TEXT:
            return -TOPIC
        new = self._said((*behind, *at.parts))
        shared = 0.0
        for before in self._sections_before(at.first):
            old = self._said(before)
            shared = max(shared, affinity(old, new, self.weights), affinity(new, old, self.weights))
        return min(TOPIC, NEWCOMER * (STRANGE - shared) / STRANGE)

    def taken_up(self, at: Place, before: Sequence[int], behind: Sequence[int]) -> float:
        """Points for the words of the block, by whether the text `behind` or the text `before` it says them."""
        title = self._said(at.parts)
        there, here = (affinity(title, self._said(text), self.weights) for text in (behind, before))
        return TAKEN_UP * (there - here)

    def _said(self, parts: Sequence[int]) -> frozenset[str]:
        return frozenset().union(*(self.grams[i] for i in parts if i in self.grams))

    def _chars(self, parts: Sequence[int]) -> int:
        return sum(len(self.pieces[i].folded) for i in parts)

    def _shared(self, at: Place) -> float | None:
        """What the sections before and behind a place have in common; None where there is none."""
        before = self._section(range(at.first - 1, -1, -1))
        behind = self._section(range(at.end, len(self.active)))
        if not before or not behind:
            return None
        old, new = self._said(before), self._said((*behind, *at.parts))
        return max(affinity(old, new, self.weights), affinity(new, old, self.weights))

    def _sections_before(self, at: int) -> list[list[int]]:
        """The last paragraphs above, and those above the title over them: of woven articles either may go on."""
        found: list[list[int]] = [[]]
        for k in range(at - 1, max(-1, at - 1 - REACH), -1):
            i = self.active[k]
            if self.types[i] in ("title", "label"):
                if found[-1]:
                    found.append([])
            elif self.types[i] == "body" and len(found[-1]) < SECTION:
                found[-1].append(i)
        return [section for section in found[:SECTIONS] if section]

    def _section(self, order: range) -> list[int]:
        found: list[int] = []
        for k in order[:REACH]:
            i = self.active[k]
            if self.types[i] == "body":
                found.append(i)
                if len(found) == SECTION:
                    break
            elif self.types[i] in ("title", "label") and found:
                break
        return found


def _mean(values: Sequence[float | None], default: float) -> float:
    """Mean of what this page shows, drawn to what pages show."""
    known = [value for value in values if value is not None]
    return (sum(known) + DRAWN * default) / (len(known) + DRAWN)
