"""Jumps: what a marker names, and which articles of one issue belong together across pages.

    page 1  …河道清淤已(下转第三版)          continued_on "3"
    page 3  (上接第一版)过半,两岸…           continued_from "1"

Rule: an end that names a page is answered by an end on that page that names its own. Where several could answer, the
text decides: a sentence broken at the jump that reads on, then rare words in common. Where no marked end answers, an
unmarked text does only when its words say so; else the end is returned as unanswered.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from . import cues
from .normalise import fold_width
from .numbering import page_label
from .tails import is_cut, reads_on
from .topics import affinity, pair_weights, pairs

BOTH_NAME = 4.0  # each end names the other's page
ONE_NAMES = 1.5
ONE_WAY = 1.2  # points that an answer without a marker of its own needs from the text
TOPIC = 5.0
READS = 0.5
BROKEN = 0.6  # both sides of the jump stand in mid-sentence
WORDS_NEARBY = 400  # characters of the ends compared


@dataclass(frozen=True, slots=True)
class JumpEnd:
    """An article that continues elsewhere, or is continued from elsewhere, or may be. `key` is the caller's own."""

    key: Hashable
    page: str  # label of the page it stands on
    headline: str | None
    first_text: str  # its first paragraph, markers and bylines left out
    last_text: str
    continued_from: str | None = None
    continued_on: str | None = None
    body: str = ""  # more of its text, if at hand: words to compare


@dataclass(frozen=True, slots=True)
class JumpLinks:
    pairs: tuple[tuple[Hashable, Hashable], ...]  # (head, continuation)
    unanswered: tuple[Hashable, ...]  # ends with a marker that nothing answers


def read_jump_from(text: str) -> str | None:
    """The page label of a marker at the start of `text`: ``(上接01版)`` -> "1"."""
    folded = fold_width(text)
    found = cues.JUMP_FROM.match(folded) or cues.JUMP_FROM_BARE.match(folded)
    return page_label(found[1].replace(" ", "")) or None if found else None


def read_jump_to(text: str) -> str | None:
    """The page label of a marker at the end of `text`: ``…(下转第三版)`` -> "3"."""
    folded = fold_width(text)
    found = cues.JUMP_TO.search(folded) or cues.JUMP_TO_BARE.search(folded)
    return page_label(found[1].replace(" ", "")) or None if found else None


def link_jumps(ends: Iterable[JumpEnd]) -> JumpLinks:
    """Pairs of articles of one issue that are one article (chains as pairs in turn), and the ends left unanswered."""
    known = list(ends)
    said = [pairs(f"{e.headline or ''}\n{e.first_text}\n{e.last_text}\n{e.body}"[: 4 * WORDS_NEARBY]) for e in known]
    weights = pair_weights(said)
    scored: list[tuple[bool, float, int, int]] = []
    for h, head in enumerate(known):
        for c, rest in enumerate(known):
            if h == c or head.page == rest.page or not _may_join(head, rest):
                continue
            score = _markers(head, rest) + TOPIC * _alike(said[h], said[c], weights) + _continuity(head, rest)
            mutual = _names(head.continued_on, rest.page) and _names(rest.continued_from, head.page)
            if mutual or score >= ONE_NAMES + ONE_WAY:
                scored.append((mutual, score, h, c))
    heads: dict[int, int] = {}
    taken: set[int] = set()
    # Two ends that name each other come before whatever words say for an end without a marker.
    for _, _, h, c in sorted(scored, key=lambda s: (not s[0], -s[1], s[2], s[3])):
        if h not in heads and c not in taken and not _leads_to(heads, c, h):
            heads[h] = c
            taken.add(c)
    open_ends = [
        e.key
        for i, e in enumerate(known)
        if (e.continued_on and i not in heads) or (e.continued_from and i not in taken)
    ]
    return JumpLinks(tuple((known[h].key, known[c].key) for h, c in sorted(heads.items())), tuple(open_ends))


def _names(label: str | None, page: str) -> bool:
    return label is not None and (page_label(label) or label) == (page_label(page) or page)


def _may_join(head: JumpEnd, rest: JumpEnd) -> bool:
    """At least one marker names the other's page, and none names a third."""
    if head.continued_on is not None and not _names(head.continued_on, rest.page):
        return False
    if rest.continued_from is not None and not _names(rest.continued_from, head.page):
        return False
    return head.continued_on is not None or rest.continued_from is not None


def _markers(head: JumpEnd, rest: JumpEnd) -> float:
    return BOTH_NAME if head.continued_on and rest.continued_from else ONE_NAMES


def _alike(a: frozenset[str], b: frozenset[str], weights: Mapping[str, float]) -> float:
    return max(affinity(a, b, weights), affinity(b, a, weights))


def _continuity(head: JumpEnd, rest: JumpEnd) -> float:
    tail, begin = fold_width(head.last_text.strip()), fold_width(rest.first_text.strip())
    if not tail or not begin:
        return 0.0
    if not is_cut(tail):
        return 0.0
    return BROKEN + READS * reads_on(tail, begin)


def _leads_to(heads: dict[int, int], start: int, goal: int) -> bool:
    at: int | None = start
    while at is not None:
        if at == goal:
            return True
        at = heads.get(at)
    return False
