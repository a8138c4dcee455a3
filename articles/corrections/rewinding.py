"""The journal taken back, entry by entry, on copies of the rows: how pages and articles stood at any earlier step.

Rows are images as `images.take_images` gives them. They are of some pages; what an entry did on others is passed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Prefetch

from ..assembly import Passage, lay_out, reading_key
from ..models import Article, Block, Correction, Page
from .images import FIELDS, Images, names_in

BLOCK_FIELDS = FIELDS[Block]
TOLD = ("block", "article")  # what the images of an entry must fit; the rest is not written by acts alone
TAKEN_BACK = (*TOLD, "doubt", "page")

Names = Mapping[tuple[str, int | None], Any]  # (table, id) -> the category, column or person that it is now


def with_pages(entries: Any) -> list[Correction]:
    """Entries, newest first, with who and where."""
    pages = Prefetch("pages", Page.objects.only("pk"))
    return list(entries.order_by("-pk").select_related("user").prefetch_related(pages))


def fits(entry: Correction, rows: Images, pages: Collection[int]) -> bool:
    """Are the rows as the entry left them? Not where a page was split anew behind the journal."""
    all_here = {page.pk for page in entry.pages.all()} <= set(pages)
    for table in TOLD:
        before, after = entry.before.get(table, {}), entry.after.get(table, {})
        for key in {**before, **after}:
            image, row = after.get(key), rows[table].get(key)
            if row is None:
                if image is not None and table == "block" and all_here:
                    return False
            elif image is None or any(row.get(f) != v for f, v in image.items()):
                return False
    return True


def take_back(entry: Correction, rows: Images) -> None:
    """Change `rows` to what they were before the entry. Row by row a new dict: copies of the tables stay right."""
    for table in TAKEN_BACK:
        _take_back(rows.setdefault(table, {}), entry.before.get(table, {}), entry.after.get(table, {}))


def _take_back(rows: dict[str, dict[str, Any]], before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    for key in after:
        if key not in before:
            rows.pop(key, None)
    for key, image in before.items():
        if key in rows:
            rows[key] = {**rows[key], **image}
        elif set(BLOCK_FIELDS) <= set(image):
            rows[key] = dict(image)


def copy_rows(rows: Images) -> Images:
    return {table: dict(rows[table]) for table in rows}


def lay_rows(rows: Images, pages: Mapping[int, Page]) -> dict[int, list[Passage]]:
    """The passages of each page as the rows have them, in page order."""
    blocks: dict[int, list[Block]] = defaultdict(list)
    for key, image in rows["block"].items():
        if image["page_id"] in pages:
            blocks[image["page_id"]].append(Block(pk=int(key), **image))
    return {pk: lay_out(page, blocks[pk]) for pk, page in pages.items()}


def in_articles(laid: Mapping[int, Sequence[Passage]]) -> dict[int, list[Passage]]:
    """The passages of each article, in reading order."""
    found: dict[int, list[Passage]] = defaultdict(list)
    for passages in laid.values():
        for p in passages:
            if p.block.article_id is not None:
                found[p.block.article_id].append(p)
    for passages in found.values():
        passages.sort(key=reading_key)
    return found


def names_now(articles: Iterable[Mapping[str, Any]]) -> Names:
    """What the categories, columns and people of these images of articles are called now, merged ones among them."""
    found: dict[tuple[str, int | None], Any] = {}
    for model, ids in names_in(articles).items():
        rows: Any = model._default_manager.filter(pk__in=ids).select_related("merged_into")
        found |= {(model.__name__.lower(), row.pk): row.survivor for row in rows}
    return found


def is_alive(image: Mapping[str, Any]) -> bool:
    return image["merged_into_id"] is None and not image["gone"]


def articles_named(entry: Correction) -> set[int]:
    """The articles that an entry changed, or took passages from or gave them to."""
    images = (entry.before, entry.after)
    found = {int(pk) for image in images for pk in image.get("article", {})}
    places = {row.get("article_id") for image in images for row in image.get("block", {}).values()}
    return found | {pk for pk in places if pk is not None}


def pages_of_articles(articles: Iterable[int]) -> set[int]:
    return set(Block.objects.filter(article__in=articles).order_by().values_list("page_id", flat=True))


def title_of(said: Any, image: Mapping[str, Any]) -> str:
    """What lists would call an article of this image that says this."""
    article = Article(headline=said.headline, kicker=said.kicker, subheadline=said.subheadline, body=said.body)
    article.supplied_headline = image["supplied_headline"]
    return article.title
