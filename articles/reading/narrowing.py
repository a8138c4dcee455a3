"""What the search page offers to narrow its hits by, and what it is narrowed by: words, numbers, addresses."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from ..filters import Picked
from ..models import Article
from ..search.addresses import FACETS
from ..search.facets import count_months, count_years
from ..templatetags.reading import page_label
from .charts import draw, without_gaps

SHOWN, MOST = 6, 30  # values of a facet: at once, and after asking for more
YEARS = 40  # that a chart has bars for; of more, decades
SEVERAL = ("person",)  # facets of which an article has several values


@dataclass
class Chip:
    label: str
    words: str
    excluded: bool
    address: object


@dataclass
class Value:
    words: str
    count: int
    include: object
    exclude: object


@dataclass
class Group:
    label: str
    shown: list
    more: list


@dataclass
class Timeline:
    chart: object
    unit: str
    earlier: object = None


def say(name, value):
    """A value as readers say it; the value is a row or what was typed."""
    if name == "kind":
        return Article.Kind(value).label
    if name == "number":
        return page_label(str(value))
    return f"{value}年" if name == "year" else str(value)


def chips(filters, address):
    """What the hits are narrowed by, each with the address without it."""
    found = []
    for name, value in address.pairs:
        if name in ("since", "until"):
            found.append(Chip("起" if name == "since" else "止", value, False, address.without(name)))
        elif name in FACETS:
            excluded, bare = value.startswith("-"), value.removeprefix("-")
            words = words_of(filters, name, bare)
            found.append(Chip(filters.filters[name].label, words, excluded, address.dropping(name, value)))
    return found


def words_of(filters, name, bare):
    picked = filters.form.cleaned_data.get(name) or Picked()
    for value in (*picked.included, *picked.excluded):
        if bare in (str(value), str(getattr(value, "slug", "")), str(getattr(value, "pk", ""))):
            return say(name, value)
    return bare


def facet_groups(facets, filters, address):
    """Of each facet the values that most hits have, but for one that is settled."""
    groups = []
    for name in FACETS:
        picked = filters.form.cleaned_data.get(name) or Picked()
        taken = {value for key, value in address.pairs if key == name}
        counts = facets.values.get(name, {})
        if picked.included and name not in SEVERAL:
            continue
        offered = [(value, words, n) for (value, words), n in counts.items() if value not in taken]
        # What all hits have narrows nothing.
        if len(offered) > 1 or any(n < facets.counted for *_, n in offered):
            most = sorted(offered, key=lambda row: (-row[2], row[1]))[:MOST]
            values = [
                Value(say(name, words), n, address.adding(name, value), address.adding(name, f"-{value}"))
                for value, words, n in most
            ]
            groups.append(Group(filters.filters[name].label, values[:SHOWN], values[SHOWN:]))
    return groups


def timeline(facets, address, capped):
    """Bars of the hits by decades, years, or months of a single year; where not all are counted, a way further back."""
    if not facets.days:
        return None
    years = count_years(facets.days)
    first = min(facets.days)
    earlier = address.having(("until", first.isoformat())) if capped else None
    if len(years) == 1:
        return Timeline(draw(months(years[0][0], facets, address)), "月", earlier)
    if years[-1][0] - years[0][0] < YEARS:
        base = address.without("year", "since", "until")
        bars = [(f"{year}年", n, base.adding("year", str(year))) for year, n in without_gaps(years)]
        return Timeline(draw(bars), "年", earlier)
    sums = {}
    for year, n in years:
        sums[year // 10] = sums.get(year // 10, 0) + n
    base = address.without("year")
    bars = [
        (f"{tens}0年代", n, base.having(("since", f"{tens}0-01-01"), ("until", f"{tens}9-12-31")))
        for tens, n in without_gaps(sums.items())
    ]
    return Timeline(draw(bars), "年代", earlier)


def months(year, facets, address):
    counts, base = count_months(facets.days), address.without("year")
    return [
        (f"{year}年{month}月", counts.get(month, 0), base.having(*month_ends(year, month))) for month in range(1, 13)
    ]


def month_ends(year, month):
    last = monthrange(year, month)[1]
    return ("since", date(year, month, 1).isoformat()), ("until", date(year, month, last).isoformat())
