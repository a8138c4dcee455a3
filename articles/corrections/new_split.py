"""The act that takes over what a newer split proposes of some passages: where they stand, what they are, what they go
on from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..assembly import lay_out
from ..extraction.values import TEXT_ROLES
from ..models import Article, Block, Correction, Page
from ..resplitting.merging import UNSAID, Change, verdict
from ..resplitting.proposals import ACT, from_json
from ..resplitting.reading import read_runs
from ..resplitting.runs import Place, trim
from .journal import Act, ActRefused, open_act
from .passages import (
    BY_LAYOUT,
    STEP,
    Versions,
    check_lives,
    check_role,
    cut_passage,
    next_by_layout,
    put_in,
    take_out,
)

OUTDATED = "这条建议所指的文章或段落已经变了，请自行改动后再忽略它。"


def take_new_split(*, page: Page, changes: Any, user: Any, versions: Versions = None) -> Correction | None:
    """Do what a proposal says, as `resplitting.proposals` writes it. Its passages must stand as they did then."""
    try:
        wanted = from_json(changes)
    except ValueError as error:
        raise ActRefused(OUTDATED) from error
    named = {p.number for c in wanted for p in (c.place, c.was.place) if p and p.kind == "article"}
    with open_act(
        ACT,
        pages=[page],
        articles=Article.objects.filter(pk__in=named),
        arguments={"page": page.pk, "spans": [[page.pk, change.start, change.end] for change in wanted]},
        user=user,
        versions=versions,
    ) as act:
        page = act.pages[page.pk]
        _check(page, wanted)
        for change in wanted:
            _cut(page, change.start)
            _cut(page, change.end)
        _move(act, page, wanted)
        for change in wanted:
            _set_role(page, change)
        for change in wanted:
            _join(page, change)
    return act.entry


def _check(page: Page, changes: Sequence[Change]) -> None:
    if not changes or verdict(page.source_text, changes, read_runs(page)) != "open":
        raise ActRefused(OUTDATED)
    for change in changes:
        if change.role is not None:
            check_role(change.role)
        place = change.place
        if place is not None and place.kind == "article":
            check_lives(Article(pk=place.number))
        if place is not None and place.kind == "aside" and place.detail not in Block.Reason.values:
            raise ActRefused(OUTDATED)


def _cut(page: Page, offset: int) -> None:
    """Let a passage begin at `offset`, if there is text of another before it in its passage."""
    for p in lay_out(page, page.blocks.all()):
        start, end = trim(page.source_text, p.start, p.end)
        if start < offset < end:
            cut_passage(p, offset)


def _blocks_of(page: Page, change: Change) -> list[Block]:
    rows = page.blocks.select_related("page")
    inside = [p for p in lay_out(page, rows) if p.source and change.start < p.end and p.start < change.end]
    return [p.block for p in inside if change.start <= trim(page.source_text, p.start, p.end)[0]]


def _move(act: Act, page: Page, changes: Sequence[Change]) -> None:
    made: dict[Place, Article] = {}
    for change in changes:
        place = change.place
        if place is None:
            continue
        blocks = _blocks_of(page, change)
        if place.kind == "folded" and isinstance(place.detail, tuple):
            take_out(blocks, reason="", reason_note="", duplicate_start=place.detail[0], duplicate_end=place.detail[1])
        elif place.kind == "aside":
            take_out(blocks, reason=place.detail, reason_note="", duplicate_start=None, duplicate_end=None)
        else:
            for block in blocks:
                block.role = change.role or block.role
            if place.kind == "new" and place not in made:
                made[place] = _make(act, page, change)
            put_in(made.get(place) or Article.objects.get(pk=place.number), blocks, before=BY_LAYOUT)


def _make(act: Act, page: Page, change: Change) -> Article:
    """The new article of a proposal, of the kind that the split gave it."""
    assert change.place is not None
    source = Article.objects.get(pk=change.was.place.number) if change.was.place.kind == "article" else None
    article = act.make_article(page, source)
    kind = change.place.detail if change.place.detail in Article.Kind.values else article.kind
    Article.objects.filter(pk=article.pk).update(kind=kind)
    return article


def _set_role(page: Page, change: Change) -> None:
    if change.role is not None:
        Block.objects.filter(pk__in=[b.pk for b in _blocks_of(page, change)]).update(role=change.role)


def _join(page: Page, change: Change) -> None:
    """Let the passage go on from where the new split says, or open a paragraph."""
    blocks = [block for block in _blocks_of(page, change) if block.article_id is not None]
    if change.after == UNSAID or not blocks:
        return
    first, *rest = blocks
    if first.role not in TEXT_ROLES:
        return
    Block.objects.filter(pk=first.pk).update(joins=change.after is not None)
    Block.objects.filter(pk__in=[block.pk for block in rest]).update(joins=True)
    if isinstance(change.after, int):
        before = _ending_at(page, change.after)
        if before is None or before.article_id != first.article_id:
            raise ActRefused("它所接的上一段在另一篇文章里，请先采纳或移动那一段。")
        _put_behind(first, before)
    elif change.place is None and change.was.after is not None:
        before = _ending_at(page, change.was.after)
        if before is not None and _stands_between(page, before, first):
            _put_by_layout(first)


def _ending_at(page: Page, offset: int) -> Block | None:
    passages = lay_out(page, page.blocks.all())
    return next((p.block for p in passages if p.source and trim(page.source_text, p.start, p.end)[1] == offset), None)


def _stands_between(page: Page, one: Block, two: Block) -> bool:
    low, high = sorted((one.start, two.start))
    text = page.blocks.filter(article=two.article_id, role__in=TEXT_ROLES)
    return two.start < one.start or text.filter(start__gt=low, start__lt=high).exists()


def _chain(order: Sequence[Block], first: Block) -> list[Block]:
    """The passage with what goes on from it."""
    at = next(i for i, block in enumerate(order) if block.pk == first.pk)
    chain = [order[at]]
    for block in order[at + 1 :]:
        if block.role in TEXT_ROLES and not (block.joins and block.role == first.role):
            break
        if block.role in TEXT_ROLES:
            chain.append(block)
    return chain


def _put_behind(first: Block, before: Block) -> None:
    order = list(Block.objects.filter(article=first.article_id).in_reading_order())
    chain = _chain(order, first)
    if before in chain:
        raise ActRefused(OUTDATED)
    stay = [block for block in order if block not in chain]
    at = stay.index(before) + 1
    _write_order(order, [*stay[:at], *chain, *stay[at:]])


def _put_by_layout(first: Block) -> None:
    order = list(Block.objects.filter(article=first.article_id).in_reading_order().select_related("page"))
    chain = _chain(order, first)
    stay = [block for block in order if block not in chain]
    assert first.article is not None
    following = next_by_layout(first.article, chain[0], {block.pk for block in chain})
    at = stay.index(following) if following in stay else len(stay)
    _write_order(order, [*stay[:at], *chain, *stay[at:]])


def _write_order(was: Sequence[Block], order: Sequence[Block]) -> None:
    if [block.pk for block in was] == [block.pk for block in order]:
        return
    for i, block in enumerate(order):
        block.position = STEP * (i + 1)
    Block.objects.bulk_update(order, ["position"])
