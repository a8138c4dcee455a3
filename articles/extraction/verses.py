"""Verse under a drawing: a scene, 这正是, lines of one length, the names of who drew and who wrote.

    春耕时节,青石县的合作社为农户代耕代种。     scene
    这正是:
    一犁春雨足,                             lines, each one clause; woven columns and headlines may part them
    万亩稻秧青。
    孙大川图 周 禾文                         credit

Rule: the credit names both; above it stand the lines, all as long as the last, up to 这正是 or to a paragraph that ends
so. The scene is the paragraph behind a blank run or with a caption's beginning near above, else the one right above.
Verse that a jump marker begins is all the text of that continuation. Nothing else is of such a picture, and it is of
nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import takewhile

from . import cues
from .lines import Piece
from .piece_types import Type
from .tails import is_cut, reads_on

REACH = 16  # pieces between the first and the last line, when columns are woven
SCENE_REACH = 4  # and between the scene and 这正是
LONGEST_SCENE = 400
REST = -2.0  # worth at which a paragraph is the rest of a cut scene
_DRAWN = re.compile(r"^(?=.{4,24}$)(?:.*[图绘画].*[文诗]|.*[文诗].*[图绘画])")
_LINE = re.compile(r"^[^,。;:!?、]{4,11}[,。;!?]$")
_LEADS_IN = re.compile(r"(?:这正是|正所谓|有诗为证)[:,]?$")


def find_verses(pieces: Sequence[Piece], types: Sequence[Type], begins_scene: Callable[[int], bool]) -> list[list[int]]:
    """Groups of piece indexes, one a drawing. `begins_scene`: may a picture's text begin with a piece?"""
    found: list[list[int]] = []
    for credit, kind in enumerate(types):
        if kind in ("credit", "closing") and _DRAWN.match(pieces[credit].bare):
            lines = _lines_above(pieces, types, credit)
            first = lines[0] if lines else credit
            if cues.VERSE_INTRO.match(pieces[first].folded):
                lines = [*_scene(pieces, types, first, begins_scene), *lines]
            elif not (_LEADS_IN.search(pieces[first].folded) or (lines and types[first - 1] == "jump_from")):
                continue
            found.append([*lines, credit])
    return found


def _lines_above(pieces: Sequence[Piece], types: Sequence[Type], credit: int) -> list[int]:
    """The lines of verse above a credit, and what leads in to them."""
    lines: list[int] = []
    for k in range(credit - 1, max(-1, credit - REACH - 1), -1):
        folded = pieces[k].folded
        if types[k] in ("credit", "jump_to"):
            break
        if types[k] not in ("body", "rubric"):
            continue
        if lines and _LEADS_IN.search(folded.rstrip(":")):
            return [k, *lines]
        if _LINE.match(folded) and (not lines or len(folded) == len(pieces[lines[0]].folded)):
            lines.insert(0, k)
            if k and types[k - 1] == "jump_from":
                break
    return lines


def _scene(
    pieces: Sequence[Piece], types: Sequence[Type], intro: int, begins_scene: Callable[[int], bool]
) -> list[int]:
    """The paragraph that tells what the drawing above 这正是 shows, its rest included."""
    nearest = takewhile(lambda k: types[k] == "body", range(intro - 1, max(-1, intro - 1 - SCENE_REACH), -1))
    above = [*nearest][::-1]
    first = next((k for k in reversed(above) if begins_scene(k)), None)
    if first is None:
        cut = len(above) > 1 and _is_rest(pieces, *above[-2:])
        first = next(iter(above[-2 if cut else -1 :]), None)
    if first is None or len(pieces[first].folded) > LONGEST_SCENE:
        return []
    rest = next((k for k in above if k > first and _is_rest(pieces, first, k)), None)
    return [first] if rest is None else [first, rest]


def _is_rest(pieces: Sequence[Piece], tail: int, head: int) -> bool:
    return is_cut(pieces[tail].folded) and reads_on(pieces[tail].folded, pieces[head].folded) >= REST
