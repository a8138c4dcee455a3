"""How much two passages of one page speak of the same thing, by adjacent character pairs.

    老街的路灯 / 路灯亮到深夜      share 路灯, which few paragraphs of the page have

The weights are the page's own: what every paragraph says (the town's name) says nothing. `affinity` compares two
passages; a `Vocabulary` is a small language model of one story, so that a long story does not draw all to itself.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import add
from typing import NamedTuple

_RUN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9.]{2,}")
BACKGROUND = 0.5  # share of the page's own model mixed into a story's
TITLE_TIMES = 3.0  # a headline's words count so often


def pairs(text: str) -> frozenset[str]:
    """Adjacent Chinese characters of `text`, and its foreign words and numbers."""
    found: set[str] = set()
    for run in _RUN.findall(text):
        if run[0] >= "\u4e00":
            found.update(map(add, run, run[1:]))
        else:
            found.add(run)
    return frozenset(found)


def pair_weights(passages: Sequence[frozenset[str]]) -> Mapping[str, float]:
    """Weight of each pair: the rarer among `passages` the heavier; none for one that stands in a single passage."""
    counts = Counter(itertools.chain.from_iterable(passages))
    size = len(passages) + 1
    return {pair: math.log(size / n) for pair, n in counts.items() if n > 1}


def weight(pairs_of: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum([weights[pair] for pair in pairs_of if pair in weights])


def affinity(passage: frozenset[str], other: frozenset[str] | set[str], weights: Mapping[str, float]) -> float:
    """Share of the weight of `passage` that `other` has too, 0 to 1; 0 for a passage without weight."""
    whole = weight(passage, weights)
    return weight(passage & other, weights) / whole if whole else 0.0


class Vocabulary(NamedTuple):
    """What one story says: how often each pair stands in its passages."""

    counts: Mapping[str, float]
    pairs: frozenset[str]
    size: float
    times: Mapping[int, float]  # how often each passage was counted
    likely: dict[int, float]  # what `Telling.likelihood` has found so far


class Telling:
    """The passages of one page, headlines among them, and what they tell of the story that each belongs to."""

    __slots__ = ("_passages", "_rarity", "_vocabularies")

    def __init__(self, passages: Mapping[int, frozenset[str]]) -> None:
        counts = Counter(itertools.chain.from_iterable(passages.values()))
        # A pair that stands once on the page tells no story from another.
        shared = {pair: n for pair, n in counts.items() if n > 1}
        kept = frozenset(shared)
        self._passages = {i: said & kept for i, said in passages.items()}
        size = sum(shared.values())
        odds = (1.0 - BACKGROUND) / BACKGROUND
        self._rarity = {pair: odds * size / n for pair, n in shared.items()}
        self._vocabularies: dict[tuple[tuple[int, ...], tuple[tuple[int, float], ...]], Vocabulary] = {}

    def __contains__(self, passage: int) -> bool:
        return passage in self._passages

    def vocabulary(self, titles: Iterable[int], times: Mapping[int, float]) -> Vocabulary:
        """What a story says that has these headlines, and each of the other passages so many times."""
        key = tuple(titles), tuple(times.items())
        if key not in self._vocabularies:
            self._vocabularies[key] = self._count(*key)
        return self._vocabularies[key]

    def _count(self, titles: Iterable[int], times: Iterable[tuple[int, float]]) -> Vocabulary:
        by_times: dict[float, list[frozenset[str]]] = {}
        for i, n in itertools.chain(((i, TITLE_TIMES) for i in titles), times):
            by_times.setdefault(n, []).append(self._passages[i])
        by_times.pop(0.0, None)
        counts: dict[str, float] = {}
        counts.update(Counter(itertools.chain.from_iterable(by_times.pop(1.0, ()))))
        for n, passages in by_times.items():
            for pair in itertools.chain.from_iterable(passages):
                counts[pair] = counts.get(pair, 0.0) + n
        return Vocabulary(counts, frozenset(counts), sum(counts.values()), dict(times), {})

    def likelihood(self, passage: int, said: Vocabulary) -> float:
        """Log-likelihood ratio of a passage to the page's model, against what the story's other passages say."""
        if passage not in said.likely:
            mine, counts, rarity = self._passages[passage], said.counts, self._rarity
            own = said.times.get(passage, 0.0)
            size = max(1.0, said.size - own * len(mine))
            ratios = [1.0 + (counts[pair] - own) * rarity[pair] / size for pair in mine & said.pairs]
            said.likely[passage] = len(mine) * math.log(BACKGROUND) + sum(map(math.log, ratios))
        return said.likely[passage]
