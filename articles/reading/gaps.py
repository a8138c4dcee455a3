"""What an archive lacks of a newspaper: days without an issue on which the paper came out, and pages of an issue.

A day between the first issue held and the last one counts as missing

- by the running numbers (期号) of the issues held before and after it, if at most a year apart: when as many
  numbers are lacking as days lie between, the paper came out on each; when none is lacking, on none;
- else by the weekday: when an issue is held of at least half of the same weekdays in the four weeks before and the four
  after, counting those between the first issue and the last, and of two at least.

So days before the first and after the last issue are never missing, nor holidays in a run of numbers without a gap. A
long stretch that is lacking altogether is told by numbers only.

Pages are missing where the numbers 1 to the highest that is held have gaps, each lettered section (A01, B01) by itself;
as many as there are pages of unknown number may stand in the gaps and are not counted.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

WEEKS = 4
FEWEST = 2
YEAR = 366  # days

_NUMBER = re.compile(r"\D*([0-9]{1,7})\D*")
_PAGE = re.compile(r"([A-Za-z]{0,2})0*([0-9]{1,3})")


def missing_days(held: Mapping[date, str], days: Iterable[date]) -> set[date]:
    """Those of `days` that are missing, where `held` has for each day with an issue its running number or ""."""
    dates = sorted(held)
    return {
        day for day in days if dates and dates[0] < day < dates[-1] and day not in held and _lacks(held, dates, day)
    }


def _lacks(held: Mapping[date, str], dates: list[date], day: date) -> bool:
    at = bisect_left(dates, day)
    before, after = dates[at - 1], dates[at]
    between = (after - before).days - 1
    numbers = [read_number(held[before]), read_number(held[after])]
    if between < YEAR and None not in numbers:
        lacking = numbers[1] - numbers[0] - 1  # type: ignore[operator]
        if lacking == 0 or lacking == between:
            return bool(lacking)
    weeks = [day + timedelta(weeks=week) for week in range(-WEEKS, WEEKS + 1) if week]
    within = [other for other in weeks if dates[0] <= other <= dates[-1]]
    came = sum(other in held for other in within)
    return came >= FEWEST and 2 * came >= len(within)


def read_number(number: str) -> int | None:
    """The running number that is printed as 第9126期, 9126 or 总9126号; None of one with several figures or none."""
    found = _NUMBER.fullmatch(number)
    return int(found[1]) if found else None


def missing_pages(numbers: Collection[str]) -> list[str]:
    """The labels of the pages that an issue lacks, of which these are held ("" for an unknown number)."""
    sections: dict[str, dict[int, str]] = defaultdict(dict)
    unknown = 0
    for number in numbers:
        if page := _PAGE.fullmatch(number):
            sections[page[1].upper()][int(page[2])] = number
        else:
            unknown += 1
    lacking = []
    for letter, pages in sorted(sections.items()):
        width = len(next(iter(pages.values()))) - len(letter)
        lacking += [f"{letter}{n:0{width}d}" for n in range(1, max(pages)) if n not in pages]
    return lacking if len(lacking) > unknown else []
