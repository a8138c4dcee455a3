"""Title blocks of a page, and which of them open an article: the others head a section inside one.

    河畔茶话                                label        \\
    修一条路,暖一座城                         headline      > one block, opens an article
    □本报记者 某某                           byline       /
    …
    一、先问百姓要什么                        subheading: enumerated, the text before and behind it of one topic

What speaks for an opening: a label, a second line, a byline or dateline behind it, the signature of the article before
it, a higher Markdown level than its neighbours', news that begins behind it (日前, 昨日), a change of topic. What
speaks for a subheading: an enumeration, a low level, words that its section shares with the section before, a neighbour
of the same cut, a continuation (上接) that still runs where the page's headlines are signed. A subheading taken for a
headline costs five mendings at once, so a lone line must earn its opening.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from . import cues
from .lines import Piece
from .piece_types import Type
from .roles import marking_habit
from .section_topics import Place, SectionTopics
from .segmentation import tag_words
from .siblings import SIBLING, Siblings
from .tails import is_cut, reads_on

PICTURE_GAP = 4  # line breaks where a picture stood: three blank lines or more
LONGEST_BLOCK = 10  # pieces; more titles in a row are a list
OPENING = 0.0  # points a block needs
CHANGED = 0.5  # points for a change of topic that tells a headline from a subheading of its neighbour's cut
CUT = 1.0  # or behind one that may be a lead without its full stop
BROKEN_OFF = 3.0  # points behind a paragraph without its end: a section ends with its last sentence
CERTAIN = 4.0  # place points of a block that surely opens an article
PICTURE = 3.0
UNSIGNED = 2.0  # points lost by a block behind a jump marker that has neither, where the page's headlines have one
SIGNED_PAGE = 5  # such headlines show it
BRIEF = 1.2  # one paragraph, and signed in its line
ITEM, BRIEF_CHARS = 3.0, 160  # between briefs under one label: 简讯
ENDED = 2.0  # place points of a block behind a signature
ADDRESS = 4.0  # behind 联系人:… a small advertisement has ended
SMALL_PRINT, NOTICE_CHARS = 4.0, 160  # between two notices, each a short paragraph
# A section has more than a few lines, and its article more than a paragraph before the first.
BRIEF_TEXT, SHORTEST_SECTION = 0.8, 120
SIGNED_TEXT = 0.6
LEAD = 0.9
# A headline names a place or a body, most often with its first word.
NAMED, NAMED_FIRST, MOST_NAMES = 0.8, 0.3, 2
_NAMES = frozenset(("ns", "nt"))  # jieba's tags; it takes too many words for people
_QUOTES = re.compile(r"[“”\"]")
DATELINE = 6.0  # a report says 本报讯 once, where it begins, as a letter says 编辑同志:
AFTER_SUBHEADING = 0.3  # an article with one subheading has more
SHORT, SHORT_LINE = 6, 1.5  # behind a subheading a line so short is another: 选料, 过日子, 徒弟
COLUMN_TAIL = 2.6  # (新语), (和音): the name of a column behind the headline
LEAD_CHARS = 75


@dataclass(frozen=True, slots=True)
class TitleBlock:
    parts: tuple[int, ...]  # piece indexes: titles, labels, pinyin
    body: int | None  # the body, byline or other piece that follows within reach, None at the end of the page
    opens: bool = True
    points: float = CERTAIN  # for opening an article, above OPENING


def find_title_blocks(pieces: Sequence[Piece], types: Sequence[Type]) -> list[tuple[int, ...]]:
    """Runs of titles and labels, in the order of the page; furniture and repeats between do not part them."""
    blocks: list[tuple[int, ...]] = []
    run: list[int] = []
    for i, kind in enumerate(types):
        if kind in ("title", "label", "pinyin"):
            if run and (
                len(run) >= LONGEST_BLOCK or pieces[i].gap >= PICTURE_GAP or _begins_anew(pieces, types, run, i)
            ):
                blocks.append(tuple(run))
                run = []
            run.append(i)
        elif kind not in ("repeat", "furniture") and run:
            blocks.append(tuple(run))
            run = []
    if run:
        blocks.append(tuple(run))
    return blocks


def _begins_anew(pieces: Sequence[Piece], types: Sequence[Type], run: Sequence[int], i: int) -> bool:
    """Does piece `i` open another block right behind the titles of `run`?"""
    titles = [k for k in run if types[k] == "title"]
    if types[i] == "label":
        near = types[i + 1 : i + 1 + LONGEST_BLOCK]
        after = next((t for t in near if t not in ("repeat", "furniture", "pinyin")), None)
        return bool(titles) and after == "title"
    top = min((pieces[k].marks for k in titles if pieces[k].marks), default=0)
    # ## headline, ### subheadline, ## headline of the next article
    return bool(top) and pieces[i].marks == top and len(titles) >= 2 and any(pieces[k].marks > top for k in titles[1:])


def decide_openings(
    pieces: Sequence[Piece],
    types: Sequence[Type],
    blocks: Sequence[tuple[int, ...]],
    grams: Mapping[int, frozenset[str]],
    weights: Mapping[str, float],
) -> list[TitleBlock]:
    """Each block with its judgement, in the order of the page."""
    active = [i for i, t in enumerate(types) if t not in ("repeat", "furniture", "pinyin")]
    topics = SectionTopics(pieces, types, active, grams, weights)
    places = _places(active, blocks)
    sides = [_sides(active, at) for at in places]
    support = [
        _place_points(pieces, types, before, _over_rest(pieces, types, active, at, before, behind))
        if at is not None and before is not None and behind is not None
        else CERTAIN
        for at, (before, behind) in zip(places, sides, strict=True)
    ]
    certain = [at for at, points in zip(places, support, strict=True) if at and at.first and points >= CERTAIN]
    scale = topics.scale(certain)
    levels = sorted({p.marks for i, p in enumerate(pieces) if p.marks and types[i] in ("title", "label")})
    habit = marking_habit(pieces)
    signs, continued = _signing_habit(support), _behind_jump(pieces, types)
    siblings = Siblings(pieces, types, blocks, support)
    stretches = _stretches(types, active, places)
    found: list[TitleBlock] = []
    subheadings, grouped = 0, False
    for n, (parts, at, (before, behind)) in enumerate(zip(blocks, places, sides, strict=True)):
        known = any(types[i] == "label" or _makes_known(pieces[i]) for i in parts)
        grouped = _holds_items(pieces, parts) or (grouped and _is_brief(pieces, types, stretches[n][0]))
        if at is None or before is None or behind is None or known:
            found.append(TitleBlock(parts, behind))
            subheadings = 0
            continue
        topic = max(topics.change(at, scale), topics.newcomer(at))
        points = _form_points(pieces, types, parts, levels, habit) + support[n] + topic
        points += _picture_points(pieces, types, active, at.end) - _after_subheadings(pieces, parts, subheadings)
        if support[n] < ENDED and len(parts) == 1 and parts[0] in continued:
            points -= UNSIGNED * signs
        if siblings.likeness(n) == 1.0 or topic < CHANGED:
            points -= SIBLING * siblings.likeness(n)
        points -= siblings.loss(n)
        points += _stretch_points(pieces, types, *stretches[n])
        points += topics.taken_up(at, *(_bodies(types, stretch) for stretch in stretches[n]))
        points += ITEM * (grouped and _is_brief(pieces, types, stretches[n][1]))
        opens = points > OPENING
        subheadings = 0 if opens else subheadings + 1
        found.append(TitleBlock(parts, behind, opens, points - OPENING))
    return found


def _places(active: Sequence[int], blocks: Sequence[tuple[int, ...]]) -> list[Place | None]:
    """Where each block stands in `active`; None for one that has no piece there."""
    place = {i: k for k, i in enumerate(active)}
    found: list[Place | None] = []
    for parts in blocks:
        shown = [place[i] for i in parts if i in place]
        found.append(Place(parts, shown[0], shown[-1] + 1) if shown else None)
    return found


def _sides(active: Sequence[int], at: Place | None) -> tuple[int | None, int | None]:
    """The pieces before and behind a block."""
    if at is None:
        return None, None
    return (active[at.first - 1] if at.first else None), (active[at.end] if at.end < len(active) else None)


def _stretches(
    types: Sequence[Type], active: Sequence[int], places: Sequence[Place | None]
) -> list[tuple[Sequence[int], Sequence[int]]]:
    """The pieces between each block and the one before it, and those between it and the one behind it."""
    found: list[tuple[Sequence[int], Sequence[int]]] = []
    begins = 0
    for n, at in enumerate(places):
        if at is None:
            found.append(((), ()))
            continue
        ends = next((other.first for other in places[n + 1 :] if other is not None), len(active))
        found.append((active[begins : at.first], active[at.end : ends]))
        begins = at.end
    return found


def _bodies(types: Sequence[Type], stretch: Sequence[int]) -> list[int]:
    return [i for i in stretch if types[i] == "body"]


def _stretch_points(
    pieces: Sequence[Piece], types: Sequence[Type], before: Sequence[int], behind: Sequence[int]
) -> float:
    """Points for how much text stands between the block and its neighbours, and what ends it."""
    text = _bodies(types, behind)
    points = BRIEF_TEXT if sum(len(pieces[i].folded) for i in text) < SHORTEST_SECTION else 0.0
    points += SIGNED_TEXT if any(types[i] in ("closing", "credit") for i in behind) else 0.0
    above = pieces[before[-1]].folded if before and types[before[-1]] == "body" else "。"
    points += CUT if is_cut(above) and not _breaks_off(above) else 0.0
    return points - (LEAD if len(_bodies(types, before)) <= 1 else 0.0)


def _holds_items(pieces: Sequence[Piece], parts: Sequence[int]) -> bool:
    """Has a block a label that stands over several briefs?"""
    return any(cues.GROUP_LABEL.search(pieces[i].bare) for i in parts)


def _is_brief(pieces: Sequence[Piece], types: Sequence[Type], stretch: Sequence[int]) -> bool:
    """Is all that stands between two blocks one short paragraph?"""
    text = _bodies(types, stretch)
    return len(text) == 1 and len(pieces[text[0]].folded) <= BRIEF_CHARS


def _signing_habit(support: Sequence[float]) -> float:
    """How surely a headline of this page has a byline or a dateline behind it, 0 to 1."""
    signed = sum(1 for points in support if points >= CERTAIN)
    bare = sum(1 for points in support if points < ENDED)
    return signed / (signed + bare) if signed >= SIGNED_PAGE else 0.0


def _behind_jump(pieces: Sequence[Piece], types: Sequence[Type]) -> frozenset[int]:
    """Pieces behind a jump marker (上接) whose article no signature has closed yet; a notice's day closes a notice."""
    found: set[int] = set()
    running = False
    for i, kind in enumerate(types):
        closes = kind == "closing" and not (
            cues.SIGNING_DAY.match(pieces[i].bare) or cues.SIGNATORY.match(pieces[i].bare)
        )
        running = kind == "jump_from" or (running and not closes)
        if running:
            found.add(i)
    return frozenset(found)


