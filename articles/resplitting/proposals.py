"""A proposal as the doubt that carries it keeps it: `{"act": "take_new_split", "changes": [...]}`, and in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from .merging import UNSAID, Change
from .runs import Place, Run

ACT = "take_new_split"
QUOTED = 14  # characters of a passage: enough to know it by

Json = dict[str, Any]


def to_json(changes: Sequence[Change]) -> list[Json]:
    return [_change_to_json(change) for change in changes]


def _change_to_json(change: Change) -> Json:
    was = {"place": _place_to_json(change.was.place), "role": change.was.role, "after": change.was.after}
    said: Json = {"span": [change.start, change.end], "was": was}
    if change.place is not None:
        said["place"] = _place_to_json(change.place)
    if change.role is not None:
        said["role"] = change.role
    if change.after != UNSAID:
        said["after"] = change.after
    return said


def _place_to_json(place: Place) -> list[Any]:
    detail = list(place.detail) if isinstance(place.detail, tuple) else place.detail
    return [place.kind, place.number, detail]


def from_json(changes: Any) -> list[Change]:
    """Raises ValueError where it is not what to_json wrote."""
    try:
        return [_change_from_json(said) for said in changes]
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        raise ValueError(str(error)) from error


def _change_from_json(said: Mapping[str, Any]) -> Change:
    start, end = map(_whole, said["span"])
    was = said["was"]
    run = Run(start, end, _place_from_json(was["place"]), str(was["role"]), _offset(was["after"]))
    place = _place_from_json(said["place"]) if "place" in said else None
    role = str(said["role"]) if "role" in said else None
    return Change(start, end, run, place, role, _offset(said["after"]) if "after" in said else UNSAID)


def _offset(value: Any) -> int | None:
    return None if value is None else _whole(value)


def _whole(value: Any) -> int:
    """A number that a row can have."""
    if not isinstance(value, int) or not 0 <= value < 2**31:
        raise ValueError(f"no offset nor id: {value}")
    return value


def _place_from_json(said: Sequence[Any]) -> Place:
    kind, number, detail = said
    if kind not in ("article", "new", "folded", "aside"):
        raise ValueError(f"no such place: {kind}")
    return Place(
        kind, _whole(number), str(detail) if isinstance(detail, str) else (_whole(detail[0]), _whole(detail[1]))
    )


class Words:
    """What a proposal says to an editor. `whole`: articles of which it takes all that stands on the page."""

    def __init__(
        self, text: str, title: Callable[[int], str], roles: Mapping[str, str], reasons: Mapping[str, str]
    ) -> None:
        self.text, self.title, self.roles, self.reasons = text, title, roles, reasons

    def say(self, changes: Sequence[Change], whole: Sequence[int] = ()) -> str:
        moves = [change for change in changes if change.place is not None]
        said = [self._move(list(group), whole) for _, group in groupby(sorted(moves, key=_from_to), key=_from_to)]
        if not moves:
            roles = [change for change in changes if change.role is not None]
            said += [self._role(list(group)) for _, group in groupby(roles, key=lambda c: (c.was.role, c.role))]
            said += [self._after(change) for change in changes if change.role is None]
        return "；".join(said) + "。"

    def _quote(self, start: int, end: int) -> str:
        words = " ".join(self.text[start:end].split())
        return f"“{words if len(words) <= QUOTED else words[:QUOTED] + '…'}”"

    def _quote_all(self, changes: Sequence[Change]) -> str:
        quoted = self._quote(changes[0].start, changes[0].end)
        return f"{quoted}等{len(changes)}段" if len(changes) > 1 else quoted

    def _move(self, changes: Sequence[Change], whole: Sequence[int]) -> str:
        place, was = changes[0].place, changes[0].was.place
        assert place is not None
        quoted = self._quote_all(changes)
        if place.kind == "new":
            return f"{quoted}应另成一篇"
        if place.kind == "folded":
            assert isinstance(place.detail, tuple)
            return f"{quoted}与{self._quote(*place.detail)}重复，应标为重复"
        if place.kind == "aside":
            return f"{quoted}应搁置（{self.reasons.get(str(place.detail), place.detail)}）"
        if was.kind == "article" and was.number in whole:
            return f"《{self.title(was.number)}》与《{self.title(place.number)}》应是一篇"
        return f"{quoted}应移到《{self.title(place.number)}》"

    def _role(self, changes: Sequence[Change]) -> str:
        was, role = changes[0].was.role, changes[0].role or ""
        return f"{self._quote_all(changes)}应是{self.roles.get(role, role)}，现为{self.roles.get(was, was)}"

    def _after(self, change: Change) -> str:
        quoted = self._quote(change.start, change.end)
        if change.after is None:
            return f"{quoted}应另起一段"
        end = int(change.after)
        before = self.text[max(0, end - QUOTED) : end].rpartition("\n")[2].strip()
        return f"{quoted}应与“…{before}”接成一段"


def _from_to(change: Change) -> tuple[Any, ...]:
    place = change.place
    assert place is not None
    return (change.was.place.kind, change.was.place.number, place.kind, place.number)
