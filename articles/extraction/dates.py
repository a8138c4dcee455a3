"""The day a page is of: printed in its masthead, else inferred from the days its articles speak of.

    青石日报 2023年5月9日 星期二                     masthead: 2023-05-09
    新华社青石5月8日电 ……                            the paper of the next day, 2023-05-09
    5月8日,青石县举办……                              news of a day is printed the next day
    特此公告。 2023年5月9日                          a notice is signed on the day it is printed, or before
    决定自2023年5月9日0时启动预警                     so is a warning
    将于6月30日开幕、6月30日前报名、至6月30日          says nothing: that day may be to come

The latest day that the page knows of wins. Days without a year take it from what else the page says; when nothing names
a year the date stays unknown.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .masthead import Masthead, read_masthead
from .values import DateReading
from .years import YearReading, guess_year

_DAY = re.compile(
    r"(?P<relative>今年|去年|上年|前年|明年|次年|翌年)?(?:(?P<y>[12]\d{3})年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})日"
    r"(?P<range>\s*(?:至|到|[-—–~～－]+)\s*(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日)?"
)
_TO_COME_BEFORE = re.compile(
    r"(?:将于|定于|拟于|计划|预计|预定|有望|截止|止于|有效期|时间[为是:：]|[从自]即日起|即日|持续|延长|延期|推迟|改为|[至到于]|不[晚迟]于|报名|申报|开放|展期|展览)"
    r"[^。;；!！?？]{0,4}$"
)
_TO_COME_AFTER = re.compile(
    r"^(?:\d{1,2}[时点:：]\d{0,2}分?)?\s*(?:以?之?前|止|截止|起|后|开始(?:施行|实施|报名)|将|正式(?:施行|实施)|施行|实施|到期)"
)
# 公示期自12月1日至7日 may be to come as a whole.
_TERM_BEFORE = re.compile(r"(?:期限?|时间|日期)(?:[自从为是:：]|定为)?$|[自从]$")
_ANNOUNCED = re.compile(
    r"^(?:(?P<hour>\d{1,2})[时点:：]\d{0,2}分?)?\s*起?(?:启动|发布|解除|升级)[^。]{0,16}(?:预警|响应|警报)"
)
_DATELINE_AFTER = re.compile(r"^专?[电讯]")
# What may stand before the day in the first words of a report: its byline, a bullet, a picture's 图为.
_LEAD = re.compile(
    r"^(?:.{0,60}?(?:报道|[)）]|[电讯])\s*[:：]?\s*|[↑↓←→▲△●■□◆\s　]*|图为\s*)(?:昨日|当地时间|今年)?[（(]?$"
)
# Days spoken of in passing count when they are near what is sure; farther off they are plans or history.
_NEAR = datetime.timedelta(days=10)
_NOON = 12  # a warning given after noon is printed the next morning
_SOON = 30  # days from a report to what it says will come
_YEARS_END = 11  # days from this month on may be of the year before
_NEXT_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A day that the page has seen, as month and day until the year is settled."""

    year: int | None
    month: int
    day: int
    words: str
    sure: bool  # a dateline, the first words of a report, a signature; else a day in passing
    lag: datetime.timedelta  # from that day to the paper's
    to_come: bool = False  # forecast or planned: dates nothing, but its year is near


def read_date(text: str, masthead: Masthead | None = None) -> DateReading:
    """The masthead's date, else the day inferred, else nothing. `masthead`: of this text, where it is read already."""
    masthead = masthead or read_masthead(text)
    if masthead.date:
        return DateReading(masthead.date, "masthead", masthead.evidence)
    return _infer(text)


def _infer(text: str) -> DateReading:
    mentions = [mention for line in text.split("\n") if "日" in line for mention in _read_line(line)]
    reference = _reference_year(text, mentions)
    if reference is None:
        return DateReading()
    turn = _spans_new_year(mentions)
    dated = [(day + m.lag, m) for m in mentions if not m.to_come and (day := _in_year(m, reference, turn))]
    sure = [day for day, mention in dated if mention.sure] or _agreeing([day for day, _ in dated])
    if not sure:
        return DateReading()
    bound = max(sure) + _NEAR
    day, mention = max((item for item in dated if item[0] <= bound), key=lambda item: item[0])
    words = mention.words if mention.year else f"{mention.words}、{reference.words}"
    return DateReading(day, "inferred", words)


