"""Bars of a chart, drawn by the server: places and sizes in units of its view box. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

HEIGHT = 100
WIDTH = 10  # of a bar with its gap
THICK = 8


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    count: int
    address: str
    x: int
    height: int

    @property
    def y(self) -> int:
        return HEIGHT - self.height


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]

    @property
    def width(self) -> int:
        return WIDTH * len(self.bars)

    @property
    def filled(self) -> tuple[Bar, ...]:
        return tuple(bar for bar in self.bars if bar.count)


def draw(rows: Iterable[tuple[str, int, str]]) -> Chart:
    """A bar for each (label, count, address); one that counts anything can be seen."""
    rows = list(rows)
    most = max((count for _, count, _ in rows), default=0)
    return Chart(
        tuple(
            Bar(label, count, address, place * WIDTH, max(4, round(HEIGHT * count / most)) if count else 0)
            for place, (label, count, address) in enumerate(rows)
        )
    )


def without_gaps(counts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """[(year, count)] with a zero for each year between that has none."""
    found = dict(counts)
    return [(year, found.get(year, 0)) for year in range(min(found), max(found) + 1)] if found else []
