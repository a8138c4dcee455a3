"""What an article said at every step: its states, worked out backwards from now by the journal's images.

An article is shown as {label: text}. The walk ends where the journal's images no longer fit the rows, as they do where
the page was split anew: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q

from ..assembly import lay_out
from ..extraction.assemble import Part, assemble, clean_title
from ..models import Article, Block, Category, Column, Correction, Credit, Page
from .images import FIELDS, Images, take_images

BLOCK_FIELDS = FIELDS[Block]

Names = Mapping[tuple[str, int | None], str]  # (table, id) -> what a category or column is called


@dataclass(frozen=True, slots=True)
class ArticleState:
    """An article after `entry`; without one, as it was before the first act that can be told."""

    entry: Correction | None
    fields: Mapping[str, str]


def entries_about(article: Article) -> list[Correction]:
    """The entries of all pages where the article stands or stood, newest first."""
    own = Q(before__article__has_key=str(article.pk)) | Q(after__article__has_key=str(article.pk))
    pages = set(Block.objects.filter(article=article).order_by().values_list("page", flat=True))
    pages |= set(Correction.objects.filter(own).order_by().values_list("pages", flat=True)) - {None}
    found = Correction.objects.filter(Q(pk__in=Correction.objects.filter(own).values("pk")) | Q(pages__in=pages))
    wanted = Correction.objects.filter(pk__in=found.values("pk")).order_by("-pk")
    return list(wanted.select_related("user").prefetch_related(Prefetch("pages", Page.objects.only("pk"))))


def _names(article: Article) -> Names:
    columns = Column.objects.filter(newspaper=article.newspaper_id).values_list("pk", "name")
    categories = Category.objects.values_list("pk", "name")
    return {**{("category", pk): name for pk, name in categories}, **{("column", pk): name for pk, name in columns}}


def states_of(article: Article) -> list[ArticleState]:
    """The states of an article, newest first, each with the act that led to it."""
    entries = entries_about(article)
    page_ids = {page.pk for entry in entries for page in entry.pages.all()}
    page_ids |= set(Block.objects.filter(article=article).order_by().values_list("page", flat=True))
    pages = {page.pk: page for page in Page.objects.filter(pk__in=page_ids)}
    rows, names = take_images(pages, [article.pk]), _names(article)
    now = describe(article.pk, rows, pages, names)
    states: list[ArticleState] = []
    for entry, earlier in _rewind(article.pk, entries, rows, pages, names):
        if earlier != now:
            states.append(ArticleState(entry, now))
            now = earlier
    return [*states, ArticleState(None, now)]


def _rewind(
    pk: int, entries: list[Correction], rows: Images, pages: Mapping[int, Page], names: Names
) -> Iterator[tuple[Correction, dict[str, str]]]:
    """Take the entries back in `rows`, one after the other: each with the article as it was before it."""
    for entry in entries:
        if not _fits(entry, rows):
            return
        concerned = _concerns(pk, entry, rows)
        for table in ("block", "article"):
            _take_back(rows[table], entry.before.get(table, {}), entry.after.get(table, {}))
        if concerned or _concerns(pk, entry, rows):
            yield entry, describe(pk, rows, pages, names)


def _fits(entry: Correction, rows: Images) -> bool:
    for table in ("block", "article"):
        for key in {**entry.before.get(table, {}), **entry.after.get(table, {})}:
            image, row = entry.after.get(table, {}).get(key), rows[table].get(key)
            if table == "article" and row is None:
                continue  # an article that this history does not ask for
            if (image is None) != (row is None):
                return False
            if image is not None and row is not None and any(row.get(f) != v for f, v in image.items()):
                return False
    return True


def _concerns(pk: int, entry: Correction, rows: Images) -> bool:
    images = (entry.before, entry.after)
    blocks = {key for image in images for key in image.get("block", {})}
    mine = any(rows["block"].get(key, {}).get("article_id") == pk for key in blocks)
    return mine or any(str(pk) in image.get("article", {}) for image in images)


def _take_back(rows: dict[str, dict[str, Any]], before: dict[str, Any], after: dict[str, Any]) -> None:
    for key in after:
        if key not in before:
            rows.pop(key, None)
    for key, image in before.items():
        if key in rows:
            rows[key] = {**rows[key], **image}
        elif set(BLOCK_FIELDS) <= set(image):
            rows[key] = dict(image)


def describe(pk: int, rows: Images, pages: Mapping[int, Page], names: Names) -> dict[str, str]:
    """{label: text} of what the rows make of an article."""
    passages = []
    for page in pages.values():
        images = {key: image for key, image in rows["block"].items() if image["page_id"] == page.pk}
        blocks = [Block(pk=int(key), **image) for key, image in images.items()]
        passages += [p for p in lay_out(page, blocks) if p.block.article_id == pk]
    passages.sort(key=lambda p: (p.block.position or 0, p.page.sort_key, p.page.pk, p.start))
    said = assemble([Part(p.block.role, p.text, p.block.joins) for p in passages])  # type: ignore[arg-type]
    text = {
        "所印栏目": said.column,
        "引题": said.kicker,
        "主题": said.headline,
        "副题": said.subheadline,
        "所印署名": said.byline,
        "正文": "\n".join(clean_title(p.text) if p.role == "subheading" else p.text for p in said.paragraphs),
    }
    return {**text, **_describe_row(rows["article"][str(pk)], names)}


def _describe_row(row: Mapping[str, Any], names: Names) -> dict[str, str]:
    roles = dict(Credit.Role.choices)
    credits = [
        f"{roles.get(role, role)} {name}{f'（{unit}）' if unit else ''}" for name, role, unit, *_ in row["credits"]
    ]
    state = {"public": "公开", "withdrawn": f"撤下：{row['withdrawn_reason']}"}[row["state"]]
    if row["merged_into_id"]:
        state = f"并入文章{row['merged_into_id']}"
    return {
        "编者所拟标题": row["supplied_headline"],
        "署名": "、".join(credits),
        "体裁": str(dict(Article.Kind.choices).get(row["kind"], row["kind"])),
        "类别": names.get(("category", row["category_id"]), ""),
        "栏目": names.get(("column", row["column_id"]), ""),
        "关键词": " ".join(row["keywords"]),
        "上接": row["continued_from"],
        "下转": row["continued_on"],
        "更正的文章": f"文章{row['corrects_id']}" if row["corrects_id"] else "",
        "状态": "已不存在" if row["gone"] else state,
    }
