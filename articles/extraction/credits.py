"""A byline -> the people it names, with rank and house.

    本报讯(记者林小满 通讯员赵一舟)    -> 林小满 reporter 本报, 赵一舟 correspondent
    见习记者 周 禾 文 孙大川 摄        -> 周禾 trainee, 孙大川 photographer
    (青石县供电公司 钱多多)            -> 钱多多 author 青石县供电公司
    (作者为青石大学教授)、(本报记者)    -> nobody

The byline is read from left to right: ranks and houses hold for the names behind them, 摄 and its like for the names
before them. `read_byline` also says whether all of the text could be read so; `bylines` finds bylines by that.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from . import byline_words as vocabulary
from .person_names import ends_like_body, is_body, is_name, is_pen_name, is_ranked_name, split_names
from .values import Credit, CreditRole

LONGEST_NAMES = 9  # characters of three names in a row; of more no mark makes names
_BARE_NAMES = re.compile(rf"[(（]?[{vocabulary.HAN}]{{2,3}}(?:[ \u3000、]+[{vocabulary.HAN}]{{2,3}}){{1,3}}[)）]?")


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    text: str
    marked: bool | None = None  # None: not asked yet
    credits: list[Credit] = field(default_factory=list)
    role: CreditRole | None = "author"
    unit: str = ""
    house: str = ""
    fits: bool = True
    signed: bool = False
    governed: int = 0  # first credit that a craft behind the names still speaks of
    ranked: bool = False  # nothing but names stands between a rank and what is read next
    ahead: bool = False  # the role came from a craft with a colon: 图/钱多多

    def is_marked(self) -> bool:
        """Does a rank or a craft stand somewhere in the text, so that unusual names are likelier than other words?"""
        if self.marked is None:
            text = self.text
            self.marked = bool(vocabulary.RANK.search(text) or vocabulary.CRAFT.search(text) or text.startswith("□"))
        return self.marked


@dataclass(frozen=True, slots=True)
class ReadByline:
    credits: tuple[Credit, ...]
    fits: bool  # all of the text is byline
    signed: bool  # a rank, a house, a craft or a dateline says so; else it is bare names
    staff: bool  # names only those who made the page: editor, proof-reader


def parse_credits(text: str, block: int | None = None) -> tuple[Credit, ...]:
    """The people that a byline names, in order, each once. `text` is known to be a byline: pen names count too."""
    seen: dict[str, Credit] = {}
    for credit in read_byline(text).credits or _read_pen_name(text):
        seen.setdefault(credit.name, replace(credit, block=block))
    return tuple(seen.values())


def read_byline(text: str, *, whole: bool = False) -> ReadByline:
    """Read `text` as a byline; what does not fit is passed over and said in `fits`. `whole`: ends at what does not."""
    read = _read(_Reading(text), whole)
    if not read.fits and read.credits and _BARE_NAMES.fullmatch(text) and not ends_like_body(text.split()[0]):
        return _read(_Reading(text, True), whole)  # one sure name among names: the others are names too
    return read


def _read(reading: _Reading, whole: bool) -> ReadByline:
    text = reading.text
    pictured = ("摄" in text or "图" in text) and vocabulary.PICTURE_CREDIT.search(text)
    names = vocabulary.RUN_BESIDE_PICTURES if pictured else vocabulary.RUN
    readers = (*_READERS, (names, _read_names))
    at = 0
    while at < len(text) and (reading.fits or not whole):
        for pattern, read in readers:
            if found := pattern.match(text, at):
                read(reading, found)
                at = found.end()
                break
        else:
            reading.fits = False
            at += 1
    staff = reading.role is None and not reading.credits
    return ReadByline(tuple(reading.credits), reading.fits, reading.signed, staff)


def _pass_over(reading: _Reading, found: re.Match[str]) -> None:
    """Marks say nothing; but a name glued to a closing bracket is the article's first word."""
    rest = found.string[found.end() :]
    if found.group()[-1] in ")）" and re.match(r"[\u3400-\u9fff]", rest) and not vocabulary.RANK.match(rest):
        reading.fits = False


def _note_sign(reading: _Reading, found: re.Match[str]) -> None:
    reading.signed = True


