"""Lines that are whole though no full stop ends them: verse, the rows of a table, a list of names.

    一只船靠在岸边 / 水认得它 / 风也认得它 / 橹声轻了      verse: four short lines in a row under a writer's name
    白菜 0.80 1.60                                  a row: fields apart, numbers among them
    品名 批发价 零售价                                the head of such rows: as many fields
    9.4万株 / 全县去年栽下的果树                         a figure and what it counts, several in a row
    青石队 3比1 河湾队                                a listing: such lines in a row, three fields each
    联系人:钱老师 电话:…                              a field of a small advertisement
    编辑同志:                                        the salutation of a letter

They have the shape of headlines and of cut paragraphs and are neither. A page whose every line is short was broken by
its OCR model at the lines' ends: most of its text stands on such lines. There nothing is verse.
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
BROKEN_PAGE = 0.5  # share of its text on short lines from which a page is taken to be broken at its lines' ends
COLUMNS = 3  # fields of each of two lines in a row, a number in each line, that make a table of them
LONGEST_FIELD = 60
LONGEST_HEAD = 6
_STOPS = re.compile(r"[。,;!?]")
_BRACKETED = re.compile(r"^\([^()]{4,}\)$")  # (5月9日起执行) under the title of a table
_ROW = re.compile(
    r"^\S{1,14}(?:\s+[\d.,:+/~%-]+[\u4e00-\u9fff℃%/]{0,4})+(?:\s+(?:[升降涨跌↑↓][\d.,%]+\S{0,2}|持?平|[—-]+|无))*$|^[\u4e00-\u9fff]{2,4}(?:\s+[\u4e00-\u9fff·]{2,5}){4,}$"
)
_FIGURE = re.compile(r"^(?:约|近|超)?\d[\d.,]{0,8}\s*[\u4e00-\u9fff%℃‰]{1,2}$")  # 9.4亿袋: of a picture made of numbers
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
    figures = {i for i in fields if _FIGURE.match(pieces[i].bare)}
    told = {i + 1 for i in figures if (i - 2 in figures or i + 2 in figures) and i + 1 < len(pieces)}
    return frozenset(rows | heads | fields | told | _find_listings(pieces))


def _find_listings(pieces: Sequence[Piece]) -> set[int]:
    """Lines of fields one under another, a number in each: results of matches, what is on where and when."""
    found: set[int] = set()
    for i in range(1, len(pieces)):
        if _is_listed(pieces[i - 1]) and _is_listed(pieces[i]):
            found |= {i - 1, i}
    heads = {i - 1 for i in found if i and i - 1 not in found and _heads(pieces[i - 1], pieces[i])}
    return found | heads


def _is_listed(piece: Piece) -> bool:
    folded = piece.folded
    plain = piece.cue == "text" and not piece.marks and len(folded) <= LONGEST_FIELD and not _STOPS.search(folded)
    return plain and len(_FIELDS.split(folded)) >= COLUMNS and any(c.isdigit() for c in folded)


def _heads(head: Piece, row: Piece) -> bool:
    """项目 姓名 成绩: as many fields as the row under it, each short."""
    fields = _FIELDS.split(head.folded)
    same = len(fields) == len(_FIELDS.split(row.folded)) and head.cue == "text" and not head.marks
    return same and all(len(field) <= LONGEST_HEAD for field in fields)


def _is_field(piece: Piece) -> bool:
    """联系人:钱老师, 编辑同志: and their like: whole without a full stop, and no headline."""
    if len(piece.folded) > LONGEST_FIELD or cues.FULL_STOP.search(piece.folded):
        return False
    return bool(
        cues.FIELD.match(piece.bare)
        or cues.SALUTATION.match(piece.bare)
        or _FIGURE.match(piece.bare)
        or _BRACKETED.match(piece.bare)
    )


def find_verse(pieces: Sequence[Piece], types: Sequence[str], skipped: Collection[int] = ()) -> frozenset[int]:
    """Pieces that are lines of verse, or of any list of short lines."""
    short = [
        _is_short(p) and t in ("title", "body") and i not in skipped
        for i, (p, t) in enumerate(zip(pieces, types, strict=True))
    ]
    sizes = [len(p.folded) if t in ("title", "body") else 0 for p, t in zip(pieces, types, strict=True)]
    brief = sum(size for size, s in zip(sizes, short, strict=True) if s)
    if brief > BROKEN_PAGE * sum(sizes) and sum(map(bool, sizes)) > 2 * LONGEST_LINE:
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
