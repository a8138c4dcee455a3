"""Which articles stand on which pages, in order, in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Min, Q

from ..models import Article, Block, Page


@dataclass
class Entry:
    """An article as a page lists it; `continued` where it began on another page."""

    article: Article
    continued: bool = False
    items: list["Entry"] = field(default_factory=list)


@dataclass
class Listing:
    page: Page
    entries: list[Entry]


def list_pages(pages, user):
    """A Listing for each page. A jump is listed on both of its pages, items of a notice block under their block."""
    starts = {
        (page, article): start
        for page, article, start in Block.objects.filter(page__in=pages, article__isnull=False)
        .values_list("page", "article")
        .annotate(Min("start"))
        .order_by()
    }
    here = Q(page__in=pages) | Q(pk__in={article for _, article in starts})
    placed = defaultdict(list)
    for article in Article.objects.visible_to(user).filter(here).for_lists():
        homes = {page for page, pk in starts if pk == article.pk} | {article.page_id}
        for page in homes:
            start = article.position if page == article.page_id else starts[page, article.pk]
            placed[page].append((start, article.pk, Entry(article, continued=page != article.page_id)))
    return [Listing(page, nest_items([entry for *_, entry in sorted(placed[page.pk])])) for page in pages]


def nest_items(entries):
    by_article = {entry.article.pk: entry for entry in entries}
    outer = []
    for entry in entries:
        block = by_article.get(entry.article.parent_id)
        (block.items if block and block is not entry else outer).append(entry)
    return outer