def _agreeing(days: list[datetime.date]) -> list[datetime.date]:
    """Days in passing prove something where several of one month stand together; a single one is often history."""
    latest = max(days, default=None)
    month = [day for day in days if latest and latest - day <= _NEAR * 3]
    return month if len(set(month)) > 1 else []


def _read_line(line: str) -> Iterator[_Mention]:
    for found in _DAY.finditer(line):
        before, after = line[: found.start()], line[found.end() :]
        if found["relative"] in ("明年", "次年", "翌年"):
            continue
        year = int(found["y"]) if found["y"] else None
        month, day = int(found["m"]), int(found["d"])
        words = found.group().strip()
        alone = not before.strip(" 　") and not after.strip(" 　")
        if alone and year and not found["range"]:
            yield _Mention(year, month, day, words, True, datetime.timedelta(0))
        elif announced := _ANNOUNCED.match(after):
            late = int(announced["hour"] or 0) >= _NOON
            yield _Mention(year, month, day, words, bool(year), _NEXT_DAY if late else datetime.timedelta(0))
        elif _DATELINE_AFTER.match(after):
            yield _Mention(year, month, day, words, True, _NEXT_DAY)
        elif not (_TO_COME_BEFORE.search(before[-12:]) or _TO_COME_AFTER.match(after)):
            # 12月1日至7日 as a lead is over when the report goes on from it, 12月4日至5日,县委……; else only begun.
            if found["range"] and after[:1] in (",", "，"):
                month, day = int(found["m2"] or month), int(found["d2"])
            lead = bool(_LEAD.match(before)) and found["relative"] not in ("去年", "上年", "前年")
            if found["relative"] in ("去年", "上年", "前年"):
                continue
            to_come = bool(found["range"] and _TERM_BEFORE.search(before))
            yield _Mention(year, month, day, words, lead, _NEXT_DAY, to_come)
        elif year:
            yield _Mention(year, month, day, words, False, _NEXT_DAY, to_come=True)


def _reference_year(text: str, mentions: list[_Mention]) -> YearReading | None:
    """The year of days without one: the latest that the page names, firm where a full and recent date has it."""
    guessed = guess_year(text)
    stated = max((m for m in mentions if m.year and not m.to_come), key=lambda m: (m.sure, m.year or 0), default=None)
    if stated and stated.year and (stated.sure or guessed is None or stated.year >= guessed.year):
        return YearReading(stated.year, f"{stated.year}年", stated.sure, True, frozenset([stated.month]))
    if guessed and guessed.firm:
        return guessed
    return _announced_year(mentions) or guessed


def _announced_year(mentions: list[_Mention]) -> YearReading | None:
    """The year of a day to come, where days that have been stand within a month before it: 预计2023年5月9日有雨."""
    seen = [m for m in mentions if m.year is None and m.sure]
    for m in mentions:
        if m.to_come and m.year and any(0 <= _day_of_year(m) - _day_of_year(s) <= _SOON for s in seen):
            return YearReading(m.year, f"{m.year}年", True, False, frozenset([m.month]))
    return None


def _day_of_year(mention: _Mention) -> int:
    """Near enough to tell days of one month from others."""
    return mention.month * 30 + mention.day


def _spans_new_year(mentions: list[_Mention]) -> bool:
    """Do days without a year stand on both sides of a New Year?"""
    months = {m.month for m in mentions if m.year is None}
    return max(months, default=0) >= _YEARS_END and bool(months & {1, 2}) and not months & {5, 6, 7, 8}


def _in_year(mention: _Mention, reference: YearReading, turn: bool) -> datetime.date | None:
    """The day of a mention; None when it is history, impossible, or its year is not known firmly."""
    year = mention.year or reference.year
    if mention.year is None:
        if not reference.dates(mention.month):
            return None
        year -= turn and mention.month >= _YEARS_END
    elif year < reference.year and not (year == reference.year - 1 and mention.month >= _YEARS_END):
        return None
    try:
        return datetime.date(year, mention.month, mention.day)
    except ValueError:
        return None
