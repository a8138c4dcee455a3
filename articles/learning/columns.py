"""The labels of columns that a newspaper uses: short lines that stand in title blocks of several issues.

民声回音壁    over letters in eight issues: a label
天气预报      the headline of one item in every issue: a label too, which heads its item where nothing else does
老街灯会开幕   once: a headline
"""

from __future__ import annotations

from collections.abc import Iterable

from ..assembly import Passage
from ..extraction.assemble import clean_title
from ..models import Block, Page
from .tally import Tally

LONGEST = 12  # characters
LEAST_AS_LABEL, LEAST_AS_TITLE = 3, 4  # issues
MOST = 2000
_Role, _Reason = Block.Role, Block.Reason


class ColumnCount:
    """Issues in which each short title line stands; pages come in the order of their issues."""

    def __init__(self) -> None:
        self._labels, self._titles = Tally(), Tally()
        self._issue: int | None = None
        self._seen: set[str] = set()

    def add(self, page: Page, passages: Iterable[Passage]) -> None:
        # A page of no known day counts as an issue of its own.
        if page.issue_id != self._issue or page.issue_id is None:
            self._issue, self._seen = page.issue_id, set()
        for passage in passages:
            block = passage.block
            label = block.role == _Role.COLUMN or block.reason == _Reason.LABEL
            if not label and block.role not in (_Role.KICKER, _Role.HEADLINE):
                continue
            name = "".join(clean_title(passage.source).strip("【】[]《》").split())
            if 2 <= len(name) <= LONGEST and name.isalpha() and name not in self._seen:
                self._seen.add(name)
                (self._labels if label else self._titles).add([name])

    def result(self) -> frozenset[str]:
        """A line that is a label in some issues and a headline in others counts as a label in all."""
        labels, titles = self._labels.counts, self._titles.counts
        known = {name: n + titles[name] for name, n in labels.items() if n + titles[name] >= LEAST_AS_LABEL}
        known.update({name: n for name, n in titles.items() if n >= LEAST_AS_TITLE and name not in known})
        return frozenset(sorted(known, key=lambda name: (-known[name], name))[:MOST])
