"""What each piece of a page is: hard cues first, then a score for what could be a title.

    ## 城东启动老街改造                title: Markdown (a hint), short, no full stop, a byline behind it
    □本报记者 某某                    byline: settled by its form
    本报讯 昨日,城东老街改造…           body
    今年以来,城东区已有三条老街          body, though short and without a full stop: 街|道 spans the break behind it

A title-like line earns points for its shape (length, a space between two halves, marks, no comma late in the line) and
for its neighbours (a label or the end of an article before it, a byline or a dateline behind it); it loses them for
what only sentences have and for reading on into the next line. Whether a title opens an article or heads a section of
one is decided later (`openings`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Literal

from . import cues
from .bylines import find_bylines
from .knowledge import EMPTY, Knowledge
from .lines import Piece
from .person_names import is_name
from .rows import find_rows, find_verse
from .segmentation import tag_words
from .tails import ends_unfinished, fits, is_cut, open_pairs, reads_on, spanning_word

# "label" holds column labels, "title" everything else of a title block until `titles` tells its parts apart.
Type = Literal[
    "title",
    "label",
    "body",
    "rubric",
    "byline",
    "closing",
    "credit",
    "pinyin",
    "jump_from",
    "jump_to",
    "housekeeping",
    "furniture",
    "repeat",
]

TITLE = 0.75  # points a line needs
NOTICE = 2.0  # points of a line that reads 停水公告, 某某同志逝世
NOTICE_LINES = 6  # a notice is no longer
UNDER_LABEL = 1.0  # a bare line under a label that has marks
BRIEF = 0.8  # over a brief, whose one paragraph is signed
SHORT_LINE, SHORT_HEADING = 8, 0.5
LONGEST_TITLE = 46
LONGEST_LABEL = 12
LONGEST_DECK = 90
LONGEST_BARE, LABEL_LINE = 24, 6
SHORTEST_TEXT = 40
SLOGAN_VERB = 3  # characters: a verb of one and its object of two
LONGEST_NAMES = 36  # a name and, in brackets, its post
MARKED_PAGE = 3  # Markdown headings on a page that make a heading without marks unlikely
UNMARKED = -2.0  # points of a line without marks where headings bear them
UNFINISHED = 2.5  # points lost by a line that ends on 的, 由 or 但
READS_ON = 1.0  # and by one whose sentence goes on behind it
# The rest of a cut line is one of the next body lines, woven columns between: what chance gives each of them.
BY_CHANCE = (0.0, 1.5, 3.0, 3.5)
BY_CHANCE_BEFORE = 1.5
DATED = 1.4  # 近日, 昨日: sentences say it, headlines hardly ever
QUOTED = 1.2  # all in quotes without a full stop
BRACKETED = 4.0  # (本系列完): a remark
HABIT_LOST = 2.0  # half of the sure headings bare: marks say nothing
_INNER_SPACE = re.compile(r"[\u4e00-\u9fff”》\d!?][ \u3000]{1,3}[\u4e00-\u9fff“《\d]")
_TWO_HALVES = re.compile(r"[\u4e00-\u9fff”]{3}[ \u3000]+[\u4e00-\u9fff“]{3}")  # a headline's, not a label's
_SPEECH = re.compile(r"(?:(?<![小学传评])说|表示|指出|介绍|认为|强调|坦言|透露)[,:,:“]")
_RANKED = re.compile(r"记者|通[讯迅]员|评论员|本报|新华社|实习生|作者|撰稿|执笔|[□摄/]|翻拍|^[·◎]|·$")
_SHORT_LAST_CLAUSE = re.compile(r"[,、][\u4e00-\u9fff]{1,3}$")
_SPEAKS = re.compile(r"(?:说|表示|指出|介绍|认为|强调|透露|坦言)$")
_PROSE = re.compile(r"[\u4e00-\u9fff](?:了|着|过)(?=[\u4e00-\u9fff])|们(?=[还都也正就])")
_BRACKETED = re.compile(r"^[(\[][^()\[\]]*[)\]]$")
_SLOGAN = re.compile(r"^[\u4e00-\u9fff]{3},[\u4e00-\u9fff]{4,10}。$")
_SENTENCE = re.compile(r"[。!?…]|[,、;:]$")
_CLAUSES = re.compile(r"[,、;]")


def label_pieces(pieces: Sequence[Piece], repeats: Collection[int], knowledge: Knowledge = EMPTY) -> list[Type]:
    """The type of every piece."""
    known = {_solid(name) for name in knowledge.columns}
    needed = TITLE * knowledge.weights.title
    habit = marking_habit(pieces)
    types: list[Type] = ["repeat" if i in repeats else _hard_type(piece, known) for i, piece in enumerate(pieces)]
    _settle_signatories(pieces, types)
    rows = find_rows(pieces)
    shapes = [
        _shape(p, habit) if t == "body" and i not in rows else -9.0
        for i, (p, t) in enumerate(zip(pieces, types, strict=True))
    ]
    line = _Line(types)
    for i, shape in enumerate(shapes):
        if shape >= needed:
            types[i] = "title"
    for _ in range(2):
        for i, shape in enumerate(shapes):
            if shape > -4.0:
                points = shape + _neighbours(pieces, types, line, i)
                types[i] = "title" if points >= needed else "body"
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
    return types


def _hard_type(piece: Piece, known: Collection[str]) -> Type:
    cue, bare = piece.cue, piece.bare
    if cue in ("pinyin", "jump_from", "jump_to", "housekeeping", "furniture", "label"):
        return cue
    if cue == "closing":
        return (
            "credit"
            if cues.PHOTO_CREDIT.match(bare) or bare.endswith(("摄", "摄影报道", "摄影", "翻拍"))
            else "closing"
        )
    if cue == "byline":
        return "byline" if _RANKED.search(bare) or len(bare) > LONGEST_LABEL or cues.DATELINE.match(bare) else "body"
    if cues.ENUMERATED.match(bare) and len(bare) <= LONGEST_TITLE and not re.search(r"[。,;:!?]$|。", bare):
        return "rubric"
    if cues.RUBRIC.match(bare) or cues.EDITORS_SIGN.match(bare):
        return "rubric"
    if known and _solid(bare.strip("【】|◆ ")) in known:
        return "label"
    if len(bare) <= LONGEST_LABEL and cues.LABEL_WORDS.match(bare) and not _TWO_HALVES.search(bare):
        return "label"
    if cues.SHORT_LABEL.match(bare):
        return "label"
    return "body"


def marking_habit(pieces: Sequence[Piece]) -> float:
    """How surely a heading of this page bears Markdown marks, 0 to 1: an OCR model often marks only some of them.

    What stands right over a byline or a dateline is surely a heading; the more of those are bare, the less a bare
    line's want of marks says.
    """
    if sum(1 for p in pieces if p.marks) < MARKED_PAGE:
        return 0.0
    bare = marked = 0
    heading: Piece | None = None
    for piece in pieces:
        if piece.cue == "byline" or cues.DATELINE.match(piece.folded):
            if heading is not None and len(heading.bare) <= LONGEST_TITLE and "。" not in heading.bare:
                marked, bare = marked + bool(heading.marks), bare + (not heading.marks)
            heading = None
        elif not piece.bare.startswith("—"):
            heading = piece if piece.gap else None
    return max(0.0, 1.0 - HABIT_LOST * bare / (bare + marked)) if bare else 1.0


def _shape(piece: Piece, habit: float) -> float:
    """Points for looking like a title, neighbours aside."""
    bare = piece.bare
    if cues.DATELINE.match(bare) or cues.QUESTION_OR_ANSWER.match(bare):
        return -9.0
    core = cues.BRACKETED_TAIL.sub("", bare) or bare
    if len(core) > LONGEST_TITLE or re.search(r"[。,、;]$|。[”’]$", core) or not re.search(r"\w", core):
        return -9.0
    points = _length_points(len(core)) + (NOTICE if cues.NOTICE_TITLE.match(_solid(bare)) else 0.0)
    commas = len(_CLAUSES.findall(core))
    points -= (0.3 if piece.marks else 0.6) * commas + (1.8 if "," in core and len(core) >= 26 else 0.0)
    points += 1.2 if _INNER_SPACE.search(core) else 0.0
    bold = bool(cues.BOLD.match(piece.folded))
    points += 2.5 if piece.marks or bold else UNMARKED * habit
    points += 0.8 if core != bare else 0.0
    points += 0.6 if cues.KICKER_END.search(core) else 0.0
    points -= 4.0 if "。" in core else 0.0
    points -= 1.4 if core[-1] in "!?" else 0.0
    points -= 2.5 if open_pairs(core) else 0.0
    points -= UNFINISHED if ends_unfinished(core) and not piece.marks else 0.0
    points -= 2.6 if _SPEECH.search(core) or cues.VERSE_INTRO.match(core) else 0.0
    points -= 2.0 if _SHORT_LAST_CLAUSE.search(core) else 0.0
    points -= 1.5 if cues.BULLET.match(core) else 0.0
    points -= 0.3 if _PROSE.search(core) else 0.0
    points -= DATED if cues.NEWS_OPENER.match(core) and not piece.marks else 0.0
    points -= BRACKETED if _BRACKETED.match(bare) and not piece.marks else 0.0
    points -= 1.2 if "," in core and len(core) >= 20 and not piece.marks and core[-1] not in "—:" else 0.0
    quoted = core[0] in '“"' and core[-1] in '”"'
    points += QUOTED if quoted else 0.0
    if not quoted and cues.PARAGRAPH_OPENER.match(core) and "," in core[:16]:
        points -= 2.0
    return points


def _length_points(length: int) -> float:
    if length <= 3:
        return 0.6
    if length <= 24:
        return 1.6
    return 0.4 if length <= 30 else (-0.8 if length <= 36 else -2.0)


def _neighbours(pieces: Sequence[Piece], types: Sequence[Type], line: _Line, i: int) -> float:
    """Points for what stands before and behind piece `i`."""
    before, after = line.before.get(i), line.after.get(i)
    points = 0.0
    if before is None or types[before] in ("label", "pinyin"):
        points += 2.0
        points += 0.0 if before is None or pieces[i].marks or not pieces[before].marks else UNDER_LABEL
    elif types[before] == "title":
        points += 0.7
    elif types[before] in ("closing", "credit", "housekeeping", "jump_to"):
        points += 1.6
    elif types[before] == "body":
        cut = is_cut(pieces[before].folded)
        points += 0.6 if not cut else -0.3
        if cut and not pieces[i].marks:
            points -= max(0.0, READS_ON * spanning_word(pieces[before].folded, pieces[i].folded) - BY_CHANCE_BEFORE)
        # A paragraph that a column's end cut has more than a few characters above the cut.
        points += SHORT_HEADING if len(pieces[i].bare) <= SHORT_LINE and not cut else 0.0
    elif types[before] == "byline":
        points -= 0.8
    if before is not None and pieces[i].bare.startswith("——"):
        points += 1.0 if types[before] in ("title", "label", "pinyin") else -3.0
    return points + _behind(pieces, types, line, i, after)


def _behind(pieces: Sequence[Piece], types: Sequence[Type], line: _Line, i: int, after: int | None) -> float:
    if after is None:
        return -0.3
    kind = types[after]
    if kind == "byline":
        return 2.5
    if kind in ("title", "label", "pinyin"):
        following = line.after[after]
        if following is not None and _dateline_over_rest(pieces, types, line, i, following) is not None:
            return 2.5
        return 1.0 if following is None or types[following] != "byline" else 1.5
    if kind == "rubric":
        return 0.8
    if kind != "body":
        return 0.0
    if (begun := _dateline_over_rest(pieces, types, line, i, after)) is not None:
        after = begun
        if types[after] == "byline":
            return 2.5
    head = pieces[after].folded
    if cues.DATELINE.match(head):
        return 2.5
    if cues.SALUTATION.match(head):
        return 2.5
    if _SPEAKS.search(pieces[i].bare):
        return -2.0
    points = -READS_ON * _goes_on(pieces, types, line, i, after) if not pieces[i].marks else 0.0
    if not pieces[i].marks and reads_on("", head) > 1.0:
        points -= 2.5  # the next line begins in mid-sentence
    behind = after + 1
    signed = behind < len(types) and types[behind] == "closing" and pieces[behind].gap == 0
    return points + (0.4 if len(head) >= 40 else -0.2) + (BRIEF if signed else 0.0)


def _dateline_over_rest(pieces: Sequence[Piece], types: Sequence[Type], line: _Line, i: int, after: int) -> int | None:
    """The dateline behind the rest of the paragraph that a title block parts: text `after` reads on from above it."""
    above = line.before.get(i)
    while above is not None and types[above] == "title":
        above = line.before[above]
    begun = line.after.get(after)
    if above is None or begun is None or types[above] != "body" or not cues.DATELINE.match(pieces[begun].folded):
        return None
    tail, title, rest = pieces[above].folded, pieces[i].folded, pieces[after].folded
    return begun if is_cut(tail) and reads_on(tail, rest) >= max(0.0, reads_on(tail, title)) else None


def _goes_on(pieces: Sequence[Piece], types: Sequence[Type], line: _Line, i: int, after: int) -> float:
    """How surely the sentence of piece `i` goes on in one of the next body lines."""
    tail, points = pieces[i].folded, 0.0
    behind: int | None = after
    for chance in BY_CHANCE:
        while behind is not None and types[behind] != "body":
            behind = line.after[behind]
        if behind is None:
            break
        head = pieces[behind].folded
        going_on = reads_on(tail, head)
        if going_on > 0.0:
            points = max(points, going_on + min(0.0, fits(tail, head)) - chance)
        behind = line.after[behind]
    return points


def _settle_signatories(pieces: Sequence[Piece], types: list[Type]) -> None:
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
    if behind is not None and not cues.NOTICE_TITLE.match(_solid(behind)):
        return False
    above = [pieces[k].bare for k in near if k < i and types[k] != "repeat"][-NOTICE_LINES:]
    titled = any(cues.NOTICE_TITLE.match(_solid(line)) for line in above)
    return titled and bool(cues.FULL_STOP.search(above[-1]))


def _settle_labels(pieces: Sequence[Piece], types: list[Type]) -> None:
    """A title line that the page prints more than once, not as a repeat, is a label; so is one with its pinyin."""
    counts = Counter(_solid(p.bare) for p, t in zip(pieces, types, strict=True) if t in ("title", "label"))
    for i, piece in enumerate(pieces):
        spelt = i + 1 < len(types) and types[i + 1] == "pinyin" and pieces[i + 1].gap == 1
        if types[i] == "title" and (counts[_solid(piece.bare)] > 1 or (spelt and len(piece.bare) <= LONGEST_LABEL)):
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


def _settle_bare_blocks(pieces: Sequence[Piece], types: list[Type], line: _Line) -> None:
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


def _settle_leads(pieces: Sequence[Piece], types: list[Type], line: _Line) -> None:
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


def _settle_decks(pieces: Sequence[Piece], types: list[Type], line: _Line) -> None:
    """However long, a line without a full stop is a title line where no text can stand.

    That is between a headline and its byline (副题), but for the rest of a paragraph that the headline parts; and over
    a headline at the top of the page or behind a signature (引题).
    """
    for i, piece in enumerate(pieces):
        before, after = line.before.get(i), line.after.get(i)
        if types[i] != "body" or after is None or len(piece.bare) > LONGEST_DECK or _SENTENCE.search(piece.bare):
            continue
        if before is None or types[before] in ("closing", "credit", "housekeeping"):
            heads = types[after] == "title" and (piece.gap or before is None)
        else:
            over = line.before.get(before)
            whole = over is None or types[over] != "body" or not is_cut(pieces[over].folded)
            under = types[before] == "title" and piece.gap and whole
            heads = under and types[after] == "byline" and pieces[after].gap
        types[i] = "title" if heads else types[i]


def _settle_names(pieces: Sequence[Piece], types: list[Type], line: _Line) -> None:
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
        if (long or _heads_section(pieces, types, line, after)) and _is_pen_name(piece):
            types[i] = "byline"


def _settle_poets(pieces: Sequence[Piece], types: list[Type], line: _Line, verse: Collection[int]) -> None:
    """Right over verse a name under a headline is its writer's."""
    for i in verse:
        name = line.before.get(i)
        over = line.before.get(name) if name is not None else None
        if name is None or over is None or name in verse or types[name] != "title" or types[over] != "title":
            continue
        if _is_pen_name(pieces[name]):
            types[name] = "byline"


