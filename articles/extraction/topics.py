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
TITLE_TIMES = 4.0  # a headline's words count so often
LETTERS = 0.5  # what a single character tells, to what a pair tells
FEW_PAIRS = 20  # of a passage that single characters help to tell
_LETTERS = re.compile(r"[\u4e00-\u9fff]+")


def pairs(text: str) -> frozenset[str]:
    """Adjacent Chinese characters of `text`, and its foreign words and numbers."""
    found: set[str] = set()
    for run in _RUN.findall(text):
        if run[0] >= "\u4e00":
            found.update(map(add, run, run[1:]))
        else:
            found.add(run)
    return frozenset(found)


def recurring(passages: Mapping[int, frozenset[str]]) -> dict[int, frozenset[str]]:
    """What each of the passages of a page has in common with any other: no more is ever asked for."""
    counts = Counter(itertools.chain.from_iterable(passages.values()))
    kept = frozenset([sight for sight, n in counts.items() if n > 1])
    return {i: said & kept for i, said in passages.items()}


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
    """How often each pair, or letter, stands in the passages of one story."""

    counts: Mapping[str, float]
    sights: frozenset[str]
    size: float


class Said:
    """What one story says, in pairs of characters and in single ones; of these only when they are asked for."""

    __slots__ = ("letters", "likely", "pairs", "times", "titles")

    def __init__(self, titles: tuple[int, ...], times: Mapping[int, float], pairs: Vocabulary) -> None:
        self.titles, self.times, self.pairs = titles, times, pairs
        self.letters: Vocabulary | None = None
        self.likely: dict[int, float] = {}  # what `Telling.likelihood` has found so far


class Telling:
    """The passages of one page, headlines among them, and what they tell of the story that each belongs to.

    `pairs`: those of each passage that recur.
    Single characters say less than pairs, but a short passage has few pairs that stand elsewhere. What a passage says
    again and again is no new evidence, so a long one weighs as the square root of its length.
    """

    __slots__ = ("_letters", "_pairs", "_said", "_texts")

    def __init__(self, pairs: Mapping[int, frozenset[str]], texts: Mapping[int, str]) -> None:
        self._pairs, self._texts = _Sights(pairs), texts
        self._letters: _Sights | None = None
        self._said: dict[tuple[tuple[int, ...], tuple[tuple[int, float], ...]], Said] = {}

    def __contains__(self, passage: int) -> bool:
        return passage in self._pairs.passages

    def vocabulary(self, titles: Iterable[int], times: Mapping[int, float]) -> Said:
        """What a story says that has these headlines, and each of the other passages so many times."""
        key = tuple(titles), tuple(times.items())
        if key not in self._said:
            self._said[key] = Said(key[0], dict(times), self._pairs.count(*key))
        return self._said[key]

    def likelihood(self, passage: int, said: Said) -> float:
        """How much likelier a passage is in a story, by the story's other passages, than on the page."""
        if passage not in said.likely:
            length = len(self._pairs.passages[passage])
            own = said.times.get(passage, 0.0)
            ratio = self._pairs.likelihood(passage, said.pairs, own)
            if length < FEW_PAIRS:
                ratio += LETTERS * self._likelihood_by_letters(passage, said, own)
            said.likely[passage] = ratio / math.sqrt(1.0 + length)
        return said.likely[passage]

    def _likelihood_by_letters(self, passage: int, said: Said, own: float) -> float:
        if self._letters is None:
            letters = {i: frozenset("".join(_LETTERS.findall(text))) for i, text in self._texts.items()}
            self._letters = _Sights(recurring(letters))
        if said.letters is None:
            said.letters = self._letters.count(said.titles, tuple(said.times.items()))
        return self._letters.likelihood(passage, said.letters, own)


class _Sights:
    """Where the pairs, or the letters, of a page stand: those that recur, for the others tell no story apart."""

    __slots__ = ("_rarity", "passages")

    def __init__(self, passages: Mapping[int, frozenset[str]]) -> None:
        self.passages = passages
        counts = Counter(itertools.chain.from_iterable(passages.values()))
        odds = (1.0 - BACKGROUND) / BACKGROUND * sum(counts.values())
        self._rarity = {sight: odds / n for sight, n in counts.items()}

    def count(self, titles: Iterable[int], times: Iterable[tuple[int, float]]) -> Vocabulary:
        by_times: dict[float, list[frozenset[str]]] = {}
        for i, n in itertools.chain(((i, TITLE_TIMES) for i in titles), times):
            by_times.setdefault(n, []).append(self.passages[i])
        by_times.pop(0.0, None)
        counts: dict[str, float] = {}
        counts.update(Counter(itertools.chain.from_iterable(by_times.pop(1.0, ()))))
        for n, passages in by_times.items():
            for sight in itertools.chain.from_iterable(passages):
                counts[sight] = counts.get(sight, 0.0) + n
        return Vocabulary(counts, frozenset(counts), sum(counts.values()))

    def likelihood(self, passage: int, said: Vocabulary, own: float) -> float:
        """Log-likelihood ratio of a passage to the page's model, against what the story's other passages say."""
        mine, counts, rarity = self.passages[passage], said.counts, self._rarity
        size = max(1.0, said.size - own * len(mine))
        ratios = [1.0 + (counts[sight] - own) * rarity[sight] / size for sight in mine & said.sights]
        product = math.prod(ratios)  # one logarithm is quicker than many
        return len(mine) * math.log(BACKGROUND) + (
            math.log(product) if product < math.inf else sum(map(math.log, ratios))
        )
