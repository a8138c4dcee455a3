"""Pictures that have no headline: which pieces are their captions and credits.

    (three blank lines where the picture stood)
    昨日,志愿者在江边清理垃圾。               caption
    ↑把垃圾装袋。                           caption
    本报记者 某某 摄                         credit

Rule: a group begins behind a blank run, or is the last paragraph before a photographer's credit when the article
before it has ended; it goes on over arrows, 图为, verse and the rest of a cut caption up to its credit. A blank run
alone proves nothing: the group must hold a credit, a caption's beginning, or a paragraph that opens like news.
Whatever stands between the signature of an article and a photographer's credit, if it is no longer than a caption, is
one; so is a paragraph that goes on with 图为 right before the credit, verse behind 这正是 with the
paragraph before it, and one short sentence over the credit where no title is near. A whole paragraph with its credit
between a cut one and its rest is one too (`_interrupts`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import cues
from .lines import Piece
from .openings import PICTURE_GAP
from .piece_types import Type
from .tails import is_cut, reads_on
from .verses import find_verses

LONGEST_CAPTION = 260
REST = -2.0  # worth at which the next line is the rest of a cut caption
REST_BEFORE = 1.5  # and at which text behind a blank run is the rest of what stands before it
REACH = 14  # pieces between two parts of one picture's text, when columns are woven
SHORT_PART = 24  # a part of a caption this short behind a blank run goes on with the group before it
STORY = 2  # paragraphs that a story has at least before a picture of its own may follow
_ARROW = re.compile(r"^[↑↓←→↖↗↘↙]")
_PICTURE_ABOVE = re.compile(r"^[(\[]?(?:[上下左右]|题)图(?:[①-⑨一二三四五\d])?(?:[:：]|为)")
FIRST_NUMBER = "①❶➀"
_SHOWS = re.compile(r"[。!?]图为")
_UNSEEN = ("repeat", "furniture", "pinyin")
MOST_PARTS = 8  # pieces of a caption: a paragraph, 这正是, lines of verse
_NUMBERED = re.compile(r"^(?:图\s*)?[①-⑨❶-❾➀-➈]")
SHORTEST_SCENE = 40
ONE_SENTENCE = 40
HEADED_PICTURE = 3  # paragraphs under a picture's own headline
# 金秋十月, 初冬时节, 春风拂面,
_SEASON = r"(?:时值|[入初盛深仲暮隆金寒])?[春夏秋冬](?:[日天季意风]|时节|[一二三四五六七八九十]{1,2}月)?[^\s,]{0,4},"
_DAYS = "近日|日前|连日来|[昨今前][日天]"
_SCENE_START = re.compile(rf"^[↑←→↓]?(?:{_DAYS}|入[春夏秋冬]|时下|眼下|{_SEASON}|{cues.DATE})")
_CAPTION_START = re.compile(rf"^(?:{_DAYS}|今年|入[春夏秋冬]|{cues.DATE})|^.{{0,24}}(?:近日|日前|{cues.DATE})")


def opens_like_caption(folded: str) -> bool:
    """A paragraph of a picture's length that says when and where, as the text of a picture without a headline does."""
    return SHORTEST_SCENE <= len(folded) <= LONGEST_CAPTION and bool(_SCENE_START.match(folded))


def find_captions(pieces: Sequence[Piece], types: Sequence[Type], under_title: set[int]) -> list[list[int]]:
    """Groups of piece indexes, one a picture, in the order of the page."""
    verses = find_verses(pieces, types, lambda i: _begins_scene(pieces, types, i))
    groups: list[list[int]] = []
    taken = {i for group in verses for i in group}
    credited = {group[0]: group for group in _credited(pieces, types) if taken.isdisjoint(group)}
    for i, kind in enumerate(types):
        if i in taken or kind not in ("body", "rubric"):
            continue
        if i in credited:
            groups.append(credited[i])
            taken.update(credited[i])
        elif _behind_picture(pieces, types, i) and i not in under_title and not _reads_back(pieces, types, i):
            part = _extend(pieces, types, i)
            if groups and _goes_on(pieces, types, groups[-1], part):
                groups[-1] += part
            else:
                groups.append(part)
            taken.update(part)
        elif kind == "body" and (
            _is_lone_caption(pieces, types, i, under_title)
            or _interrupts(pieces, types, i)
            or _parts_headline(pieces, types, i)
            or _is_numbered_caption(pieces, types, i, under_title)
            or _points_at_picture(pieces, types, i)
        ):
            scene = _scene_above(pieces, types, i, under_title)
            part = ([scene] if scene is not None and scene not in taken else []) + _extend(pieces, types, i)
            groups.append(part)
            taken.update(part)
    return sorted([*verses, *(group for group in groups if _is_caption(pieces, types, group))])