def _makes_known(piece: Piece) -> bool:
    """The title of a notice or of a box, which stands by itself however small it is set."""
    return bool(cues.NOTICE_TITLE.match(re.sub(r"\s", "", piece.bare)) or cues.BOX_TITLE.match(piece.bare))


def _after_subheadings(pieces: Sequence[Piece], parts: Sequence[int], subheadings: int) -> float:
    """What a block loses behind subheadings of the article that it may head a section of, too."""
    short = subheadings and len(parts) == 1 and len(pieces[parts[0]].bare) <= SHORT
    return AFTER_SUBHEADING * min(subheadings, 2) + (SHORT_LINE if short else 0.0)


def _form_points(
    pieces: Sequence[Piece], types: Sequence[Type], parts: Sequence[int], levels: Sequence[int], habit: float
) -> float:
    """Points for how the block looks."""
    titles = [i for i in parts if types[i] == "title"]
    first = pieces[titles[0]].bare
    points = -1.0
    if len(titles) >= 2:
        points += 2.9
    if cues.ENUMERATED.match(first) or cues.BULLET.match(first):
        points -= 4.0
    if first[0] in '“"' and first[-1] in '”"' and len(titles) == 1:
        points -= 0.6
    marks = [pieces[i].marks for i in titles if pieces[i].marks]
    if marks and len(levels) > 1:
        points += 2.6 if min(marks) == levels[0] else (-2.6 if min(marks) == levels[-1] else 0.0)
    elif marks:
        points += 0.6
    elif levels:
        points -= 1.5 * habit
    if cues.BRACKETED_TAIL.search(first) and not first.endswith("会)"):
        points += COLUMN_TAIL
    if "," in first and len(titles) == 1:
        points -= 0.5
    return points + _name_points(first)


