"""The lines at the head or foot of a page that name the paper, the day and the page.

    2023年5月9日 星期二 第3版 综合新闻           date, page 3, 版名 综合新闻
    03版 | 民生                                  page 3, 版名 民生
    青石日报 2023-05-09 A02 要闻                 paper, date, page A02, 版名 要闻
    国内统一连续出版物号 CN00-0000 第8123期 今日8版   number 8123
    责任编辑:林小满 电话:0000-1234567 邮箱:…     furniture, names nobody as a writer

A line counts only when all of it is such matter, and only near the top or the bottom: `5月9日,本市第3版地图发布` is news.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

# Header and footer stand within the first and the last lines that hold text; more would reach into articles.
_TOP, _BOTTOM = 6, 5
_LONGEST = 120  # characters of a masthead line

_DATE = r"(?P<y>[12]\d{3}|[〇○零一二三四五六七八九]{4})\s*(?:年|[-./])\s*(?P<m>\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:月|[-./])\s*(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日?"
_WEEKDAY = r"(?:星期|周)[一二三四五六日天]"
_LUNAR = r"(?:农历|夏历)?\s*(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])?[鼠牛虎兔龙蛇马羊猴鸡狗猪]?年?\s*闰?[正一二三四五六七八九十冬腊]{1,2}月(?:初|十|廿|卅|三)?[一二三四五六七八九十]{1,2}(?:日)?"
_ORDINAL = r"[一二三四五六七八九十]{1,3}"
_PAGE = rf"(?P<page>第\s*0*(?:\d{{1,3}}|{_ORDINAL})\s*版|[A-Z]?\s*0*\d{{1,3}}\s*版|版次\s*[:：]?\s*[A-Z]?\d{{1,3}}|[A-Z]\d{{1,3}})"
_NUMBER = r"(?:总?第\s*(?P<number>\d{1,6})\s*期)(?:\s*[（(][^()（）]{1,14}[)）])?"
_COUNT = (
    r"(?:今日|本期|共)?\s*(?:共)?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:版|页|个版)|(?:对开|四开)\S{0,8}版?"
)
_REGISTER = r"(?:国内|国际)?统一(?:连续出版物号|刊号|标准刊号)\s*[:：]?\s*(?:CN|ISSN)?\s*[\dXx-]{4,12}|CN\s?\d{2}\s?[-—]\s?\d{4}|邮发代号\s*[:：]?\s*[\d-]+|ISSN\s*[\dXx-]+|代号\s*[:：]?\s*[\d-]+"
_PAPER = r"(?P<paper>[\u4e00-\u9fff]{2,8}(?:日报|晚报|早报|晨报|商报|时报|周报|农民报|青年报|工人报|法治报|法制报|都市报|导报|新报|周刊|报))"
_CONTACT = r"(?:网址|电子邮箱|邮箱|E-?mail|投稿邮箱|电话|热线|新闻热线|传真|邮编|地址|社址|微信|官网|http\S+|www\S+)\s*[:：]?\s*[\w\-.@/:()（）\u4e00-\u9fff]*"
_STAFF = r"(?:本版)?(?:责任编辑|责编|编辑|校对|责任校对|美编|美术编辑|版式设计|版式|组版|值班编委|值班主任|值班总编|统筹|监制|审核|签发|终审|策划)\s*[:：/ 　]\s*[\u4e00-\u9fff]{1,4}(?:[\s　、][\u4e00-\u9fff]{1,4}){0,5}?(?=$|[\s　|｜;；]*(?:责|编|校|美|版|组|值|统|监|审|签|终|策|本|电|邮|投|热|新|E))"
_SECTION = r"(?P<name>[\u4e00-\u9fffA-Za-z·&]{2,10})"
_GAP = r"[\s　|｜·•/／,，:：;；◆■●—–-]*"

_PIECES = {
    "date": re.compile(_DATE),
    "week": re.compile(_WEEKDAY),
    "lunar": re.compile(_LUNAR),
    "number": re.compile(_NUMBER),
    "register": re.compile(_REGISTER),
    "page": re.compile(_PAGE),
    "count": re.compile(_COUNT),
    "staff": re.compile(_STAFF),
    "contact": re.compile(_CONTACT, re.I),
    "paper": re.compile(_PAPER),
    "name": re.compile(_SECTION),
}
_SKIP = re.compile(_GAP)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}


@dataclass(frozen=True, slots=True)
class Masthead:
    """What header and footer say; None or empty for what they do not. `spans` are the lines they stand on."""

    date: datetime.date | None = None
    number: str | None = None  # page label, "2" or "A02"
    name: str | None = None  # 版名
    issue_number: str | None = None  # 期号
    newspaper: str | None = None
    spans: tuple[tuple[int, int], ...] = ()
    evidence: str = ""  # the words that give the date


def read_masthead(text: str) -> Masthead:
    """The masthead of a page text, from lines near its top and bottom."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
    near = lines[:_TOP] + [line for line in lines[-_BOTTOM:] if line not in lines[:_TOP]]
    found: dict[str, str] = {}
    spans = []
    for start, end in near:
        pieces = _read_line(text[start:end])
        if pieces and _is_masthead(pieces):
            spans.append((start, end))
            for kind, value in pieces.items():
                found.setdefault(kind, value)
    date = read_full_date(found.get("date", ""))
    return Masthead(
        date=date,
        number=_page_label(found["page"]) if "page" in found else None,
        name=found.get("name"),
        issue_number=found.get("number"),
        newspaper=found.get("paper"),
        spans=tuple(spans),
        evidence=found.get("date", "") if date else "",
    )


