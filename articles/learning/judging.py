"""Is what was learned worth using? Only pages that editors signed off can tell.

Fitted on half of the signed-off issues and judged on the other half, both ways round, it must leave no more to mend
than without any learning; and fitted on all, no more on all of them than the version in use, which has seen them too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..evaluation.signed_off import signed_off_pages
from ..extraction import EMPTY, Knowledge
from ..models import Newspaper
from .fitting import fit_knowledge
from .reading import spread
from .weights import count_touches

LEAST_PAGES = 10  # fewer prove nothing
MOST_PAGES = 200
Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Touches on `pages`: without learning, with what the other half taught, with the version in use, with the new."""

    pages: int
    without: int = 0
    halves: int = 0
    in_use: int | None = None
    new: int = 0

    @property
    def enough(self) -> bool:
        return self.pages >= LEAST_PAGES

    @property
    def not_worse(self) -> bool:
        return self.enough and self.halves <= self.without and (self.in_use is None or self.new <= self.in_use)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def judged_pages(newspaper: Newspaper | None) -> list[tuple[int, int]]:
    """(page, issue) of the signed-off pages that judge, evenly spread, in the order of their issues."""
    pages = signed_off_pages(newspaper).order_by("issue__date", "issue", "sort_key", "pk")
    found = dict(pages.values_list("pk", "issue"))
    return [(pk, found[pk]) for pk in spread(list(found), MOST_PAGES)]


def judge(newspaper: Newspaper | None, new: Knowledge, in_use: Knowledge | None, tick: Tick) -> Verdict:
    judged = judged_pages(newspaper)
    pages = [pk for pk, _ in judged]
    if len(pages) < LEAST_PAGES:
        return Verdict(len(pages))
    halves = 0
    for half, other in _halve(judged):
        fitted = fit_knowledge(newspaper, tick, without=half, signed_off=other)
        halves += count_touches(fitted.knowledge, half, tick)
    return Verdict(
        pages=len(pages),
        without=count_touches(EMPTY, pages, tick),
        halves=halves,
        in_use=count_touches(in_use, pages, tick) if in_use else None,
        new=count_touches(new, pages, tick),
    )


def _halve(judged: Sequence[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """(half, other half) both ways round. Pages of an issue tell of each other, so they stay together."""
    turn = {issue: n % 2 for n, issue in enumerate(dict.fromkeys(issue for _, issue in judged))}
    halves = [[pk for pk, issue in judged if turn[issue] == side] for side in (0, 1)]
    return [(halves[0], halves[1]), (halves[1], halves[0])]
