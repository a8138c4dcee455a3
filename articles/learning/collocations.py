"""How characters stand together in an archive: counted in its body text, passage by passage, repeats left out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from ..assembly import Passage
from ..extraction.collocations import Collocations
from ..extraction.normalise import fold_width
from ..models import Block
from .tally import Tally

MOST_PAIRS, MOST_TRIPLES = 40_000, 60_000
LEAST_PAIRS, LEAST_TRIPLES = 2, 3
_RUN = re.compile(r"[\u3400-\u9fff]+")


class CollocationCount:
    def __init__(self) -> None:
        self._tallies = {length: Tally() for length in (1, 2, 3)}
        self.total = 0

    def add(self, passages: Iterable[Passage]) -> None:
        said = (p.text for p in passages if p.block.article_id and p.block.role == Block.Role.BODY)
        for text in said:
            for run in _RUN.findall(fold_width(text)):
                self.total += len(run)
                for length, tally in self._tallies.items():
                    tally.add(map("".join, zip(*(itertools.islice(run, n, None) for n in range(length)), strict=False)))

    def result(self) -> Collocations:
        ones, pairs, triples = (self._tallies[length] for length in (1, 2, 3))
        counts = ones.most(MOST_PAIRS, 1) | pairs.most(MOST_PAIRS, LEAST_PAIRS)
        return Collocations(counts | triples.most(MOST_TRIPLES, LEAST_TRIPLES), self.total)
