"""Two states of a page -> what became of it, block by block, in words, grouped by article.

Passages are matched by where they stand in the page's text, whatever blocks they are cut into: both tilings are cut
at the starts of either. A passage that is in another article has moved, one whose place in the same article is out of
the order of the others was reordered; what an article took over whole was merged into it. Pure; the cost grows with
the number of passages, times its logarithm.
"""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from ..compare import Run, compare
from ..extraction.values import TEXT_ROLES
from ..models import Block

QUOTED = 18  # characters of a passage: enough to know it by
SHOWN = 4  # passages named of one change


class Place(NamedTuple):
    kind: str  # article, folded or aside
    article: int | None = None
    detail: tuple[Any, ...] = ()  # what it repeats; why it is set aside


@dataclass(frozen=True, slots=True)
class PassageDescription:
    block: int
    start: int
    end: int
    text: str
    corrected: bool
    role: str
    place: Place
    order: int  # in its article
    joins: bool


@dataclass(frozen=True, slots=True)
class ArticleDescription:
    title: str
    filing: Mapping[str, str]  # label -> words
    elsewhere: tuple[tuple[Any, ...], ...]  # its passages on other pages, each with its page first


@dataclass(frozen=True, slots=True)
class PageDescription:
    source: str
    passages: tuple[PassageDescription, ...]  # in page order; they tile the source
    articles: Mapping[int, ArticleDescription]


class Quote(NamedTuple):
    number: int  # of the passage on the page, from 1
    block: int
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    kind: str
    label: str
    words: str = ""
    quotes: tuple[Quote, ...] = ()
    more: int = 0  # passages not quoted
    runs: tuple[Run, ...] = ()


@dataclass(slots=True)
class Group:
    """What became of an article; of the page, without one."""

    article: int | None
    title: str
    was_title: str = ""
    changes: list[Change] = field(default_factory=list)

    @property
    def weight(self) -> int:
        return min(KINDS.index(change.kind) for change in self.changes)


# The most important first.
KINDS = (
    *("gone", "made", "merged", "moved", "aside", "folded", "back", "reordered", "elsewhere"),
    *("text", "role", "joined", "unjoined", "cut", "glued", "place", "filing"),
)


class Atom(NamedTuple):
    """A stretch of text that is in one passage in either state."""

    start: int
    end: int
    old: PassageDescription
    new: PassageDescription


def diff(old: PageDescription, new: PageDescription) -> list[Group]:
    """What it takes to make `new` of `old`, a group for each article, those that changed most in kind first."""
    return _Difference(old, new).groups() if old != new else []


