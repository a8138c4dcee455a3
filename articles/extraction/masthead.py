"""The lines at the head or foot of a page that name the paper, the day and the page.

    2023年5月9日 星期二 第3版 综合新闻            date, page 3, 版名 综合新闻
    03版 | 民生                                   page 3, 版名 民生
    青石日报 2023-05-09 A02 要闻                  paper, date, page A02, 版名 要闻
    A07 梧桐语                                    on the first lines: page A07, 版名 梧桐语
    青石晚报 2023年5月9日 编辑／林小满 校对／周禾   paper, date, and staff
    国内统一连续出版物号 CN00-0000 第8123期        number 8123
    责任编辑:林小满 电话:0000-1234567             furniture, names nobody as a writer

A line counts only when all of it is such matter, and only near the top or the bottom: `5月9日,本市第3版地图发布` is
news, `3版 老街灯会亮了` a teaser, and a date by itself the signature of a notice.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from .masthead_words import BESIDE_NUMBER, GAP, NAMEPLATE, PIECES, REPEATED, SECTION, STAFF, STAFF_MARK
from .normalise import fold_width

# Header and footer stand within the first and the last lines that hold text; more would reach into articles.
_TOP, _BOTTOM = 6, 5
_HEAD = 2  # of these the first hold nothing but names and numbers, unless an article begins at once
_LONGEST = 140  # characters of a masthead line
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}


@dataclass(frozen=True, slots=True)
class Masthead:
    """What header and footer say; None or empty for what they do not. `spans` are the lines they stand on."""

    date: datetime.date | None = None
    number: str | None = None  # page label, "2" or "A02"
    name: str | None = None  # 版名
    issue_number: str | None = None  # 期号
    newspaper: str | None = None
    staff: tuple[tuple[str, str], ...] = ()  # rank and name as printed: ("责任编辑", "林小满")
    spans: tuple[tuple[int, int], ...] = ()
    evidence: str = ""  # the words that give the date


def read_masthead(text: str) -> Masthead:
    """The masthead of a page text, from lines near its top and bottom."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
    near = lines[:_TOP] + lines[max(_TOP, len(lines) - _BOTTOM) :]
    found: dict[str, str] = {}
    spans = []
    for n, (start, end) in enumerate(near):
        pieces = _read_line(text[start:end])
        if n < _HEAD and not _is_masthead(pieces):
            pieces = _read_head(text[start:end])
        if _is_masthead(pieces):
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
        staff=tuple(dict.fromkeys(credit for start, end in spans for credit in read_staff(text[start:end]))),
        spans=tuple(spans),
        evidence=found.get("date", "") if date else "",
    )


def read_staff(line: str) -> list[tuple[str, str]]:
    """Who made the page: ``责编:林小满 赵一舟 版式:周禾`` -> 责编 林小满, 责编 赵一舟, 版式 周禾."""
    found = []
    for match in STAFF.finditer(line):
        rank = match["staff"]
        names = match[0].partition(rank)[2]
        for name in re.split(r"[\s　、]+", re.sub(rf"^(?:{STAFF_MARK}|\s+)", "", names)):
            found.append((rank, name))
    return _join_spaced(found)


def _join_spaced(credits: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """李　明 is one name: two single characters of one rank in a row."""
    joined: list[tuple[str, str]] = []
    for rank, name in credits:
        if joined and len(name) == 1 and len(joined[-1][1]) == 1 and joined[-1][0] == rank:
            joined[-1] = (rank, joined[-1][1] + name)
        elif name:
            joined.append((rank, name))
    return joined


def read_full_date(text: str) -> datetime.date | None:
    """The first date of `text`: 2023年5月9日, 2023-05-09, 二〇二三年五月九日. None for none or an impossible one."""
    if not (found := PIECES["date"].search(text)):
        return None
    try:
        return datetime.date(_year(found["y"]), _ordinal(found["m"]), _ordinal(found["d"]))
    except ValueError:
        return None


def _read_line(line: str) -> dict[str, str]:
    """The pieces of which a line is made, by kind; empty when the line holds anything else."""
    line = _strip_marks(line)
    pieces: dict[str, str] = {}
    dated = False  # a day must stand there, too
    at = 0 if len(line) <= _LONGEST else None
    while at is not None and at < len(line):
        after = _read_piece(line, at, pieces)
        if after is None and "page" in pieces and "name" not in pieces and (named := BESIDE_NUMBER.match(line, at)):
            pieces["name"], after, dated = named["name"], named.end(), True
        at = after
    return pieces if at is not None and (not dated or "date" in pieces) else {}


def _read_head(line: str) -> dict[str, str]:
    """One of the first lines: a page's number with any short name, or the paper's name."""
    line = _strip_marks(line)
    found = SECTION.fullmatch(line) or NAMEPLATE.fullmatch(line)
    return {kind: re.sub(r"\s", "", value) for kind, value in found.groupdict().items()} if found else {}


def _strip_marks(line: str) -> str:
    """Without Markdown marks, and width-folded."""
    return re.sub(r"^[\s#*]+|[\s*#]+$", "", fold_width(line))


def _read_piece(line: str, at: int, pieces: dict[str, str]) -> int | None:
    """Read one piece at `at` into `pieces`; returns where it ends, None when there is none."""
    if (gap := GAP.match(line, at)) and gap.end() > at:
        return gap.end()
    for kind, pattern in PIECES.items():
        if (kind not in pieces or kind in REPEATED) and (found := pattern.match(line, at)):
            named = [value for key, value in found.groupdict().items() if key.startswith(kind) and value]
            value = (named[0] if named else found.group()).strip()
            if kind == "name" and "name" in pieces and line[at - 1] in "·、/":
                value = pieces.pop("name") + line[at - 1] + value
            pieces.setdefault(kind, value)
            return found.end()
    return None


def _is_masthead(pieces: dict[str, str]) -> bool:
    """Staff, registration and contacts are furniture by themselves; a date, a page or a name wants company."""
    kinds = set(pieces)
    if kinds & {"staff", "register", "contact"} or kinds in ({"paper"}, {"number"}):
        return True
    if "page" in kinds:
        return "版" in pieces["page"] or bool(kinds & {"date", "paper", "name"})
    if "number" in kinds or "paper" in kinds:
        return len(kinds) > 1
    return "date" in kinds and bool(kinds & {"week", "lunar", "count"})


def _page_label(text: str) -> str:
    """第3版 -> 3, 03版 -> 3, A02 -> A02, 第十二版 -> 12."""
    text = re.sub(r"第|版次|版|[:：\s]", "", text)
    if text[:1].isalpha() and text.isascii():
        return text
    return str(_ordinal(text))


def _year(text: str) -> int:
    return int("".join(str(_DIGITS.get(c, c)) for c in text))


def _ordinal(text: str) -> int:
    """12, 十二 and 二十一 as numbers."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
