"""How much two passages of one page speak of the same thing, by adjacent character pairs.

    老街的路灯 / 路灯亮到深夜      share 路灯, which few paragraphs of the page have

The weights are the page's own: what every paragraph says (the town's name) says nothing. `affinity` compares two
passages; `Vocabulary` is a small language model of one story, so that a long story does not draw all to itself.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

_RUN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9.]{2,}")
BACKGROUND = 0.5  # share of the page's own model mixed into a story's


def pairs(text: str) -> frozenset[str]:
    """Adjacent Chinese characters of `text`, and its foreign words and numbers."""
    found: set[str] = set()
    for run in _RUN.findall(text):
        if run[0] >= "\u4e00":
            found.update(a + b for a, b in itertools.pairwise(run))
        else:
            found.add(run)
    return frozenset(found)


def pair_weights(passages: Sequence[frozenset[str]]) -> Mapping[str, float]:
    """Weight of each pair: the rarer among `passages` the heavier; none for one that stands in a single passage."""
    counts = Counter(pair for passage in passages for pair in passage)
    size = len(passages) + 1
    return {pair: math.log(size / n) for pair, n in counts.items() if n > 1}


def weight(pairs_of: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(pair, 0.0) for pair in pairs_of)


def affinity(passage: frozenset[str], other: frozenset[str] | set[str], weights: Mapping[str, float]) -> float:
    """Share of the weight of `passage` that `other` has too, 0 to 1; 0 for a passage without weight."""
    whole = weight(passage, weights)
    return weight(passage & other, weights) / whole if whole else 0.0


class Vocabulary:
    """What one story says: how often each pair stands in its passages."""

    __slots__ = ("counts", "size")

    def __init__(self) -> None:
        self.counts: dict[str, float] = {}
        self.size = 0.0

    def add(self, passage: Iterable[str], times: float = 1.0) -> None:
        for pair in passage:
            self.counts[pair] = self.counts.get(pair, 0.0) + times
            self.size += times

    def likelihood(self, passage: Iterable[str], page: Vocabulary, own: float = 0.0) -> float:
        """Log-likelihood ratio of `passage` to the page's model; `own` is how often the passage itself was added."""
        mine = list(passage)
        size = max(1.0, self.size - own * len(mine))
        unseen = math.log(BACKGROUND)
        total = 0.0
        for pair in mine:
            count = self.counts.get(pair, 0.0) - own
            if count > 1e-9:
                common = page.counts.get(pair, 1.0) / page.size
                total += math.log((1.0 - BACKGROUND) * count / size / common + BACKGROUND)
            else:
                total += unseen
        return total
