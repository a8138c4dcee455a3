"""What was typed into the search box, read once into a frozen value. Nothing typed is ever an error.

    经济 发展                     both, each wherever it stands
    "经济发展" “…” 「…」            word for word, punctuation too
    经济|发展                      either
    经济 -广告 －"招聘启事"          not these
    标题:经济 作者:王 栏目:纵横      in the headlines; among those who made it; in the name of its column
    版:1|A02                      on these pages
    日期:2024-03 日期:2023..2024    in these days
    2024年3月                     also 二〇二四年三月, and the other way round (numerals); quoted, only as typed

A word is found as typed, however long, punctuation in it matching any punctuation. Quotes, minus signs and field names
count at the beginning of a word; elsewhere they are part of what is looked for: a headline can be pasted as it was
printed. `|` binds closer than a space and joins things of one kind. Every sign may be typed in full width.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import chain, combinations
from typing import Literal, TypeVar

from .folding import fold, runs
from .numerals import written_otherwise

T = TypeVar("T")

MAX_LENGTH = 200  # characters; longer than any headline
MAX_TERMS = 12

Field = Literal["title", "people", "column_name"]  # of a document
FIELDS: dict[str, Field] = {"标题": "title", "作者": "people", "栏目": "column_name"}
_PLACES: dict[Field, str] = {"title": "标题里的", "people": "署名里的", "column_name": "栏目名里的"}

_QUOTES = ('"“”＂', '"“”＂'), ("「", "」"), ("『", "』")
_QUOTED = "|".join(f"[{opening}]([^{opening}{closing}]+)[{closing}]" for opening, closing in _QUOTES)
_OPENING = "".join(opening for opening, _ in _QUOTES)
_NAMES = "|".join((*FIELDS, "版", "日期"))
# A quotation is a phrase when it is all of its word: “双减”政策 is a word that holds quotes.
_TOKEN = re.compile(
    rf"(?P<either>[|｜])"
    rf"|(?P<minus>[-－−](?=[^\s|｜]))?(?:(?P<name>{_NAMES})[:：])?"
    rf"(?:(?:{_QUOTED})(?=\s|\Z|[|｜{_OPENING}])|(?P<word>[^\s|｜]*))"
)
_EDITION = re.compile(r"第?([0-9A-Z]{1,8})版?")
_DAY = r"(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?|年)?"
_DAYS = re.compile(rf"(?:{_DAY})?(?P<to>\.\.|[~～至到—]+)?(?:{_DAY})?")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to find, in one field of a document or in any. `folded` is `typed` as search compares it.

    `implied`: nobody typed it, it is another way to write what stands before it in its group.
    """

    typed: str
    folded: str
    quoted: bool = False
    field: Field | None = None
    implied: bool = False

    @property
    def runs(self) -> tuple[str, ...]:
        """Its stretches of word characters: in a text they follow each other across any punctuation or space."""
        return runs(self.folded)

    @property
    def literal(self) -> str | None:
        """What must stand in the text letter by letter: a quotation with punctuation in it."""
        return self.folded if self.quoted and self.runs != (self.folded,) else None

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds the term in a folded text."""
        return literal_pattern(self.literal) if self.literal else runs_pattern(" ".join(self.runs))

    def __str__(self) -> str:
        words = f"原文“{self.typed}”" if self.literal else f"“{self.typed}”"
        return _PLACES[self.field] + words if self.field else words


@lru_cache(maxsize=256)
def runs_pattern(spaced: str) -> re.Pattern[str]:
    """Finds runs, given with single spaces between them, that follow each other across barriers."""
    return re.compile(r"[\W_]+".join(map(re.escape, spaced.split(" "))))


@lru_cache(maxsize=256)
def literal_pattern(folded: str) -> re.Pattern[str]:
    return re.compile(re.escape(folded))


@dataclass(frozen=True, slots=True)
class Days:
    """From a day to a day, both included; None leaves that end open."""

    since: date | None
    until: date | None

    def __str__(self) -> str:
        if self.since == self.until:
            return f"{self.since}"
        return f"{self.since or '最早'}至{self.until or '最近'}"


@dataclass(frozen=True, slots=True)
class Edition:
    """A page's number or letter, as it is stored: 2, A02."""

    number: str

    def __str__(self) -> str:
        return f"第{self.number}版"


