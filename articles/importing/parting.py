"""Take jumps between pages apart, so that one of them can be split anew or move; linking joins them again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F

from ..assembly import write_articles
from ..extraction import TITLE_ROLES, Knowledge, split_page
from ..learning.using import knowledge_in_use
from ..models import Article, Block, Credit, Page


def part_from_other_pages(page: Page, knowledge: Knowledge | None = None) -> None:
    """Part every article that stands on `page` and on others: each page keeps its part, under the id that it had.

    `knowledge`: what the import goes by that does it; else what the newspaper uses.
    """
    here = Article.objects.filter(blocks__page=page)
    spanning = Article.objects.filter(pk__in=here).filter(blocks__page__in=Page.objects.exclude(pk=page.pk)).distinct()
    for article in spanning.order_by("pk"):
        blocks = list(Block.objects.filter(article=article).in_reading_order())
        parts: dict[int, list[Block]] = {}
        for block in blocks:
            parts.setdefault(block.page_id, []).append(block)
        for page_id in list(parts)[1:]:
            _part(article, page_id, parts[page_id], knowledge or knowledge_in_use(page.newspaper_id))
        write_articles([article])
        Page.objects.filter(pk__in=parts).exclude(pk=page.pk).update(version=F("version") + 1)


def _part(article: Article, page_id: int, blocks: Sequence[Block], knowledge: Knowledge) -> None:
    """Give the part on a page back to the article that it was before it was joined, or to a new one."""
    part = article.merged.filter(page=page_id, gone=False).order_by("pk").first()
    if part is None:
        part = Article(newspaper_id=article.newspaper_id, kind=Article.Kind.CONTINUATION)
    part.merged_into = None
    part.save()
    text = Page.objects.get(pk=page_id).source_text
    printed = {block.start: block for block in split_page(text, knowledge=knowledge).blocks}
    for block in blocks:
        block.article = part
        # Joining made its headline a subheading, and its first sentence the end of the last one.
        if found := printed.get(block.start):
            block.joins = block.joins and found.joins
            if block.role == Block.Role.SUBHEADING and found.role in TITLE_ROLES:
                block.role = found.role
    Block.objects.bulk_update(blocks, ["article", "role", "joins"])
    _part_credits(article, part, blocks)
    write_articles([part])


def _part_credits(article: Article, part: Article, blocks: Sequence[Block]) -> None:
    order = {block.pk: i for i, block in enumerate(blocks)}
    moved = Credit.objects.filter(article=article, block__in=order)
    credits = [*Credit.objects.filter(article=part), *moved]
    Credit.objects.filter(pk__in=[credit.pk for credit in credits]).delete()
    credits.sort(key=lambda c: (order.get(c.block_id or 0, -1), c.position))
    for position, credit in enumerate(credits):
        credit.pk, credit.article, credit.position = None, part, position
    Credit.objects.bulk_create(credits)
