"""How the hits of a search fall into newspapers, years, categories, columns, kinds, people and pages.

At most the newest FIRST hits are counted, and of those ordered by relevance no more than were ranked: more would take
longer than finding them. An article counts for the page that it begins on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from ..models import Article, Credit, Page
from ..models.articles import DAY
from .results import Results

FIRST = 1000


@dataclass(slots=True)
class Facets:
    """`days`: how many hits each day has; `values`: facet -> (value, words) -> hits."""

    counted: int = 0
    days: Counter[date] = field(default_factory=Counter)
    values: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)


def count_facets(results: Results) -> Facets:
    rows = results.newest[:FIRST]
    facets = Facets(len(rows), Counter(_day(key) for key, *_ in rows))
    articles = [article for _, article, _ in rows if article]
    pages = [page for _, _, page in rows if page]
    _count(facets, Article.objects.filter(pk__in=articles).order_by(), ARTICLE_FACETS)
    credits = Credit.objects.filter(article__in=articles, person__isnull=False).order_by()
    people = set(credits.values_list("article", "person__name"))
    facets.values["person"] = Counter((name, name) for _, name in people)
    if pages:
        _count(facets, Page.objects.filter(pk__in=pages).order_by(), PAGE_FACETS)
    return facets


PAPER = ("newspaper__slug", "newspaper__name")
ARTICLE_FACETS = {
    "newspaper": PAPER,
    "category": ("category__slug", "category__name"),
    "column": ("column_id", "column__name"),
    "kind": ("kind", "kind"),
    "number": ("page__number", "page__number"),
}
PAGE_FACETS = {"newspaper": PAPER, "number": ("number", "number")}


def _count(facets: Facets, rows: object, wanted: dict[str, tuple[str, str]]) -> None:
    columns = list(dict.fromkeys(column for pair in wanted.values() for column in pair))
    places = {name: (columns.index(value), columns.index(words)) for name, (value, words) in wanted.items()}
    for row in rows.values_list(*columns):  # type: ignore[attr-defined]
        for name, (value, words) in places.items():
            if row[value] not in (None, ""):
                facets.values.setdefault(name, Counter())[str(row[value]), str(row[words])] += 1


def _day(key: int) -> date:
    year, rest = divmod(key // DAY, 10_000)
    return date(year, *divmod(rest, 100))


def count_years(days: Counter[date]) -> list[tuple[int, int]]:
    return sorted(_sums((day.year, n) for day, n in days.items()).items())


def count_months(days: Counter[date]) -> dict[int, int]:
    return dict(_sums((day.month, n) for day, n in days.items()))


def _sums(pairs: Iterable[tuple[int, int]]) -> Counter[int]:
    sums: Counter[int] = Counter()
    for key, n in pairs:
        sums[key] += n
    return sums
