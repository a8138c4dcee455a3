"""The values that stages of extraction pass on: frozen, with offsets into the page's text.

Offsets count code points of the decoded page text (line ends already ``\\n``), from 0, end exclusive.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

Role = Literal["column", "kicker", "headline", "subheadline", "byline", "body", "subheading", "caption", "furniture"]
Kind = Literal["news", "feature", "opinion", "photo", "notice", "obituary", "continuation"]
CreditRole = Literal["reporter", "trainee", "correspondent", "photographer", "author"]

TITLE_ROLES: tuple[Role, ...] = ("column", "kicker", "headline", "subheadline")
TEXT_ROLES: tuple[Role, ...] = ("body", "subheading", "caption")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of page text. `end` excludes trailing white space; the next block starts at or after it."""

    start: int
    end: int
    role: Role
    article: int | None = None  # index into PageSplit.articles
    joins: bool = False  # runs on from the block before it in its article, in one paragraph
    duplicate_of: tuple[int, int] | None = None  # span of the text that it repeats
    reason: str | None = None  # why it is in no article: a code of UNPLACED_REASONS


# Why a passage stands in no article. The codes are stored; their Chinese words are in articles.models.
UNPLACED_REASONS = ("furniture", "banner", "label", "headline", "fragment", "empty", "editor")


@dataclass(frozen=True, slots=True)
class Credit:
    """Somebody named in a byline, as printed. `block` is an index into the blocks it was read from."""

    name: str
    role: CreditRole
    unit: str = ""
    block: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Blocks that read as one paragraph; `text` is their texts run together, nothing added."""

    role: Role  # body, subheading or caption
    blocks: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page. `blocks` holds all of its blocks, titles and bylines too, in reading order."""

    blocks: tuple[int, ...]
    paragraphs: tuple[Paragraph, ...]
    column: str | None
    kicker: str | None
    headline: str | None
    subheadline: str | None
    kind: Kind
    category: str | None
    credits: tuple[Credit, ...]
    continued_from: str | None  # page label as the marker names it, "1"
    continued_on: str | None
    part_of: int | None  # index of the notice block that this item belongs to
    confidence: float  # 0 to 1, the chance that an editor leaves the article as it is
    keywords: tuple[str, ...]

    @property
    def authors(self) -> list[str]:
        return [c.name for c in self.credits if c.role != "photographer"]

    @property
    def photographers(self) -> list[str]:
        return [c.name for c in self.credits if c.role == "photographer"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something an editor should look at. `text` is Chinese; `span` is where on the page."""

    code: str
    span: tuple[int, int]
    text: str
    article: int | None = None
    blocks: tuple[int, ...] = ()
    rival: int | None = None  # the article that the passage may belong to instead


@dataclass(frozen=True, slots=True)
class DateReading:
    """The day a page is of, how it is known (path and given are set by the importer) and the words that say so."""

    value: datetime.date | None = None
    how: Literal["given", "path", "masthead", "inferred"] | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class PageSplit:
    """What extraction makes of one page. `blocks` tile the text: every character not white space is in exactly one."""

    blocks: tuple[Block, ...]
    articles: tuple[Article, ...]
    doubts: tuple[Doubt, ...]
    date: DateReading
    number: str | None = None  # page label of a masthead line ("2", "A02")
    name: str | None = None  # 版名 of a masthead line
    issue_number: str | None = None  # 期号 of a masthead line
    newspaper: str | None = None
    staff: tuple[tuple[str, str], ...] = ()  # rank and name of who made the page, of a masthead line