def _name_points(line: str) -> float:
    """Points for the places and bodies that a line names."""
    tagged = tag_words(_QUOTES.sub("", line))
    named = sum(1 for word, tag in tagged if tag in _NAMES and len(word) > 1)
    return NAMED * min(MOST_NAMES, named) + (NAMED_FIRST if tagged and tagged[0][1] in _NAMES else 0.0)


def _place_points(pieces: Sequence[Piece], types: Sequence[Type], before: int, behind: int) -> float:
    """Points for what ends before the block and begins behind it."""
    points = 0.0
    if types[before] == "body" and types[behind] == "body":
        notice = _is_small_print(pieces, before) or _is_notice(pieces, types, before)
        points += SMALL_PRINT * notice * _is_small_print(pieces, behind)
    if types[before] in ("closing", "credit", "jump_to", "housekeeping"):
        points += 2.2
    elif cues.FIELD.match(pieces[before].bare):
        points += ADDRESS
    elif types[before] == "rubric" or types[before] == "byline":
        points -= 3.0
    head = pieces[behind].folded
    if types[behind] in ("byline", "body") and (cues.DATELINE.match(head) or cues.SALUTATION.match(head)):
        points += DATELINE
    elif types[behind] == "byline":
        points += 4.5
    elif types[behind] == "body":
        if cues.NEWS_OPENER.match(head):
            points += 1.0
        if behind + 1 < len(types) and types[behind + 1] == "closing" and pieces[behind + 1].gap == 0:
            points += BRIEF
    elif types[behind] == "jump_from":
        points += 1.0
    if types[before] == "body" and _breaks_off(pieces[before].folded):
        points += BROKEN_OFF
    return points


