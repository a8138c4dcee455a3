"""Acts on what readers do not get: words of the print are hidden, or shown after all.

Decisions are spans of the page's source text (articles.privacy.masking) and stay right however the page is split.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from ..assembly import Passage, has_masked, lay_out, write_articles
from ..models import Article, Block, Correction, Credit, Page
from ..privacy.masking import HIDDEN, SHOWN, Decision, carry, hide_numbers
from ..search import write_documents
from .journal import Act, ActRefused, lock_pages, open_act
from .passages import Versions, passage_of

LONG_NUMBER = re.compile(r"\d{5}")

Span = tuple[int, int]


def hide_text(
    *, block: Block, words: str, everywhere: bool = False, user: Any, versions: Versions = None
) -> Correction | None:
    """Cover `words` in a passage for readers; `everywhere`: wherever they stand on the page."""
    return _decide("hide_text", HIDDEN, block, words, everywhere, user, versions)


def show_text(
    *, block: Block, words: str, everywhere: bool = False, user: Any, versions: Versions = None
) -> Correction | None:
    """Let readers have `words` of a passage that are covered; `everywhere`: wherever they stand on the page."""
    return _decide("show_text", SHOWN, block, words, everywhere, user, versions)


def mask_pages(ids: Iterable[int]) -> int:
    """Cover on pages, and in all that is written of them, what is private by the rules of now; how many have such.

    For an archive that is older than the rules. It is no editorial act: no page is noted as touched.
    """
    with transaction.atomic():
        pages = lock_pages(set(ids), whole=True)
        laid = {page.pk: lay_out(page, page.blocks.all()) for page in pages}
        masked = {pk for pk, passages in laid.items() if has_masked(passages)}
        written = masked | {page.pk for page in pages if page.has_masked}
        for page in pages:
            if page.has_masked != (page.pk in masked):
                Page.objects.filter(pk=page.pk).update(has_masked=page.pk in masked)
        on_pages = Block.objects.filter(page__in=written, article__isnull=False).order_by()
        retitled = _mask_typed(laid)
        articles = list(Article.objects.filter(Q(pk__in=on_pages.values("article")) | Q(pk__in=retitled)))
        _mask_read(articles)
        write_articles(articles)
        write_documents(pages=written)
    return len(masked)


def _mask_typed(laid: Mapping[int, Sequence[Passage]]) -> set[int]:
    """Cover what editors typed for readers, as is done when they type it now. Returns the articles that it concerns."""
    for p in (p for passages in laid.values() for p in passages):
        _mask_field(p.block, "reason_note")
    articles = Article.objects.filter(page__in=laid)
    fields = ("supplied_headline", "withdrawn_reason")
    return {article.pk for article in articles for field in fields if _mask_field(article, field)}


def _mask_read(articles: Sequence[Article]) -> None:
    """Cover what was read out of the text of articles when they were imported."""
    for article in articles:
        article.keywords = [word for word in article.keywords if not LONG_NUMBER.search(word)]
    Article.objects.bulk_update(articles, ["keywords"], batch_size=200)
    for credit in Credit.objects.filter(article__in=articles):
        _mask_field(credit, "unit")


def _mask_field(row: Any, field: str) -> bool:
    text = getattr(row, field)
    masked = hide_numbers(text)
    if masked != text:
        type(row).objects.filter(pk=row.pk).update(**{field: masked})
    return masked != text


def _decide(
    action: str, what: int, block: Block, words: str, everywhere: bool, user: Any, versions: Versions
) -> Correction | None:
    words = words.replace("\r\n", "\n").strip()
    if not words:
        raise ActRefused("请写明是哪几个字。")
    with open_act(action, blocks=[block], user=user, versions=versions) as act:
        page, here = act.pages[block.page_id], passage_of(act, block)
        passages = act.passages[page.pk] if everywhere else [here]
        spans = [span for p in passages for span in find_words(p, words)]
        if not spans:
            raise ActRefused("这段文字里没有这几个字，请照着这一段抄写。")
        _write(act, page, spans, what)
        act.read_otherwise = {p.block.article_id for p in passages if p.block.article_id} if spans else set()
    return act.entry


def find_words(passage: Passage, words: str) -> Iterator[Span]:
    """Where words stand in a passage, as spans of the page's source text; in a corrected one where what was printed in
    their place stands."""
    raw = passage.page.source_text[passage.start : passage.end]
    first = passage.start + len(raw) - len(raw.lstrip())
    found = bytearray(len(passage.text))
    for match in re.finditer(re.escape(words), passage.text):
        found[match.start() : match.end()] = bytes([HIDDEN]) * len(words)
    there = bytes(found)
    if passage.text != passage.source:
        there = carry(there, passage.text, passage.source)
    for run in re.finditer(rb"\x01+", there):
        yield first + run.start(), first + run.end()


def _write(act: Act, page: Page, spans: Sequence[Span], what: int) -> None:
    masks: list[Decision] = [list(decision) for decision in page.masks or ()]
    for start, end in spans:
        masks = [*_without(masks, start, end), [start, end, what]]
    page.masks = sorted(masks)
    Page.objects.filter(pk=page.pk).update(masks=page.masks)
    act.arguments["spans"] = [[page.pk, start, end] for start, end in spans]


def _without(decisions: Sequence[Decision], start: int, end: int) -> Iterator[Decision]:
    """The decisions but for what they say of a span: the last word counts."""
    for first, last, what in decisions:
        if first < min(last, start):
            yield [first, min(last, start), what]
        if max(first, end) < last:
            yield [max(first, end), last, what]
