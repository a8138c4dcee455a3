"""How often a column comes, told from the days of its latest articles. Pure."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from statistics import median

FEWEST = 4  # days; of fewer nothing is said
MOSTLY = 0.7  # of the days on one day of the week
# Days between two, in the middle of all -> what that is called.
RHYTHMS = ((1.5, "几乎每天"), (4, "每周几次"), (9, "大约每周一次"), (20, "大约每两周一次"), (45, "大约每月一次"))
WEEKDAYS = "一二三四五六日"


def tell_frequency(days: Iterable[date]) -> str:
    """大约每周一次，多在星期三; "" where there are too few to tell."""
    days = sorted(set(days))
    if len(days) < FEWEST:
        return ""
    gap = median((later - earlier).days for earlier, later in pairwise(days))
    rhythm = next((words for most, words in RHYTHMS if gap <= most), "不定期")
    weekday, times = Counter(day.weekday() for day in days).most_common(1)[0]
    mostly = times >= MOSTLY * len(days)
    return rhythm + (f"，多在星期{WEEKDAYS[weekday]}" if mostly else "")
