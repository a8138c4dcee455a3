"""Years and dates written otherwise: 2024年3月5日 is also 二〇二四年三月五日, and the other way round.

A word says a date that can be written otherwise where it holds a year of four figures, in digits or in Chinese
numerals, that is all of the word or is followed by 年; a month and a day directly behind it go with the year. The zero
of a year has the forms that newspapers print: 〇, ○, 零, the letter O, the digit 0. A date without a year is left as it
is.
"""

from __future__ import annotations

import re
from functools import partial

DIGITS = "零一二三四五六七八九"
ZEROS = "〇○零o0"
_FIGURE = f"[一二三四五六七八九{ZEROS}]"
_UPTO_31 = "[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_DATE = re.compile(
    rf"(?<![0-9a-z一二三四五六七八九〇○零])"
    rf"(?:(?P<year>[12][0-9]{{3}})|(?P<nian>[一二]{_FIGURE}{{3}}))(?:(?P<mark>年)|(?<=\A.{{4}})\Z)"
    rf"(?:(?P<month>0?[1-9]|1[0-2])月|(?P<yue>十[一二]?|[一二三四五六七八九])月)?"
    rf"(?:(?P<day>0?[1-9]|[12][0-9]|3[01])日|(?P<ri>{_UPTO_31})日)?"
)


def written_otherwise(folded: str) -> tuple[str, ...]:
    """The other ways to write the dates of a folded word; () where it has none."""
    if not _DATE.search(folded):
        return ()
    zeros = (None, *ZEROS)  # None: all in digits
    forms = (_DATE.sub(partial(_write, zero=zero), folded) for zero in zeros)
    return tuple(form for form in dict.fromkeys(forms) if form != folded)


def _write(date: re.Match[str], zero: str | None) -> str:
    year = date["year"] or "".join(map(_digit, date["nian"]))
    month = int(date["month"]) if date["month"] else _read(date["yue"])
    day = int(date["day"]) if date["day"] else _read(date["ri"])
    if zero is None:
        parts = (year, str(month), str(day))
    else:
        parts = ("".join(_figure(digit, zero) for digit in year), _say(month), _say(day))
    said = parts[0] + (date["mark"] or "")
    return said + (f"{parts[1]}月" if month else "") + (f"{parts[2]}日" if day else "")


def _digit(figure: str) -> str:
    return "0" if figure in ZEROS else str(DIGITS.index(figure))


def _figure(digit: str, zero: str) -> str:
    return zero if digit == "0" else DIGITS[int(digit)]


def _read(said: str | None) -> int:
    """二十五 -> 25; nothing said is 0."""
    if not said:
        return 0
    tens, ten, ones = said.rpartition("十")
    return (DIGITS.index(tens or "一") if ten else 0) * 10 + (DIGITS.index(ones) if ones else 0)


def _say(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")
