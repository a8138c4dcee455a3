"""Un-weave and join: the story of every paragraph and the rest of every cut one, decided together over the page.

    本报讯 城东老街…(cut)       story 1
    水库除险加固完工             headline of story 2
    本报讯 水库…                story 2
    …(the rest of line 1)       story 1: it joins across the headline
    水位计、放水闸…             story 2: it speaks of the reservoir

Rule: a paragraph goes to the latest story or to one of the few before it that may still run, as that story's next piece,
joined to its last one where that was cut. Dynamic programming finds the assignment of the whole page that earns most. A
paragraph earns by its topic (`topics.Vocabulary`) and its join (`glue`); going over to another story costs, taking up an
older one again behind a newer headline costs more, and so does text behind its story's signature. What each story says is
learned by repeating the judgement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .glue import Joints
from .topics import Vocabulary

SWITCH = 0.3  # cost of a paragraph of another story than the one just read
RESUME = 4.0  # and of taking up an older story behind a newer headline
RESUME_JOINED = 0.6  # when a cut paragraph waits there
SKIP = 2.0  # and for each story between
RESUME_SLIGHT = 2.0  # or when so far it has no more than a lead
REOPEN = 3.5  # cost of a paragraph behind its story's signature
SIGNED_TWICE = 3.0  # cost of a closing signature on a story that opened with its reporter's name
FRESH = 4.0  # earned by the text directly under a headline in its own story
TOPIC = 0.25
TOPIC_MOST = 7.0
RIVALS = 3  # latest stories that a paragraph may belong to
# The judgement is begun several times and the best account kept: (how much the words of a paragraph count for the story
# that it is only assumed to belong to, share of the costs of weaving) in the first turn.
BEGINNINGS = ((0.1, 1.0), (0.1, 0.0), (0.0, 0.3))
ROUNDS = 4
BEHIND = 11.0  # points behind the best at which a state is given up: no later evidence is worth more
BEAM = 60  # states kept; a page without woven columns has a handful
TITLE_TIMES = 3.0  # a headline's words count so often


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


class _State(NamedTuple):
    last: int  # story just read
    other: int  # story read before that
    live: tuple[_Live, ...]  # latest first


_Trail = tuple[int, int, bool, "_Trail | None"]  # piece, story, joined, what came before
_Table = dict[_State, tuple[float, "_Trail | None"]]


@dataclass(frozen=True, slots=True)
class Woven:
    owner: dict[int, int]  # body piece -> story
    links: dict[int, int]  # tail -> head
    margin: dict[int, float]  # body piece -> what its topic earned over the best rival story


def unweave(
    events: Sequence[Event], stories: Sequence[Story], joints: Joints, grams: Mapping[int, frozenset[str]]
) -> Woven:
    """Story and join of every body piece among `events`."""
    owner = {e.piece: e.latest for e in events if not e.closes}
    page = Vocabulary()
    for piece in owner:
        page.add(grams[piece])
    for story in stories:
        for i in story.titles:
            page.add(grams.get(i, ()))
    accounts = [_settle(events, stories, joints, grams, page, owner, beginning) for beginning in BEGINNINGS]
    return max(accounts, key=lambda account: account[0])[1]


def _settle(
    events: Sequence[Event],
    stories: Sequence[Story],
    joints: Joints,
    grams: Mapping[int, frozenset[str]],
    page: Vocabulary,
    owner: Mapping[int, int],
    beginning: tuple[float, float],
) -> tuple[float, Woven]:
    """Judge in turn what the stories say and what belongs to them, until nothing changes: (points, result)."""
    settled = dict(owner)
    links: dict[int, int] = {}
    earned: dict[tuple[int, int], float] = {}
    total = 0.0
    for turn in range(ROUNDS):
        before = settled
        doubtful, ease = (1.0, 1.0) if turn else beginning
        earned = _earnings(events, stories, settled, grams, page, doubtful)
        total, settled, links = _decode(events, stories, joints, earned, ease)
        if settled == before and turn:
            break
    return total, Woven(settled, links, _margins(events, settled, earned))


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
    page: Vocabulary,
    doubtful: float,
) -> dict[tuple[int, int], float]:
    """(piece, story) -> what it earns by topic, against the other paragraphs that the story has now."""
    said = [Vocabulary() for _ in stories]
    for story, vocabulary in zip(stories, said, strict=True):
        for i in story.titles:
            vocabulary.add(grams.get(i, ()), TITLE_TIMES)
    times: dict[int, float] = {}
    for event in events:
        if not event.closes:
            times[event.piece] = 1.0 if event.fixed or event.fresh else doubtful
            said[owner[event.piece]].add(grams[event.piece], times[event.piece])
    earned: dict[tuple[int, int], float] = {}
    for event in events:
        candidates = rivals(event, stories)
        if event.closes or len(candidates) == 1:
            continue
        mine = grams[event.piece]
        values = {}
        for k in candidates:
            own = times[event.piece] if owner[event.piece] == k else 0.0
            values[k] = TOPIC * said[k].likelihood(mine, page, own)
        best = max(values.values())
        for k, value in values.items():
            earned[event.piece, k] = max(best - TOPIC_MOST, value)
    return earned


def _decode(
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
    best = max(table.items(), key=lambda item: item[1][0] - sum(_unpaid(live, joints) for live in item[0].live))
    trail = best[1][1]
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
    return best[1][0], owner, links


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
    price = joints.price(event.piece)
    waiting = event.piece if price is not None else -1
    slight = event.piece not in joints.long
    for k in candidates:
        entry = live.get(k) or _Live(k, -1, k == event.latest, False, True)
        value = score - dropped + earned.get((event.piece, k), 0.0)
        if event.fresh and k == event.latest:
            value += FRESH
        if entry.closed:
            value -= REOPEN
        if k != state.last and state.last >= 0 and not (newer and k == event.latest):
            value -= SWITCH * ease
        for joined in (True, False) if entry.waiting >= 0 else (False,):
            worth = joints.worth(entry.waiting, event.piece) if joined else -_unpaid(entry, joints)
            if not event.fixed and k != event.latest and not entry.resumed:
                worth -= ease * SKIP * sum(1 for s in candidates if k < s < event.latest)
                worth -= ease * (RESUME_JOINED if joined else (RESUME_SLIGHT if entry.slight else RESUME))
            after = dict(live)
            if newer:
                after = {s: e._replace(resumed=False) for s, e in after.items()}
            after[k] = _Live(k, waiting, True, entry.closed, entry.slight and slight)
            other = state.last if k != state.last else state.other
            following = _State(k, other, tuple(after[s] for s in sorted(after, reverse=True)))
            _keep(table, following, value + worth, (event.piece, k, joined, trail))


def _unpaid(entry: _Live, joints: Joints) -> float:
    return (joints.price(entry.waiting) or 0.0) if entry.waiting >= 0 else 0.0


def _keep(table: _Table, state: _State, score: float, trail: _Trail | None) -> None:
    if state not in table or table[state][0] < score:
        table[state] = (score, trail)


def _close(state: _State, event: Event, stories: Sequence[Story]) -> tuple[_State, float]:
    """The state behind a signature: it closes the story just read, or the one before while that one waits for its rest."""
    live = {entry.story: entry for entry in state.live}
    signed = state.last
    if signed in live and live[signed].waiting >= 0 and state.other in live:
        signed = state.other
    if signed not in live:
        return state, 0.0
    fine = SIGNED_TWICE if event.names and stories[signed].named else 0.0
    closed = tuple(e._replace(closed=True) if e.story == signed else e for e in state.live)
    return state._replace(live=closed), fine


def _margins(
    events: Sequence[Event], owner: Mapping[int, int], earned: Mapping[tuple[int, int], float]
) -> dict[int, float]:
    best: dict[int, float] = {}
    for (piece, k), value in earned.items():
        if owner[piece] != k:
            best[piece] = max(best.get(piece, -99.0), value)
    return {
        piece: earned[piece, owner[piece]] - value for piece, value in best.items() if (piece, owner[piece]) in earned
    }
