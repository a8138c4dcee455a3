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
from collections.abc import Collection, Sequence

from . import cues
from .knowledge import EMPTY, Knowledge
from .lines import Piece
from .piece_types import LONGEST_LABEL, LONGEST_TITLE, Line, Type, solid
from .rows import find_rows
from .settled_types import settle, settle_signatories
from .tails import ends_unfinished, fits, is_cut, open_pairs, reads_on, spanning_word

TITLE = 0.75  # points a line needs
NOTICE = 2.0  # points of a line that reads 停水公告, 某某同志逝世
UNDER_LABEL = 1.0  # a bare line under a label that has marks
BRIEF = 0.8  # over a brief, whose one paragraph is signed
PROMISED = 2.0  # behind a kicker that says who said so: …工作会议强调
SHORT_LINE, SHORT_HEADING = 8, 0.5
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
_SHORT_LAST_CLAUSE = re.compile(r"[,、][\u4e00-\u9fff]{1,3}$|[^,、;!?]{9,},[\u4e00-\u9fff]{4}$")
_SPEAKS = re.compile(r"(?:说|表示|指出|介绍|认为|强调|透露|坦言)$")
_PROSE = re.compile(r"[\u4e00-\u9fff](?:了|着|过)(?=[\u4e00-\u9fff])|们(?=[还都也正就])")
_BRACKETED = re.compile(r"^[(\[][^()\[\]]*[)\]]$")
_SPREAD = re.compile(r"[\u4e00-\u9fff](?:[ \u3000]+[\u4e00-\u9fff]){1,3}")  # 要　闻
_CLAUSES = re.compile(r"[,、;]")


def label_pieces(pieces: Sequence[Piece], repeats: Collection[int], knowledge: Knowledge = EMPTY) -> list[Type]:
    """The type of every piece."""
    known = {solid(name) for name in knowledge.columns}
    needed = TITLE * knowledge.weights.title
    habit = marking_habit(pieces)
    types: list[Type] = ["repeat" if i in repeats else _hard_type(piece, known) for i, piece in enumerate(pieces)]
    settle_signatories(pieces, types)
    rows = find_rows(pieces)
    shapes = [
        _shape(p, habit) if t == "body" and i not in rows and not _is_dated(pieces, i) else -9.0
        for i, (p, t) in enumerate(zip(pieces, types, strict=True))
    ]
    line = Line(types)
    for i, shape in enumerate(shapes):
        if shape >= needed:
            types[i] = "title"
    for _ in range(2):
        for i, shape in enumerate(shapes):
            if shape > -4.0:
                points = shape + _neighbours(pieces, types, line, i)
                types[i] = "title" if points >= needed else "body"
    settle(pieces, types, line, rows)
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
    if known and solid(bare.strip("【】|◆ ")) in known:
        return "label"
    if len(bare) <= LONGEST_LABEL and cues.LABEL_WORDS.match(bare) and not _TWO_HALVES.search(bare):
        return "label"
    if cues.SHORT_LABEL.match(bare) or (_SPREAD.fullmatch(bare) and cues.LABEL_WORDS.match(solid(bare))):
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


def _is_dated(pieces: Sequence[Piece], i: int) -> bool:
    """Does a dateline stand before piece `i` in its line?"""
    return i > 0 and pieces[i].gap == 0 and bool(cues.DATELINE.match(pieces[i - 1].folded))


def _shape(piece: Piece, habit: float) -> float:
    """Points for looking like a title, neighbours aside."""
    bare = piece.bare
    if cues.DATELINE.match(bare) or cues.QUESTION_OR_ANSWER.match(bare) or cues.VERSE_INTRO.match(bare):
        return -9.0
    core = cues.BRACKETED_TAIL.sub("", bare) or bare
    if len(core) > LONGEST_TITLE or re.search(r"[。,、;]$|。[”’]$", core) or not re.search(r"\w", core):
        return -9.0
    points = _length_points(len(core)) + (NOTICE if cues.NOTICE_TITLE.match(solid(bare)) else 0.0)
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
    points -= UNFINISHED if not piece.marks and ends_unfinished(core) else 0.0
    points -= 2.6 if _SPEECH.search(core) else 0.0
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


def _neighbours(pieces: Sequence[Piece], types: Sequence[Type], line: Line, i: int) -> float:
    """Points for what stands before and behind piece `i`."""
    before, after = line.before.get(i), line.after.get(i)
    points = 0.0
    if before is None or types[before] in ("label", "pinyin"):
        points += 2.0
        points += 0.0 if before is None or pieces[i].marks or not pieces[before].marks else UNDER_LABEL
    elif types[before] == "title":
        points += 0.7 + (PROMISED if _SPEAKS.search(pieces[before].bare) else 0.0)
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


def _behind(pieces: Sequence[Piece], types: Sequence[Type], line: Line, i: int, after: int | None) -> float:
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


def _dateline_over_rest(pieces: Sequence[Piece], types: Sequence[Type], line: Line, i: int, after: int) -> int | None:
    """The dateline behind the rest of the paragraph that a title block parts: text `after` reads on from above it."""
    above = line.before.get(i)
    while above is not None and types[above] == "title":
        above = line.before[above]
    begun = line.after.get(after)
    if above is None or begun is None or types[above] != "body" or not cues.DATELINE.match(pieces[begun].folded):
        return None
    tail, title, rest = pieces[above].folded, pieces[i].folded, pieces[after].folded
    return begun if is_cut(tail) and reads_on(tail, rest) >= max(0.0, reads_on(tail, title)) else None


def _goes_on(pieces: Sequence[Piece], types: Sequence[Type], line: Line, i: int, after: int) -> float:
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
