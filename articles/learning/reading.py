"""The pages that there are to learn from, a few at a time, however large the archive is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db.models import QuerySet

from ..assembly import Passage, lay_out
from ..models import Block, Newspaper, Page

AT_ONCE = 40
MOST_PAGES = 6000  # of a larger archive every second, third … page: characters and labels are counted well enough so


def pages_to_learn_from(newspaper: Newspaper | None, without: Collection[int] = ()) -> QuerySet[Page]:
    pages = Page.objects.filter(newspaper=newspaper) if newspaper else Page.objects.all()
    return pages.exclude(pk__in=without) if without else pages


def read_pages(pages: QuerySet[Page]) -> Iterator[tuple[Page, list[Passage]]]:
    """Pages with their passages, in the order of their issues."""
    ids = list(pages.order_by("issue__date", "issue", "sort_key", "pk").values_list("pk", flat=True))
    ids = spread(ids, MOST_PAGES)
    for at in range(0, len(ids), AT_ONCE):
        some = Page.objects.in_bulk(ids[at : at + AT_ONCE])
        blocks: dict[int, list[Block]] = defaultdict(list)
        for block in Block.objects.filter(page__in=some):
            blocks[block.page_id].append(block)
        for pk in ids[at : at + AT_ONCE]:
            if page := some.get(pk):
                yield page, lay_out(page, blocks[pk])


def spread(ids: list[int], most: int) -> list[int]:
    """At most `most` of the ids, evenly spread."""
    return ids if len(ids) <= most else [ids[i * len(ids) // most] for i in range(most)]
