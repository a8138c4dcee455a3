"""Would a new split of a page change anything of what it consists of?"""

from __future__ import annotations

from collections.abc import Sequence

from ..assembly import find_categories
from ..extraction import TITLE_ROLES, PageSplit
from ..extraction.values import Article as FoundArticle
from ..extraction.values import Block as FoundBlock
from ..models import Article, Block, Page


def same_split(page: Page, split: PageSplit) -> bool:
    """Are the page's blocks and articles just those of `split`? What linking to other pages did to them is left out."""
    rows = list(page.blocks.order_by("start"))
    if [row.start for row in rows[1:]] != [found.start for found in split.blocks[1:]]:
        return False
    articles = Article.objects.in_bulk({row.article_id for row in rows if row.article_id})
    groups: dict[int, int] = {}
    for row, found in zip(rows, split.blocks, strict=False):
        if (row.article_id is None) != (found.article is None):
            return False
        if row.article_id is None or found.article is None:
            if (row.duplicate_start, row.duplicate_end) != (found.duplicate_of or (None, None)):
                return False
        elif groups.setdefault(row.article_id, found.article) != found.article:
            return False
        continues = row.article_id is not None and articles[row.article_id].page_id != page.pk
        if not _same_block(row, found, continues):
            return False
    return (
        len(set(groups.values())) == len(groups)
        and _same_order(rows, split)
        and _same_articles([(articles[pk], split.articles[index]) for pk, index in groups.items()])
    )


def _same_block(row: Block, found: FoundBlock, continues: bool) -> bool:
    """Joining a part to its head on another page makes its title a subheading and its first sentence run on."""
    same_role = row.role == found.role
    if continues:
        same_role |= row.role == Block.Role.SUBHEADING and found.role in TITLE_ROLES
    return same_role and (row.joins == (found.joins and found.article is not None) or (continues and row.joins))


def _same_order(rows: Sequence[Block], split: PageSplit) -> bool:
    return all(
        [rows[i].position for i in found.blocks] == sorted(rows[i].position or 0 for i in found.blocks)
        for found in split.articles
    )


def _same_articles(pairs: Sequence[tuple[Article, FoundArticle]]) -> bool:
    """What extraction says of articles; of one that runs over pages only the head's page says it."""
    categories = {name: category.pk for name, category in find_categories().items()}
    merged = set(Article.objects.filter(merged_into__in=[a.pk for a, _ in pairs]).values_list("merged_into", flat=True))
    return all(
        article.kind == found.kind
        and article.category_id == categories.get(found.category or "")
        and article.keywords == list(found.keywords)
        for article, found in pairs
        if article.pk not in merged
    )
