"""Un-weave: which story every paragraph belongs to, where lines of two articles alternate.

    本报讯 城东老街…(cut)       story 1
    水库除险加固完工             headline of story 2
    本报讯 水库…                story 2
    …(the rest of line 1)       story 1: a cut joined across the headline
    水位计、放水闸…             story 2: it speaks of the reservoir

Rule: the paragraphs between two openings belong to the latest story or to one of the few before it that may still run. All
are judged together, by dynamic programming over the page: a change of story costs, a paragraph earns by the rare character
pairs it shares with a story's other text, the halves of a joined paragraph stay together, and a story that has been signed
is closed. What each story says is learned by repeating the judgement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .topics import weight

SWITCH = 2.6  # cost of going on with a story that is not the one just read
REOPEN = 4.5  # cost of a paragraph behind its story's signature
SIGNED_TWICE = 3.0  # cost of a closing signature on a story that opened with its reporter's name
TOPIC = 0.34  # earned per unit of weight of shared rare pairs, damped by length
RIVALS = 3  # latest stories that a paragraph may belong to
ROUNDS = 3
BEAM = 48  # states kept; a real page needs fewer


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
    fixed: bool  # certainly of that story
    closes: bool = False
    names: bool = False  # the signature is of bare names


class _State(NamedTuple):
    last: int
    other: int  # the story read before it
    closed: frozenset[int]
    pending: tuple[tuple[int, int], ...]  # head piece -> story


def unweave(
    events: Sequence[Event],
    stories: Sequence[Story],
    links: Mapping[int, int],
    grams: Mapping[int, frozenset[str]],
    weights: Mapping[str, float],
) -> dict[int, int]:
    """Story of every body piece among `events`."""
    heads = {head: tail for tail, head in links.items()}
    owner = {e.piece: e.latest for e in events if not e.closes}
    for tail, head in links.items():
        if tail in owner and head in owner:
            owner[head] = owner[tail]
    earned: dict[tuple[int, int], float] = {}
    for _ in range(ROUNDS):
        earned = _earnings(events, stories, owner, grams, weights)
        settled = _decode(events, stories, links, heads, earned)
        if settled == owner:
            break
        owner = settled
    return owner


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


def _earnings(
    events: Sequence[Event],
    stories: Sequence[Story],
    owner: Mapping[int, int],
    grams: Mapping[int, frozenset[str]],
    weights: Mapping[str, float],
) -> dict[tuple[int, int], float]:
    """(piece, story) -> what it earns by topic, against the paragraphs that the story has now."""
    holders: list[dict[str, int]] = [{} for _ in stories]
    for k, story in enumerate(stories):
        for i in story.titles:
            for pair in grams.get(i, ()):
                holders[k][pair] = holders[k].get(pair, 0) + 1
    for piece, k in owner.items():
        for pair in grams[piece]:
            holders[k][pair] = holders[k].get(pair, 0) + 1
    earned: dict[tuple[int, int], float] = {}
    for event in events:
        candidates = rivals(event, stories)
        if event.closes or len(candidates) == 1:
            continue
        mine = grams[event.piece]
        whole = weight(mine, weights)
        damping = TOPIC * 6.0 / (6.0 + whole**0.5)
        for k in candidates:
            own = 1 if owner.get(event.piece) == k else 0
            shared = sum(weights.get(pair, 0.0) for pair in mine if holders[k].get(pair, 0) > own)
            earned[event.piece, k] = damping * shared
    return earned


def _decode(
    events: Sequence[Event],
    stories: Sequence[Story],
    links: Mapping[int, int],
    heads: Mapping[int, int],
    earned: Mapping[tuple[int, int], float],
) -> dict[int, int]:
    """The best assignment of all paragraphs together."""
    states: dict[_State, tuple[float, tuple | None]] = {_State(-1, -1, frozenset(), ()): (0.0, None)}
    present = {e.piece for e in events if not e.closes}
    for event in events:
        following: dict[_State, tuple[float, tuple | None]] = {}
        for state, (score, trail) in states.items():
            if event.closes:
                _keep(following, *_close(state, score, trail, event, stories, links))
                continue
            kept = dict(state.pending)
            choices = [kept[event.piece]] if event.piece in kept else rivals(event, stories)
            for k in choices:
                cost = _cost(state, k, event)
                pending = tuple((h, s) for h, s in state.pending if h != event.piece)
                if links.get(event.piece) in present:
                    pending += ((links[event.piece], k),)
                other = state.last if k != state.last else state.other
                value = score + earned.get((event.piece, k), 0.0) - cost
                _keep(following, _State(k, other, state.closed, pending), value, (event.piece, k, trail))
        if len(following) > BEAM:
            following = dict(sorted(following.items(), key=lambda item: -item[1][0])[:BEAM])
        states = following
    _, trail = max(states.values(), key=lambda value: value[0])
    owner: dict[int, int] = {}
    while trail:
        piece, k, trail = trail
        owner[piece] = k
    return owner


def _keep(states: dict[_State, tuple[float, tuple | None]], state: _State, score: float, trail: tuple | None) -> None:
    if state not in states or states[state][0] < score:
        states[state] = (score, trail)


def _cost(state: _State, k: int, event: Event) -> float:
    cost = REOPEN if k in state.closed and not event.fixed else 0.0
    if k == state.last or event.fixed or state.last == -1:
        return cost
    return cost + SWITCH


def _close(
    state: _State,
    score: float,
    trail: tuple | None,
    event: Event,
    stories: Sequence[Story],
    links: Mapping[int, int],
) -> tuple[_State, float, tuple | None]:
    """The state behind a signature: it closes the story just read, or the one before while that one waits for its rest."""
    waiting = {k for _, k in state.pending}
    signed = state.last if state.last not in waiting else state.other
    if signed < 0:
        return state, score, trail
    if event.names and stories[signed].named:
        score -= SIGNED_TWICE
    return state._replace(closed=state.closed | {signed}), score, trail
