"""Lines that are whole though no full stop ends them: verse, the rows of a table, a list of names.

    一只船靠在岸边 / 水认得它 / 风也认得它 / 橹声轻了      verse: four short lines in a row under a writer's name
    白菜 0.80 1.60                                  a row: fields apart, numbers among them
    品名 批发价 零售价                                the head of such rows: as many fields
    联系人:钱老师 电话:…                              a field of a small advertisement
    编辑同志:                                        the salutation of a letter

They have the shape of headlines and of cut paragraphs and are neither. A page whose every line is short was broken by
its OCR model at the lines' ends; there nothing is verse.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from . import cues
from .lines import Piece

LONGEST_LINE = 20
FEWEST = 4  # lines in a row; a title block has as many only with a label and marks
FEWEST_UNSIGNED = 6  # where no writer's name stands over them
TITLES_AHEAD = 2  # of such lines the first may be the title
BROKEN_PAGE = 0.5  # share of short lines from which a page is taken to be broken at its lines' ends
LONGEST_FIELD = 60
_BRACKETED = re.compile(r"^\([^()]{4,}\)$")  # (5月9日起执行) under the title of a table
_ROW = re.compile(
    r"^\S{1,14}(?:\s+[\d.,:+/~%-]+[\u4e00-\u9fff℃%/]{0,4})+(?:\s+(?:[升降涨跌↑↓][\d.,%]+\S{0,2}|持?平|[—-]+|无))*$|^[\u4e00-\u9fff]{2,4}(?:\s+[\u4e00-\u9fff·]{2,5}){4,}$"
)
_FIELDS = re.compile(r"\s+")


def find_rows(pieces: Sequence[Piece]) -> frozenset[int]:
    """Pieces that are rows of a table or lists of names."""
    rows = {i for i, p in enumerate(pieces) if p.cue == "text" and not p.marks and _ROW.match(p.folded)}
    fields = {i for i, p in enumerate(pieces) if p.cue == "text" and not p.marks and _is_field(p)}
    heads = set()
    for i in rows:
        columns = len(_FIELDS.split(pieces[i].folded))
        for k in (i - 1, i + 1):
            near = 0 <= k < len(pieces) and pieces[k].cue == "text" and not pieces[k].marks
            if near and columns > 2 and len(_FIELDS.split(pieces[k].folded)) == columns:
                heads.add(k)
    return frozenset(rows | heads | fields)


def _is_field(piece: Piece) -> bool:
    """联系人:钱老师, 编辑同志: and their like: whole without a full stop, and no headline."""
    if len(piece.folded) > LONGEST_FIELD or cues.FULL_STOP.search(piece.folded):
        return False
    return bool(cues.FIELD.match(piece.bare) or cues.SALUTATION.match(piece.bare) or _BRACKETED.match(piece.bare))


def find_verse(pieces: Sequence[Piece], types: Sequence[str], skipped: Collection[int] = ()) -> frozenset[int]:
    """Pieces that are lines of verse, or of any list of short lines."""
    short = [
        _is_short(p) and t in ("title", "body") and i not in skipped
        for i, (p, t) in enumerate(zip(pieces, types, strict=True))
    ]
    text = sum(1 for t in types if t in ("title", "body"))
    if sum(short) > BROKEN_PAGE * text and text > 2 * LONGEST_LINE:
        return frozenset()
    found: set[int] = set()
    start = 0
    while start < len(pieces):
        end = start
        while end < len(pieces) and short[end]:
            end += 1
        if end - start >= FEWEST:
            found |= _verse_of(pieces, types, start, end)
        start = max(end, start + 1)
    return frozenset(found)


def _verse_of(pieces: Sequence[Piece], types: Sequence[str], start: int, end: int) -> set[int]:
    """Of a run of short lines those that are verse: titles may stand ahead of it and behind it."""
    signed = start > 0 and types[start - 1] == "byline"
    first = start if signed else start + TITLES_AHEAD
    last = end
    behind = types[end] if end < len(types) else None
    if behind in ("byline", "body"):
        last -= types[last - 1] == "title"  # the headline of what follows looks like verse too
    fewest = FEWEST if signed else FEWEST_UNSIGNED
    return set(range(first, last)) if last - start >= fewest else set()


def _is_short(piece: Piece) -> bool:
    return (
        piece.cue in ("text", "byline")
        and not piece.marks
        and piece.gap > 0
        and len(piece.folded) <= LONGEST_LINE
        and not cues.ENUMERATED.match(piece.folded)
    )