class _Difference:
    def __init__(self, old: PageDescription, new: PageDescription):
        self.old, self.new = old, new
        self.atoms = list(_atoms(old, new))
        self.numbers = {p.block: number for number, p in enumerate(new.passages, 1)}
        self.found: dict[int | None, list[Change]] = defaultdict(list)
        self.told: set[tuple[Place, Place]] = set()  # moves that a merge or a new article speaks for

    def groups(self) -> list[Group]:
        self._tell_articles()
        self._tell_moves()
        self._tell_order()
        self._tell_regions()
        self._tell_roles()
        self._tell_joins()
        self._tell_filing()
        first = {p.place.article: p.start for p in reversed(self.new.passages)}
        groups = [self._group(pk, changes) for pk, changes in self.found.items()]
        return sorted(groups, key=lambda g: (g.weight, g.article is not None, first.get(g.article, 0)))

    def _group(self, pk: int | None, changes: list[Change]) -> Group:
        changes.sort(key=lambda change: KINDS.index(change.kind))
        if pk is None:
            return Group(None, "", "", changes)
        title, was = self._title(pk), self.old.articles[pk].title if pk in self.old.articles else ""
        return Group(pk, title, was if was != title else "", changes)

    def _title(self, pk: int | None) -> str:
        for state in (self.new, self.old):
            if pk is not None and pk in state.articles:
                return state.articles[pk].title
        return ""

    def _owner(self, atom: Atom) -> int | None:
        """The article in whose group a change of the atom is told; the page's if there is none that lives."""
        if atom.new.place.article is not None:
            return atom.new.place.article
        was = atom.old.place.article
        return was if was in self.new.articles else None

    def _add(
        self,
        owner: int | None,
        kind: str,
        label: str,
        words: str = "",
        atoms: Sequence[Atom] = (),
        runs: Iterable[Run] = (),
    ) -> None:
        quotes = [self._quote(atom) for atom in atoms[:SHOWN]]
        change = Change(kind, label, words, tuple(quotes), len(atoms) - len(quotes), tuple(runs))
        self.found[owner].append(change)

    def _quote(self, atom: Atom) -> Quote:
        words = " ".join(self.new.source[atom.start : atom.end].split())
        short = words if len(words) <= QUOTED else words[:QUOTED] + "…"
        return Quote(self.numbers[atom.new.block], atom.new.block, short)

    def _tell_articles(self) -> None:
        """Articles that are no more, and those that are new: with what most of their text came from or went to."""
        went: dict[int, Counter[int | None]] = defaultdict(Counter)
        came: dict[int, Counter[int | None]] = defaultdict(Counter)
        for atom in self.atoms:
            was, now = atom.old.place.article, atom.new.place.article
            if was is not None and was not in self.new.articles:
                went[was][now] += atom.end - atom.start
            if now is not None and now not in self.old.articles:
                came[now][was] += atom.end - atom.start
        for pk, places in went.items():
            heir = places.most_common(1)[0][0]
            if heir is None:
                self._add(None, "gone", "不再成篇", f"《{self._title(pk)}》的段落都已移出文章")
                continue
            count = self._told_moves(Place("article", pk), heir)
            whole = "整篇" if len(places) == 1 else ""
            self._add(heir, "merged", "并入", f"《{self._title(pk)}》{whole}并入本文（{count}段）")
        for pk, sources in came.items():
            source = sources.most_common(1)[0][0]
            atoms = [a for a in self.atoms if a.new.place.article == pk and a.old.place.article == source]
            self.told |= {(atom.old.place, atom.new.place) for atom in atoms}
            self._add(pk, "made", "新文章", self._came_from(source, len(atoms)), atoms)

    def _came_from(self, source: int | None, count: int) -> str:
        if source is None:
            return f"由搁置或重复的{count}段成篇"
        return f"从《{self.old.articles[source].title}》分出{count}段"

    def _told_moves(self, was: Place, now: int) -> int:
        moved = [a for a in self.atoms if a.old.place == was and a.new.place.article == now]
        self.told |= {(atom.old.place, atom.new.place) for atom in moved}
        return len(moved)

    def _tell_moves(self) -> None:
        def between(atom: Atom) -> tuple[Place, Place]:
            return atom.old.place, atom.new.place

        moves: dict[tuple[int | None, str, str, str], list[Atom]] = defaultdict(list)
        for atom in self.atoms:
            was, now = between(atom)
            if was == now or (was, now) in self.told:
                continue
            moves[(self._owner(atom), *self._move_words(was, now))].append(atom)
        for (owner, kind, label, words), atoms in moves.items():
            self._add(owner, kind, label, f"{words}{f'，共{len(atoms)}段' if len(atoms) > 1 else ''}", atoms)

    def _move_words(self, was: Place, now: Place) -> tuple[str, str, str]:
        if now.kind == "folded":
            return "folded", "标为重复", f"与{self._excerpt(*now.detail)}重复"
        if now.kind == "aside":
            return "aside", "搁置", _why(now)
        if was.kind == "article":
            return "moved", "移入", f"从《{self._old_title(was.article)}》移入"
        return "back", "取回", "原标为重复" if was.kind == "folded" else f"原搁置（{_why(was)}）"

    def _old_title(self, pk: int | None) -> str:
        return self.old.articles[pk].title if pk is not None and pk in self.old.articles else ""

    def _excerpt(self, start: int, end: int) -> str:
        words = " ".join(self.new.source[start:end].split())
        return f"“{words if len(words) <= QUOTED else words[:QUOTED] + '…'}”"

    def _tell_order(self) -> None:
        """Of the passages that an article keeps, as few as possible are said to have moved past the others."""
        kept: dict[int, list[Atom]] = defaultdict(list)
        for atom in self.atoms:
            if atom.old.place == atom.new.place and atom.new.place.article is not None:
                kept[atom.new.place.article].append(atom)
        for pk, atoms in kept.items():
            before = sorted(atoms, key=lambda a: (a.old.order, a.start))
            rank = {atom.start: i for i, atom in enumerate(before)}
            now = sorted(atoms, key=lambda a: (a.new.order, a.start))
            stay = _longest_rising([rank[atom.start] for atom in now])
            for moved, run in groupby(enumerate(now), key=lambda pair: pair[0] not in stay):
                if moved:
                    pairs = list(run)
                    at = pairs[0][0]
                    after = f"移到{self._excerpt(now[at - 1].start, now[at - 1].end)}之后" if at else "移到文首"
                    self._add(pk, "reordered", "次序", after, [atom for _, atom in pairs])

    def _tell_regions(self) -> None:
        """Between starts that both states have: how the text is cut, and how it reads."""
        for atoms in self._regions():
            olds = list(dict.fromkeys(atom.old for atom in atoms))
            news = list(dict.fromkeys(atom.new for atom in atoms))
            owner = self._owner(atoms[0])
            if len(news) > len(olds):
                self._add(owner, "cut", "切开", f"一段切为{len(news)}段", atoms)
            elif len(news) < len(olds):
                self._add(owner, "glued", "合起", f"{len(olds)}段合为一段", atoms[:1])
            if any(p.corrected for p in (*olds, *news)):
                was, now = "".join(p.text for p in olds), "".join(p.text for p in news)
                if was != now:
                    label = "改正文字" if any(p.corrected for p in news) else "恢复原文"
                    self._add(owner, "text", label, "", atoms[:1], compare(was, now))

    def _regions(self) -> Iterator[list[Atom]]:
        both = sorted({p.start for p in self.old.passages} & {p.start for p in self.new.passages})
        for _, atoms in groupby(self.atoms, key=lambda atom: bisect.bisect_right(both, atom.start)):
            yield list(atoms)

    def _tell_roles(self) -> None:
        changed: dict[tuple[int | None, str, str], list[Atom]] = defaultdict(list)
        for atom in self.atoms:
            if atom.old.role != atom.new.role and atom.new.place.article is not None:
                changed[(self._owner(atom), atom.old.role, atom.new.role)].append(atom)
        for (owner, was, now), atoms in changed.items():
            self._add(owner, "role", "角色", f"{Block.Role(was).label} → {Block.Role(now).label}", atoms)

    def _tell_joins(self) -> None:
        changed: dict[tuple[int | None, str, str], list[Atom]] = defaultdict(list)
        for atom in self.atoms:
            begins = atom.start == atom.new.start
            if not begins or atom.new.place.article is None or atom.new.role not in TEXT_ROLES:
                continue
            was = atom.old.joins if atom.start == atom.old.start else True  # inside a passage it read on
            if was and not atom.new.joins and atom.old.place.article is not None:
                changed[(self._owner(atom), "unjoined", "断开")].append(atom)
            elif not was and atom.new.joins:
                changed[(self._owner(atom), "joined", "接成一段")].append(atom)
        words = {"unjoined": "另起一段", "joined": "接上段"}
        for (owner, kind, label), atoms in changed.items():
            self._add(owner, kind, label, words[kind], atoms)

    def _tell_filing(self) -> None:
        for pk, now in self.new.articles.items():
            was = self.old.articles.get(pk)
            if was is None:
                continue
            for label in {**was.filing, **now.filing}:
                before, after = (side.filing.get(label) or "（无）" for side in (was, now))
                if before != after:
                    self._add(pk, "filing", label, f"{before} → {after}")
            if was.elsewhere != now.elsewhere:
                self._add(pk, "elsewhere", "转版", _elsewhere_words(was.elsewhere, now.elsewhere))


