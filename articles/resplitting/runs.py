"""What a page consists of, however it is cut: runs of text, each with where it stands, what it is and what it runs on
from. Two splits of one text are compared run by run, once both are cut wherever either of them is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from ..extraction.values import TEXT_ROLES

PlaceKind = Literal["article", "new", "folded", "aside"]


@dataclass(frozen=True, slots=True)
class Place:
    """An article by its id; one still to be made, by its index in the split; or where else a run is set aside.

    `detail`, the span that a folded run repeats or the reason for which one is set aside, makes no other place of it.
    """

    kind: PlaceKind
    number: int = 0
    detail: tuple[int, int] | str = field(default="", compare=False)

    @property
    def in_article(self) -> bool:
        return self.kind in ("article", "new")


@dataclass(frozen=True, slots=True)
class Part:
    """A passage as it is stored or as extraction gives it; `position` is its place in its article."""

    start: int
    end: int
    place: Place
    role: str
    joins: bool
    position: int


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text without the white space around it. `after`: the end of the run of which it goes on in the same
    paragraph. Outside articles a run has neither role nor that."""

    start: int
    end: int
    place: Place
    role: str = ""
    after: int | None = None


def lay_runs(text: str, parts: Iterable[Part]) -> list[Run]:
    """The runs of a page in its order. What goes on from another page goes on from nothing here."""
    parts = list(parts)
    solid = {part: trim(text, part.start, part.end) for part in parts}
    after = _find_after([part for part in parts if solid[part][0] < solid[part][1]], solid)
    return [
        Run(start, end, part.place, part.role if part.place.in_article else "", after.get(part))
        for part, (start, end) in sorted(solid.items(), key=lambda item: item[1])
        if start < end
    ]


def _find_after(parts: Sequence[Part], solid: dict[Part, tuple[int, int]]) -> dict[Part, int]:
    """Part -> end of the one that it goes on from, by the rule of extraction.assemble."""
    of_article: dict[Place, list[Part]] = defaultdict(list)
    for part in parts:
        if part.place.in_article and part.role in TEXT_ROLES:
            of_article[part.place].append(part)
    return {
        part: solid[before][1]
        for members in of_article.values()
        for before, part in pairwise(sorted(members, key=lambda p: (p.position, p.start)))
        if part.joins and part.role == before.role
    }


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its ends."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def cut_runs(text: str, runs: Iterable[Run], at: Iterable[int]) -> list[Run]:
    """The runs cut at all places of `at`: what is cut off goes on from what stands before it."""
    places = sorted(set(at))
    found = []
    for run in runs:
        inner = [place for place in places if run.start < place < run.end]
        after = run.after
        for start, end in pairwise((run.start, *inner, run.end)):
            start, end = trim(text, start, end)
            if start < end:
                found.append(replace(run, start=start, end=end, after=after))
                after = end if run.role in TEXT_ROLES else None
    return found


def cut_alike(text: str, *splits: Sequence[Run]) -> list[list[Run]]:
    """Splits of one text, each cut wherever one of them is: the same spans in all."""
    at = {run.start for runs in splits for run in runs}
    return [cut_runs(text, runs, at) for runs in splits]


def texts_of(text: str, runs: Iterable[Run]) -> dict[int, str]:
    """Article id -> its text on the page."""
    found: dict[int, str] = defaultdict(str)
    for run in runs:
        if run.place.kind == "article":
            found[run.place.number] += text[run.start : run.end]
    return dict(found)
