"""The parts of a title block: column label, kicker, headline of one or two lines, subheadline.

    || 河畔茶话 ||                 column (framed, known, or ending in a word that labels end in)
    我市春灌调度会强调——            kicker (ends in ——, a colon, 强调; or a lower Markdown level than the next line)
    管好每一渠水                   headline
    ——上半年水利工作综述            subheadline (opens with ——, or follows the headline)

Two lines printed without a blank line between them, where the page has blank lines, are one headline in two lines; so
are two made alike (以实干开局 / 以实绩收官), whatever stands between.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from . import cues
from .lines import Piece
from .piece_types import Type
from .segmentation import tag_words
from .values import Role

_SLOGAN = re.compile(r"^[\u4e00-\u9fff]{2,3}[ \u3000]+[\u4e00-\u9fff]{2,3}$")  # 老街巷 新面孔: a column, not news
_CIRCUMSTANCE = re.compile(r"(?:之[下际后前中]|以来|背后|面前|声中|期间|途中)$")  # 汛期到来之际: what it was like
_PAUSE = re.compile(r"[ \u3000,、]")
SHORT_KICKER = 9  # characters; a line this short over a longer one introduces it
LONGEST_HEADLINE = 30  # and one longer than this is no headline
SHORTEST_LINE, EVEN = 6, 0.7  # of a headline in two lines: a shorter one is a label, and they are about as long
LINE_PAIR = 16  # both lines of a headline in two lines are at most this long, and about as long as each other


def name_parts(
    pieces: Sequence[Piece], types: Sequence[Type], parts: Sequence[int], *, headless: bool = True
) -> dict[int, Role]:
    """The role of every piece of a title block. `headless`: a label must serve as headline where there is no other."""
    roles: dict[int, Role] = {}
    titles: list[int] = []
    for i in parts:
        if types[i] == "label":
            roles[i] = "column"
        elif types[i] == "pinyin":
            roles[i] = "furniture"
        else:
            titles.append(i)
    if not titles and headless:
        bare = [i for i in roles if roles[i] == "column" and not cues.FRAMED_LABEL.match(pieces[i].bare)]
        if bare:
            roles[bare[-1]] = "headline"  # 简讯, 天气预报: nothing else heads the text
    if not titles:
        return roles
    head = _headline(pieces, titles)
    second = _second_line(pieces, titles, head)
    for k, i in enumerate(titles):
        if k in (head, second):
            roles[i] = "headline"
        else:
            roles[i] = "kicker" if k < head and not pieces[i].bare.startswith("—") else "subheadline"
    return roles


def _headline(pieces: Sequence[Piece], titles: Sequence[int]) -> int:
    """Which of the title lines is the headline."""
    candidates = [k for k, i in enumerate(titles) if not pieces[i].bare.startswith("—")] or [0]
    for n in range(len(candidates) - 1, 0, -1):
        # A line that ends in —— introduces the next, whatever their levels; what stands above it introduces it too.
        if cues.KICKER_MARK.search(pieces[titles[candidates[n - 1]]].bare):
            candidates = candidates[n:]
            break
    if len(candidates) == 1:
        return candidates[0]
    for a, b in itertools.pairwise(candidates):
        if _is_couplet(pieces[titles[a]].bare, pieces[titles[b]].bare):
            return a
    marks = [pieces[titles[k]].marks for k in candidates]
    if all(marks) and len(set(marks)) > 1:
        return candidates[marks.index(min(marks))]
    first, behind = pieces[titles[candidates[0]]].bare, pieces[titles[candidates[1]]].bare
    if _second_line(pieces, titles, candidates[0]) is not None:
        return candidates[0]
    short = _width(first) <= SHORT_KICKER and not _is_attendance(behind)
    introduces = (
        cues.KICKER_END.search(first)
        or _CIRCUMSTANCE.search(first)
        or _SLOGAN.match(first)
        or cues.SIGNATORY.match(first)  # 青石县供电公司: who did it
        or (short and len(first) < len(behind) <= LONGEST_HEADLINE)
    )
    return candidates[1] if introduces else candidates[0]


def _is_couplet(a: str, b: str) -> bool:
    """Two lines of one length that are made alike, word for word."""
    if len(a) != len(b) or len(a) < SHORTEST_LINE or _PAUSE.search(a + b):
        return False
    words = zip(tag_words(a), tag_words(b), strict=False)
    return a[0] == b[0] or all(len(v) == len(w) and s[:1] == t[:1] for (v, s), (w, t) in words)


def _width(line: str) -> float:
    """Its length in Chinese characters: digits and Latin letters take half of one."""
    return sum(0.5 if c.isascii() else 1.0 for c in line)


def _is_attendance(line: str) -> bool:
    """`某某参加`: the line under a headline that names who was there."""
    return len(line) <= 16 and line.endswith(("参加", "出席", "主持", "讲话", "致辞", "参加调研", "陪同", "带队"))


def _second_line(pieces: Sequence[Piece], titles: Sequence[int], head: int) -> int | None:
    """The line that continues the headline, if it is printed in two lines."""
    if head + 1 >= len(titles):
        return None
    a, b = pieces[titles[head]], pieces[titles[head + 1]]
    alike = a.marks == b.marks > 0  # two marked lines of one level: a subheadline is set smaller
    if b.bare.startswith("—") or _is_attendance(b.bare):
        return None
    if _is_couplet(a.bare, b.bare):
        return head + 1
    if b.gap != 1 and (not alike or bool(_PAUSE.search(a.bare)) != bool(_PAUSE.search(b.bare))):
        return None
    spaced = any(p.gap > 1 for p in pieces[1:])
    short, long = sorted((len(a.bare), len(b.bare)))
    if short < SHORTEST_LINE or short < EVEN * long:
        return None
    if head and a.gap == 1:
        return None  # where the kicker stands as close the lines' distance says nothing
    if not spaced or max(len(a.bare), len(b.bare)) > LINE_PAIR or cues.KICKER_END.search(a.bare):
        return None
    return head + 1
