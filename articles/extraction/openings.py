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
from .roles import Type, marking_habit
from .tails import is_cut
from .topics import affinity

PICTURE_GAP = 4  # line breaks where a picture stood: three blank lines or more
_STEM = re.compile(r"^(?P<first>[\u4e00-\u9fff])[\u4e00-\u9fff]{1,3}:")
FAMILY, FAMILY_REACH = 3.0, 3  # points lost by a line with the stem of another among so many blocks either way
LONGEST_BLOCK = 10  # pieces; more titles in a row are a list
OPENING = 0.0  # points a block needs
TOPIC = 2.0  # points at most for what two sections have in common
APART, INSIDE = 0.16, 0.30  # what sections of two articles share, and of one, where the page shows too few
LEAST_SPREAD = 0.08
SAMPLES = 24  # sections compared to learn a page's own measure
CHANGED = 0.5  # points for a change of topic that tells a headline from a subheading of its neighbour's cut
# What the text right behind a block shares with the section before it: where columns are woven only that much is
# surely the block's own. Below STRANGE it speaks of something else, for up to NEWCOMER points.
STRANGE, NEWCOMER = 0.12, 4.0
LEAST_TEXT = 60  # characters of text needed to tell
BROKEN_OFF = 3.0  # points behind a paragraph without its end: a section ends with its last sentence
TWIN = 2
SIBLING = 1.0  # lone lines of one length, one after another, are subheadings of one article
CERTAIN = 4.0  # place points of a block that surely opens an article
PICTURE = 3.0
UNSIGNED = 2.0  # points lost by a block behind a jump marker that has neither, where the page's headlines have one
SIGNED_PAGE = 5  # such headlines show it
BRIEF = 1.2  # one paragraph, and signed in its line
ENDED = 2.0  # place points of a block behind a signature
ADDRESS = 4.0  # behind 联系人:… a small advertisement has ended
SMALL_PRINT, NOTICE_CHARS = 4.0, 160  # between two notices, each a short paragraph
DATELINE = 6.0  # a report says 本报讯 once, where it begins, as a letter says 编辑同志:
AFTER_SUBHEADING = 0.3  # an article with one subheading has more
SHORT, SHORT_LINE = 6, 1.5  # behind a subheading a line so short is another: 选料, 过日子, 徒弟
REACH = 14  # pieces within which they must stand
COLUMN_TAIL = 2.6  # (新语), (和音): the name of a column behind the headline
LEAD_CHARS = 75
SECTION = 3  # body pieces looked at on either side
SECTIONS = 2


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
    place = {i: k for k, i in enumerate(active)}
    levels = sorted({p.marks for i, p in enumerate(pieces) if p.marks and types[i] in ("title", "label")})
    sides = [_sides(active, place, parts) for parts in blocks]
    support = [
        _place_points(pieces, types, before, behind) if before is not None and behind is not None else CERTAIN
        for before, behind, _ in sides
    ]
    certain = [at for (_, _, at), points in zip(sides, support, strict=True) if at and points >= CERTAIN]
    scale = _topic_scale(types, active, [at for at in certain if at[0] > 0], grams, weights)
    habit = marking_habit(pieces)
    signs, continued = _signing_habit(support), _behind_jump(types)
    found: list[TitleBlock] = []
    subheadings = 0
    for n, parts in enumerate(blocks):
        before, behind, at = sides[n]
        if (
            before is None
            or behind is None
            or at is None
            or any(types[i] == "label" or _makes_known(pieces[i]) for i in parts)
        ):
            found.append(TitleBlock(parts, behind))
            subheadings = 0
            continue
        topic = max(
            _topic_points(types, active, at, parts, grams, weights, scale),
            _newcomer_points(pieces, types, active, at, parts, grams, weights),
        )
        points = _form_points(pieces, types, parts, levels, habit) + support[n] + topic
        points += _picture_points(pieces, types, active, at[1]) - _after_subheadings(pieces, parts, subheadings)
        if support[n] < ENDED and len(parts) == 1 and parts[0] in continued:
            points -= UNSIGNED * signs
        points -= FAMILY * _has_family(pieces, blocks, n)
        likeness = max(_siblings(pieces, types, blocks, support, n, m) for m in (n - 1, n + 1))
        if likeness == 1.0 or topic < CHANGED:
            points -= SIBLING * likeness
        opens = points > OPENING
        subheadings = 0 if opens else subheadings + 1
        found.append(TitleBlock(parts, behind, opens, points - OPENING))
    return found


