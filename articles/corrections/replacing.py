"""Find and replace of a slip over many articles. What was printed stays: each place is corrected on top of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from ..assembly import Passage, lay_out, read_passages
from ..models import Article, Block, Correction, Page
from .journal import Act, ActRefused
from .many import act_on_many, refuse_too_many
from .passages import Versions

CONTEXT = 20  # characters shown on either side of a hit
READ_AT_ONCE = 50  # articles whose pages are in memory
FIELDS = ("column_label", "kicker", "headline", "subheadline", "byline", "body")


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words stand: in which block, how far into its text, and what is around it."""

    article: Article
    page: Page
    block: int
    offset: int
    before: str
    found: str
    after: str

    @property
    def key(self) -> str:
        return f"{self.block}-{self.offset}"


def find_hits(articles: Any, words: str) -> Iterator[Hit]:
    """Every place in `articles` (a queryset) where `words` stand within one passage, an article after the other."""
    with_words = Q()
    for field in FIELDS:
        with_words |= Q(**{f"{field}__contains": words})
    ids = list(articles.filter(with_words).order_by("sort_key", "pk").values_list("pk", flat=True))
    refuse_too_many(len(ids))
    for at in range(0, len(ids), READ_AT_ONCE):
        rows = Article.objects.in_bulk(ids[at : at + READ_AT_ONCE])
        passages = read_passages(rows.values())
        for pk in ids[at : at + READ_AT_ONCE]:
            for passage in passages.get(pk, []):
                yield from _hits_in(rows[pk], passage, words)


def _hits_in(article: Article, passage: Passage, words: str) -> Iterator[Hit]:
    text, at = passage.text, passage.text.find(words)
    while at >= 0:
        end = at + len(words)
        around = (text[max(0, at - CONTEXT) : at], words, text[end : end + CONTEXT])
        yield Hit(article, passage.page, passage.block.pk, at, *around)
        at = text.find(words, end)


def replace_text(
    *, find: str, replacement: str, hits: Mapping[int, Collection[int]], user: Any, versions: Versions = None
) -> Correction | None:
    """Correct `find` to `replacement` at `hits`: block id -> how far into its text, as find_hits gives them."""
    if not find:
        raise ActRefused("请写明要查找的文字。")
    if not any(hits.values()):
        raise ActRefused("请至少勾选一处。")
    replacement = "".join(c for c in replacement if c >= " ")
    by_article: dict[int, list[int]] = defaultdict(list)
    places = Block.objects.filter(pk__in=hits, article__isnull=False).order_by("page", "pk")
    for block, article in places.values_list("pk", "article"):
        by_article[article].append(block)
    if sum(map(len, by_article.values())) != len(hits):
        raise ActRefused("有的文字在预览之后已被移走或重新切分，请重新预览。")
    refuse_too_many(len(by_article))

    def change(act: Act, articles: Sequence[int]) -> None:
        wanted = {block: hits[block] for article in articles for block in by_article[article]}
        for page in act.pages.values():
            _replace_on(page, find, replacement, wanted)

    arguments = {"find": find, "replacement": replacement, "count": sum(map(len, hits.values()))}
    return act_on_many(
        "replace_text",
        change,
        articles=by_article,
        arguments=arguments,
        user=user,
        versions=versions,
        reopens=True,
        whole=True,
    )


def _replace_on(page: Page, find: str, replacement: str, hits: Mapping[int, Collection[int]]) -> None:
    for passage in lay_out(page, Block.objects.filter(page=page)):
        block, text = passage.block.pk, passage.text
        for at in sorted(hits.get(block, ()), reverse=True):
            if text[at : at + len(find)] != find:
                raise ActRefused(f"{page}的文字在预览之后变了，请重新预览。")
            text = text[:at] + replacement + text[at + len(find) :]
        if text != passage.text:
            Block.objects.filter(pk=block).update(corrected_text=None if text == passage.source else text)
