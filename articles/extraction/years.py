"""The year in which a text was written, from the years that it names and the anniversaries that it keeps.

2023年全县水果大赛落幕            2023
到2035年,建成……、力争2027年完成   says nothing: to come
6月13日,2023年全县灯会开幕      2023, from April on
新中国成立74周年                 2023
“十四五”收官之年                 2025
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Games and fairs bear their year for years before they open.
_GAMES = r"[\u4e00-\u9fff]{0,4}(?:奥运|冬奥|残奥|亚运|世界杯|世博|全运|大运|青奥|进博)"
_TALKS_OF_LAST_YEAR = 6  # month
_HELD_FROM = 4  # month; before it meetings of last year's work are held
_HEADLINE = 40
_FIRST_WORDS = 4  # marks of Markdown and quotes may stand before the year
_YEAR = re.compile(rf"(?<!\d)(?P<y>(?:19|20)\d{{2}})\s*年(?:(?P<m>\d{{1,2}})月)?(?!代|{_GAMES})")
_TO_COME = re.compile(r"(?:到|至|力争|预计|计划|将于|争取|确保|有望|拟|目标|展望|迈向|面向|—|-|－)\s*$")
_TO_COME_AFTER = re.compile(
    r"^(?:底|末|年底|\d{1,2}月)?(?:之?前|建成|完成|实现|达到|基本|远景|规划|将|目标|投产|竣工|止)"
)
# What bears a year and is held on a day: 昨日,2023年灯会开幕.
_HELD = re.compile(
    r"(?:昨日|昨天|今日|今天|日前|近日|\d日)[上下]?[午]?[^。;；\n]{0,40}?(?P<y>20\d{2})年(?!度|底|末|以来|[\d前中后上下])"
    r"[^。;；,，\n]{2,40}?(?:举行|举办|启动|召开|开幕|闭幕|落幕|开赛|开跑|开考)"
)
# Years that began each count, by what is counted.
_ANNIVERSARY = re.compile(
    r"(?P<what>新中国成立|中华人民共和国成立|建国|中国共产党成立|建党|中国人民解放军建军|建军|抗战胜利|抗日战争胜利|改革开放|红军长征胜利)[^。,，;；]{0,8}?"
    r"(?P<n>\d{2,3}|[一二三四五六七八九十百]{2,5})周年"
)
_FOUNDED = {
    "新中国成立": 1949,
    "中华人民共和国成立": 1949,
    "建国": 1949,
    "中国共产党成立": 1921,
    "建党": 1921,
    "中国人民解放军建军": 1927,
    "建军": 1927,
    "抗战胜利": 1945,
    "抗日战争胜利": 1945,
    "改革开放": 1978,
    "红军长征胜利": 1936,
}
# Five-year plans: the first ran from 1953, the sixth began in 1981, and each since then follows its forerunner.
_PLAN = re.compile(
    r"[“\"‘]?十(?P<n>[一二三四五六七八九])?五[”\"’]?(?:规划|计划)?的?(?P<which>开局|收官|决胜)(?:之年|年)"
)
_FIRST_TENTH = 2001
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class YearReading:
    """The latest year of a text, the words that name it, and what days without a year it may date."""

    year: int
    words: str
    firm: bool  # named by its count (an anniversary, a plan), in a headline, or in a full date
    often: bool  # named more than once
    months: frozenset[int] = frozenset()  # named together with it: 2023年5月
    held: bool = False  # of something that is held on a day of the news

    def dates(self, month: int) -> bool:
        """May a day of `month` be taken to be of this year?

        The first half of a year talks of the year before, the second half of its own; so until June a year that is
        merely named proves little, unless one of its months that have come is named too, or what bears it is held.
        """
        if self.firm or (self.held and month >= _HELD_FROM):
            return True
        if month <= _TALKS_OF_LAST_YEAR:
            return self.often and any(m <= month for m in self.months) and max(self.months) <= month + 1
        return self.often


def guess_year(text: str) -> YearReading | None:
    """The latest year that the text speaks of as its own or past; None when it names none."""
    named = [m for m in _YEAR.finditer(text) if not _is_to_come(text, m)]
    counted = [(_FOUNDED[m["what"]] + n, m.group()) for m in _ANNIVERSARY.finditer(text) if (n := _number(m["n"]))]
    counted += [(_plan_year(m), m.group()) for m in _PLAN.finditer(text)]
    if not named and not counted:
        return None
    year = max([int(m["y"]) for m in named] + [y for y, _ in counted])
    latest = [m for m in named if int(m["y"]) == year]
    words = [w for y, w in counted if y == year] + [m.group() for m in latest]
    months = frozenset(int(m["m"]) for m in latest if m["m"])
    firm = any(y == year for y, _ in counted) or any(_in_headline(text, m) for m in latest)
    held = any(int(m["y"]) == year for m in _HELD.finditer(text))
    return YearReading(year, words[0], firm, len(latest) > 1, months, held)


def _in_headline(text: str, found: re.Match[str]) -> bool:
    """The first words of a short line that is no sentence."""
    begin = text.rfind("\n", 0, found.start()) + 1
    line = text[begin : text.find("\n", begin) if "\n" in text[begin:] else len(text)].strip()
    return found.start() - begin <= _FIRST_WORDS and len(line) <= _HEADLINE and not re.search(r"[,，。;；]", line)


def _is_to_come(text: str, found: re.Match[str]) -> bool:
    before, after = text[max(0, found.start() - 4) : found.start()], text[found.end() : found.end() + 8]
    return bool(_TO_COME.search(before) or _TO_COME_AFTER.match(after))


def _plan_year(found: re.Match[str]) -> int:
    begins = _FIRST_TENTH + 5 * _DIGITS.get(found["n"] or "零", 0)
    return begins if found["which"] == "开局" else begins + 4


def _number(text: str) -> int:
    """70, 七十五 and 一百零五 as numbers; 0 for what is none."""
    if text.isdigit():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif char == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _DIGITS.get(char, 0)
    return total + digit