def _signing_habit(support: Sequence[float]) -> float:
    """How surely a headline of this page has a byline or a dateline behind it, 0 to 1."""
    signed = sum(1 for points in support if points >= CERTAIN)
    bare = sum(1 for points in support if points < ENDED)
    return signed / (signed + bare) if signed >= SIGNED_PAGE else 0.0


def _behind_jump(types: Sequence[Type]) -> frozenset[int]:
    """Pieces behind a jump marker (上接) whose article no signature has closed yet."""
    found: set[int] = set()
    running = False
    for i, kind in enumerate(types):
        running = kind == "jump_from" or (running and kind != "closing")
        if running:
            found.add(i)
    return frozenset(found)


def _makes_known(piece: Piece) -> bool:
    """The title of a notice, which stands by itself however small it is set."""
    return bool(cues.NOTICE_TITLE.match(re.sub(r"\s", "", piece.bare)))


def _sides(
    active: Sequence[int], place: Mapping[int, int], parts: Sequence[int]
) -> tuple[int | None, int | None, tuple[int, int] | None]:
    """The pieces before and behind a block, and its places in `active` (first, end)."""
    shown = [place[i] for i in parts if i in place]
    if not shown:
        return None, None, None
    first, end = shown[0], shown[-1] + 1
    return (active[first - 1] if first else None), (active[end] if end < len(active) else None), (first, end)


def _after_subheadings(pieces: Sequence[Piece], parts: Sequence[int], subheadings: int) -> float:
    """What a block loses behind subheadings of the article that it may head a section of, too."""
    short = subheadings and len(parts) == 1 and len(pieces[parts[0]].bare) <= SHORT
    return AFTER_SUBHEADING * min(subheadings, 2) + (SHORT_LINE if short else 0.0)


def _siblings(
    pieces: Sequence[Piece],
    types: Sequence[Type],
    blocks: Sequence[tuple[int, ...]],
    support: Sequence[float],
    n: int,
    m: int,
) -> float:
    """How far two neighbouring blocks are of one cut: neither with a byline, dateline or signature, two lines in both
    or one.
    """
    if not 0 <= m < len(blocks) or max(support[n], support[m]) >= 2.0:
        return 0.0
    if len(blocks[n]) != len(blocks[m]) or len(blocks[n]) > TWIN or any(types[i] == "label" for i in blocks[m]):
        return 0.0
    if len(blocks[n]) == TWIN:
        return 1.0
    a, b = pieces[blocks[n][0]].bare, pieces[blocks[m][0]].bare
    return abs(len(a) - len(b)) <= 1 or (a[0] in '“"' and b[0] in '“"')


def _has_family(pieces: Sequence[Piece], blocks: Sequence[tuple[int, ...]], n: int) -> bool:
    """Is this line made like another near it, woven blocks between: 守土:…, 守水:…, 守林:…?"""
    stem = _STEM.match(pieces[blocks[n][0]].bare)
    if stem is None or len(blocks[n]) > 1:
        return False
    near = (blocks[m] for m in range(max(0, n - FAMILY_REACH), min(len(blocks), n + FAMILY_REACH + 1)) if m != n)
    others = [_STEM.match(pieces[parts[-1]].bare) for parts in near]
    return any(o and o["first"] == stem["first"] and len(o[0]) == len(stem[0]) for o in others)


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
        points += 1.8 if min(marks) == levels[0] else (-2.6 if min(marks) == levels[-1] else 0.0)
    elif marks:
        points += 0.6
    elif levels:
        points -= 1.5 * habit
    if cues.BRACKETED_TAIL.search(first) and not first.endswith("会)"):
        points += COLUMN_TAIL
    if "," in first and len(titles) == 1:
        points -= 0.5
    return points


def _place_points(pieces: Sequence[Piece], types: Sequence[Type], before: int, behind: int) -> float:
    """Points for what ends before the block and begins behind it."""
    points = 0.0
    if types[before] == "body" and types[behind] == "body":
        points += SMALL_PRINT * _is_small_print(pieces, before) * _is_small_print(pieces, behind)
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


def _is_small_print(pieces: Sequence[Piece], i: int) -> bool:
    """Is a paragraph a notice or a small advertisement?"""
    folded = pieces[i].folded
    return len(folded) <= NOTICE_CHARS and bool(cues.NOTIFIES.search(folded))


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


