"""Words with boxes -> a page's text, and the box of each printed line.

A block (ALTO's TextBlock, hOCR's ocr_par) is run together into paragraphs, as page files have them: a line that is
indented begins one, and so does a line of quite another size, as a headline under its kicker. Blocks are parted by an
empty line. Between words stands a space where the paper leaves a gap, or between words of Latin letters; Chinese
characters that a program took one by one do not become words of their own.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from statistics import median

LAYOUT_SUFFIXES = (".xml", ".alto", ".hocr", ".html", ".htm", ".xhtml")
WHOLE = 10_000  # boxes are in ten-thousandths of the page's width and height
_INDENT, _GAP, _OTHER_SIZE = 0.8, 0.5, 1.5  # of a line's height
_DROPPED = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")

Box = tuple[float, float, float, float]  # left, top, width, height


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its span of the page's text, and its box in ten-thousandths of the page."""

    start: int
    end: int
    left: int
    top: int
    width: int
    height: int


def is_layout_name(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in LAYOUT_SUFFIXES


def compose(blocks: Iterable[Sequence[Sequence[Word]]], page: Box | None) -> tuple[str, tuple[Line, ...]]:
    """The text of blocks of lines of words, and the boxes of its lines; without `page`, the picture's extent, none."""
    text, lines = "", []
    for block in blocks:
        rows = [row for words in block if (row := _row_of(words))[0]]
        if not rows:
            continue
        text += "\n\n" if text else ""
        breaks = _breaks([box for _, box in rows])
        for (said, box), begins in zip(rows, breaks, strict=True):
            if begins:
                text += "\n"
            elif text and _both_latin(text[-1], said[0]):
                text += " "
            start, text = len(text), text + said
            if box and page and (shown := _relative(box, page)):
                lines.append(Line(start, len(text), *shown))
    return text, tuple(lines)


def box_of(left: object, top: object, width: object, height: object) -> Box | None:
    """A box of numbers as they are written; None for what is none."""
    try:
        numbers = [float(str(each)) for each in (left, top, width, height)]
    except ValueError:
        return None
    if not all(map(math.isfinite, numbers)) or numbers[2] <= 0 or numbers[3] <= 0 or max(map(abs, numbers)) > 1e7:
        return None
    return numbers[0], numbers[1], numbers[2], numbers[3]


def around(boxes: Iterable[Box | None]) -> Box | None:
    """The smallest box that holds all."""
    found = [box for box in boxes if box]
    if not found:
        return None
    left, top = min(b[0] for b in found), min(b[1] for b in found)
    return left, top, max(b[0] + b[2] for b in found) - left, max(b[1] + b[3] for b in found) - top


def _row_of(words: Sequence[Word]) -> tuple[str, Box | None]:
    said, last = "", None
    cleaned = [(_DROPPED.sub("", word.text).strip(), word.box) for word in words]
    box = around(box for text, box in cleaned if text)
    for text, place in cleaned:
        if not text:
            continue
        if said and (_both_latin(said[-1], text[0]) or _is_gap(last, place)):
            said += " "
        said, last = said + text, place
    return said, box


def _is_gap(before: Box | None, after: Box | None) -> bool:
    return bool(before and after and after[0] - before[0] - before[2] > _GAP * max(before[3], after[3]))


def _both_latin(before: str, after: str) -> bool:
    return all(c.isalnum() and unicodedata.east_asian_width(c) in ("N", "Na", "H", "A") for c in (before, after))


def _breaks(boxes: Sequence[Box | None]) -> Iterator[bool]:
    """Does each line of a block begin a paragraph? The first one needs no sign."""
    known = [box for box in boxes if box]
    size = median(box[3] for box in known) if known else 0
    edge = min((box[0] for box in known), default=0)
    before: Box | None = None
    for i, box in enumerate(boxes):
        sizes = (before[3], box[3]) if before and box else (1, 1)
        other_size = max(sizes) > _OTHER_SIZE * min(sizes)
        yield i > 0 and bool(other_size or (box and box[0] - edge > _INDENT * size))
        before = box


def _relative(box: Box, page: Box) -> tuple[int, int, int, int] | None:
    """The part of a box that lies on the page, in ten-thousandths of it."""
    edges = [
        min(WHOLE, max(0, round(WHOLE * (value - page[axis]) / page[axis + 2])))
        for axis, value in ((0, box[0]), (1, box[1]), (0, box[0] + box[2]), (1, box[1] + box[3]))
    ]
    left, top, right, bottom = edges
    return (left, top, right - left, bottom - top) if right > left and bottom > top else None
