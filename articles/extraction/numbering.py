"""Page labels: what is typed or printed for a page's number -> "2" or "A02", and their order."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_LABEL = re.compile(r"第?([A-Z]?)(\d{1,3})版?\Z")
_CHINESE = re.compile(r"第?([零〇一二三四五六七八九十百两]{1,5})版?\Z")


def page_label(text: str) -> str:
    """``第2版``, ``02``, ``a2``, ``第十二版`` -> ``2``, ``2``, ``A02``, ``12``; "" for what is no page number."""
    text = unicodedata.normalize("NFKC", text).strip().upper()
    if match := _LABEL.match(text):
        letter, number = match[1], int(match[2])
    elif match := _CHINESE.match(text):
        letter, number = "", _read_chinese(match[1])
    else:
        return ""
    if not number:
        return ""
    return f"{letter}{number:02d}" if letter else str(number)


def count_up(numeral: str) -> int:
    """12, 十二 and 三 as numbers."""
    return int(numeral) if numeral.isdigit() else _read_chinese(numeral)


def _read_chinese(numeral: str) -> int:
    total, digit = 0, 0
    for c in numeral:
        if c in ("十", "百"):
            total += (digit or 1) * (10 if c == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[c]
    return total + digit


def sort_key_of(label: str) -> int:
    """Plain numbers first, then A01, A02 … B01; pages without a number last."""
    if not label:
        return 10**6
    if label[0].isdigit():
        return int(label)
    return (ord(label[0]) - ord("A") + 1) * 1000 + int(label[1:])
