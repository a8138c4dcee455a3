"""Un-weave and join: the story of every paragraph and the rest of every cut one, decided together over the page.

    本报讯 城东老街…(cut)       story 1
    水库除险加固完工             headline of story 2
    本报讯 水库…                story 2
    …(the rest of line 1)       story 1: it joins across the headline
    水位计、放水闸…             story 2: it speaks of the reservoir

Rule: a paragraph goes to the latest story or to one of the few before it that may still run, as that story's next
piece, joined to its last one where that was cut. `tracks` finds the assignment of the whole page that earns most. A
paragraph earns by its topic (`topics.Vocabulary`) and its join (`glue`); going over to another story costs, taking up
an older one again behind a newer headline costs more, and so does text behind its story's signature. What each story
says is learned by repeating the judgement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .glue import Joints
from .topics import Vocabulary
from .tracks import Event, Story, assign_paragraphs, rivals

TOPIC = 0.25
TOPIC_MOST = 4.0
# The judgement is begun several times and the best account kept: (how much the words of a paragraph count for the story
# that it is only assumed to belong to, share of the costs of weaving) in the first turn.
BEGINNINGS = ((0.1, 1.0), (0.1, 0.0), (0.0, 0.3))
ROUNDS = 6
TITLE_TIMES = 3.0  # a headline's words count so often


@dataclass(frozen=True, slots=True)
class Woven:
    owner: dict[int, int]  # body piece -> story
    links: dict[int, int]  # tail -> head
    margin: dict[int, float]  # body piece -> what its topic earned over the best rival story
    points: float = 0.0  # what the whole account earned


def unweave(
    events: Sequence[Event],
    stories: Sequence[Story],
    joints: Joints,
    grams: Mapping[int, frozenset[str]],
    beginnings: Sequence[tuple[float, float]] = BEGINNINGS,
) -> Woven:
    """Story and join of every body piece among `events`."""
    owner = {e.piece: e.latest for e in events if not e.closes}
    # A pair that stands once on the page tells no story from another.
    counts = Counter(pair for piece in owner for pair in grams[piece])
    counts.update(pair for story in stories for i in story.titles for pair in grams.get(i, ()))
    grams = {i: frozenset(pair for pair in said if counts[pair] > 1) for i, said in grams.items()}
    page = Vocabulary()
    for piece in owner:
        page.add(grams[piece])
    for story in stories:
        for i in story.titles:
            page.add(grams.get(i, ()))
    seen: set[tuple[int, ...]] = set()
    accounts = [_settle(events, stories, joints, grams, page, owner, beginning, seen) for beginning in beginnings]
    return max(accounts, key=lambda account: account[0])[1]


def _settle(
    events: Sequence[Event],
    stories: Sequence[Story],
    joints: Joints,
    grams: Mapping[int, frozenset[str]],
    page: Vocabulary,
    owner: Mapping[int, int],
    beginning: tuple[float, float],
    seen: set[tuple[int, ...]],
) -> tuple[float, Woven]:
    """Judge in turn what the stories say and what belongs to them until an account comes again: the best of them."""
    settled = dict(owner)
    best: tuple[float, Woven] = (float("-inf"), Woven({}, {}, {}))
    for turn in range(ROUNDS):
        doubtful, ease = (1.0, 1.0) if turn else beginning
        ease *= joints.knowledge.weights.weaving
        earned = _earnings(events, stories, settled, grams, page, doubtful)
        total, settled, links = assign_paragraphs(events, stories, joints, earned, ease)
        key = tuple(settled.values())
        if turn and total > best[0]:
            best = total, Woven(settled, links, _margins(events, settled, earned), total)
        if turn and key in seen:
            break
        if turn:
            seen.add(key)
    return best


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
