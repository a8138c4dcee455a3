"""What a file's path says of its page: day, edition, number and name.

2024-12-06/02.txt                       6 December 2024, page 2
2024/12/06/A02.txt                      page A02
长河日报-20241206-02版-要闻.txt           page 2, 要闻
20241206_A02.txt, A02-20241206.txt      page A02
2024-12-06_2/02.txt                     page 2 of the second edition of the day
000_08d0c8ca87b91970.txt, 02.txt        nothing: a bare number means a page only beside a date
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ..extraction.numbering import page_label

_EDGE_BEFORE, _EDGE_AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_DATE = re.compile(
    _EDGE_BEFORE
    + r"((?:18|19|20)\d\d)(?:[-_./年](0?[1-9]|1[0-2])[-_./月](0?[1-9]|[12]\d|3[01])日?"
    + r"|[-_./年]?(0[1-9]|1[0-2])[-_./月]?(0[1-9]|[12]\d|3[01])日?)"
    + _EDGE_AFTER
)
_FOLDER_DATE = re.compile(_DATE.pattern + r"(?:_\d)?")
_EDITION = re.compile(r"_(\d)(?=/|$)")
_SAID_NUMBER = re.compile(
    _EDGE_BEFORE + r"(?:第\s*([A-Za-z]?\d{1,3}|[一二三四五六七八九十百]{1,5})\s*版|([A-Za-z]?\d{1,3})\s*版)"
)
_BARE_NUMBER = re.compile(_EDGE_BEFORE + r"(?:[Pp]|page)?([A-Za-z]?\d{1,3})" + _EDGE_AFTER)
_NAME = re.compile(r"[一-鿿][一-鿿·、]{0,11}")
_NOT_A_NAME = re.compile(r"(?:报|刊|期|版|年|月|日)$|^第|^星期|^周[一二三四五六日]$|副本")


def shown_path(path: str) -> str:
    """A path fit for a screen: of a whole one the file's name with its folder's, and nothing of the machine."""
    return "/".join(path.split("/")[-2:]) if path.startswith("/") else path


@dataclass(frozen=True, slots=True)
class PathFacts:
    date: datetime.date | None = None
    edition: int = 1
    number: str = ""
    name: str = ""


def read_path(path: str, ignore: Sequence[str] = ()) -> PathFacts:
    """Read a path with `/` between folders; `ignore` are names of newspapers, which are no page's name."""
    path = unicodedata.normalize("NFKC", path.replace(".zip/", "/").replace(".ZIP/", "/"))
    folder, _, file = path.rpartition("/")
    stem = file.rpartition(".")[0] or file
    whole = f"{folder}/{stem}" if folder else stem
    date, rest, before, edition = None, stem, "", 1
    for match in _DATE.finditer(whole):
        if found := _date_of(match):
            date, before, rest, edition = found, "", stem, 1
            if match.end() > len(folder):
                # Number and name stand in the file's own name, most often behind the date.
                before, rest = whole[len(whole) - len(stem) : match.start()], whole[match.end() :]
            elif said := _EDITION.match(whole, match.end()):
                edition = int(said[1]) or 1
    number, rest = _number_in(rest, dated=date is not None)
    if not number and before:
        number, rest = _number_in(before, dated=True)
    return PathFacts(date, edition, number, _name_in(rest, ignore) if number else "")


def path_to_read(root: str, name: str) -> str:
    """The part of a file's path that may speak of its page: from what was given on, and folders above it that are
    nothing but a date. A date elsewhere further up is that of a backup or a disk."""
    above: list[str] = []
    folders = [part for part in root.split("/") if part]
    for n in range(1, min(3, len(folders)) + 1):
        if _FOLDER_DATE.fullmatch("/".join(folders[-n:])):
            above = folders[-n:]
    return "/".join([*above, name])


def _date_of(match: re.Match[str]) -> datetime.date | None:
    year, *parts = match.groups()
    month, day = [part for part in parts if part is not None]
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _number_in(text: str, dated: bool) -> tuple[str, str]:
    """The page label in a file's name and the name without it and what stands before it."""
    for pattern in (_SAID_NUMBER, _BARE_NUMBER) if dated else (_SAID_NUMBER,):
        if match := pattern.search(text):
            label = page_label(next(group for group in match.groups() if group))
            if label:
                return label, text[match.end() :]
    return "", text


def _name_in(text: str, ignore: Sequence[str]) -> str:
    for match in _NAME.finditer(text):
        if match[0] not in ignore and not _NOT_A_NAME.search(match[0]):
            return match[0]
    return ""
