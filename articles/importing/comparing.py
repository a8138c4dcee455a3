"""Would a new split of a page change anything of what it consists of?"""

from __future__ import annotations

from collections.abc import Sequence

from ..extraction import TITLE_ROLES, PageSplit
from ..extraction.values import Article as FoundArticle
from ..models import Article, Block, Category, Page


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
        if row.article_id is not None and found.article is not None:
            if groups.setdefault(row.article_id, found.article) != found.article or row.joins != found.joins:
                return False
        elif (row.duplicate_start, row.duplicate_end) != (found.duplicate_of or (None, None)):
            return False
        if row.role != found.role and not _made_subheading(row, found.role, page, articles):
            return False
    return (
        len(set(groups.values())) == len(groups)
        and _same_order(rows, split)
        and _same_articles([(articles[pk], split.articles[index]) for pk, index in groups.items()])
    )


def _made_subheading(row: Block, role: str, page: Page, articles: dict[int, Article]) -> bool:
    """Did joining a continuation to its head on another page make its title a subheading?"""
    continues = row.article_id is not None and articles[row.article_id].page_id != page.pk
    return continues and row.role == Block.Role.SUBHEADING and role in TITLE_ROLES


def _same_order(rows: Sequence[Block], split: PageSplit) -> bool:
    return all(
        [rows[i].position for i in found.blocks] == sorted(rows[i].position or 0 for i in found.blocks)
        for found in split.articles
    )


def _same_articles(pairs: Sequence[tuple[Article, FoundArticle]]) -> bool:
    """What extraction says of articles; of one that runs over pages only the head's page says it."""
    categories = dict(Category.objects.values_list("name", "pk"))
    merged = set(Article.objects.filter(merged_into__in=[a.pk for a, _ in pairs]).values_list("merged_into", flat=True))
    return all(
        article.kind == found.kind
        and article.category_id == categories.get(found.category or "")
        and article.keywords == list(found.keywords)
        for article, found in pairs
        if article.pk not in merged
    )
