"""How characters stand together in an archive's running text: is what a break parts one run elsewhere?

    …老柳桥的灯笼 / 老柳桥下        the archive prints 老柳桥 often, so 桥 behind 老柳 is no chance
    …傍晚,老柳 | 桥边的人

Counts of single characters, pairs and triples, cut to the frequent ones. What is left out counts as not seen, and is
drawn to what the shorter run tells; so a small archive says little, and an empty one nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .continuity import Habit

DRAWN = 8.0  # sights of a run that weigh as much as what the shorter one tells
LEAST, MOST = -0.5, 2.0  # points: dictionary, quotes and place together outweigh the habit of the archive
WORTH = 0.3  # points a unit of log-odds
_HAN = re.compile(r"[\u3400-\u9fff]{4}")
ENOUGH = 20_000  # characters of an archive that weigh half as much as endless ones


@dataclass(frozen=True, slots=True)
class Collocations:
    """`counts`: how often each run of one, two or three characters was printed; `total`: characters counted."""

    counts: Mapping[str, int] = field(default_factory=dict)
    total: int = 0

    def worth(self, before: str, behind: str) -> float:
        """Points for `behind` reading on from `before`, by the two characters on either side of the break."""
        around = before[-2:] + behind[:2]
        if not self.total or not _HAN.fullmatch(around):
            return 0.0
        odds = Habit(self.counts, self.total, DRAWN, DRAWN).log_odds(around)
        trust = self.total / (self.total + ENOUGH)
        return max(LEAST, min(MOST, WORTH * trust * odds))

    def as_json(self) -> dict[str, object]:
        """Grouped by what the runs begin with, a count in half steps of its logarithm as one character."""
        grouped: dict[str, str] = {}
        for run, count in sorted(self.counts.items()):
            grouped[run[:-1]] = grouped.get(run[:-1], "") + run[-1] + chr(_FIRST + round(_STEPS * math.log2(count)))
        return {"total": self.total, "runs": grouped}

    @classmethod
    def from_json(cls, packed: Mapping[str, object]) -> Collocations:
        runs, total = packed["runs"], packed["total"]
        assert isinstance(runs, dict) and isinstance(total, int)
        counts = {
            start + ends[i]: round(2 ** ((ord(ends[i + 1]) - _FIRST) / _STEPS))
            for start, ends in runs.items()
            for i in range(0, len(ends), 2)
        }
        return cls(counts, total)


_FIRST, _STEPS = 0x30, 2
