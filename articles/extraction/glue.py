"""Is one piece the rest of another? What joining a cut paragraph to a candidate is worth, and going without costs.

    …昨夜下了一场大雪,公园里的长      cut
    椅都白了。                      joins: nothing speaks against it, 长椅 for it
    本报讯 全市供暖按时开始。         never joins: a dateline begins

Within an article the rest of a cut paragraph is nearly always its next body line (40 of 43 real cuts, even counting
the lines of woven columns), so a join is only ever weighed between a story's last piece and its next one; `weave`
chooses story and join together over the whole page, "the rest is missing" being open at a price.

Worth and price are log-odds: a worth of 0 says that the two pieces look as much like tail and rest as like neighbours
by chance; the price is what it takes to believe that a paragraph which is cut has no rest, which one in thirty has not.
A line of a few characters is verse or a heading, never cut. A line without a full stop that shows no sign of being
broken may be a heading of many words: its price is lower. A lead has none at all, but no lead begins with a day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from . import cues
from .continuity import Continuity
from .knowledge import EMPTY, Knowledge
from .lines import Piece
from .numbering import count_up
from .piece_types import Type
from .rows import find_rows, find_verse
from .tails import breaks_off, ends_unfinished, fits, is_cut, reads_on

MISSING = 3.5  # price of a cut paragraph without its rest
HEADING = 1.5  # of one that has no full stop at all and no sign of being broken: it may head a part of the text
SHORTEST = 9  # characters of the first line of a paragraph: what stands on fewer is a line of verse or a heading
LEAD = -2.2  # a sentence under the headline without a full stop may be a lead (提要), whole as it stands
LEAD_AGAIN = -1.2  # the line behind a lead may be another
LEAD_CHARS = 75
NEXT_LINE = 1.3  # the next body line of the page, nothing else between
SOFT = 0.6  # a semicolon ends the piece: the next line, if it is prose, may be the same sentence
SOFT_APART = -2.0
HALF_ELLIPSIS = 4.0  # …陶匠… / …都来了: a column's end parted the two marks
ENUMERATED_HEAD = -4.0
OVER_SUBHEADING = -1.5
ECHO, ECHOED = -2.5, 4  # the rest of a paragraph seldom begins as the paragraph does; what a heading heads often does
PRINTED = 0.65  # per unit of log-probability gained by the page's own habit of characters
QUOTE_CHARS = 110
BEGINS_ELSEWHERE = -3.0  # a sentence begins so elsewhere on the page: a lead that is quoted, or the text that quotes it
QUOTED = 9  # last characters of a lead that end a sentence elsewhere on the page
VERSE_CHARS = 14  # a line this short that ends in a comma is verse
NEVER = -50.0
_QUOTES = "”’\"'"
_FIRST_SENTENCE = re.compile(r"[^。!?]{10,}[。!?]")
_DAYS = "近日|日前|连日来|昨日|昨天|今天|当地时间"
_DATED = re.compile(rf"(?:^|[!?]”?)(?:{_DAYS})|{cues.DATE}")  # what no lead says


class Joints:
    """Worth of joins between the body pieces of one page.

    `first`: pieces that stand directly under a headline; `continuity`: of the page's body, where it is known already.
    """

    __slots__ = (
        "_all",
        "_continuity",
        "_ends",
        "_first",
        "_pieces",
        "_prices",
        "_rows",
        "_starts",
        "_types",
        "_under_title",
        "_worth",
        "follows",
        "knowledge",
        "long",
    )

    def __init__(
        self,
        pieces: Sequence[Piece],
        types: Sequence[Type],
        first: AbstractSet[int],
        knowledge: Knowledge = EMPTY,
        continuity: Continuity | None = None,
    ) -> None:
        self._pieces, self._types, self.knowledge = pieces, types, knowledge
        self._under_title = first
        self._rows = find_rows(pieces) | find_verse(pieces, types)
        self._first = _with_leads(pieces, types, first)
        self.follows = _next_points(pieces, types)
        self._worth: dict[tuple[int, int], float] = {}
        self.long = frozenset(i for i, t in enumerate(types) if t == "body" and len(pieces[i].folded) > LEAD_CHARS)
        said = [p.folded for p, t in zip(pieces, types, strict=True) if t == "body"]
        self._continuity = continuity or Continuity(said)
        stops = [(text, stop.start()) for text in said for stop in re.finditer("。", text)]
        self._ends = frozenset([text[at - QUOTED : at] for text, at in stops])
        self._starts = frozenset([text[at + 1 : at + 1 + QUOTED] for text, at in stops])
        self._ends |= {p.folded[-QUOTED:] for p, t in zip(pieces, types, strict=True) if t == "title"}
        self._all = "\n".join(said)
        self._prices: dict[int, float | None] = {}

    def price(self, i: int) -> float | None:
        """What leaving piece `i` without a rest costs; None when it is complete and cannot be joined."""
        if i not in self._prices:
            self._prices[i] = self._tag(i)
        return self._prices[i]

    def _tag(self, i: int) -> float | None:
        folded = self._pieces[i].folded
        halved = folded.endswith(";") or _is_half_ellipsis(folded)
        if not halved and not is_cut(folded):
            return None
        if i in self._rows or _stands_whole(self._pieces, self._types, i):
            return None
        if halved:
            return 0.0
        if len(folded) <= QUOTE_CHARS and self._is_quoted(i):
            return None
        if self._is_lead(i):
            return 0.0
        return (HEADING if _looks_whole(self._pieces[i]) else MISSING) * self.knowledge.weights.missing

    def _is_quoted(self, i: int) -> bool:
        """Is this a lead or a heading that says what the article says again: a sentence, or the end of one?"""
        said = self._pieces[i].folded.rstrip(_QUOTES)
        ends = said[-QUOTED:] in self._ends
        first = _FIRST_SENTENCE.match(said)
        if not first:
            return ends or (said[:1] in ("“", '"') and said != self._pieces[i].folded)
        again = self._all.count(first[0]) > 1 and not self._is_cut_short(said[-QUOTED:])
        return (ends or again) if i in self._first else (ends and again)

    def _is_cut_short(self, last: str) -> bool:
        """Does the page have these words elsewhere in the midst of a clause?"""
        return bool(re.search(re.escape(last) + r"\w", self._all))

    def worth(self, tail: int, head: int) -> float:
        """What joining `head` to `tail` earns."""
        key = tail, head
        if key not in self._worth:
            self._worth[key] = self._weigh(tail, head)
        return self._worth[key]

    def _weigh(self, tail: int, head: int) -> float:
        if _begins_article(self._pieces, self._types, head):
            return NEVER
        before, behind = self._pieces[tail].folded, self._pieces[head].folded
        score = reads_on(before, behind) + fits(before, behind)
        score += PRINTED * max(0.0, self._continuity.gain(before, behind))
        score += self.knowledge.collocations.worth(before, behind)
        if behind[:QUOTED] in self._starts:
            score += BEGINS_ELSEWHERE
        if self._is_lead(tail):
            score += breaks_off(before) + (LEAD if tail in self._under_title else LEAD_AGAIN)
        if _next_line(self._types, tail) == head:
            score += NEXT_LINE
        if before[:ECHOED] == behind[:ECHOED]:
            score += ECHO
        if _is_half_ellipsis(before):
            score += HALF_ELLIPSIS if behind.startswith("…") else NEVER
        if before.endswith(";"):
            score += SOFT if _next_body(self._types, tail) == head else SOFT_APART
        if cues.ENUMERATED.match(behind) or cues.SPEAKERS_SIGN.match(behind) or cues.BULLET.match(behind):
            score += ENUMERATED_HEAD
        if any(t == "rubric" for t in self._types[tail + 1 : head]) and _next_body(self._types, tail) == head:
            score += OVER_SUBHEADING
        return score

    def _is_lead(self, i: int) -> bool:
        folded = self._pieces[i].folded
        if (
            i not in self._first
            or len(folded) > LEAD_CHARS
            or "。" in folded
            or cues.DATELINE.match(folded)
            or _DATED.search(folded)
        ):
            return False
        return not _begins_article(self._pieces, self._types, i)


def _with_leads(pieces: Sequence[Piece], types: Sequence[Type], first: AbstractSet[int]) -> set[int]:
    """Also what follows a lead, or an editor's note and its sign: there may be several leads."""
    found = set(first)
    order = [i for i, t in enumerate(types) if t in ("body", "rubric")]
    for k, i in enumerate(order[:-1]):
        following = order[k + 1]
        if types[following] != "body":
            continue
        short = len(pieces[i].folded) <= LEAD_CHARS and "。" not in pieces[i].folded
        signed = types[i] == "rubric" and cues.EDITORS_SIGN.match(pieces[i].bare)
        if (i in found and short and not cues.FULL_STOP.search(pieces[i].folded)) or signed:
            found.add(following)
    return found