def _why(place: Place) -> str:
    reason, note = place.detail
    return f"{Block.Reason(reason).label}{f'：{note}' if note else ''}"


def _elsewhere_words(was: Sequence[tuple[Any, ...]], now: Sequence[tuple[Any, ...]]) -> str:
    before, after = ({page: [p for p in side if p[0] == page] for page, *_ in side} for side in (was, now))
    said = [f"接上{page}的{len(parts)}段" for page, parts in after.items() if page not in before]
    said += [f"与{page}的部分断开" for page in before if page not in after]
    said += [f"{page}的部分有改动" for page in after if page in before and before[page] != after[page]]
    return "，".join(said) or "各版的先后有改动"


def _atoms(old: PageDescription, new: PageDescription) -> Iterator[Atom]:
    """The stretches between neighbouring starts of either state that say something."""
    end = len(new.source)
    starts = sorted({p.start for p in (*old.passages, *new.passages)})
    i = j = 0
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        while i + 1 < len(old.passages) and old.passages[i + 1].start <= start:
            i += 1
        while j + 1 < len(new.passages) and new.passages[j + 1].start <= start:
            j += 1
        was, now = old.passages[i], new.passages[j]
        if new.source[start:stop].strip() or was.corrected or now.corrected:
            yield Atom(start, stop, was, now)


def _longest_rising(ranks: Sequence[int]) -> set[int]:
    """The indexes of a longest rising subsequence."""
    ends: list[int] = []  # the lowest rank that a run of each length ends with
    at: list[int] = []  # its index
    before: list[int] = [-1] * len(ranks)
    for i, rank in enumerate(ranks):
        length = bisect.bisect_left(ends, rank)
        before[i] = at[length - 1] if length else -1
        ends[length : length + 1] = [rank]
        at[length : length + 1] = [i]
    found, i = set(), at[-1] if at else -1
    while i >= 0:
        found.add(i)
        i = before[i]
    return found
