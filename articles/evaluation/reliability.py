"""Does confidence mean what it says: of the articles at 90 %, are 90 of 100 as an editor leaves them?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
FEW = 20  # articles of a bin below which its share is hardly more than chance
WIDTH, HEIGHT, MARGIN = 360, 340, 46
FIRST_RADIUS, RADIUS = 3.0, 12.0  # of no articles at all, and what all of them would add


@dataclass(frozen=True, slots=True)
class Bin:
    """Articles whose confidence is from `low` up to `high` (the last bin with 1)."""

    low: float
    high: float
    articles: int
    clean: int
    mean: float  # of their confidences

    @property
    def share(self) -> float:
        return self.clean / self.articles

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def sort_into_bins(sureness: Iterable[tuple[float, bool]]) -> list[Bin]:
    """The bins that hold any of the (confidence, clean) articles."""
    held: dict[int, list[tuple[float, bool]]] = {}
    for confidence, clean in sureness:
        held.setdefault(min(bisect_right(EDGES, confidence) - 1, len(EDGES) - 2), []).append((confidence, clean))
    return [
        Bin(EDGES[n], EDGES[n + 1], len(one), sum(ok for _, ok in one), sum(c for c, _ in one) / len(one))
        for n, one in sorted(held.items())
    ]


def share_in_top_half(sureness: Iterable[tuple[float, bool]]) -> float | None:
    """How many of the surer half of the articles are clean; of equal ones the worse count first. None for none."""
    ordered = sorted(sureness, key=lambda one: (-one[0], one[1]))
    half = ordered[: max(1, len(ordered) // 2)]
    return sum(clean for _, clean in half) / len(half) if half else None


def draw_curve(bins: Sequence[Bin]) -> str:
    """The bins as SVG: a dot each, larger for more articles, hollow for few; on the diagonal confidence is right."""
    total = sum(b.articles for b in bins) or 1
    dots = [(b, _across(b.mean), _up(b.share), FIRST_RADIUS + RADIUS * (b.articles / total) ** 0.5) for b in bins]
    path = " ".join(f"{x:.1f},{y:.1f}" for _, x, y, _ in dots)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
            'role="img" aria-label="把握与实际无误的比例" fill="none" stroke="currentColor" font-size="11">',
            *_axes(),
            f'<polyline points="{path}" stroke-width="1.5"/>',
            *(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="currentColor" '
                f'fill-opacity="{0.0 if b.articles < FEW else 0.35}"><title>把握{tell_range(b)}：{b.articles} 篇，'
                f"无误 {b.clean} 篇（{b.share:.0%}）</title></circle>"
                for b, x, y, radius in dots
            ),
            "</svg>",
        ]
    )


def _axes() -> list[str]:
    left, right, bottom, top = _across(0), _across(1), _up(0), _up(1)
    marks = [
        f'<path d="M{left} {top}V{bottom}H{right}" stroke-opacity=".6"/>',
        f'<path d="M{left} {bottom}L{right} {top}" stroke-dasharray="4 4" stroke-opacity=".6"/>',
        '<g fill="currentColor" stroke="none">',
    ]
    for tenth in range(0, 11, 2):
        share = tenth / 10
        marks.append(f'<text x="{_across(share)}" y="{bottom + 16}" text-anchor="middle">{share:.0%}</text>')
        marks.append(f'<text x="{left - 6}" y="{_up(share) + 4}" text-anchor="end">{share:.0%}</text>')
    marks.append(f'<text x="{(left + right) / 2}" y="{bottom + 34}" text-anchor="middle">程序的把握</text>')
    marks.append(f'<text x="{left - 36}" y="{top - 14}">实际无误的比例</text>')
    marks.append("</g>")
    return marks


def _across(share: float) -> float:
    return MARGIN + share * (WIDTH - MARGIN - 20)


def _up(share: float) -> float:
    return HEIGHT - MARGIN - share * (HEIGHT - MARGIN - 30)


def tell_range(one: Bin) -> str:
    return f"{one.low:.0%}–{one.high:.0%}"
