"""What an article said at every step: its states, worked out backwards from now by the journal's images.

An article is shown as {label: text}. The walk ends where the journal's images no longer fit the rows, as they do where
the page was split anew: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from ..assembly import Passage, assemble_passages
from ..extraction.assemble import Assembled, clean_title
from ..models import Article, Block, Correction, Credit, Page
from .images import Images, take_images
from .rewinding import Names, fits, in_articles, lay_rows, names_now, take_back, with_pages


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
    return with_pages(Correction.objects.filter(pk__in=found.values("pk")))


def pages_about(article: Article, entries: Sequence[Correction]) -> dict[int, Page]:
    page_ids = {page.pk for entry in entries for page in entry.pages.all()}
    page_ids |= set(Block.objects.filter(article=article).order_by().values_list("page", flat=True))
    return {page.pk: page for page in Page.objects.filter(pk__in=page_ids)}


def states_of(article: Article) -> list[ArticleState]:
    """The states of an article, newest first, each with the act that led to it."""
    entries = entries_about(article)
    pages = pages_about(article, entries)
    rows = take_images(pages, [article.pk])
    names = _names(article.pk, rows, entries)
    now = describe(article.pk, rows, pages, names)
    states: list[ArticleState] = []
    for entry in rewind(article.pk, entries, rows, pages):
        earlier = describe(article.pk, rows, pages, names)
        if earlier != now:
            states.append(ArticleState(entry, now))
            now = earlier
    return [*states, ArticleState(None, now)]


def _names(pk: int, rows: Images, entries: Sequence[Correction]) -> Names:
    told = [image.get("article", {}).get(str(pk), {}) for e in entries for image in (e.before, e.after)]
    return names_now([rows["article"][str(pk)], *told])


def rewind(pk: int, entries: Sequence[Correction], rows: Images, pages: Mapping[int, Page]) -> Iterator[Correction]:
    """Take the entries back in `rows`, one after the other; those about the article are given once taken back."""
    for entry in entries:
        if not fits(entry, rows, pages):
            return
        concerned = _concerns(pk, entry, rows)
        take_back(entry, rows)
        if concerned or _concerns(pk, entry, rows):
            yield entry


def _concerns(pk: int, entry: Correction, rows: Images) -> bool:
    images = (entry.before, entry.after)
    blocks = {key for image in images for key in image.get("block", {})}
    mine = any(rows["block"].get(key, {}).get("article_id") == pk for key in blocks)
    return mine or any(str(pk) in image.get("article", {}) for image in images)


def describe(pk: int, rows: Images, pages: Mapping[int, Page], names: Names) -> dict[str, str]:
    """{label: text} of what the rows make of an article."""
    mine: list[Passage] = in_articles(lay_rows(rows, pages)).get(pk, [])
    return {**describe_text(assemble_passages(mine)), **describe_filing(rows["article"][str(pk)], names)}


def describe_text(said: Assembled) -> dict[str, str]:
    return {
        "所印栏目": said.column,
        "引题": said.kicker,
        "主题": said.headline,
        "副题": said.subheadline,
        "所印署名": said.byline,
        "正文": "\n".join(clean_title(p.text) if p.role == "subheading" else p.text for p in said.paragraphs),
    }


def describe_filing(row: Mapping[str, Any], names: Names) -> dict[str, str]:
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
        "类别": str(names.get(("category", row["category_id"]), "")),
        "栏目": str(names.get(("column", row["column_id"]), "")),
        "关键词": " ".join(row["keywords"]),
        "上接": row["continued_from"],
        "下转": row["continued_on"],
        "更正的文章": f"文章{row['corrects_id']}" if row["corrects_id"] else "",
        "状态": "已不存在" if row["gone"] else state,
    }
