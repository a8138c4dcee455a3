"""Three splits of a page -> what to propose to its editor: the automatic one it had, what editors made of that, and
the new automatic one.

A run differs by its place, its role or what it goes on from. Where the new split says something else of one of these
than the old one did, and the editor has left it as the old one had it, that is a proposal; where the editor has changed
it, or has done the same already, it is none. What belongs together is one proposal: all runs that go from one article
to another, a paragraph and what goes on from it. If an editor decided otherwise of a part of what would go, none of it
is proposed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from ..extraction.values import TEXT_ROLES, TITLE_ROLES
from .runs import Place, Run, cut_alike, cut_runs

UNSAID: Any = "unsaid"  # of a change: leave it as it is


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a run; `was` is how the editor left it, without which the proposal has no sense any more."""

    start: int
    end: int
    was: Run
    place: Place | None = None
    role: str | None = None
    after: int | Literal["unsaid"] | None = UNSAID


class _Merge:
    """The three splits, cut alike: what each says of the run with an index."""

    def __init__(self, base: list[Run], mine: list[Run], theirs: list[Run]):
        self.base, self.mine, self.theirs = base, mine, theirs
        self.moves: dict[tuple[Place, Place], list[int]] = defaultdict(list)
        spoiled = set()
        for i, (b, m, t) in enumerate(zip(base, mine, theirs, strict=True)):
            if t.place in (b.place, m.place):
                continue
            if m.place == b.place:
                self.moves[b.place, t.place].append(i)
            else:
                spoiled.add((b.place, t.place))
        for key in spoiled:
            self.moves.pop(key, None)
        self.moving = {i for members in self.moves.values() for i in members}
        self.at_end = {run.end: i for i, run in enumerate(mine)}

    def will_stand(self, i: int) -> Place:
        return self.theirs[i].place if i in self.moving else self.mine[i].place

    def change_of(self, i: int) -> Change | None:
        """What the new split changes of a run that the editor left alone."""
        b, m, t = self.base[i], self.mine[i], self.theirs[i]
        moves = i in self.moving
        role, after = None, UNSAID
        if t.place.in_article and self.will_stand(i) == t.place:
            if t.role != b.role and m.role == b.role:
                role = t.role
            if self._goes_on(i) and (moves or t.after != b.after) and m.after == b.after:
                after = t.after
        if not moves and role is None and after == UNSAID:
            return None
        return Change(m.start, m.end, m, t.place if moves else None, role, after)

    def _goes_on(self, i: int) -> bool:
        """Will what the new split lets this run go on from stand in its article?"""
        run = self.theirs[i]
        before = None if run.after is None else self.at_end.get(run.after)
        return run.after is None or (before is not None and self.will_stand(before) == run.place)

    def groups(self, changes: Mapping[int, Change]) -> list[list[int]]:
        """Runs whose changes belong together."""
        root = {i: i for i in changes}

        def find(i: int) -> int:
            while root[i] != i:
                i = root[i]
            return i

        def unite(i: int, j: int) -> None:
            if i in root and j in root:
                root[find(max(i, j))] = find(min(i, j))

        made: dict[Place, int] = {}
        for (_, place), members in self.moves.items():
            first = made.setdefault(place, members[0]) if place.kind == "new" else members[0]
            for i in members:
                unite(first, i)
        for i, change in changes.items():
            if change.after != UNSAID:
                for end in (self.mine[i].after, self.theirs[i].after):
                    if end is not None:
                        unite(i, self.at_end[end])
            if i - 1 in changes and _same_kind(changes[i - 1], change):
                unite(i - 1, i)
        found: dict[int, list[int]] = defaultdict(list)
        for i in changes:
            found[find(i)].append(i)
        return list(found.values())


def _same_kind(one: Change, two: Change) -> bool:
    """Are neighbours given the same role in place of the same?"""
    roles = one.role is not None and (one.role, one.was.role) == (two.role, two.was.role)
    return roles and one.place is two.place is None and one.was.place == two.was.place