def _over_rest(
    pieces: Sequence[Piece], types: Sequence[Type], active: Sequence[int], at: Place, before: int, behind: int
) -> int:
    """What begins behind the block: where it parts a cut paragraph from its rest, the dateline behind that rest."""
    begun = active[at.end + 1] if at.end + 1 < len(active) else behind
    if types[before] != "body" or types[behind] != "body" or not cues.DATELINE.match(pieces[begun].folded):
        return behind
    tail, rest = pieces[before].folded, pieces[behind].folded
    return begun if is_cut(tail) and reads_on(tail, rest) >= 0.0 else behind


def _is_small_print(pieces: Sequence[Piece], i: int) -> bool:
    """Is a paragraph a notice or a small advertisement?"""
    folded = pieces[i].folded
    return len(folded) <= NOTICE_CHARS and bool(cues.NOTIFIES.search(folded))


def _is_notice(pieces: Sequence[Piece], types: Sequence[Type], i: int) -> bool:
    """Is a paragraph all the text of a notice?"""
    titled = i > 0 and types[i - 1] in ("title", "label") and _makes_known(pieces[i - 1])
    return titled and len(pieces[i].folded) <= NOTICE_CHARS


def _breaks_off(folded: str) -> bool:
    """Is this a cut paragraph, and surely no lead, which needs no full stop?"""
    return is_cut(folded) and (len(folded) > LEAD_CHARS or "。" in folded)


def _picture_points(pieces: Sequence[Piece], types: Sequence[Type], active: Sequence[int], at: int) -> float:
    """Points for a picture's headline: a paragraph or two behind it, then a photographer's credit.

    Not where a whole caption in one line with its credit parts a cut paragraph from the text behind.
    """
    near = [types[i] for i in active[at : at + 6]]
    credit = near.index("credit") if "credit" in near else 0
    if credit > 1 and near[credit + 1 : credit + 2] == ["body"] and not pieces[active[at + credit]].gap:
        above, caption = pieces[active[at + credit - 2]].folded, pieces[active[at + credit - 1]].folded
        if is_cut(above) and not is_cut(caption):
            return 0.0
    return PICTURE if credit and all(kind == "body" for kind in near[:credit]) else 0.0