def read_full_date(text: str) -> datetime.date | None:
    """The first complete date of `text` (2023年5月9日, 2023-05-09, 二〇二三年五月九日); None for none or an impossible one."""
    if not (found := _PIECES["date"].search(text)):
        return None
    try:
        return datetime.date(_year(found["y"]), _ordinal(found["m"]), _ordinal(found["d"]))
    except ValueError:
        return None


def _read_line(line: str) -> dict[str, str]:
    """The pieces of which a line is made, or nothing when it holds anything else."""
    line = re.sub(r"^[\s#*]+|[\s*]+$", "", line)
    if not line or len(line) > _LONGEST:
        return {}
    pieces: dict[str, str] = {}
    at = 0
    while at < len(line):
        at = _SKIP.match(line, at).end()  # type: ignore[union-attr]
        if at >= len(line):
            break
        for kind, pattern in _PIECES.items():
            if (kind not in pieces or kind in ("staff", "contact", "register")) and (found := pattern.match(line, at)):
                value = found.groupdict().get({"number": "number", "page": "page"}.get(kind, "")) or found.group()
                pieces.setdefault(kind, value.strip())
                at = found.end()
                break
        else:
            return {}
    return pieces


def _is_masthead(pieces: dict[str, str]) -> bool:
    """A date with a page, a paper or a weekday; a page with a 版名; staff, registration and contact lines."""
    kinds = set(pieces)
    if kinds & {"staff", "register", "number"}:
        return True
    if "contact" in kinds:
        return len(kinds) > 1 or "name" not in kinds
    if "page" in kinds:
        return "版" in pieces["page"] or bool(kinds & {"date", "paper"})
    return "date" in kinds and bool(kinds & {"week", "paper", "lunar", "count"})


def _page_label(text: str) -> str:
    text = re.sub(r"第|版次|版|[:：\s]", "", text)
    if re.fullmatch(_ORDINAL, text):
        return str(_ordinal(text))
    return text if text[:1].isalpha() else text.lstrip("0") or "0"


def _year(text: str) -> int:
    return int("".join(str(_DIGITS.get(c, c)) for c in text))


def _ordinal(text: str) -> int:
    """12, 十二 and 二十一 as numbers."""
    if text.isdigit():
        return int(text)
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return _DIGITS[text] if len(text) == 1 else 0
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
