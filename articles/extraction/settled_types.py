"""What a line is by its whole surroundings, once the points of `roles` have told titles from text.

备耕忙 / 备耕忙                     a title printed twice, or over its pinyin: a label
今日导读 / 谷雨插秧忙 3版             what other pages bring: furniture
修桥铺路为乡亲 / 林小满               a name right under a headline: its byline
抓管理,让村路四通八达。               heads a section, though it ends like a sentence
青石县水务公司 / 2023年5月9日         signs a notice
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from . import cues
from .bylines import find_bylines
from .lines import Piece
from .person_names import is_name
from .piece_types import LONGEST_LABEL, LONGEST_TITLE, Line, Type, solid
from .rows import find_verse
from .segmentation import tag_words
from .tails import is_cut

NOTICE_LINES = 6  # a notice is no longer
LONGEST_DECK = 90
LONGEST_BARE, LABEL_LINE = 24, 6
SHORTEST_TEXT = 40
SLOGAN_VERB = 3  # characters: a verb and its object
LONGEST_NAMES = 36  # a name and, in brackets, its post
_SLOGAN = re.compile(r"^[\u4e00-\u9fff]{3},[\u4e00-\u9fff]{4,10}。$")
_POST = re.compile(
    r"[\u4e00-\u9fff](?:书记|主任|主席|委员|经理|董事长|教授|研究员|代表|[省市县区州镇乡局厅处科院校所站馆园部行]长)$"
)
_NO_TITLE = re.compile(r"[。!?…]|[,、;:]$|^\W*$")


def settle(pieces: Sequence[Piece], types: list[Type], line: Line, rows: Collection[int]) -> None:
    """Correct `types`, the types of a page, by all that its rules see; `rows`: lines of figures."""
    _settle_labels(pieces, types)
    _settle_teasers(pieces, types)
    _settle_bare_blocks(pieces, types, line)
    _settle_leads(pieces, types, line)
    _settle_decks(pieces, types, line)
    _settle_names(pieces, types, line)
    verse = find_verse(pieces, types)
    for i in verse:
        types[i] = "body"
    _settle_poets(pieces, types, line, verse)
    _settle_rubrics(types, line, rows)
    _settle_slogans(pieces, types, line)


def settle_signatories(pieces: Sequence[Piece], types: list[Type]) -> None:
    """The bodies that sign a notice, on lines of their own right over its day, or at its end right under its text."""
    signed = False
    for i in range(len(pieces) - 1, -1, -1):
        if types[i] == "repeat" or types[i] == "furniture":
            continue
        bare = pieces[i].bare
        short = types[i] == "body" and len(bare) <= LONGEST_TITLE and bool(cues.SIGNATORY.match(bare))
        if short and (signed or _signs_without_day(pieces, types, i)):
            types[i] = "closing"
        elif types[i] == "body" and cues.LETTER_DAY.match(bare) and _signs_letter(pieces, types, i - 1):
            types[i], signed = "closing", False
        elif types[i] == "body" and i + 1 < len(types) and _signs_letter(pieces, types, i):
            if types[i + 1] == "closing" and cues.LETTER_DAY.match(pieces[i + 1].bare):
                types[i] = "closing"
            signed = False
        else:
            signed = types[i] == "closing" and bool(cues.SIGNING_DAY.match(bare))


def _signs_letter(pieces: Sequence[Piece], types: Sequence[Type], i: int) -> bool:
    """柳叶埠 钱老师 under the last sentence of a letter: a place, and who wrote from there."""
    if i < 1 or types[i] not in ("body", "byline") or len(pieces[i].bare) > LONGEST_LABEL:
        return False
    return is_name((pieces[i].bare.split() or [""])[-1]) and bool(cues.FULL_STOP.search(pieces[i - 1].folded))


def _signs_without_day(pieces: Sequence[Piece], types: Sequence[Type], i: int) -> bool:
    """Does a notice end above this line, and another open behind it? Its own notice's title would stand above text."""
    near = range(max(0, i - 2 * NOTICE_LINES), min(len(types), i + 2 * NOTICE_LINES))
    behind = next((pieces[k].bare for k in near if k > i and types[k] != "repeat"), None)
    if behind is not None and not cues.NOTICE_TITLE.match(solid(behind)):
        return False
    above = [pieces[k].bare for k in near if k < i and types[k] != "repeat"][-NOTICE_LINES:]
    titled = any(cues.NOTICE_TITLE.match(solid(line)) for line in above)
    return titled and bool(cues.FULL_STOP.search(above[-1]))


