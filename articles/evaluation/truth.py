"""What is true of a page: the passages it is printed in, and the articles a careful editor makes of them.

Passages are stretches of the page's text in page order, named by their index: a printed line of a gold file, a block of
a page that editors signed off. What several readings are as good for lists them all.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrueArticle:
    """`headlines`, `columns`, `people`, `kinds`: every accepted reading; empty where it is not scored."""

    name: str  # what a report calls it
    paragraphs: tuple[tuple[int, ...], ...]  # passages of body and captions, in reading order
    subheadings: tuple[int, ...] = ()
    bylines: tuple[int, ...] = ()
    headlines: tuple[str, ...] = ()  # empty: none was printed
    columns: tuple[str, ...] = ()
    kicker: str = ""
    subheadline: str = ""
    people: tuple[frozenset[str], ...] = ()
    kinds: frozenset[str] = frozenset()
    continued_from: str = ""  # the page that its jump marker names
    categories: frozenset[str] = frozenset()
    titled: bool = True  # False: what heads it stands on another page, so no title is scored


@dataclass(frozen=True, slots=True)
class TruePage:
    passages: tuple[tuple[int, int], ...]  # (start, end)
    articles: tuple[TrueArticle, ...]
    repeats: frozenset[int] = frozenset()  # passages that repeat others
    neutral: frozenset[int] = frozenset()  # right wherever they are put
    days: tuple[datetime.date, datetime.date] | None = None  # the earliest and latest it can be of
    subheadings_told: bool = True  # False: what is body and what subheading is a guess of whoever made the truth
    woven: bool = False
