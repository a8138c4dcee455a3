"""How a page stood at every step: its states, worked out backwards from now by the journal's images.

A state is named by the entry that led to it; FIRST is the one before the first act that can be told. To a page belong
its passages and the articles that stand on it, with what of them stands elsewhere: the entries of those pages are
taken back too. The walk ends where the images no longer fit the rows: nothing is guessed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..assembly import Passage, assemble_passages
from ..models import Block, Correction, Page
from .history import describe_filing
from .images import Images, take_images
from .page_diff import ArticleDescription, PageDescription, PassageDescription, Place
from .rewinding import (
    TOLD,
    Names,
    articles_named,
    copy_rows,
    fits,
    in_articles,
    is_alive,
    lay_rows,
    names_now,
    pages_of_articles,
    take_back,
    title_of,
    with_pages,
)

FIRST = 0
# What these did elsewhere is no concern of a page: they are told by what they did here.
OF_MANY = ("rename_name", "merge_names", "set_categories", "replace_text", "assign_pages")
WITHDRAWN_OR_NOT = "状态"  # a word of its own, no part of how the page is split


@dataclass(frozen=True)
class PageHistory:
    """The entries that can be taken back, newest first: the page's own, and with them those of the pages around it."""

    page: Page
    entries: list[Correction]
    all_entries: list[Correction]
    whole: bool  # does it reach back to the first entry of the journal?
    pages: Mapping[int, Page]
    versions: Mapping[int, int]  # of the pages, as they were read
    names: Names
    now: Images

    @property
    def latest(self) -> int:
        """The state in which the page is."""
        return next((entry.pk for entry in self.entries if changes_split(entry)), FIRST)

    def state_after(self, entry: int) -> int:
        """The state in which the page was after an entry, which need not have changed it."""
        return next((e.pk for e in self.entries if e.pk <= entry and changes_split(e)), FIRST)

    def rows_in(self, state: int) -> Images:
        rows, last = copy_rows(self.now), state or self.first_change
        for entry in self.all_entries:
            if entry.pk < last or entry.pk == state:
                break
            take_back(entry, rows)
        return rows

    @property
    def first_change(self) -> int:
        """The first entry that changed the page's split; beyond all where none did."""
        return next((e.pk for e in reversed(self.entries) if changes_split(e)), sys.maxsize)

    def describe(self, state: int) -> PageDescription:
        return describe_page(self.page, self.rows_in(state), self.pages, self.names)


def changes_split(entry: Correction) -> bool:
    return any(table in image for table in TOLD for image in (entry.before, entry.after))


def read_history(page: Page) -> PageHistory:
    versions = dict(Page.objects.filter(pk=page.pk).values_list("pk", "version"))
    own = with_pages(Correction.objects.filter(pages=page))
    ids = _pages_around(page, own)
    pages = Page.objects.select_related("newspaper", "issue").in_bulk(ids)
    versions = {pk: on.version for pk, on in pages.items()} | versions
    around = with_pages(Correction.objects.filter(pages__in=ids - {page.pk}).exclude(pages=page).distinct())
    entries = sorted([*own, *around], key=lambda entry: -entry.pk)
    rows = take_images(ids, {pk for entry in entries for pk in articles_named(entry)})
    told = [image for e in own for images in (e.before, e.after) for image in images.get("article", {}).values()]
    names = names_now([*rows["article"].values(), *told])
    reached = list(_reached(entries, copy_rows(rows), pages))
    back = {entry.pk for entry in reached}
    mine = [entry for entry in own if entry.pk in back]
    return PageHistory(page, mine, reached, len(mine) == len(own), pages, versions, names, rows)


def _reached(entries: list[Correction], rows: Images, pages: Mapping[int, Page]) -> Iterator[Correction]:
    for entry in entries:
        if not fits(entry, rows, pages):
            return
        take_back(entry, rows)
        yield entry


def _pages_around(page: Page, entries: list[Correction]) -> set[int]:
    """The page, those that share acts with it, and those on which its articles of any time stand now."""
    known = {entry.pk: entry for entry in entries}
    few = [entry for entry in entries if _first_action(entry, known) not in OF_MANY]
    articles = {pk for entry in few for pk in articles_named(entry)}
    articles |= set(Block.objects.filter(page=page, article__isnull=False).values_list("article_id", flat=True))
    return {page.pk} | {on.pk for entry in few for on in entry.pages.all()} | pages_of_articles(articles)


def _first_action(entry: Correction, known: Mapping[int, Correction]) -> str:
    while entry.undoes_id and entry.undoes_id in known:
        entry = known[entry.undoes_id]
    return entry.action


def describe_page(page: Page, rows: Images, pages: Mapping[int, Page], names: Names) -> PageDescription:
    """What the rows make of a page, as plain values."""
    laid = lay_rows(rows, pages)
    mine = {p.block.article_id for p in laid[page.pk]}
    parts = {pk: passages for pk, passages in in_articles(laid).items() if pk in mine}
    order = {p.block.pk: i for passages in parts.values() for i, p in enumerate(passages)}
    passages = tuple(_describe_passage(p, order) for p in laid[page.pk])
    articles = {pk: _describe_article(page, pk, parts[pk], rows, names) for pk in sorted(parts)}
    return PageDescription(page.source_text, passages, articles)


def _describe_passage(p: Passage, order: Mapping[int, int]) -> PassageDescription:
    block = p.block
    if block.article_id is not None:
        place = Place("article", block.article_id)
    elif block.duplicate_start is not None:
        place = Place("folded", detail=(block.duplicate_start, block.duplicate_end))
    else:
        place = Place("aside", detail=(block.reason, block.reason_note))
    return PassageDescription(
        block=block.pk,
        start=p.start,
        end=p.end,
        text=p.text,
        corrected=block.corrected_text is not None,
        role=block.role,
        place=place,
        order=order.get(block.pk, 0),
        joins=block.joins,
    )


def _describe_article(page: Page, pk: int, parts: list[Passage], rows: Images, names: Names) -> ArticleDescription:
    row = rows["article"][str(pk)]
    assert is_alive(row), "an article with passages lives"
    unsaid = {WITHDRAWN_OR_NOT, *(() if "keywords" in row["fixed"] else ("关键词",))}  # those read out of the text
    elsewhere = [p for p in parts if p.page.pk != page.pk]
    return ArticleDescription(
        title=title_of(assemble_passages(parts), row),
        filing={label: words for label, words in describe_filing(row, names).items() if label not in unsaid},
        elsewhere=tuple((p.page.label, p.block.pk, p.start, p.text, p.block.role, p.block.joins) for p in elsewhere),
    )
