"""Page text -> pieces: its lines, cut again where one line holds things of two kinds.

    SHIZHENG YAOWEN全市春耕会议召开      ->  pinyin | text
    (上接第一版)河道清淤已过半             ->  jump | text
    本报讯(记者某某)日前,…               ->  byline | text
    …让老街焕发新生。(某某 某某)          ->  text | byline
    读者之声 | 一条小路的变迁              ->  label | text

Pieces stand in the order of the page and together hold every character that is not white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from . import cues
from .bylines import find_bylines
from .normalise import fold_width

Cue = Literal["text", "byline", "closing", "jump_from", "jump_to", "label", "pinyin", "housekeeping", "furniture"]

# A label before a bar is short; longer text before one is a sentence that happens to hold a bar.
_BARRED = re.compile(r"^(#*\s*[^|#]{2,12}?)\s*\|\s*(?=[^|\s].{3,}$)")
_SENTENCES = re.compile("。.{6,}。$")  # 投稿信箱:…。来稿一经采用即付稿酬。 is a paragraph of a notice
BYLINE_LINE_CHARS = 90  # a byline longer than this is prose that mentions reporters


@dataclass(frozen=True)
class Piece:
    start: int
    end: int  # trailing white space excluded
    text: str
    folded: str  # width-folded, same offsets
    gap: int  # line breaks since the piece before; 0 within a line
    cue: Cue
    marks: int = 0  # Markdown level of its line, 0 without marks

    @cached_property
    def bare(self) -> str:
        """The folded text without Markdown marks."""
        return cues.BOLD.sub(r"\1", _unmarked(self.folded)) if "*" in self.folded else _unmarked(self.folded)


def cut_pieces(text: str, furniture: Iterable[tuple[int, int]] = ()) -> tuple[Piece, ...]:
    """The pieces of a page; lines that touch a span of `furniture` (a masthead's) are of that cue."""
    spans = sorted(furniture)
    folded = fold_width(text)
    pieces: list[Piece] = []
    breaks, at, span_at = 0, 0, 0
    for raw in text.split("\n"):
        solid = raw.strip()
        if solid:
            start = at + raw.index(solid[0])
            end = start + len(solid)
            while span_at < len(spans) and spans[span_at][1] <= start:
                span_at += 1
            in_furniture = span_at < len(spans) and spans[span_at][0] < end
            whole: list[tuple[int, int, Cue]] = [(start, end, "furniture")]
            cut = whole if in_furniture else _cut_line(solid, folded[start:end], start)
            _append(pieces, text, folded, cut, breaks)
            breaks = 0
        at += len(raw) + 1
        breaks += 1
    return tuple(pieces)


def _append(pieces: list[Piece], text: str, folded: str, cut: list[tuple[int, int, Cue]], gap: int) -> None:
    marks = cues.MARKDOWN.match(text[cut[0][0] : cut[-1][1]])
    for start, end, cue in cut:
        part = text[start:end]
        lead = len(part) - len(part.lstrip())
        part = part.strip()
        if part:
            start += lead
            level = len(marks[1]) if marks else 0
            end = start + len(part)
            pieces.append(Piece(start, end, part, folded[start:end], gap, cue, level))
            gap = 0


def _cut_line(line: str, folded: str, offset: int) -> list[tuple[int, int, Cue]]:
    """Spans of one line (stripped), in order, each with its cue."""
    whole = _whole_line_cue(folded)
    if whole:
        return [(offset, offset + len(line), whole)]
    cuts: list[tuple[int, int, Cue]] = []
    at, end = 0, len(line)
    may_jump = "转" in folded or "接" in folded or "续" in folded  # far quicker to find
    jump_to = (cues.JUMP_TO.search(folded) or cues.JUMP_TO_BARE.search(folded)) if may_jump else None
    tail: list[tuple[int, int, Cue]] = []
    if jump_to and jump_to.start() > 0:
        tail.append((jump_to.start(), end, "jump_to"))
        end = jump_to.start()
    head = _leading(folded[:end])
    if head:
        cuts.append((0, head[0], head[1]))
        at = head[0]
    spans = [s for s in find_bylines(line[at:end]) if s.end > s.start]
    for span in spans:
        if at + span.start > end:
            break
        if not span.closes and end - at - span.end < span.end - span.start and at + span.end < end:
            continue  # a stub cut off by the column's end is no paragraph of its own: it keeps its byline
        cuts.append((at if not cuts else cuts[-1][1], at + span.start, "text"))
        cuts.append((at + span.start, at + span.end, "closing" if span.closes else "byline"))
    last = cuts[-1][1] if cuts else 0
    cuts.append((last, end, "text"))
    return [(offset + a, offset + b, cue) for a, b, cue in cuts + tail if b > a]


def opening_byline(piece: Piece) -> str:
    """The byline that a body piece has kept at its start, or ""."""
    if piece.cue != "text" or not cues.DATELINE.match(piece.folded):
        return ""
    spans = find_bylines(piece.text)
    return piece.text[: spans[0].end] if spans and spans[0].start == 0 and not spans[0].closes else ""


def _leading(folded: str) -> tuple[int, Cue] | None:
    """What stands glued before the text of a line: where it ends and what it is."""
    jump = cues.JUMP_FROM.match(folded) or cues.JUMP_FROM_BARE.match(folded)
    if jump:
        return jump.end(), "jump_from"
    pinyin = cues.PINYIN_PREFIX.match(folded)
    if pinyin and sum(c.isalpha() for c in pinyin[1]) >= cues.PINYIN_LETTERS and pinyin[1].isupper():
        return pinyin.end(1), "pinyin"
    bar = _BARRED.match(folded)
    if bar:
        return bar.end(), "label"
    return None


def _unmarked(folded: str) -> str:
    return (cues.MARKDOWN.sub("", folded) if "#" in folded else folded).strip()


def _whole_line_cue(folded: str) -> Cue | None:
    bare = _unmarked(folded)
    if cues.PINYIN_LINE.match(bare) and len(bare.replace(" ", "")) >= cues.PINYIN_LETTERS:
        return "pinyin"
    if cues.FRAMED_LABEL.match(bare):
        return "label"
    if cues.JUMP_TO.fullmatch(bare):
        return "jump_to"
    if len(bare) <= BYLINE_LINE_CHARS and cues.HOUSEKEEPING.match(bare) and not _SENTENCES.search(bare):
        return "housekeeping"
    if cues.PAGE_FOOT.match(bare):
        return "housekeeping"
    if len(bare) <= BYLINE_LINE_CHARS and (cues.CLOSING_LINE.match(bare) or cues.PHOTO_CREDIT.match(bare)):
        return "closing"
    return None