def _settle_labels(pieces: Sequence[Piece], types: list[Type]) -> None:
    """A title line that the page prints more than once, not as a repeat, is a label; so is one with its pinyin."""
    counts = Counter(solid(p.bare) for p, t in zip(pieces, types, strict=True) if t in ("title", "label"))
    for i, piece in enumerate(pieces):
        spelt = i + 1 < len(types) and types[i + 1] == "pinyin" and pieces[i + 1].gap == 1
        if types[i] == "title" and (counts[solid(piece.bare)] > 1 or (spelt and len(piece.bare) <= LONGEST_LABEL)):
            types[i] = "label"


def _settle_teasers(pieces: Sequence[Piece], types: list[Type]) -> None:
    """今日导读 and the lines under it that each end in 3版, or such lines in a row: what other pages bring."""
    head: int | None = None
    row: list[int] = []
    for i, piece in enumerate(pieces):
        if types[i] in ("repeat", "furniture", "pinyin"):
            continue
        if types[i] in ("title", "body") and cues.TEASER.match(piece.bare):
            row.append(i)
            if len(row) > 1 or head is not None:
                for k in row if head is None else (head, *row):
                    types[k] = "furniture"
        else:
            row = []
            head = i if cues.TEASERS_HEAD.match(piece.bare) else None


def _settle_bare_blocks(pieces: Sequence[Piece], types: list[Type], line: Line) -> None:
    """A label and a headline without the marks that the page's others bear.

    ……日夜有人值守。/ 老街闲话 / 谁来修那盏灯? / 近日,住在城东的读者来信说……      not even verse has two such lines

    Or a headline of that kind over a pen name.
    """
    for i, piece in enumerate(pieces):
        if types[i] not in ("body", "title") or not _is_bare_line(piece, LONGEST_BARE):
            continue
        before, after = line.before.get(i), line.after.get(i)
        if before is None or after is None or types[after] != "body" or "body" not in (types[before], types[i]):
            continue
        over = line.before.get(before)
        text = line.after.get(after)
        if len(pieces[after].text) >= SHORTEST_TEXT:
            label = pieces[before]
            ended = over is not None and types[over] in ("body", "closing") and not is_cut(pieces[over].folded)
            small = _is_bare_line(label, LABEL_LINE) and label.bare[-1] not in "?!"
            if types[before] in ("body", "title") and ended and small:
                types[before], types[i] = "label", "title"
        elif text is not None and types[text] == "body" and len(pieces[text].text) >= SHORTEST_TEXT:
            types[i] = "title" if types[before] == "title" and _is_pen_name(pieces[after]) else types[i]


def _is_bare_line(piece: Piece, most: int) -> bool:
    bare = piece.bare
    return bool(piece.gap and not piece.marks) and len(bare) <= most and not re.search(r"[。,;:、…]", bare)


def _is_pen_name(piece: Piece) -> bool:
    spans = find_bylines(piece.text, under_headline=True)
    return bool(spans) and spans[0].start == 0 and spans[0].end == len(piece.text)


def _is_posted(piece: Piece) -> bool:
    """林桥镇党委书记 林小满: who wrote, behind the post."""
    post, _, name = piece.bare.rpartition(" ")
    return bool(_POST.search(post)) and is_name(name, marked=True)


def _settle_leads(pieces: Sequence[Piece], types: list[Type], line: Line) -> None:
    """A sentence under the headline without its full stop (提要) is body: it has clauses and runs long."""
    for i, piece in enumerate(pieces):
        before = line.before.get(i)
        if types[i] != "title" or before is None or piece.bare.startswith("—") or piece.marks:
            continue
        core = cues.BRACKETED_TAIL.sub("", piece.bare)
        after = line.after.get(i)
        if after is not None and types[after] == "body" and types[before] in ("title", "byline"):
            clauses = core.count(",") + core.count(";")
            if clauses and len(core) >= (24 if types[before] == "title" else 18):
                types[i] = "body"


