"""The best assignment of all paragraphs of a page to its stories, joins included, by dynamic programming.

A state is what the next paragraph's worth depends on: the story just read, the one before it, and of each story that
may still run its last piece if that is cut, how long it has been silent, whether it was taken up again behind the
latest headline, whether it is signed. Every paragraph goes to the latest story or to one of the few before it, as the
rest of that story's cut paragraph or not.

Woven columns have a rhythm: once two stories alternate they do so in turns of a paragraph or two (A B A A B A B B …)
until one ends, and it does not come back. So a story returns the more dearly the longer it has been silent.
A column's end parts a paragraph in two; no two ends part one in three, unless the page came line by line.
A page without woven columns never has more than a few states.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from .glue import Joints

# Cost of going over to another story, by the paragraphs read since its last one: woven stories take short turns, and
# one that has been silent for longer has ended.
TURN = (0.3, 0.3, 0.5, 2.5, 3.0, 4.5)
RESUME = 4.0  # and of taking up an older story behind a newer headline
RESUME_LATE = (0.0, 0.0, 1.0, 1.5, 2.5, 3.0)  # more, by the paragraphs since
RESUME_JOINED = 2.0  # when a cut paragraph waits there
SKIP = 2.0  # and for each story between
RESUME_SLIGHT = 2.0  # or when so far it has no more than a lead
REOPEN = 3.5  # cost of a paragraph behind its story's signature
SIGNED_TWICE = 3.0  # cost of a closing signature on a story that opened with its reporter's name
SHORT_TURN = 2  # paragraphs that woven stories take in turn
SIGNED_ASIDE = (
    1.5  # and on one that was not the last to be read: woven, the other story may be read once more before it
)
LONG_SILENCE = len(TURN) - 1
CUT_AGAIN = 4.0  # cost of going on with a rest that was cut itself
LINE_BY_LINE = 0.5  # share of cut paragraphs above which they are but lines, and cut as often as not
FRESH = 4.0  # earned by the text directly under a headline in its own story
NEXT_POINT = 8.0  # cost of another story for 二、 than for the 一、 right before it
RIVALS = 3  # latest stories that a paragraph may belong to
BEHIND = 7.0  # points behind the best at which a state is given up: no later evidence is worth more
BEAM = 16  # states kept; a page without woven columns has a handful


@dataclass(slots=True)
class Story:
    """An article in the making: where it opened and what is known of it."""

    opened: int  # piece index
    titles: tuple[int, ...] = ()
    kind: str = "article"  # article, jump (opened by 上接), photo, headless
    named: bool = False  # opened with its reporter's name
    whole: bool = False  # all of its text is known
    members: list[int] = field(default_factory=list)


class Event(NamedTuple):
    """A body paragraph, or the signature that closes one, in the order of the page."""

    piece: int
    latest: int  # story opened last before it
    fixed: bool = False  # certainly of that story
    fresh: bool = False  # the first text of that story
    closes: bool = False
    glued: bool = False  # the signature stands in the line of the paragraph before it
    names: bool = False  # the signature is of bare names
    early: bool = False  # the latest story has not begun yet: its dateline stands further on


class _Step(NamedTuple):
    """An event and what stays the same of it however often the page is assigned."""

    event: Event
    candidates: tuple[int, ...]
    waiting: int  # the piece, if it is cut, else -1
    long: bool
    point: float  # what it costs to change the story before a point of a list
    leaves: bool  # a story that might have run until then ends before it


class _Costs:
    """Costs by the standing of a story (see _SILENCE)."""

    __slots__ = ("join", "return_", "skip", "turn")

    def __init__(self, ease: float) -> None:
        self.turn = tuple(ease * TURN[s & _SILENCE] if s & _SILENCE <= LONG_SILENCE else 0.0 for s in _STANDINGS)
        self.skip = ease * SKIP
        self.return_ = tuple(ease * _taking_up(s, RESUME_SLIGHT if s & _SLIGHT else RESUME) for s in _STANDINGS)
        self.join = tuple(ease * _taking_up(s, RESUME_JOINED) for s in _STANDINGS)


@lru_cache(maxsize=8)
def _costs(ease: float) -> _Costs:
    return _Costs(ease)


# A story as far as it matters for what follows: its number; its last piece, if that is cut, else -1; its standing.
_Live = tuple[int, int, int]
# The story just read, the one read before that, and the stories that may still run, the latest first.
_State = tuple[int, int, tuple[_Live, ...]]
# Piece, story, whether it joins (None for a signature), what came before.
_Trail = tuple[int, int, bool | None, "_Trail | None"]
_Table = dict[_State, tuple[float, "_Trail | None"]]

# The standing of a story in one number, so that states are quick to build and to compare: paragraphs of others since
# its last one (0 to LONG_SILENCE) in the low bits, and these.
_SILENCE = 7
_RESUMED = 8  # taken up again behind the latest headline
_CLOSED = 16
_SLIGHT = 32  # hardly any text yet: it can hardly be over
_REST = 64  # its last piece is a rest, and cut again
_STANDINGS = range(128)
_AGED = tuple(s + 1 if s & _SILENCE < LONG_SILENCE else s for s in _STANDINGS)
_AGED_BEHIND_HEADLINE = tuple(s & ~_RESUMED for s in _AGED)


def _taking_up(standing: int, cost: float) -> float:
    """Cost of going back to a story behind a newer headline; none once that has been done."""
    silence = min(standing & _SILENCE, LONG_SILENCE)
    return 0.0 if standing & _RESUMED else cost + RESUME_LATE[silence]


def rivals(event: Event, stories: Sequence[Story]) -> list[int]:
    """Stories that a paragraph may belong to, the latest first."""
    if event.fixed:
        return [event.latest]
    found = [] if event.early and event.latest > 0 else [event.latest]
    k = event.latest - 1
    while k >= 0 and len(found) < RIVALS:
        if stories[k].kind != "photo" and not stories[k].whole:
            found.append(k)
        k -= 1
    return found or [event.latest]


class Tracks:
    """The paragraphs of one page, to be assigned to its stories."""

    __slots__ = ("_cut_again", "_steps", "_stories", "_unpaid", "_worth")

    def __init__(self, events: Sequence[Event], stories: Sequence[Story], joints: Joints) -> None:
        self._stories, self._worth = stories, joints.worth
        self._unpaid = {-1: 0.0}  # what a story's last piece costs without its rest
        self._steps: list[_Step] = []
        open_ones: set[int] = set()
        for event in events:
            candidates = tuple(rivals(event, stories))
            leaves = not (event.fixed or event.closes or open_ones.issubset(candidates))
            price = joints.price(event.piece)
            self._unpaid[event.piece] = price or 0.0
            self._steps.append(
                _Step(
                    event,
                    candidates,
                    -1 if price is None else event.piece,
                    event.piece in joints.long,
                    NEXT_POINT if event.piece in joints.follows else 0.0,
                    leaves,
                )
            )
            if not event.closes:
                open_ones = set(candidates) | (open_ones if event.fixed else set())
        cut = sum(step.waiting >= 0 for step in self._steps)
        self._cut_again = CUT_AGAIN if cut <= LINE_BY_LINE * len(self._steps) else 0.0

    def assign(
        self, earned: Mapping[tuple[int, int], float], ease: float, behind: float = BEHIND
    ) -> tuple[float, dict[int, int], dict[int, int], dict[int, int]]:
        """The best assignment of all paragraphs together: (points, owner, links, signed).

        `ease` scales the costs of weaving; ways that fall `behind` are given up.
        """
        costs = _costs(ease)
        table: _Table = {(-1, -1, ()): (0.0, None)}
        for step in self._steps:
            if step.event.closes:
                table = self._close(table, step.event, ease * SIGNED_ASIDE)
            else:
                values = [earned.get((step.event.piece, k), 0.0) for k in step.candidates]
                table = _prune(self._place(table, step, values, costs, behind), behind)
        unpaid = self._unpaid
        points, trail = max(
            ((score - sum(unpaid[live[1]] for live in state[2]), trail) for state, (score, trail) in table.items()),
            key=lambda account: account[0],
        )
        return points, *_walk(trail)

    def _place(self, table: _Table, step: _Step, values: Sequence[float], costs: _Costs, behind: float) -> _Table:
        """Every way to go on from the states with a paragraph, without those too far behind the best to win."""
        (piece, latest, _, fresh, *_), candidates, waiting, long, point, leaves = step
        unpaid, worth, fading = self._unpaid, self._worth, ~_SLIGHT if long else ~0
        cut_again = self._cut_again
        following: _Table = {}
        best = -math.inf
        for (last, other, running), (score, trail) in table.items():
            newer = not running or running[0][0] != latest
            if leaves:
                over = [live for live in running if live[0] not in candidates]
                if over:
                    score -= sum(unpaid[live[1]] for live in over)
                    running = tuple(live for live in running if live[0] in candidates)
            aged = _AGED_BEHIND_HEADLINE if newer else _STANDINGS if point else _AGED
            rest: list[_Live] | None = None
            for place, k in enumerate(candidates):
                at, tail, standing = -1, -1, _SLIGHT | (_RESUMED if k == latest else 0)
                for n, live in enumerate(running):
                    if live[0] == k:
                        at, (_, tail, standing) = n, live
                        break
                value = score + values[place]
                if fresh and k == latest:
                    value += FRESH
                if k != last:
                    value -= point
                    if last >= 0 and not (newer and k == latest):
                        value -= costs.turn[standing]
                if standing & _CLOSED:
                    value -= REOPEN
                apart = value - unpaid[tail]
                joined = value + worth(tail, piece) if tail >= 0 else -math.inf
                if standing & _REST:
                    joined -= cut_again
                if place and not standing & _RESUMED:
                    skipped = costs.skip * (place - 1)
                    apart -= skipped + costs.return_[standing]
                    joined -= skipped + costs.join[standing]
                value = joined if joined > apart else apart
                if value < best:
                    if value < best - behind:
                        continue
                else:
                    best = value
                if rest is None:
                    rest = [(s, end, aged[standing]) for s, end, standing in running]
                standing = (standing & ~(_SILENCE | _REST) | _RESUMED) & fading
                mine = (k, waiting, standing | _REST if waiting >= 0 and joined >= apart else standing)
                after = (*rest[:at], mine, *rest[at + 1 :]) if at >= 0 else (mine, *rest)
                if at < 0 and rest and rest[0][0] > k:
                    after = tuple(sorted(after, reverse=True))
                state = (k, last if k != last else other, after)
                known = following.get(state)  # once: it takes long to hash
                if known is None or known[0] < value:
                    following[state] = value, (piece, k, joined >= apart, trail)
        return following

    def _close(self, table: _Table, event: Event, aside: float) -> _Table:
        """The states behind a signature: it closes the story just read, or the other one that runs beside it.

        The other at a cost, unless the one just read waits for its rest and so cannot be over.
        """
        following: _Table = {}
        for state, (score, trail) in table.items():
            last, other, running = state
            waits = {s: tail >= 0 for s, tail, standing in running if not standing & _CLOSED}
            near = {s for s, _, standing in running if standing & _SILENCE <= SHORT_TURN}
            likely = other if waits.get(last) and other in waits else last
            for k in (likely,) if event.glued else (last, other):
                value, after = score, state
                if k in waits and (k == likely or k in near):
                    value -= aside if k != likely else 0.0
                    value -= SIGNED_TWICE if event.names and self._stories[k].named else 0.0
                    after = last, other, tuple((s, t, x | _CLOSED) if s == k else (s, t, x) for s, t, x in running)
                elif k != last:
                    continue
                if after not in following or following[after][0] < value:
                    following[after] = value, (event.piece, k, None, trail)
        return following


def _walk(trail: _Trail | None) -> tuple[dict[int, int], dict[int, int], dict[int, int]]:
    """Owner, links and signatures of a trail."""
    steps = []
    while trail:
        steps.append(trail)
        trail = trail[3]
    owner: dict[int, int] = {}
    links: dict[int, int] = {}
    signed: dict[int, int] = {}
    last: dict[int, int] = {}
    for piece, k, joined, _ in reversed(steps):
        if joined is None:
            signed[piece] = k
            continue
        owner[piece] = k
        if joined:
            links[last[k]] = piece
        last[k] = piece
    return owner, links, signed


def _prune(table: _Table, behind: float) -> _Table:
    """Without the states that are too far behind the best to win."""
    if len(table) == 1:
        return table
    floor = max(score for score, _ in table.values()) - behind
    kept = {state: value for state, value in table.items() if value[0] >= floor}
    return kept if len(kept) <= BEAM else dict(sorted(kept.items(), key=lambda item: -item[1][0])[:BEAM])