def _is_half_ellipsis(text: str) -> bool:
    """Does `text` end in one mark of an ellipsis, which is printed as two?"""
    return text.endswith("…") and not text.endswith("……")


def _stands_whole(pieces: Sequence[Piece], types: Sequence[Type], i: int) -> bool:
    """Is this text complete though no full stop ends it: verse, a bullet, signed right behind?"""
    folded = pieces[i].folded
    if cues.BULLET.match(folded) or cues.SPEAKERS_SIGN.match(folded):
        return True
    if len(folded) < SHORTEST and pieces[i].gap > 0:
        return True
    near = [pieces[k].folded for k in (i - 1, i + 1) if 0 <= k < len(types) and types[k] == "body"]
    verse = any(len(t) <= VERSE_CHARS for t in near) or (i > 0 and cues.VERSE_INTRO.match(pieces[i - 1].folded))
    if verse and len(folded) <= VERSE_CHARS and folded.endswith((",", ";")):
        return True
    behind = types[i + 1] if i + 1 < len(types) else None
    if behind == "jump_to":
        return True  # its rest is on another page, wherever it breaks off
    signed = behind == "credit" or (behind == "closing" and pieces[i + 1].gap == 0)
    return signed and not ends_unfinished(folded)


def _looks_whole(piece: Piece) -> bool:
    """A short line that has no full stop, and neither begins nor ends like a broken one."""
    short = piece.gap > 0 and len(piece.folded) <= LEAD_CHARS and "。" not in piece.folded
    return short and breaks_off(piece.folded) <= 0.0