def merge(
    text: str,
    base: Sequence[Run],
    mine: Sequence[Run],
    theirs: Sequence[Run],
    *,
    corrected: Collection[tuple[int, int]] = (),
    continued: Collection[int] = (),
) -> list[list[Change]]:
    """The proposals, each a list of changes in page order.

    `corrected`: spans of which an editor corrected the text, and which are not cut. `continued`: articles whose head
    is on another page: joining them there made their titles subheadings.
    """
    base, cut_mine, theirs = cut_alike(text, base, mine, theirs)
    cut = _Merge(base, cut_mine, [_as_continued(b, t, continued) for b, t in zip(base, theirs, strict=True)])
    changes = {i: change for i in range(len(cut.mine)) if (change := cut.change_of(i))}
    proposals = (list(_run_together([changes[i] for i in group], mine)) for group in cut.groups(changes))
    whole = [group for group in proposals if not any(_cuts(change, corrected) for change in group)]
    return sorted(whole, key=lambda group: group[0].start)


def _as_continued(base: Run, theirs: Run, continued: Collection[int]) -> Run:
    is_part = theirs.place.kind == "article" and theirs.place.number in continued
    if is_part and base.role == "subheading" and theirs.role in TITLE_ROLES:
        return replace(theirs, role="subheading")
    return theirs


def _run_together(changes: Sequence[Change], mine: Sequence[Run]) -> Iterator[Change]:
    """Neighbours that lie in one run of `mine` and change alike as one."""
    starts = {run.start for run in mine}
    last: Change | None = None
    for change in changes:
        if last is not None and change.start not in starts and _reads_on(last, change):
            last = replace(last, end=change.end, was=replace(last.was, end=change.end))
            continue
        if last is not None:
            yield last
        last = change
    if last is not None:
        yield last


def _reads_on(one: Change, two: Change) -> bool:
    """Will the second go on from the first as it does now, the same thing in the same place?"""
    said = [(c.place, c.role, c.was.place, c.was.role) for c in (one, two)]
    role = two.was.role if two.role is None else two.role
    after = two.was.after if two.after == UNSAID else two.after
    return said[0] == said[1] and (role not in TEXT_ROLES or after == one.end)


def _cuts(change: Change, spans: Collection[tuple[int, int]]) -> bool:
    return any(
        start < change.end and change.start < end and not (change.start <= start and end <= change.end)
        for start, end in spans
    )


def verdict(text: str, changes: Sequence[Change], now: Sequence[Run]) -> Literal["open", "done", "stale"]:
    """Is a proposal still to be decided, is all of it done already, or do its runs no longer stand as they did?"""
    found = [(change, runs_in(text, now, change.start, change.end)) for change in changes]
    if not all(runs for _, runs in found):
        return "stale"
    if all(_is_done(change, runs) for change, runs in found):
        return "done"
    return "open" if all(_is_as_it_was(change, runs) for change, runs in found) else "stale"


def runs_in(text: str, runs: Sequence[Run], start: int, end: int) -> list[Run]:
    return [run for run in cut_runs(text, runs, (start, end)) if start <= run.start < end]


def _is_done(change: Change, runs: Sequence[Run]) -> bool:
    if change.place is not None:
        standing = {run.place for run in runs}
        made = change.place.kind == "new" and all(p.in_article and p != change.was.place for p in standing)
        if not (made or standing == {change.place}):
            return False
    roles = change.role is None or all(run.role == change.role for run in runs)
    return roles and (change.after == UNSAID or runs[0].after == change.after)


def _is_as_it_was(change: Change, runs: Sequence[Run]) -> bool:
    was = change.was
    alike = all((run.place, run.role) == (was.place, was.role) for run in runs)
    if change.after == UNSAID or change.place is not None:
        return alike
    # Whatever it goes on from: what stands before it may have changed by another proposal.
    return alike and (runs[0].after is None) == (was.after is None)
