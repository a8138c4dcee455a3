"""A few prices of the rules, searched one after the other on pages that editors signed off.

Multiples in a narrow range: a newspaper whose columns are seldom woven pays more for weaving. A price moves only for a
gain that is more than chance, and only where there are pages enough to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace

from ..evaluation.scoring import score_page
from ..evaluation.signed_off import read_truths
from ..extraction import Knowledge, Weights, split_page
from .reading import spread

LEAST_PAGES, MOST_PAGES = 20, 60
STEPS = (0.75, 1.3)
LEAST_GAIN = 0.02  # of the touches, and two of them


def fit_weights(knowledge: Knowledge, page_ids: Sequence[int], tick: Callable[[], None]) -> Weights:
    """The weights with which `knowledge` leaves least to mend on these pages."""
    if len(page_ids) < LEAST_PAGES:
        return knowledge.weights
    pages = spread(list(page_ids), MOST_PAGES)
    best, least = knowledge.weights, count_touches(knowledge, pages, tick)
    for weight in fields(Weights):
        for step in STEPS:
            tried = replace(best, **{weight.name: step})
            touches = count_touches(replace(knowledge, weights=tried), pages, tick)
            if touches <= least - max(2, LEAST_GAIN * least):
                best, least = tried, touches
    return best


def count_touches(knowledge: Knowledge, page_ids: Sequence[int], tick: Callable[[], None]) -> int:
    """Touches that splits by `knowledge` leave on signed-off pages."""
    total = 0
    for page, truth in read_truths(page_ids):
        total += score_page(truth, split_page(page.source_text, knowledge=knowledge), page.source_text).touches.total()
        tick()
    return total
