"""Acts on jumps: an article that runs on from one page to another (下转, 上接)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..assembly import Passage, assemble_passages, read_passages
from ..extraction.normalise import fold_width
from ..extraction.numbering import page_label
from ..extraction.tails import is_cut
from ..models import Article, Block, Correction, Page
from .journal import ActRefused, open_act
from .passages import STEP, Versions

RUN_ON = ("article", "position", "role", "joins")  # fields of blocks that run_on changes


def link_jump(*, head: Article, continuation: Article, user: Any, versions: Versions = None) -> Correction | None:
    """Read `continuation` on from the end of `head`, as one article with a seam; its address redirects to `head`."""
    if head.pk == continuation.pk:
        raise ActRefused("请选择另一篇文章。")
    with open_act(
        "link_jump",
        articles=[head, continuation],
        arguments={"head": head.pk, "continuation": continuation.pk},
        user=user,
        versions=versions,
    ) as act:
        if Article.objects.living().filter(pk__in=[head.pk, continuation.pk]).count() < 2:
            raise ActRefused("这篇文章已并入别的文章，请刷新后再试。")
        if head.newspaper_id != continuation.newspaper_id:
            raise ActRefused("两篇文章不属于同一份报纸。")
        append_continuation(head, continuation)
    return act.entry


def append_continuation(head: Article, continuation: Article) -> None:
    passages = read_passages([head, continuation])
    blocks = run_on(head, passages.get(head.pk, []), passages.get(continuation.pk, []))
    Block.objects.bulk_update(blocks, RUN_ON)


def run_on(head: Article, before: Sequence[Passage], after: Sequence[Passage]) -> list[Block]:
    """Put the blocks of a continuation, `after`, behind those of `head`; not saved. Its titles, printed to lead readers
    on, stay as subheadings where `head` has a title of that role. Where the jump breaks a sentence, the paragraph goes
    on."""
    at = (before[-1].block.position or 0) if before else 0
    has = {passage.block.role for passage in before}
    blocks = [passage.block for passage in after]
    for i, block in enumerate(blocks):
        block.article, block.position = head, at + STEP * (i + 1)
        if block.role in ("column", "kicker", "headline", "subheadline") and block.role in has:
            block.role = Block.Role.SUBHEADING
    if _stop_short(before) and (opening := next((b for b in blocks if b.role == Block.Role.BODY), None)):
        opening.joins = True
    return blocks


def _stop_short(passages: Sequence[Passage]) -> bool:
    """Does the text stop before its sentence does?"""
    bodies = [p for p in assemble_passages(passages).paragraphs if p.role == "body"]
    return bool(bodies) and is_cut(fold_width(bodies[-1].text.strip()))


def link_jump_to_page(
    *, article: Article, from_page: str = "", on_page: str = "", user: Any, versions: Versions = None
) -> Correction | None:
    """Say which page an article comes from or goes on to while its other part is not in the archive."""
    labels = {"continued_from": page_label(from_page), "continued_on": page_label(on_page)}
    for typed, label in ((from_page, labels["continued_from"]), (on_page, labels["continued_on"])):
        if typed.strip() and not label:
            raise ActRefused(f"“{typed}”不是版次，请写成 2 或 A02 这样。")
    with open_act(
        "link_jump_to_page",
        articles=[article],
        arguments={"article": article.pk, **labels},
        user=user,
        versions=versions,
    ) as act:
        Article.objects.filter(pk=article.pk).update(**labels)
    return act.entry


def unlink_jump(*, article: Article, page: Page, user: Any, versions: Versions = None) -> Correction | None:
    """Take the part of an article that stands on `page` off it again, as a continuation whose head is unknown."""
    with open_act(
        "unlink_jump",
        articles=[article],
        arguments={"article": article.pk, "page": page.pk},
        user=user,
        versions=versions,
    ) as act:
        part = list(Block.objects.filter(article=article, page=page).in_reading_order())
        if not part or len(part) == Block.objects.filter(article=article).count():
            raise ActRefused("这篇文章没有接到这一版上的部分。")
        act.arguments["spans"] = act.spans(part)
        made = act.make_article(page, article)
        Block.objects.filter(pk__in=[b.pk for b in part]).update(article=made)
        head_label = article.page.number if article.page else ""
        Article.objects.filter(pk=made.pk).update(kind=Article.Kind.CONTINUATION, continued_from=head_label)
    return act.entry
