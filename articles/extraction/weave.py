"""Un-weave and join: the story of every paragraph and the rest of every cut one, decided together over the page.

    本报讯 城东老街…(cut)       story 1
    水库除险加固完工             headline of story 2
    本报讯 水库…                story 2
    …(the rest of line 1)       story 1: it joins across the headline
    水位计、放水闸…             story 2: it speaks of the reservoir

Rule: a paragraph goes to the latest story or to one of the few before it that may still run, as that story's next
piece, joined to its last one where that was cut. `tracks` finds the assignment of the whole page that earns most. A
paragraph earns by its topic (`topics.Telling`) and its join (`glue`); going over to another story costs, taking up
an older one again behind a newer headline costs more, and so does text behind its story's signature. What each story
says is learned by repeating the judgement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .glue import Joints
from .topics import Telling
from .tracks import Event, Story, Tracks, rivals

TOPIC = 1.0
TOPIC_MOST = 6.0
# The judgement is begun twice and the best account kept: (how much the words of a paragraph count for the story
# that it is only assumed to belong to, share of the costs of weaving) in the first turn.
BEGINNINGS = ((0.1, 1.0), (0.0, 0.3))
ROUNDS = 3
NEAR = 6.0  # points behind the best at which another account of the page makes a paragraph's story doubtful
BEHIND_FIRST = 4.5  # points behind the best at which the first turn gives a way up
CALM = 0.6  # what its topic must earn more in its own story for a paragraph to be at rest there


@dataclass(frozen=True, slots=True)
class Woven:
    owner: dict[int, int]  # body piece -> story
    links: dict[int, int]  # tail -> head
    margin: dict[int, float]  # body piece -> what its topic earned over the best rival story
    points: float = 0.0  # what the whole account earned
    disputed: Mapping[int, int] = field(default_factory=dict)  # body piece -> story that another account gives it
    signed: Mapping[int, int] = field(default_factory=dict)  # signature -> story that it closes


def unweave(
    events: Sequence[Event],
    stories: Sequence[Story],
    joints: Joints,
    telling: Telling,
    beginnings: Sequence[tuple[float, float]] = BEGINNINGS,
) -> Woven:
    """Story and join of every body piece among `events`."""
    owner = {e.piece: e.latest for e in events if not e.closes}
    tracks = Tracks(events, stories, joints)
    earnings = _Earnings(events, stories, telling)
    accounts: dict[tuple[int, ...], tuple[float, Woven]] = {}  # by the assignment that they were judged on
    weaving = joints.knowledge.weights.weaving
    for doubtful, ease in beginnings:
        _, settled, *_ = tracks.assign(earnings.of(owner, doubtful), ease * weaving, BEHIND_FIRST)
        for _ in range(1, ROUNDS):
            key = tuple(settled.values())
            if key in accounts:
                break
            earned = earnings.of(settled, 1.0)
            total, settled, links, signed = tracks.assign(earned, weaving)
            accounts[key] = total, Woven(settled, links, _margins(settled, earned), total, signed=signed)
        if _is_calm(max(accounts.values(), key=lambda account: account[0])[1], joints):
            break
    best, *others = sorted((woven for _, woven in accounts.values()), key=lambda woven: -woven.points)
    near = (woven for woven in others if woven.points > best.points - NEAR)
    return replace(best, disputed=_disputed(best.owner, near))


def _disputed(owner: Mapping[int, int], others: Iterable[Woven]) -> dict[int, int]:
    """Pieces that other accounts of the page, the best first, give to other stories than `owner` does."""
    found: dict[int, int] = {}
    for other in others:
        for piece, k in other.owner.items():
            if k != owner[piece]:
                found.setdefault(piece, k)
    return found


def _is_calm(woven: Woven, joints: Joints) -> bool:
    """Is there nothing that another account could do better: all joined, and no paragraph drawn to another story?"""
    drawn = any(margin < CALM for margin in woven.margin.values())
    return not drawn and all(i in woven.links or not joints.price(i) for i in woven.owner)


class _Earnings:
    """What every paragraph earns by topic in each story it may belong to, against that story's other paragraphs."""

    __slots__ = ("_certain", "_choices", "_order", "_readers", "_said", "_telling", "_titles")

    def __init__(self, events: Sequence[Event], stories: Sequence[Story], telling: Telling) -> None:
        self._order = [event.piece for event in events if not event.closes]
        self._titles = [[i for i in story.titles if i in telling] for story in stories]
        self._telling = telling
        self._certain = {event.piece for event in events if event.fixed or event.fresh}
        self._choices: dict[int, list[int]] = {}
        self._readers: dict[int, list[int]] = {}
        for event in events:
            candidates = rivals(event, stories)
            if event.closes or len(candidates) == 1:
                continue
            self._choices[event.piece] = candidates
            for k in candidates:
                self._readers.setdefault(k, []).append(event.piece)
        self._said: dict[tuple[int, float, tuple[int, ...]], dict[int, float]] = {}

    def of(self, owner: Mapping[int, int], doubtful: float) -> dict[tuple[int, int], float]:
        """(piece, story) -> points, if the pieces belong as `owner` says; only assumed ones count `doubtful` times."""
        members: dict[int, list[int]] = {}
        for piece in self._order:
            members.setdefault(owner[piece], []).append(piece)
        told = {k: self._told(k, doubtful, tuple(members.get(k, ()))) for k in self._readers}
        earned: dict[tuple[int, int], float] = {}
        for piece, candidates in self._choices.items():
            least = max(told[k][piece] for k in candidates) - TOPIC_MOST
            for k in candidates:
                earned[piece, k] = max(least, told[k][piece])
        return earned

    def _told(self, k: int, doubtful: float, members: tuple[int, ...]) -> dict[int, float]:
        """What the paragraphs that may belong to story `k` earn there while it has `members`."""
        key = k, doubtful, members
        if key not in self._said:
            times = {i: 1.0 if i in self._certain else doubtful for i in members}
            vocabulary = self._telling.vocabulary(self._titles[k], times)
            self._said[key] = {i: TOPIC * self._telling.likelihood(i, vocabulary) for i in self._readers[k]}
        return self._said[key]


def _margins(owner: Mapping[int, int], earned: Mapping[tuple[int, int], float]) -> dict[int, float]:
    """How much more each paragraph earns by topic in its own story than in the best other."""
    best: dict[int, float] = {}
    for (piece, k), value in earned.items():
        if owner[piece] != k:
            best[piece] = max(best.get(piece, -99.0), value)
    return {
        piece: earned[piece, owner[piece]] - value for piece, value in best.items() if (piece, owner[piece]) in earned
    }
