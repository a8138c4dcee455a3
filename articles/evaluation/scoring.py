"""How far a split is from the truth, in touches: one touch is one thing that an editor would have to mend.

paragraphs   a run of neighbouring passages that is missing from its article, or intrudes into it
articles     an article made of nothing that belongs to any
headline     the headline is not the printed one
titles       column, kicker or subheadline is missing from the title block of a right headline
people       other people are named than the byline names
kind         a picture, a notice … taken for something else
jump         上接 not read, or read where none is
subheadings  a run of subheadings that stand as body
joins        two halves of a cut paragraph not joined, or two paragraphs joined that are two
order        the paragraphs of an article are not in reading order
repeats      a run of repeats that is neither folded nor counted as an intruder
date         the page's day
broken       text lost or invented: three touches an article, whatever else is wrong

Articles of the split are matched with those of the truth by the passages they share, the best way for the page as a
whole. A passage belongs to the article that has most of its characters. Where the two cut the page in different places
this makes passages, not lines or blocks, what is counted; a run is one of passages printed next to each other.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ..extraction.values import Article, PageSplit
from .matching import match_pairs
from .truth import TrueArticle, TruePage

KINDS = (
    "paragraphs", "articles", "headline", "titles", "people", "kind", "jump", "subheadings", "joins", "order",
    "repeats", "date", "broken",
)  # fmt: skip
BROKEN = 3  # touches an article of a page whose split loses or invents text
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_NEWS = ("news", "feature")  # the same to whoever mends a page


@dataclass(frozen=True, slots=True)
class ArticleScore:
    """What is to mend of one true article. `confidence`: of the article matched with it, 0 where there is none."""

    name: str
    confidence: float
    touches: Counter[str]

    @property
    def clean(self) -> bool:
        return not self.touches


@dataclass(frozen=True, slots=True)
class PageScore:
    """`figures`: what is right (`headlines_ok`) of how many (`headlines`), and joins and repeats of both sides."""

    articles: tuple[ArticleScore, ...]
    elsewhere: Counter[str]  # touches that are no article's
    figures: Counter[str]
    woven: bool = False

    @property
    def touches(self) -> Counter[str]:
        return sum((article.touches for article in self.articles), self.elsewhere)


def score_page(truth: TruePage, split: PageSplit, text: str) -> PageScore:
    """Compare a split of the page `text` with what is true of it."""
    found = _Found(truth, split, text)
    figures: Counter[str] = Counter(articles=len(truth.articles))
    scores = [_score_article(truth, found, n, figures) for n in range(len(truth.articles))]
    elsewhere: Counter[str] = Counter(articles=found.count_strange(truth))
    missed = {i for i in truth.repeats - found.repeats if i not in found.owner}
    elsewhere["repeats"] = count_runs(missed)
    figures.update(repeats_ok=len(truth.repeats & found.repeats), repeats=len(truth.repeats))
    figures.update(repeats_found=len(found.repeats))
    true_joins = {pair for article in truth.articles for pair in _joins(article.paragraphs)}
    figures.update(joins_ok=len(true_joins & found.joins), joins=len(true_joins), joins_found=len(found.joins))
    if truth.days:
        right = split.date.value is not None and truth.days[0] <= split.date.value <= truth.days[1]
        figures.update(dates=1, dates_ok=right)
        elsewhere["date"] = int(not right)
    figures["clean"] = sum(score.clean for score in scores)
    if loses_text(split, text):
        elsewhere["broken"] = BROKEN * max(1, len(truth.articles))
        figures["broken"] = 1
    return PageScore(tuple(scores), +elsewhere, figures, truth.woven)


class _Found:
    """A split told in the passages of the truth."""

    def __init__(self, truth: TruePage, split: PageSplit, text: str) -> None:
        self.articles = split.articles
        self.paragraphs, self.repeats = _in_passages(truth, split, text)
        self.owner: dict[int, int] = {}  # passage of body or caption -> article
        self.subheading_of: dict[int, int] = {}
        for k, paragraphs in enumerate(self.paragraphs):
            for role, passages in paragraphs:
                told = self.subheading_of if role == "subheading" else self.owner
                for i in passages:
                    told.setdefault(i, k)
        self.joins = {pair for paragraphs in self.paragraphs for pair in _joins(p for _, p in paragraphs)}
        self.belongs = {i: n for n, a in enumerate(truth.articles) for p in a.paragraphs for i in p}
        self.neutral = truth.neutral.union(*({*a.bylines, *a.subheadings} for a in truth.articles))
        shared = Counter((n, self.owner[i]) for i, n in self.belongs.items() if i in self.owner)
        self.match = match_pairs(shared)

    def count_strange(self, truth: TruePage) -> int:
        """Articles that are made of nothing that belongs to any."""
        matched = set(self.match.values())
        mine: dict[int, set[int]] = {}
        for i, k in self.owner.items():
            if i not in self.neutral:
                mine.setdefault(k, set()).add(i)
        return sum(k not in matched and not passages & self.belongs.keys() for k, passages in mine.items())


def _in_passages(
    truth: TruePage, split: PageSplit, text: str
) -> tuple[list[list[tuple[str, list[int]]]], frozenset[int]]:
    """(role, passages) of the paragraphs of each article, and the passages folded as repeats."""
    over = _overlaps(truth.passages, split, text)
    in_text = {k for article in split.articles for p in article.paragraphs for k in p.blocks}
    shares: dict[int, Counter[int]] = {}  # passage -> {article, or -1 folded, -2 neither: characters}
    for k, block in enumerate(split.blocks):
        who = -1 if block.duplicate_of else block.article if k in in_text and block.article is not None else -2
        for i, characters in over[k]:
            shares.setdefault(i, Counter())[who] += characters
    main = {i: max(share, key=lambda who: share[who]) for i, share in shares.items()}
    paragraphs: list[list[tuple[str, list[int]]]] = []
    for n, article in enumerate(split.articles):
        paragraphs.append([])
        for p in article.paragraphs:
            mine = dict.fromkeys(i for k in p.blocks for i, _ in over[k] if main[i] == n)
            paragraphs[-1].append((p.role, list(mine)))
    return paragraphs, frozenset(i for i, who in main.items() if who == -1)


def _overlaps(passages: Sequence[tuple[int, int]], split: PageSplit, text: str) -> list[list[tuple[int, int]]]:
    """Of each block the passages that it lies over: (passage, characters that both have). Both are in page order."""
    found: list[list[tuple[int, int]]] = []
    first = 0
    for block in split.blocks:
        found.append([])
        while first < len(passages) and passages[first][1] <= block.start:
            first += 1
        at = first
        while at < len(passages) and passages[at][0] < block.end:
            start, end = max(block.start, passages[at][0]), min(block.end, passages[at][1])
            if characters := len(_solid(text[start:end])):
                found[-1].append((at, characters))
            at += 1
    return found


def _score_article(truth: TruePage, found: _Found, n: int, figures: Counter[str]) -> ArticleScore:
    article = truth.articles[n]
    k = found.match.get(n)
    got = found.articles[k] if k is not None else None
    touches: Counter[str] = Counter()
    _score_text(truth, found, n, k, touches, figures)
    _score_titles(article, got, touches, figures)
    if got is not None:
        if article.people:
            named = {_bare(name) for name in (*got.authors, *got.photographers)}
            right = named in [{_bare(name) for name in reading} for reading in article.people]
            figures["people_ok"] += right
            touches["people"] += not right
        if article.kinds:
            right = _kind(got.kind) in {_kind(kind) for kind in article.kinds}
            figures["kinds_ok"] += right
            touches["kind"] += not right
        figures["categories_ok"] += got.category in article.categories
    figures["people"] += bool(article.people)
    figures["kinds"] += bool(article.kinds)
    figures["categories"] += bool(article.categories)
    _score_jump(article, got, touches, figures)
    name = article.name or "（无标题）"
    return ArticleScore(name, got.confidence if got else 0.0, +touches)


def _score_text(
    truth: TruePage, found: _Found, n: int, k: int | None, touches: Counter[str], figures: Counter[str]
) -> None:
    article = truth.articles[n]
    want = {i for p in article.paragraphs for i in p}
    have = {i for i, owner in found.owner.items() if owner == k} - found.neutral if k is not None else set()
    if k is not None and not truth.subheadings_told:
        have |= {i for i in want if found.subheading_of.get(i) == k}
    reading = {i: at for at, i in enumerate(i for p in article.paragraphs for i in p)}
    intruding = {i for i in have - want if i not in found.belongs}
    touches["paragraphs"] = count_runs(reading[i] for i in want - have) + count_runs(intruding)
    figures["exact"] += want == have
    joins = {(a, b) for a, b in found.joins if a in want and b in want}
    touches["joins"] = len(_joins(article.paragraphs) ^ joins)
    if k is None:
        return
    if truth.subheadings_told:
        touches["subheadings"] = count_runs(i for i in article.subheadings if found.subheading_of.get(i) != k)
    read = [i for _, p in found.paragraphs[k] for i in p if i in want]
    touches["order"] = int(read != sorted(read, key=lambda i: reading[i]))


def _score_titles(article: TrueArticle, got: Article | None, touches: Counter[str], figures: Counter[str]) -> None:
    if not article.titled:
        return
    headline = _bare(got.headline or "") if got else ""
    right = headline in map(_bare, article.headlines) if article.headlines else not headline
    figures["headlines"] += bool(article.headlines)
    figures["headlines_ok"] += right and bool(article.headlines)
    touches["headline"] = int(not right)
    column, kicker = (got.column or "", got.kicker or "") if got else ("", "")
    block = _bare("".join((column, kicker, got.headline or "", got.subheadline or ""))) if got else ""
    whole = True
    for name, wanted in (("kickers", article.kicker), ("subheadlines", article.subheadline)):
        if wanted and article.headlines:
            figures[name] += 1
            figures[f"{name}_ok"] += _bare(wanted) in block
            whole &= _bare(wanted) in block
    if article.columns:
        there = got is not None and any(_bare(name) in _bare(column + kicker) for name in article.columns)
        figures.update(columns=1, columns_ok=there)
        whole &= there
    touches["titles"] = int(got is not None and right and not whole)


def _score_jump(article: TrueArticle, got: Article | None, touches: Counter[str], figures: Counter[str]) -> None:
    named = (got.continued_from or "").lstrip("0") if got else ""
    if article.continued_from:
        figures.update(jumps=1, jumps_ok=named == article.continued_from.lstrip("0"))
        touches["jump"] = int(named != article.continued_from.lstrip("0"))
    elif named:
        figures["jumps_wrong"] += 1
        touches["jump"] = 1


def loses_text(split: PageSplit, text: str) -> bool:
    """Is some of the text in no block or in two, or does a paragraph say anything but what its blocks do?"""
    at = 0
    for block in split.blocks:
        if block.start < at or _solid(text[at : block.start]):
            return True
        at = block.end
    if _solid(text[at:]):
        return True
    used: set[int] = set()
    for n, article in enumerate(split.articles):
        for p in article.paragraphs:
            blocks = [split.blocks[k] for k in p.blocks]
            if _solid("".join(text[b.start : b.end] for b in blocks)) != _solid(p.text):
                return True
            if used & set(p.blocks) or any(b.article != n for b in blocks):
                return True
            used.update(p.blocks)
    return False


def count_runs(numbers: Iterable[int]) -> int:
    """How many unbroken runs the numbers make."""
    there = set(numbers)
    return sum(n - 1 not in there for n in there)


def _joins(paragraphs: Iterable[Sequence[int]]) -> AbstractSet[tuple[int, int]]:
    return {pair for p in paragraphs for pair in itertools.pairwise(p)}


def _kind(kind: str) -> str:
    return "news" if kind in _NEWS else kind


def _solid(text: str) -> str:
    return "".join(text.split())


def _bare(text: str) -> str:
    """What two readings of a title or a name have in common: width, spaces, quotes and marks around it aside."""
    text = _solid(unicodedata.normalize("NFKC", text)).translate(_QUOTES)
    return re.sub(r"^[—\-–|·:#□]+|[—\-–|·:#□]+$", "", text)