def _settle_decks(pieces: Sequence[Piece], types: list[Type], line: Line) -> None:
    """However long, a line without a full stop is a title line where no text can stand.

    That is between a headline and its byline (副题), but for the rest of a paragraph that the headline parts; and over
    a headline at the top of the page or behind a signature (引题).
    """
    for i, piece in enumerate(pieces):
        before, after = line.before.get(i), line.after.get(i)
        if types[i] != "body" or after is None or len(piece.bare) > LONGEST_DECK or _NO_TITLE.search(piece.bare):
            continue
        if before is None or types[before] in ("closing", "credit", "housekeeping"):
            heads = types[after] == "title" and (piece.gap or before is None)
        else:
            over = line.before.get(before)
            whole = over is None or types[over] != "body" or not is_cut(pieces[over].folded)
            under = types[before] == "title" and piece.gap and whole
            heads = under and types[after] == "byline" and pieces[after].gap
        types[i] = "title" if heads else types[i]


def _settle_names(pieces: Sequence[Piece], types: list[Type], line: Line) -> None:
    """A line of bare names is a byline under a headline and before body, or before the first subheading of an essay.

    The body may be the rest of a paragraph that the headline's column parts: short, and the one above it is cut.
    """
    for i, piece in enumerate(pieces):
        if types[i] not in ("title", "body") or len(piece.bare) > LONGEST_NAMES or piece.marks or not piece.gap:
            continue
        before, after = line.before.get(i), line.after.get(i)
        if before is None or after is None or types[before] != "title":
            continue
        over = line.before.get(before)
        rest = over is not None and types[over] == "body" and is_cut(pieces[over].folded)
        long = types[after] == "body" and (len(pieces[after].text) >= 30 or rest)
        if (long or _heads_section(pieces, types, line, after)) and (_is_pen_name(piece) or _is_posted(piece)):
            types[i] = "byline"


def _settle_poets(pieces: Sequence[Piece], types: list[Type], line: Line, verse: Collection[int]) -> None:
    """Right over verse a name under a headline is its writer's."""
    for i in verse:
        name = line.before.get(i)
        over = line.before.get(name) if name is not None else None
        if name is None or over is None or name in verse or types[name] != "title" or types[over] != "title":
            continue
        if _is_pen_name(pieces[name]):
            types[name] = "byline"


def _settle_rubrics(types: list[Type], line: Line, rows: Collection[int]) -> None:
    """记者手记 over a headline with its byline is a label; so are 数说 over one with figures, and one with pinyin."""
    for i, kind in enumerate(types):
        head = line.after.get(i)
        if kind == "rubric" and head is not None and types[head] == "pinyin":
            types[i] = "label"
        behind = line.after.get(head) if head is not None else None
        if kind == "rubric" and head is not None and behind is not None and types[head] == "title":
            types[i] = "label" if types[behind] == "byline" or behind in rows else kind


def _settle_slogans(pieces: Sequence[Piece], types: list[Type], line: Line) -> None:
    """抓管理,让村路四通八达。 between two whole paragraphs heads a section, though it ends like a sentence."""
    for i, piece in enumerate(pieces):
        if types[i] != "body" or not piece.gap or not _SLOGAN.match(piece.bare):
            continue
        before, after = line.before.get(i), line.after.get(i)
        if before is None or after is None or types[after] != "body":
            continue
        whole = types[before] in ("byline", "title") or (types[before] == "body" and not is_cut(pieces[before].folded))
        first = tag_words(piece.bare[:SLOGAN_VERB])
        verb_and_object = len(first) > 1 and first[0][1] == "v" and first[1][1][:1] in ("n", "v")
        if (whole or types[before] == "credit") and len(pieces[after].text) >= SHORTEST_TEXT and verb_and_object:
            types[i] = "rubric"


def _heads_section(pieces: Sequence[Piece], types: Sequence[Type], line: Line, i: int) -> bool:
    """Does piece `i` stand alone over a paragraph?"""
    text = line.after.get(i)
    alone = types[i] in ("title", "rubric") and text is not None and types[text] == "body"
    return alone and text is not None and len(pieces[text].text) >= SHORTEST_TEXT