def _next_points(pieces: Sequence[Piece], types: Sequence[Type]) -> frozenset[int]:
    """What goes on right behind its like: 二、… behind 一、…, ▲ behind ▲, 答:… behind 问:… and the next question."""
    found = set()
    before, mark = 0, ""
    awaited: re.Pattern[str] | None = None  # what goes on with questions and answers
    for i, kind in enumerate(types):
        if kind == "body":
            turn = awaited.match(pieces[i].folded) if awaited else None
            if turn:
                found.add(i)
            asks = cues.QUESTION.match(pieces[i].folded)
            awaited = cues.ANSWER if asks else cues.QUESTION if turn else None
            bullet = cues.BULLET.match(pieces[i].folded)
            if bullet and bullet[0] == mark:
                found.add(i)
            mark = bullet[0] if bullet else ""
            number = cues.NUMBERED.match(pieces[i].folded)
            n = count_up(number["n"]) if number else 0
            if before and n == before + 1:
                found.add(i)
            before = n
        elif kind not in ("repeat", "furniture"):
            before, awaited = 0, None
            mark = mark if kind == "closing" and not pieces[i].gap else ""  # each item may be signed
    return frozenset(found)


def _begins_article(pieces: Sequence[Piece], types: Sequence[Type], i: int) -> bool:
    """Does a byline or a jump marker stand before this piece in its line?"""
    return i > 0 and pieces[i].gap == 0 and types[i - 1] in ("byline", "jump_from", "pinyin", "label")


def _next_body(types: Sequence[Type], i: int) -> int | None:
    return next((k for k in range(i + 1, min(i + 12, len(types))) if types[k] == "body"), None)


def _next_line(types: Sequence[Type], i: int) -> int | None:
    """The piece behind `i`, repeats and furniture aside, if it is body."""
    k = i + 1
    while k < len(types) and types[k] in ("repeat", "furniture", "housekeeping", "pinyin"):
        k += 1
    return k if k < len(types) and types[k] == "body" else None
