"""The day a page is of: printed in its masthead, else inferred from the days its articles speak of.

青石日报 2023年5月9日 星期二                              -> 2023-05-09, masthead
新华社青石5月8日电 ……  2023年5月6日                       -> 2023-05-09, inferred: the day after the latest news
展览将持续至6月30日                                       -> says nothing: that day may be to come
"""

from __future__ import annotations

import datetime
import re
from .masthead import read_full_date, read_masthead
from .values import DateReading


def read_date(text: str) -> DateReading:
    masthead = read_masthead(text)
    if masthead.date:
        return DateReading(masthead.date, "masthead", masthead.evidence)
    dates = [
        (d, m.group()) for m in re.finditer(r"\d{4}年\d{1,2}月\d{1,2}日", text) if (d := read_full_date(m.group()))
    ]
    if not dates:
        return DateReading()
    day, words = max(dates)
    return DateReading(day + datetime.timedelta(days=1), "inferred", words)