def _begins_scene(pieces: Sequence[Piece], types: Sequence[Type], i: int) -> bool:
    return _behind_picture(pieces, types, i) or bool(_SCENE_START.match(pieces[i].folded))


def _credited(pieces: Sequence[Piece], types: Sequence[Type]) -> list[list[int]]:
    """Groups told by the photographer's credit on the line behind them."""
    found: list[list[int]] = []
    for credit, kind in enumerate(types):
        if kind != "credit" or not pieces[credit].gap:
            continue
        text: list[int] = []
        k = credit - 1
        while k >= 0 and types[k] in ("body", "rubric", *_UNSEEN) and len(text) <= MOST_PARTS:
            if types[k] not in _UNSEEN:
                text.insert(0, k)
            k -= 1
        alone = k < 0 or types[k] in ("closing", "credit", "housekeeping")
        group = text if alone and _is_short(pieces, text) else _told_by_words(pieces, types, text)
        if group and all(pieces[i].gap < PICTURE_GAP for i in group):
            found.append([*group, credit])
    return found


def _is_short(pieces: Sequence[Piece], text: Sequence[int]) -> bool:
    return bool(text) and len(text) <= MOST_PARTS and sum(len(pieces[i].folded) for i in text) <= LONGEST_CAPTION


def _told_by_words(pieces: Sequence[Piece], types: Sequence[Type], text: Sequence[int]) -> list[int]:
    """Of the paragraphs before a credit the one that goes on with 图为, cut or whole, or from before 这正是 on."""
    for n in range(len(text) - 1, -1, -1):
        piece = pieces[text[n]]
        before = text[n - 1] if n else None
        whole = before is not None and not is_cut(pieces[before].folded)
        if cues.VERSE_INTRO.match(piece.folded) and before is not None and n > 1:
            return list(text[n - 1 :]) if not is_cut(pieces[text[n - 2]].folded) else []
        if _SHOWS.search(piece.folded) and before is not None:
            start = n - 1 if not whole and reads_on(pieces[before].folded, piece.folded) >= REST else n
            ended = start > 0 and not is_cut(pieces[text[start - 1]].folded)
            if ended and _is_short(pieces, text[start:]):
                return list(text[start:])
    return []


def _behind_picture(pieces: Sequence[Piece], types: Sequence[Type], i: int) -> bool:
    """Behind a blank run; behind one line less when the text before it has ended and this opens as captions do."""
    if pieces[i].gap != PICTURE_GAP - 1:
        return pieces[i].gap >= PICTURE_GAP
    return (
        bool(_SCENE_START.match(pieces[i].folded))
        and not is_cut(pieces[i].folded)
        and types[i - 1] in ("closing", "credit")
    )


def _scene_above(pieces: Sequence[Piece], types: Sequence[Type], i: int, under_title: set[int]) -> int | None:
    """The paragraph that says what the arrows behind it point at: behind a blank run of its own, and whole."""
    before = _shown(types, range(i - 1, -1, -1))
    if before is None or types[before] != "body" or before in under_title or not cues.ARROW.match(pieces[i].folded):
        return None
    piece = pieces[before]
    scene = piece.gap >= PICTURE_GAP - 1 and not is_cut(piece.folded) and _CAPTION_START.match(piece.folded)
    return before if scene and len(piece.folded) <= LONGEST_CAPTION else None