def _settle_rubrics(types: list[Type], line: _Line, rows: Collection[int]) -> None:
    """记者手记 over a headline with its byline is a label; so are 数说 over one with figures, and one with pinyin."""
    for i, kind in enumerate(types):
        head = line.after.get(i)
        if kind == "rubric" and head is not None and types[head] == "pinyin":
            types[i] = "label"
        behind = line.after.get(head) if head is not None else None
        if kind == "rubric" and head is not None and behind is not None and types[head] == "title":
            types[i] = "label" if types[behind] == "byline" or behind in rows else kind


def _settle_slogans(pieces: Sequence[Piece], types: list[Type], line: _Line) -> None:
    """补短板,让村路四通八达。 between two whole paragraphs heads a section, though it ends like a sentence."""
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


def _heads_section(pieces: Sequence[Piece], types: Sequence[Type], line: _Line, i: int) -> bool:
    """Does piece `i` stand alone over a paragraph?"""
    text = line.after.get(i)
    alone = types[i] in ("title", "rubric") and text is not None and types[text] == "body"
    return alone and text is not None and len(pieces[text].text) >= SHORTEST_TEXT


class _Line:
    """The pieces that count, each with its neighbours: repeats and furniture do not."""

    __slots__ = ("after", "before")

    def __init__(self, types: Sequence[Type]) -> None:
        counted = [i for i, t in enumerate(types) if t not in ("repeat", "furniture")]
        self.before: dict[int, int | None] = dict(zip(counted, [None, *counted[:-1]], strict=True)) if counted else {}
        self.after: dict[int, int | None] = dict(zip(counted, [*counted[1:], None], strict=True)) if counted else {}


def _solid(text: str) -> str:
    return re.sub(r"\s", "", text)
