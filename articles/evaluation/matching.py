"""Pairs of things of two kinds, each used once, that weigh most in all.

Lefts are taken in one by one; each takes the right that gains most, others giving way along a chain where that pays.
What shares nothing is never paired, and of the few pairs that share anything a page has hardly more than articles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping


def match_pairs(weights: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """{left: right} of the heaviest matching. `weights` (left, right) -> above 0."""
    rights: dict[int, list[int]] = defaultdict(list)
    for left, right in sorted(weights):
        rights[left].append(right)
    holder: dict[int, int] = {}
    for left in rights:
        _take_in(left, rights, weights, holder)
    return {left: right for right, left in sorted(holder.items(), key=lambda pair: pair[1])}


def _take_in(
    left: int, rights: Mapping[int, list[int]], weights: Mapping[tuple[int, int], int], holder: dict[int, int]
) -> None:
    """Give `left` a right if all together gain by it; `holder` says who has which, and is the best without `left`."""
    gain: dict[int, int] = {}  # right -> what is gained when the chain comes to it, nobody giving way there yet
    by: dict[int, int] = {}
    wanting = [(left, 0)]
    while wanting:
        one, so_far = wanting.pop(0)
        for right in rights[one]:
            value = so_far + weights[one, right]
            if holder.get(right) == one or value <= gain.get(right, 0):
                continue
            gain[right], by[right] = value, one
            if right in holder:
                wanting.append((holder[right], value - weights[holder[right], right]))
    ends = {right: gain[right] - (weights[holder[right], right] if right in holder else 0) for right in gain}
    if not ends or max(ends.values()) <= 0:
        return
    had = {one: right for right, one in holder.items()}
    right = max(ends, key=lambda r: (ends[r], -r))
    holder.pop(right, None)
    while True:
        one = by[right]
        holder[right] = one
        if one == left:
            return
        right = had[one]