def _read_source(reading: _Reading, found: re.Match[str]) -> None:
    """数据来源:… names nobody; 林小满供图 does, unless a body gave the pictures."""
    reading.signed = True
    giver = found["giver"] or ""
    if giver and not is_body(giver):
        role: CreditRole = "photographer" if found["pictures"] else "author"
        names = [Credit(name, role, reading.unit) for name in split_names(giver, marked=True)]
        before = reading.credits[reading.governed :] if names else []
        reading.credits[len(reading.credits) - len(before) :] = [replace(c, role=role) for c in before] + names
    reading.governed = len(reading.credits)


def _read_house(reading: _Reading, found: re.Match[str]) -> None:
    if house := found.groupdict().get("house", found.group()):
        reading.house = reading.unit = house
    reading.signed = True


def _read_rank(reading: _Reading, found: re.Match[str]) -> None:
    reading.role = next(role for i, (_, role) in enumerate(vocabulary.RANKS) if found[f"r{i}"])
    reading.unit = "" if reading.role == "correspondent" else reading.unit or reading.house
    reading.signed = reading.ranked = True


def _read_craft_ahead(reading: _Reading, found: re.Match[str]) -> None:
    reading.role = "photographer" if found["picture"] else "author"
    reading.governed = len(reading.credits)
    reading.signed = reading.ahead = True


def _read_craft(reading: _Reading, found: re.Match[str]) -> None:
    """摄 makes photographers of the names before it; with none before it, of those behind."""
    reading.signed = True
    reading.ranked = False
    if reading.governed == len(reading.credits):
        reading.role = "photographer" if found["picture"] else reading.role
    elif found["picture"] and not reading.ahead:
        for i in range(reading.governed, len(reading.credits)):
            reading.credits[i] = replace(reading.credits[i], role="photographer")
    reading.governed = len(reading.credits)


def _read_clause(reading: _Reading, found: re.Match[str]) -> None:
    reading.signed = True
    if (name := vocabulary.NAME_AFTER_POST.search(found.group())) and is_name(name.group(1)):
        reading.credits.append(Credit(name.group(1), "author"))


def _read_author(reading: _Reading, found: re.Match[str]) -> None:
    reading.signed = True
    _read_run(reading, found["name"])


def _read_spaced_name(reading: _Reading, found: re.Match[str]) -> None:
    _read_run(reading, found.group(1) + found.group(2))


def _read_names(reading: _Reading, found: re.Match[str]) -> None:
    _read_run(reading, found.group())


def _read_run(reading: _Reading, run: str) -> None:
    names = split_names(run, marked=len(run) <= LONGEST_NAMES and reading.is_marked())
    if not names and is_body(run):
        reading.unit = run
        return
    if not names and reading.ranked and is_ranked_name(run):
        names = (run,)
    if not names:
        reading.fits = False
    elif reading.role is not None:
        reading.credits += [Credit(name, reading.role, reading.unit) for name in names]


def _read_pen_name(text: str) -> tuple[Credit, ...]:
    """A byline that is nothing but two to four characters which are nobody's name: the author's pen name."""
    bare = re.sub(r"[\s　□■◎○●◆·•()（）]", "", text)
    taken = vocabulary.RANK.search(bare) or vocabulary.DATELINE.match(bare) or vocabulary.CRAFT.fullmatch(bare)
    taken = taken or vocabulary.SOURCE.fullmatch(bare)
    return () if taken or not is_pen_name(bare) else (Credit(bare, "author"),)


# In this order: the longer and surer reading first; runs of names come last of all.
_Reader = tuple[re.Pattern[str], Callable[[_Reading, re.Match[str]], None]]
_READERS: tuple[_Reader, ...] = (
    (vocabulary.AGENCY, _note_sign),
    (vocabulary.MARKS, _pass_over),
    (vocabulary.AUTHOR_CLAUSE, _read_clause),
    (vocabulary.AUTHOR_IS, _read_author),
    (vocabulary.SOURCE, _read_source),
    (vocabulary.DATELINE, _read_house),
    (vocabulary.SPACED_NAME, _read_spaced_name),
    (vocabulary.TEXT_AND_PICTURES, _note_sign),
    (vocabulary.CRAFT_AHEAD, _read_craft_ahead),
    (vocabulary.CRAFT, _read_craft),
    (vocabulary.RANK, _read_rank),
    (vocabulary.HOUSE, _read_house),
)