Part = Term | Edition | Days


@dataclass(frozen=True, slots=True)
class Query:
    """Of each of the `wanted` at least one, of `unwanted` none; those of one group are of one kind.

    `notes` tell in Chinese what of the text typed was not used.
    """

    text: str = ""
    wanted: tuple[tuple[Part, ...], ...] = ()
    unwanted: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()
    missing: int = 0  # so many of the words may be absent (relaxing)

    @property
    def is_empty(self) -> bool:
        """Nothing to find: such a query has no hits. Exclusions alone find nothing."""
        return not self.wanted

    @property
    def groups(self) -> tuple[tuple[Term, ...], ...]:
        """The words wanted: of each group at least one."""
        return tuple(group for group in (_terms(group) for group in self.wanted) if group)

    @property
    def conditions(self) -> tuple[tuple[Term, ...], ...]:
        """What a document matches: of each at least one. When m words may be absent, of any m + 1 one is there."""
        some = combinations(self.groups, self.missing + 1)
        return tuple(tuple(dict.fromkeys(chain.from_iterable(groups))) for groups in some)

    @property
    def terms(self) -> tuple[Term, ...]:
        """All words wanted, whatever group they are in: what is marked and what is ranked by."""
        return tuple(dict.fromkeys(term for group in self.groups for term in group))

    @property
    def excluded(self) -> tuple[Term, ...]:
        return _terms(self.unwanted)

    def explain(self) -> str:
        """The query in Chinese words, for the head of a list of hits."""
        if self.is_empty:
            return "没有可检索的词"
        words = ["或".join(map(str, as_typed(group))) for group in self.groups]
        how = "同时含有" if len(words) > 1 else "含有"
        if self.missing:
            how = f"至少含有这些词中的{len(words) - self.missing}个："
        parts = [how + "、".join(words)] if words else []
        if self.excluded:
            parts.append("不含" + "、".join(map(str, as_typed(self.excluded))))
        parts += ["或".join(map(str, group)) for group in self.wanted if not _terms(group)]
        parts += [f"除{part}外" for part in self.unwanted if not isinstance(part, Term)]
        return "，".join(parts)


def _terms(parts: Iterable[Part]) -> tuple[Term, ...]:
    return tuple(part for part in parts if isinstance(part, Term))


def as_typed(parts: Iterable[T]) -> tuple[T, ...]:
    """Without what is implied."""
    return tuple(part for part in parts if not (isinstance(part, Term) and part.implied))


