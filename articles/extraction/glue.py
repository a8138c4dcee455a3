"""Join the paragraphs that column ends cut: each tail gets its rest, or none.

    …昨夜下了一场大雪,公园里的长
    本报讯 全市供暖按时开始。              another article's, woven in
    椅都白了。                           the rest of the first line

For every tail the body pieces of a forward window are candidates. A candidate's score is its place (most rests stand on
the next body line) plus how well it reads on (`tails.reads_on`), less what stands between. All tails of the page are
then matched at once, each head used once, so that the sum is greatest; "the rest is missing" is always open, at a price
of LINK points. The matching grows by best augmenting paths, one tail at a time, which stays exact and local.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from . import cues
from .lines import Piece
from .roles import Type
from .tails import NEWS_START, is_cut, reads_on

WINDOW = 12  # body pieces looked at behind a tail
PLACE = (
    3.0,
    1.3,
    0.8,
    0.4,
    0.1,
    -0.2,
    -0.4,
    -0.6,
    -0.8,
    -1.0,
    -1.2,
    -1.4,
)  # by distance: 40 of 43 real cuts go on at once
LINK = 0.6  # below this score the rest is taken to be missing
FIRST_OF_ARTICLE = -3.5  # the text under a headline begins something
OVER_OPENING = -0.6  # a headline stands between, in another column perhaps
LEAD = -2.4  # a sentence under the headline without a full stop is a lead (提要), not a tail
LEAD_CHARS = 75
SOFT = -2.3  # the tail ends in a semicolon: a clause, or an item of a list
ENUMERATED_HEAD = -4.0
VERSE_CHARS = 12  # a line this short that ends in a comma is verse
LONGEST_PATH = 24  # of reassignments made for one tail, so that a page of nothing but tails stays linear


def glue_paragraphs(
    pieces: Sequence[Piece], types: Sequence[Type], first: AbstractSet[int], openings: AbstractSet[int]
) -> tuple[dict[int, int], set[int]]:
    """Links tail -> head between body pieces, and the tails whose rest is missing.

    `first` are the body pieces that stand directly under a headline; `openings` the pieces that begin title blocks.
    """
    order = [i for i, t in enumerate(types) if t == "body"]
    options: dict[int, list[tuple[float, int]]] = {}
    cut: set[int] = set()
    for k, i in enumerate(order):
        soft = pieces[i].folded.endswith(";")
        if not (soft or is_cut(pieces[i].folded)) or _stands_whole(pieces, types, i):
            continue
        if not soft:
            cut.add(i)
        window = order[k + 1 : k + 2] if soft else order[k + 1 : k + 1 + WINDOW]
        scored = _candidates(pieces, types, i, window, first, openings)
        options[i] = [(score + (SOFT if soft else 0.0), j) for score, j in scored]
        options[i] = [(score, j) for score, j in options[i] if score >= LINK]
    links = match_heads(options)
    return links, cut - set(links)


def _stands_whole(pieces: Sequence[Piece], types: Sequence[Type], i: int) -> bool:
    """Is this text complete though no full stop ends it: verse, a bullet, signed right behind?"""
    folded = pieces[i].folded
    if cues.BULLET.match(folded) or cues.SPEAKERS_SIGN.match(folded):
        return True
    if len(folded) <= VERSE_CHARS and folded.endswith((",", ";")):
        return True
    behind = types[i + 1] if i + 1 < len(types) else None
    return behind in ("credit", "jump_to") or (behind == "closing" and pieces[i + 1].gap == 0)


def _candidates(
    pieces: Sequence[Piece],
    types: Sequence[Type],
    tail: int,
    window: Sequence[int],
    first: AbstractSet[int],
    openings: AbstractSet[int],
) -> list[tuple[float, int]]:
    folded = pieces[tail].folded
    lead = (
        LEAD
        if tail in first and len(folded) <= LEAD_CHARS and "。" not in folded and not _datelined(types, tail)
        else 0.0
    )
    found: list[tuple[float, int]] = []
    crossed = 0.0
    at = tail
    for distance, head in enumerate(window):
        crossed += OVER_OPENING * sum(1 for k in range(at + 1, head + 1) if k in openings)
        at = head
        if _begins_article(pieces, types, head):
            continue
        score = PLACE[distance] + crossed + lead
        if head in first:
            score += FIRST_OF_ARTICLE
        if cues.ENUMERATED.match(pieces[head].folded) or cues.SPEAKERS_SIGN.match(pieces[head].folded):
            score += ENUMERATED_HEAD
        score += reads_on(folded, pieces[head].folded)
        found.append((score, head))
    return found


def _datelined(types: Sequence[Type], i: int) -> bool:
    return i > 0 and types[i - 1] == "byline"


def _begins_article(pieces: Sequence[Piece], types: Sequence[Type], i: int) -> bool:
    """Does a byline or a jump marker stand before this piece in its line?"""
    return i > 0 and pieces[i].gap == 0 and types[i - 1] in ("byline", "jump_from", "pinyin", "label")


def match_heads(options: Mapping[int, Sequence[tuple[float, int]]]) -> dict[int, int]:
    """The matching of tails to heads with the greatest sum of scores; a tail may stay alone at no gain."""
    taken: dict[int, int] = {}  # head -> tail
    scores = {(tail, head): score for tail, scored in options.items() for score, head in scored}
    chosen: dict[int, int] = {}
    for start in options:
        best, path = _best_path(start, options, taken, chosen, scores)
        if best <= 0:
            continue
        for tail, head in path:
            chosen.pop(tail, None)
        for tail, head in path:
            if head is not None:
                chosen[tail] = head
                taken[head] = tail
    return chosen


def _best_path(
    start: int,
    options: Mapping[int, Sequence[tuple[float, int]]],
    taken: Mapping[int, int],
    chosen: Mapping[int, int],
    scores: Mapping[tuple[int, int], float],
) -> tuple[float, list[tuple[int, int | None]]]:
    """The chain of reassignments that gains most by giving `start` a head: (gain, [(tail, its new head or None)])."""
    reached: dict[int, float] = {start: 0.0}  # tail -> gain so far, the tail itself not yet placed
    came: dict[int, tuple[int, int]] = {}  # tail -> (tail before it on the path, head taken from it)
    best, end = 0.0, (start, None)
    frontier = [start]
    for _ in range(LONGEST_PATH):
        following: list[int] = []
        for tail in frontier:
            gain = reached[tail]
            if tail != start and gain > best:
                best, end = gain, (tail, None)  # it goes without: its rest is missing
            for score, head in options[tail]:
                owner = taken.get(head)
                if owner is None or chosen.get(owner) != head:
                    if gain + score > best:
                        best, end = gain + score, (tail, head)
                elif owner != tail and gain + score - scores[owner, head] > reached.get(owner, float("-inf")) + 1e-9:
                    if not _on_path(owner, tail, came):
                        reached[owner] = gain + score - scores[owner, head]
                        came[owner] = (tail, head)
                        following.append(owner)
        if not following:
            break
        frontier = following
    path: list[tuple[int, int | None]] = [end]
    tail = end[0]
    while tail in came:
        tail, head = came[tail]
        path.append((tail, head))
    return best, path


def _on_path(tail: int, at: int, came: Mapping[int, tuple[int, int]]) -> bool:
    while at in came:
        if at == tail:
            return True
        at = came[at][0]
    return at == tail
