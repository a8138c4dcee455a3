"""A page's runs as its rows have them now, and as the automatic split had left them before any editorial act."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..assembly import lay_out
from ..models import Article, Block, Correction, Page
from .runs import Part, Place, Run, lay_runs, trim

Rows = dict[str, dict[str, Any]]  # id -> field -> value
TABLES = ("block", "article")


def read_runs(page: Page, blocks: Iterable[Block] | None = None) -> list[Run]:
    """The runs of a page as its blocks have them, or as `blocks` would."""
    passages = lay_out(page, page.blocks.all() if blocks is None else blocks)
    parts = [
        Part(p.start, p.end, place_of(p.block), p.block.role, p.block.joins, p.block.position or 0) for p in passages
    ]
    return lay_runs(page.source_text, parts)


def place_of(block: Block) -> Place:
    if block.article_id is not None:
        return Place("article", block.article_id)
    if block.duplicate_start is not None:
        return Place("folded", detail=(block.duplicate_start, block.duplicate_end or block.duplicate_start))
    return Place("aside", detail=block.reason)


def corrected_spans(page: Page) -> list[tuple[int, int]]:
    """Where an editor corrected the text: a correction is of just that passage."""
    passages = lay_out(page, page.blocks.all())
    return [trim(page.source_text, p.start, p.end) for p in passages if p.block.corrected_text is not None]


def rows_before_acts(page: Page) -> tuple[list[Block], dict[int, str]]:
    """The page's blocks, and the kinds of its articles by id, as the last automatic split left them.

    The acts of its journal are taken back on copies of the rows, newest first. What the machine changed since, as
    linking does, stays as it is now.
    """
    entries = list(Correction.objects.filter(pages=page).order_by("-pk").values_list("before", "after"))
    blocks: Rows = {str(row.pop("pk")): row for row in page.blocks.values("pk", *_fields(Block))}
    named = {pk for images in entries for image in images for pk in image.get("article", {})}
    ids = {int(pk) for pk in named} | {row["article_id"] for row in blocks.values()}
    kinds: Rows = {str(pk): {"kind": kind} for pk, kind in Article.objects.filter(pk__in=ids).values_list("pk", "kind")}
    for before, after in entries:
        for table, rows in zip(TABLES, (blocks, kinds), strict=True):
            _take_back(page.pk, rows, before.get(table, {}), after.get(table, {}))
    made = [Block(pk=int(pk), **row) for pk, row in blocks.items()]
    return made, {int(pk): row["kind"] for pk, row in kinds.items()}


def _fields(model: type[Block]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if not field.primary_key]


def _take_back(page_id: int, rows: Rows, before: Rows, after: Rows) -> None:
    for pk, image in after.items():
        row = rows.get(pk)
        if row is None:
            continue
        if pk not in before:
            del rows[pk]
            continue
        row.update({f: v for f, v in before[pk].items() if f in row and row[f] == image.get(f, row[f])})
    for pk, image in before.items():
        if pk not in after and image.get("page_id") == page_id:
            rows[pk] = dict(image)