def _extend(pieces: Sequence[Piece], types: Sequence[Type], start: int) -> list[int]:
    """The pieces from `start` on that belong to the same picture without another blank run."""
    group = [start]
    for k in range(start + 1, len(types)):
        kind, piece = types[k], pieces[k]
        if kind in _UNSEEN:
            continue
        if kind in ("credit", "closing") and (piece.gap < PICTURE_GAP or kind == "credit"):
            group.append(k)
            if kind == "credit":
                break
            continue
        if piece.gap >= PICTURE_GAP or kind != "body":
            break
        last = pieces[group[-1]].folded
        verse = (len(last) <= SHORT_PART and last.endswith((",", ";", ":"))) or any(
            cues.VERSE_INTRO.match(pieces[g].folded) for g in group
        )
        verse = verse and len(piece.folded) <= SHORT_PART
        cut = len(last) > SHORT_PART and is_cut(last) and reads_on(last, piece.folded) >= REST
        points = cues.ARROW.match(piece.folded) or cues.CAPTION_OPENER.match(piece.folded)
        if cut or verse or points or (_NUMBERED.match(last) and _NUMBERED.match(piece.folded)):
            group.append(k)
            continue
        break
    return group


def _reads_back(pieces: Sequence[Piece], types: Sequence[Type], i: int) -> bool:
    """Is this the rest of the paragraph before the blank run?"""
    before = next((k for k in range(i - 1, max(-1, i - 6), -1) if types[k] == "body"), None)
    if before is None or not is_cut(pieces[before].folded):
        return False
    return reads_on(pieces[before].folded, pieces[i].folded) >= REST_BEFORE


def _goes_on(pieces: Sequence[Piece], types: Sequence[Type], group: Sequence[int], part: Sequence[int]) -> bool:
    if part[0] - group[-1] > REACH or any(types[i] == "credit" for i in group):
        return False
    return all(len(pieces[i].folded) <= SHORT_PART or types[i] != "body" for i in part)


def _is_lone_caption(pieces: Sequence[Piece], types: Sequence[Type], i: int, under_title: set[int]) -> bool:
    """A paragraph that opens like news, or one short sentence: a credit behind it, an ended article before it."""
    behind = _credit_behind(pieces, types, i)
    if behind is None or i in under_title or sum(len(pieces[k].folded) for k in range(i, behind)) > LONGEST_CAPTION:
        return False
    opens = bool(_CAPTION_START.match(pieces[i].folded))
    whole = behind == i + 1
    if not (opens and whole) and (_near_title(types, i) or not (opens or _is_one_sentence(pieces, i))):
        return i > 0 and whole and not pieces[behind].gap and types[i - 1] in ("closing", "credit")
    before = _shown(types, range(i - 1, -1, -1))
    if before is None or types[before] in ("closing", "credit", "label"):
        return True
    return types[before] == "body" and before not in under_title and not is_cut(pieces[before].folded)


def _shown(types: Sequence[Type], order: range) -> int | None:
    """The first piece in `order` that counts."""
    return next((k for k in order if types[k] not in _UNSEEN), None)


def _interrupts(pieces: Sequence[Piece], types: Sequence[Type], i: int) -> bool:
    """Does a whole paragraph with a credit right behind it stand between a cut one and its rest?

    Either it opens like a caption, or it is one sentence with the credit in its line; the paragraph above reads on
    into what stands behind the credit rather than into this. Where no paragraph stands there, the report above must
    have named its reporter: it is not signed by a photographer, too.
    """
    behind, before = i + 1, _shown(types, range(i - 1, -1, -1))
    if behind >= len(types) or types[behind] != "credit" or before is None or types[before] != "body":
        return False
    folded, tail = pieces[i].folded, pieces[before].folded
    if not is_cut(tail) or is_cut(folded) or len(folded) > LONGEST_CAPTION or not pieces[i].gap:
        return False
    following = _shown(types, range(behind + 1, len(types)))
    rest = following is not None and types[following] == "body"
    reported = _is_reported(types, before)
    if _CAPTION_START.match(folded):
        return (rest or reported) and reads_on(tail, folded) < REST_BEFORE
    if len(folded) > ONE_SENTENCE or folded.count("。") != 1 or pieces[behind].gap:
        return False
    here = reads_on(tail, folded)
    if rest and following is not None:
        there = reads_on(tail, pieces[following].folded)
        return there > here or (reported and there == here)
    return reported and here <= 0.0