def _topic_points(
    types: Sequence[Type],
    active: Sequence[int],
    at: tuple[int, int],
    parts: Sequence[int],
    grams: Mapping[int, frozenset[str]],
    weights: Mapping[str, float],
    scale: tuple[float, float],
) -> float:
    """Points for a change of topic between the text before the block and the block with its text."""
    shared = _shared(types, active, at, parts, grams, weights)
    if shared is None:
        return 0.0
    middle, spread = scale
    return max(-TOPIC, min(TOPIC * 0.8, TOPIC * (middle - shared) / spread))


def _newcomer_points(
    pieces: Sequence[Piece],
    types: Sequence[Type],
    active: Sequence[int],
    at: tuple[int, int],
    parts: Sequence[int],
    grams: Mapping[int, frozenset[str]],
    weights: Mapping[str, float],
) -> float:
    """Points for text right behind the block that has nothing in common with the section before it."""
    behind: list[int] = []
    for i in _section(types, active, range(at[1], len(active))):
        if sum(len(pieces[k].folded) for k in behind) < LEAST_TEXT:
            behind.append(i)
    if sum(len(pieces[k].folded) for k in behind) < LEAST_TEXT:
        return -TOPIC
    new = frozenset().union(*(grams[i] for i in (*behind, *parts) if i in grams))
    shared = 0.0
    for before in _sections_before(types, active, at[0]):
        old = frozenset().union(*(grams[i] for i in before))
        shared = max(shared, affinity(old, new, weights), affinity(new, old, weights))
    return min(TOPIC, NEWCOMER * (STRANGE - shared) / STRANGE)


def _sections_before(types: Sequence[Type], active: Sequence[int], at: int) -> list[list[int]]:
    """The last paragraphs above place `at`, and those above the title over them: of woven articles either may go on."""
    found: list[list[int]] = [[]]
    for k in range(at - 1, max(-1, at - 1 - REACH), -1):
        if types[active[k]] in ("title", "label"):
            if found[-1]:
                found.append([])
        elif types[active[k]] == "body" and len(found[-1]) < SECTION:
            found[-1].append(active[k])
    return [section for section in found[:SECTIONS] if section]


def _shared(
    types: Sequence[Type],
    active: Sequence[int],
    at: tuple[int, int],
    parts: Sequence[int],
    grams: Mapping[int, frozenset[str]],
    weights: Mapping[str, float],
) -> float | None:
    """What the sections before and behind places `at` of `active` have in common; None where there is none."""
    before = _section(types, active, range(at[0] - 1, -1, -1))
    behind = _section(types, active, range(at[1], len(active)))
    if not before or not behind:
        return None
    old = frozenset().union(*(grams[i] for i in before))
    new = frozenset().union(*(grams[i] for i in (*behind, *parts) if i in grams))
    return max(affinity(old, new, weights), affinity(new, old, weights))


def _topic_scale(
    types: Sequence[Type],
    active: Sequence[int],
    certain: Sequence[tuple[int, int]],
    grams: Mapping[int, frozenset[str]],
    weights: Mapping[str, float],
) -> tuple[float, float]:
    """(middle, spread) of what sections of this page share: between certain articles, and inside of one."""
    apart = [_shared(types, active, at, (), grams, weights) for at in certain[:SAMPLES]]
    inside = []
    step = max(1, len(active) // SAMPLES)
    for k in range(SECTION, len(active) - SECTION, step):
        if all(types[i] == "body" for i in active[k - SECTION : k + SECTION]):
            inside.append(_shared(types, active, (k, k), (), grams, weights))
    low = _mean([s for s in apart if s is not None], APART)
    high = _mean([s for s in inside if s is not None], INSIDE)
    return (low + high) / 2, max(LEAST_SPREAD, high - low)


def _mean(values: Sequence[float], default: float) -> float:
    """Mean of what this page shows, drawn to what pages show."""
    return (sum(values) + 2 * default) / (len(values) + 2)


def _section(types: Sequence[Type], active: Sequence[int], order: range) -> list[int]:
    found: list[int] = []
    for k in order[:REACH]:
        if types[active[k]] == "body":
            found.append(active[k])
            if len(found) == SECTION:
                break
        elif types[active[k]] in ("title", "label") and found:
            break
    return found
