"""What a piece of a page can be, and the pieces that count with their neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

# "label" holds column labels, "title" everything else of a title block until `titles` tells its parts apart.
Type = Literal[
    "title",
    "label",
    "body",
    "rubric",
    "byline",
    "closing",
    "credit",
    "pinyin",
    "jump_from",
    "jump_to",
    "housekeeping",
    "furniture",
    "repeat",
]
LONGEST_TITLE = 46  # characters
LONGEST_LABEL = 12


class Line:
    """The pieces that count, each with its neighbours: repeats and furniture do not."""

    __slots__ = ("after", "before")

    def __init__(self, types: Sequence[Type]) -> None:
        counted = [i for i, t in enumerate(types) if t not in ("repeat", "furniture")]
        self.before: dict[int, int | None] = dict(zip(counted, [None, *counted[:-1]], strict=True)) if counted else {}
        self.after: dict[int, int | None] = dict(zip(counted, [*counted[1:], None], strict=True)) if counted else {}


def solid(text: str) -> str:
    """`text` without its white space."""
    return re.sub(r"\s", "", text)