def with_implied(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts, each followed by the other ways to write it. A quotation is meant as it stands."""
    for part in parts:
        yield part
        if isinstance(part, Term) and not part.quoted:
            yield from (replace(part, typed=form, folded=form, implied=True) for form in written_otherwise(part.folded))


def parse_query(text: str) -> Query:
    """Read what was typed; more than MAX_LENGTH characters or MAX_TERMS parts are cut, and the notes say so."""
    return _Reading(text.strip()).query()


@dataclass(slots=True)
class _Reading:
    typed: str
    wanted: list[list[Part]] = field(default_factory=list)
    unwanted: list[Part] = field(default_factory=list)
    last: list[Part] = field(default_factory=list)  # what `|` adds to
    notes: list[str] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)  # what a field cannot be
    ignored: list[str] = field(default_factory=list)  # punctuation
    surplus: list[str] = field(default_factory=list)

    def query(self) -> Query:
        if len(self.typed) > MAX_LENGTH:
            self.typed = self.typed[:MAX_LENGTH]
            self.notes.append(f"检索词过长，只用了前{MAX_LENGTH}个字。")
        for minus, either, shown, part in self._parts():
            self._take(minus, either, shown, part)
        groups = (_distinct_parts(with_implied(group)) for group in self.wanted)
        wanted = _distinct(groups, lambda group: frozenset(map(_key, group)))
        self._complain(bool(wanted))
        return Query(self.typed, wanted, _distinct_parts(with_implied(self.unwanted)), tuple(self.notes))

    def _parts(self) -> Iterator[tuple[bool, bool, str, Part]]:
        """Each part with whether it is excluded and whether `|` stands before it. A field holds on behind `|`."""
        either, name = False, None
        for match in _TOKEN.finditer(self.typed):
            if match["either"]:
                either = True
                continue
            if not match[0]:
                continue
            name = match["name"] or (name if either and not match["minus"] else None)
            part = _read(match, name)
            if part is None:
                (self.misread if name else self.ignored).append(match[0])
            else:
                yield bool(match["minus"]), either and not match["minus"], match[0], part
            either = False

    def _take(self, minus: bool, either: bool, shown: str, part: Part) -> None:
        taken = [*self.unwanted, *(other for group in self.wanted for other in group)]
        if len(taken) >= MAX_TERMS and _key(part) not in map(_key, taken):
            self.surplus.append(shown)
            return
        if minus:
            self.last = self.unwanted
        elif not (either and self.last and type(self.last[-1]) is type(part)):
            if either and self.last:
                self.notes.append("“|”只连接同一类的词，别处当作空格。")
            self.last = []
            self.wanted.append(self.last)
        self.last.append(part)

    def _complain(self, finds: bool) -> None:
        if self.misread:
            self.notes.append(f"没有看懂，未用：{' '.join(self.misread)}。版次写作 版:2，日期写作 日期:2024-03。")
        if self.ignored:
            self.notes.append(f"单独的标点不作检索词：{' '.join(self.ignored)}")
        if self.surplus:
            self.notes.append(f"检索词过多，只用了前{MAX_TERMS}个，未用：{' '.join(self.surplus)}")
        if self.unwanted and not finds:
            self.notes.append("只有要排除的词，没有要找的词。")


def _read(match: re.Match[str], name: str | None) -> Part | None:
    word = match["word"]
    quoted = word is None
    said = next(group for group in match.groups()[3:] if group is not None) if quoted else word
    if name == "版":
        return _read_edition(said)
    if name == "日期":
        return _read_days(fold(said))
    term = Term(said, fold(said), quoted, FIELDS.get(name or ""))
    return term if term.runs else None


def _read_edition(said: str) -> Edition | None:
    match = _EDITION.fullmatch(fold(said).upper())
    return Edition(match[1]) if match else None


def _read_days(said: str) -> Days | None:
    match = _DAYS.fullmatch(said)
    if not said or not match:
        return None
    to, first, last = match["to"], match.groups()[:3], match.groups()[4:]
    if (not first[0] and not last[0]) or (first[0] and last[0] and not to):
        return None
    try:
        since = _end_of(first, last=False) if first[0] else None
        until = _end_of(last if to else first, last=True) if (last[0] or not to) else None
    except ValueError:
        return None
    return None if since and until and since > until else Days(since, until)


def _end_of(numbers: Sequence[str | None], last: bool) -> date:
    """The first or last day of a year, month or day. Raises ValueError where there is none."""
    year, month, day = (int(number) if number else None for number in numbers)
    assert year is not None
    month = month or (12 if last else 1)
    if day is None:
        date(year, month, 1)
        day = monthrange(year, month)[1] if last else 1
    return date(year, month, day)


def _key(part: Part) -> object:
    return (part.folded, part.literal is not None, part.field) if isinstance(part, Term) else part


def _distinct_parts(parts: Iterable[Part]) -> tuple[Part, ...]:
    return _distinct(parts, _key)


def _distinct(things: Iterable[T], key: Callable[[T], object]) -> tuple[T, ...]:
    """The first of those with the same key."""
    found: dict[object, T] = {}
    for thing in things:
        found.setdefault(key(thing), thing)
    return tuple(found.values())
