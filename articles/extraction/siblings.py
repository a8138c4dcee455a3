"""Title lines that are made alike: subheadings of one article are, headlines of several are not.

    选址:听谁的 / 建桥:看得远 / 护桥:靠大家     one stem or one form after another
    让荒山绿起来 / 让日子甜起来               one verb
    把脉问诊 / 对症下药                      of one length
    “这条路我走了一辈子” / “明年还要修得更宽”    both quoted

Only lines are compared that no byline, dateline or signature shows to be headlines, and only up to the next that one
does: those between may all be of one article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lines import Piece
from .piece_types import Type
from .segmentation import tag_words

FAMILY, FAMILY_REACH = 3.0, 3  # points lost by a line with the stem of another among so many blocks either way
SIBLING = 1.0  # by one of a neighbour's length or, TWIN lines, with as many
TWIN = 2
LEAD_CHARS = 6  # of a line read for its first word
LENGTH, NEAR_LENGTH = 0.9, 2  # by one of about the length of another
FORM = 1.0  # by one of another's form: in two halves, in two clauses, in quotes, asking
PARALLEL = 2.0  # by one that begins with the verb or preposition of another, wherever on the page
_LEADS = frozenset(("v", "p", "d"))  # jieba's tags
SHOWN = 2.0  # place points of a headline
_STEM = re.compile(r"^(?P<first>[\u4e00-\u9fff])[\u4e00-\u9fff]{1,3}:")


class Siblings:
    """The title blocks of a page; `support`: what their places say for each."""

    __slots__ = ("_blocks", "_leads", "_pieces", "_runs", "_shown", "_types")

    def __init__(
        self,
        pieces: Sequence[Piece],
        types: Sequence[Type],
        blocks: Sequence[tuple[int, ...]],
        support: Sequence[float],
    ) -> None:
        self._pieces, self._types, self._blocks = pieces, types, blocks
        self._shown = [
            points >= SHOWN or any(types[i] == "label" for i in parts)
            for parts, points in zip(blocks, support, strict=True)
        ]
        self._leads = [self._lead(n) for n in range(len(blocks))]
        self._runs: list[list[int]] = []  # for each block those that may be of one article with it
        run: list[int] = []
        for n, shown in enumerate(self._shown):
            run = [] if shown else run
            run += [] if shown else [n]
            self._runs.append(run)

    def likeness(self, n: int) -> float:
        """1 where a neighbour is surely of the same cut as block `n`, down to 0."""
        return max(self._neighbours(n, m) for m in (n - 1, n + 1))

    def loss(self, n: int) -> float:
        """Points that block `n` loses for others made like it."""
        others = [m for m in self._runs[n] if m != n and len(self._blocks[m]) == len(self._blocks[n])]
        form = self._form(n)
        size = len(self._line(n))
        points = LENGTH * any(abs(len(self._line(m)) - size) <= NEAR_LENGTH for m in others)
        points += FORM * (any(form) and any(self._form(m) == form for m in others))
        points += PARALLEL * (self._leads[n] != "" and self._leads.count(self._leads[n]) > 1)
        return points + FAMILY * self._has_family(n)

    def _lead(self, n: int) -> str:
        """The word of one character, a verb or preposition, that a lone line begins with."""
        first = tag_words(self._line(n)[:LEAD_CHARS])[:1] if not self._shown[n] and len(self._blocks[n]) == 1 else ()
        return first[0][0] if first and len(first[0][0]) == 1 and first[0][1] in _LEADS else ""

    def _line(self, n: int) -> str:
        return self._pieces[self._blocks[n][0]].bare

    def _form(self, n: int) -> tuple[bool, ...]:
        line = self._line(n)
        return " " in line, "," in line, line[0] in '“"', line[-1] in "?!"

    def _neighbours(self, n: int, m: int) -> float:
        """How far two neighbouring blocks are of one cut: two lines in both, or one of the same length."""
        if not 0 <= m < len(self._blocks) or self._shown[n] or self._shown[m]:
            return 0.0
        if len(self._blocks[n]) != len(self._blocks[m]) or len(self._blocks[n]) > TWIN:
            return 0.0
        if len(self._blocks[n]) == TWIN:
            return 1.0
        a, b = self._line(n), self._line(m)
        return float(abs(len(a) - len(b)) <= 1 or (a[0] in '“"' and b[0] in '“"'))

    def _has_family(self, n: int) -> bool:
        """Is this line made like another near it, woven blocks between: 守土:…, 守水:…, 守林:…?"""
        stem = _STEM.match(self._line(n))
        if stem is None or len(self._blocks[n]) > 1:
            return False
        near = range(max(0, n - FAMILY_REACH), min(len(self._blocks), n + FAMILY_REACH + 1))
        others = [_STEM.match(self._pieces[self._blocks[m][-1]].bare) for m in near if m != n]
        return any(o and o["first"] == stem["first"] and len(o[0]) == len(stem[0]) for o in others)
