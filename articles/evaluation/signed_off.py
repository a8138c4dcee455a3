"""A page that editors signed off -> what is true of it.

Passages are its blocks. What the text alone cannot tell is not scored: a day that the path or an editor's file named,
the title of an article whose head is on another page, the names of a byline in which an editor mended a slip of OCR.
Titles are those printed, not as mended: the splitter is not to be blamed for what was misread.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import cast

from django.db.models import QuerySet

from ..assembly import Passage, lay_out
from ..extraction.assemble import Part, assemble
from ..extraction.jumps import read_jump_from
from ..extraction.values import TEXT_ROLES, Role
from ..models import Article, Block, Issue, Newspaper, Page
from .truth import TrueArticle, TruePage

AT_ONCE = 20  # pages read together
READ_FROM_TEXT = (Issue.DateKnown.MASTHEAD, Issue.DateKnown.INFERRED)


def signed_off_pages(newspaper: Newspaper | None = None) -> QuerySet[Page]:
    pages = Page.objects.filter(state=Page.State.REVIEWED)
    return pages.filter(newspaper=newspaper) if newspaper else pages


def read_truths(page_ids: Sequence[int]) -> Iterator[tuple[Page, TruePage]]:
    """Pages with what is true of them, in the order given, a few at a time."""
    for at in range(0, len(page_ids), AT_ONCE):
        ids = page_ids[at : at + AT_ONCE]
        pages = Page.objects.select_related("issue").in_bulk(ids)
        blocks: dict[int, list[Block]] = defaultdict(list)
        for block in Block.objects.filter(page__in=pages):
            blocks[block.page_id].append(block)
        articles = _articles_of(pages)
        elsewhere = _standing_elsewhere(articles, blocks)
        dated = set(Page.objects.filter(pk__in=pages, corrections__action="set_date").values_list("pk", flat=True))
        for pk in ids:
            if page := pages.get(pk):
                yield page, _read_truth(page, blocks[pk], articles, elsewhere, pk in dated)


def _articles_of(pages: dict[int, Page]) -> dict[int, Article]:
    found = Article.objects.filter(blocks__page__in=pages).distinct()
    return {article.pk: article for article in found.select_related("category").prefetch_related("credits")}


def _standing_elsewhere(articles: dict[int, Article], blocks: dict[int, list[Block]]) -> dict[int, set[int]]:
    """Article -> pages it stands on, of those on more than one."""
    standing: dict[int, set[int]] = defaultdict(set)
    for article_id, page_id in Block.objects.filter(article__in=articles).values_list("article", "page").distinct():
        standing[article_id].add(page_id)
    return {article_id: on for article_id, on in standing.items() if len(on) > 1}


def _read_truth(
    page: Page, blocks: list[Block], articles: dict[int, Article], elsewhere: dict[int, set[int]], dated: bool
) -> TruePage:
    laid = [p for p in lay_out(page, blocks) if p.source]
    index = {p.block.pk: i for i, p in enumerate(laid)}
    members: dict[int, list[Passage]] = defaultdict(list)
    for passage in laid:
        if passage.block.article_id:
            members[passage.block.article_id].append(passage)
    day = page.issue.date if page.issue and (dated or page.issue.date_known in READ_FROM_TEXT) else None
    return TruePage(
        passages=tuple((p.start, p.end) for p in laid),
        articles=tuple(
            _read_article(page, articles[pk], mine, index, pk in elsewhere)
            for pk, mine in members.items()
            if any(p.block.role in TEXT_ROLES for p in mine)
        ),
        repeats=frozenset(i for i, p in enumerate(laid) if p.block.duplicate_start is not None),
        neutral=frozenset(i for i, p in enumerate(laid) if p.block.role == Block.Role.BYLINE),
        days=(day, day) if day else None,
        woven=_is_woven(laid),
    )


def _read_article(page: Page, article: Article, mine: list[Passage], index: dict[int, int], spans: bool) -> TrueArticle:
    mine = sorted(mine, key=lambda p: (p.block.position, p.start))
    said = assemble([Part(cast(Role, p.block.role), p.source, p.block.joins) for p in mine])
    heads = not spans or article.page_id == page.pk
    jumps = (read_jump_from(p.source) for p in mine if p.block.role == Block.Role.FURNITURE)
    paragraphs = [p for p in said.paragraphs if p.role != "subheading"]
    return TrueArticle(
        name=said.headline or article.title,
        paragraphs=tuple(tuple(index[mine[i].block.pk] for i in p.parts) for p in paragraphs),
        subheadings=tuple(index[p.block.pk] for p in mine if p.block.role == Block.Role.SUBHEADING) if heads else (),
        bylines=tuple(index[p.block.pk] for p in mine if p.block.role == Block.Role.BYLINE),
        headlines=(said.headline,) if said.headline else (),
        columns=(said.column,) if said.column else (),
        kicker=said.kicker,
        subheadline=said.subheadline,
        people=_people(article, mine, spans),
        kinds=frozenset() if spans else frozenset({article.kind}),
        continued_from=next((label for label in jumps if label), ""),
        categories=frozenset({article.category.name}) if article.category and heads else frozenset(),
        titled=heads,
    )


def _people(article: Article, mine: list[Passage], spans: bool) -> tuple[frozenset[str], ...]:
    bylines = {p.block.pk for p in mine if p.block.role == Block.Role.BYLINE}
    if any(p.block.corrected_text is not None for p in mine if p.block.pk in bylines):
        return ()
    here = {p.block.pk for p in mine}
    return (frozenset(c.name for c in article.credits.all() if not spans or c.block_id in here),)


def _is_woven(laid: Sequence[Passage]) -> bool:
    """Do the paragraphs of one article stand among those of another?"""
    order = [p.block.article_id for p in laid if p.block.article_id and p.block.role == Block.Role.BODY]
    left: set[int] = set()
    for before, now in itertools.pairwise(order):
        if before != now:
            left.add(before)
            if now in left:
                return True
    return False
