"""The best assignment of all paragraphs of a page to its stories, joins included, by dynamic programming.

A state is what the next paragraph's worth depends on: the story just read, the one before it, and of each story that
may still run its last piece if that is cut, how long it has been silent, whether it was taken up again behind the
latest headline, whether it is signed. Every paragraph goes to the latest story or to one of the few before it, as the
rest of that story's cut paragraph or not.

Woven columns have a rhythm: once two stories alternate they do so in turns of a paragraph or two (A B A A B A B B …)
until one ends, and it does not come back. So a story returns the more dearly the longer it has been silent.
A page without woven columns never has more than a few states.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
LONG_SILENCE = len(TURN) - 1
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
    members: list[int] = field(default_factory=list)


class Event(NamedTuple):
    """A body paragraph, or the signature that closes one, in the order of the page."""

    piece: int
    latest: int  # story opened last before it
    fixed: bool = False  # certainly of that story
    fresh: bool = False  # the first text of that story
    closes: bool = False
    names: bool = False  # the signature is of bare names


class _Live(NamedTuple):
    story: int
    waiting: int  # its last piece, if that is cut, else -1
    resumed: bool  # taken up again behind the latest headline
    closed: bool
    slight: bool  # hardly any text yet: it can hardly be over
    silent: int = 0  # paragraphs of other stories since its last one, as far as they matter


class _State(NamedTuple):
    last: int  # story just read
    other: int  # story read before that
    live: tuple[_Live, ...]  # latest first


_Trail = tuple[int, int, bool, "_Trail | None"]  # piece, story, joined, what came before
_Table = dict[_State, tuple[float, "_Trail | None"]]


def rivals(event: Event, stories: Sequence[Story]) -> list[int]:
    """Stories that a paragraph may belong to, the latest first."""
    if event.fixed:
        return [event.latest]
    found = [event.latest]
    k = event.latest - 1
    while k >= 0 and len(found) < RIVALS:
        if stories[k].kind != "photo":
            found.append(k)
        k -= 1
    return found


def assign_paragraphs(
    events: Sequence[Event],
    stories: Sequence[Story],
    joints: Joints,
    earned: Mapping[tuple[int, int], float],
    ease: float,
) -> tuple[float, dict[int, int], dict[int, int]]:
    """The best assignment of all paragraphs together: (points, owner, links). `ease` scales the costs of weaving."""
    table: _Table = {_State(-1, -1, ()): (0.0, None)}
    for event in events:
        following: _Table = {}
        for state, (score, trail) in table.items():
            if event.closes:
                closed, fine = _close(state, event, stories)
                _keep(following, closed, score - fine, trail)
            else:
                _place(following, state, score, trail, event, stories, joints, earned, ease)
        table = _prune(following)
    points, trail = max(
        ((score - sum(_unpaid(live, joints) for live in state.live), trail) for state, (score, trail) in table.items()),
        key=lambda account: account[0],
    )
    owner: dict[int, int] = {}
    links: dict[int, int] = {}
    last: dict[int, int] = {}
    steps = []
    while trail:
        steps.append(trail)
        trail = trail[3]
    for piece, k, joined, _ in reversed(steps):
        owner[piece] = k
        if joined:
            links[last[k]] = piece
        last[k] = piece
    return points, owner, links


def _prune(table: _Table) -> _Table:
    """Without the states that are too far behind the best to win."""
    floor = max(score for score, _ in table.values()) - BEHIND
    kept = {state: value for state, value in table.items() if value[0] >= floor}
    return kept if len(kept) <= BEAM else dict(sorted(kept.items(), key=lambda item: -item[1][0])[:BEAM])


def _place(
    table: _Table,
    state: _State,
    score: float,
    trail: _Trail | None,
    event: Event,
    stories: Sequence[Story],
    joints: Joints,
    earned: Mapping[tuple[int, int], float],
    ease: float,
) -> None:
    """Every way to go on from `state` with a paragraph."""
    candidates = rivals(event, stories)
    live = {entry.story: entry for entry in state.live}
    newer = event.latest not in live
    dropped = 0.0
    for k in [k for k in live if k not in candidates and not event.fixed]:
        dropped += _unpaid(live.pop(k), joints)
    waiting = event.piece if joints.price(event.piece) is not None else -1
    for k in candidates:
        entry = live.get(k) or _Live(k, -1, k == event.latest, False, True)
        value = score - dropped + earned.get((event.piece, k), 0.0) - REOPEN * entry.closed
        if event.fresh and k == event.latest:
            value += FRESH
        if k != state.last:
            value -= NEXT_POINT if event.piece in joints.follows else 0.0
            value -= TURN[entry.silent] * ease if state.last >= 0 and not (newer and k == event.latest) else 0.0
        for joined in (True, False) if entry.waiting >= 0 else (False,):
            worth = joints.worth(entry.waiting, event.piece) if joined else -_unpaid(entry, joints)
            if not event.fixed and k != event.latest and not entry.resumed:
                worth -= ease * SKIP * sum(1 for s in candidates if k < s < event.latest)
                worth -= ease * (RESUME_JOINED if joined else (RESUME_SLIGHT if entry.slight else RESUME))
                worth -= ease * RESUME_LATE[entry.silent]
            after = {
                s: e._replace(silent=min(e.silent + 1, LONG_SILENCE), resumed=e.resumed and not newer)
                for s, e in live.items()
            }
            after[k] = _Live(k, waiting, True, entry.closed, entry.slight and event.piece not in joints.long)
            other = state.last if k != state.last else state.other
            following = _State(k, other, tuple(after[s] for s in sorted(after, reverse=True)))
            _keep(table, following, value + worth, (event.piece, k, joined, trail))


def _unpaid(entry: _Live, joints: Joints) -> float:
    return (joints.price(entry.waiting) or 0.0) if entry.waiting >= 0 else 0.0


def _keep(table: _Table, state: _State, score: float, trail: _Trail | None) -> None:
    if state not in table or table[state][0] < score:
        table[state] = (score, trail)


def _close(state: _State, event: Event, stories: Sequence[Story]) -> tuple[_State, float]:
    """The state behind a signature: it closes the story just read, or the other while that one waits for its rest."""
    live = {entry.story: entry for entry in state.live}
    signed = state.last
    if signed in live and live[signed].waiting >= 0 and state.other in live:
        signed = state.other
    if signed not in live:
        return state, 0.0
    fine = SIGNED_TWICE if event.names and stories[signed].named else 0.0
    closed = tuple(e._replace(closed=True) if e.story == signed else e for e in state.live)
    return state._replace(live=closed), fine
