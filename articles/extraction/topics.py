"""How much two passages of one page speak of the same thing: shared character pairs, rare ones counting more.

    老街的路灯 / 路灯亮到深夜      share 路灯, which few paragraphs of the page have

The weights are the page's own: what every paragraph says (the town's name) says nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

_RUN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9.]{2,}")


def pairs(text: str) -> frozenset[str]:
    """Adjacent Chinese characters of `text`, and its foreign words and numbers."""
    found: set[str] = set()
    for run in _RUN.findall(text):
        if run[0] >= "\u4e00":
            found.update(a + b for a, b in zip(run, run[1:], strict=False))
        else:
            found.add(run)
    return frozenset(found)


def pair_weights(passages: Sequence[frozenset[str]]) -> Mapping[str, float]:
    """Weight of each pair: the rarer among `passages` the heavier; one that stands in a single passage links nothing."""
    counts = Counter(pair for passage in passages for pair in passage)
    size = len(passages) + 1
    return {pair: math.log(size / n) for pair, n in counts.items() if n > 1}


def weight(pairs_of: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(pair, 0.0) for pair in pairs_of)


def affinity(passage: frozenset[str], other: frozenset[str] | set[str], weights: Mapping[str, float]) -> float:
    """Share of the weight of `passage` that `other` has too, 0 to 1; 0 for a passage without weight."""
    whole = weight(passage, weights)
    return weight(passage & other, weights) / whole if whole else 0.0
