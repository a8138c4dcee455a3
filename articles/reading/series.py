"""Parts of a series, told by the mark that ends a line of the title block.

Marks are a number in brackets, a circled number, 之 with a number, and 上, 中, 下 in brackets: 红桥记（上）,
治水札记③, 老街十题之四. The rest of the line is the series' name. Lines that say no more than that there is a series
(系列报道之二) name none. Two parts are of one series when their names are alike but for punctuation, blanks and variant
characters.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..search.folding import fold, runs

_NUMBER = r"[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2}"
_MARK = re.compile(
    rf"(?:(?P<open>[（(〔【\[])之?(?P<bracketed>[上中下](?:篇|集)?|{_NUMBER})[）)〕】\]]"
    rf"|(?P<circled>[①-⑳㉑-㉟])|[·•—\s]*之(?P<after>{_NUMBER}))$"
)
_GENERIC = re.compile(r"(?:本报|系列|连续|报道|评论|述评|访谈|专题|特稿|连载|文章|之|篇|[—\s])*")
_DIGITS = {char: number for number, char in enumerate("一二三四五六七八九", 1)}
_PLACES = {"上": 1, "中": 2, "下": 3}
_SHORTEST = 2  # characters of a name


class Part(NamedTuple):
    """What a title says of its series: the name as search compares it, the number in it and the mark as printed."""

    name: str
    number: int
    mark: str


def read_part(*lines: str) -> Part | None:
    """The part that the first of these lines with a mark and a name tells; the headline is best given first."""
    for line in lines:
        line = line.strip(" 　—-|｜")
        mark = _MARK.search(line)
        if mark is None or _GENERIC.fullmatch(line[: mark.start()]):
            continue
        name = " ".join(runs(fold(line[: mark.start()])))
        if len(name) >= _SHORTEST:
            return Part(name, _number(mark), mark[0].strip("·•— 　"))
    return None


def _number(mark: re.Match[str]) -> int:
    if circled := mark["circled"]:
        return ord(circled) - 0x245F if circled < "㉑" else ord(circled) - 0x3251 + 21
    text = mark["bracketed"] or mark["after"]
    if text[0] in _PLACES:
        return _PLACES[text[0]]
    if text[0] not in _DIGITS and text[0] != "十":
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