def _parts_headline(pieces: Sequence[Piece], types: Sequence[Type], i: int) -> bool:
    """Does a whole paragraph with a credit in its line stand between a headline and the dateline of its report?"""
    before = _shown(types, range(i - 1, -1, -1))
    if before is None or types[before] != "title" or pieces[i].gap == 0 or is_cut(pieces[i].folded):
        return False
    if i + 1 >= len(types) or types[i + 1] != "credit" or pieces[i + 1].gap or len(pieces[i].folded) > LONGEST_CAPTION:
        return False
    behind = _shown(types, range(i + 2, len(types)))
    return behind is not None and types[behind] == "byline" and bool(cues.DATELINE.match(pieces[behind].folded))


def _is_reported(types: Sequence[Type], i: int) -> bool:
    """Does a byline open the article above, as far as the nearest title tells?"""
    for k in range(i, max(-1, i - 2 * REACH), -1):
        if types[k] in ("title", "label"):
            return False
        if types[k] == "byline":
            return True
    return False


def _credit_behind(pieces: Sequence[Piece], types: Sequence[Type], i: int) -> int | None:
    """The photographer's credit right behind paragraph `i`, or behind the rest that a column's end cut off it."""
    behind = tuple(types[i + 1 : i + 3])
    if behind[:1] == ("credit",):
        return i + 1
    if behind == ("body", "credit") and is_cut(pieces[i].folded):
        return i + 2 if reads_on(pieces[i].folded, pieces[i + 1].folded) >= REST else None
    return None


def _near_title(types: Sequence[Type], i: int) -> bool:
    """Do only a few paragraphs part piece `i` from the title above? They may all be the text of a picture."""
    above = [t for t in types[max(0, i - REACH) : i] if t not in _UNSEEN][-HEADED_PICTURE:]
    return any(t in ("title", "label") for t in above) and "closing" not in above


def _is_one_sentence(pieces: Sequence[Piece], i: int) -> bool:
    """志愿者在江边清理垃圾。 over a credit on a line of its own: an article seldom ends so."""
    folded = pieces[i].folded
    return len(folded) <= ONE_SENTENCE and folded.endswith("。") and folded.count("。") == 1 and bool(pieces[i + 1].gap)


def _points_at_picture(pieces: Sequence[Piece], types: Sequence[Type], i: int) -> bool:
    """↑…, 上图:… behind an article's last sentence; right behind a headline it would be that picture's story."""
    if not (_ARROW.match(pieces[i].folded) or _PICTURE_ABOVE.match(pieces[i].folded)):
        return False
    before = [k for k in range(i) if types[k] not in (*_UNSEEN, "byline")][-STORY:]
    if before and types[before[-1]] in ("closing", "credit"):
        return True
    return len(before) == STORY and all(types[k] == "body" for k in before) and not is_cut(pieces[before[-1]].folded)


def _is_numbered_caption(pieces: Sequence[Piece], types: Sequence[Type], i: int, under_title: set[int]) -> bool:
    """①… ②… up to a photographer's credit; without one they are points of the article."""
    if i in under_title or pieces[i].folded.lstrip("图 ")[:1] not in tuple(FIRST_NUMBER):
        return False
    group = _extend(pieces, types, i)
    return types[group[-1]] == "credit" and all(_NUMBERED.match(pieces[k].folded) for k in group[:-1])


def _is_caption(pieces: Sequence[Piece], types: Sequence[Type], group: Sequence[int]) -> bool:
    text = [i for i in group if types[i] == "body"]
    if not text:
        return False
    first = pieces[text[0]].folded
    if any(types[i] == "credit" for i in group) or any(cues.ARROW.match(pieces[i].folded) for i in text):
        return True
    if cues.CAPTION_OPENER.match(first) or any(cues.VERSE_INTRO.match(pieces[i].folded) for i in text):
        return True
    return len(text) == 1 and len(first) <= LONGEST_CAPTION and bool(_CAPTION_START.match(first))
