"""The address of a search: one for what is asked, however it was asked. Pure.

Parameters come in one order, without blanks, repetitions, defaults and what nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

FACETS = ("newspaper", "year", "category", "column", "kind", "person", "number")
PARAMETERS = ("q", *FACETS, "since", "until", "order", "page")
DEFAULTS = frozenset((("order", "relevance"), ("page", "1")))
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Address:
    """What a search asks for, as pairs of parameter and value in their order."""

    pairs: tuple[Pair, ...] = ()

    def __str__(self) -> str:
        return f"?{urlencode(self.pairs)}" if self.pairs else "?"

    def get(self, name: str) -> str:
        return next((value for key, value in self.pairs if key == name), "")

    def without(self, *names: str) -> Address:
        """Without these parameters; another list of hits begins on its first page."""
        return make_address([(key, value) for key, value in self.pairs if key not in (*names, "page")])

    def having(self, *pairs: Pair) -> Address:
        """With these values for their parameters instead of others."""
        return make_address([*self.without(*(key for key, _ in pairs)).pairs, *pairs])

    def adding(self, name: str, value: str) -> Address:
        return make_address([*self.without().pairs, (name, value)])

    def dropping(self, name: str, value: str) -> Address:
        return make_address([pair for pair in self.without().pairs if pair != (name, value)])


def make_address(pairs: Iterable[Pair]) -> Address:
    """Of parameters that are said once the last counts; a facet keeps all its values in the order said."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value.strip())
    ordered = [(name, value) for name in PARAMETERS for value in _values(name, found.get(name, ()))]
    return Address(tuple(pair for pair in ordered if pair not in DEFAULTS))


def _values(name: str, said: Sequence[str]) -> Iterable[str]:
    said = [value for value in dict.fromkeys(said) if value]
    return said if name in FACETS else said[-1:]
