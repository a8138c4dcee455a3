"""Acts on passages: where they stand, what they are, how they read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, Literal

from ..assembly import Passage
from ..models import Article, Block, Correction
from ..privacy.masking import hide_numbers
from .journal import Act, ActRefused, clean, open_act

Versions = Mapping[int, int] | None
RECUT = "这段文字已被别人重新切分，请刷新后再试。"
STEP = 1024  # between the positions of neighbours, so that a passage put between them moves no other

BY_LAYOUT: Final = "by layout"  # where passages go that are to stand as the page has them
Place = Block | Literal["by layout"] | None

TITLES = (Block.Role.COLUMN, Block.Role.KICKER, Block.Role.HEADLINE, Block.Role.SUBHEADLINE)


def fresh(blocks: Collection[Block]) -> list[Block]:
    """The blocks as they are now that their pages are locked, in the order given."""
    rows = Block.objects.order_by().in_bulk([block.pk for block in blocks])
    if len(rows) != len(blocks):
        raise ActRefused(RECUT)
    return [rows[block.pk] for block in blocks]


def passage_of(act: Act, block: Block) -> Passage:
    """The block with its text, as it is now that its page is locked."""
    found = next((p for p in act.passages.get(block.page_id, ()) if p.block.pk == block.pk), None)
    if found is None:
        raise ActRefused(RECUT)
    return found


def put_in(article: Article, blocks: Sequence[Block], *, before: Place = None) -> None:
    """Give `blocks` places in `article`: in the order given, before one of its blocks or at its end, or BY_LAYOUT."""
    if before != BY_LAYOUT:
        _put_at(article, blocks, before)
        return
    waiting = {block.pk for block in blocks}
    for block in sorted(blocks, key=_layout_key):
        _put_at(article, [block], next_by_layout(article, block, waiting))
        waiting.discard(block.pk)


def _layout_key(block: Block) -> tuple[int, int, int]:
    return block.page.sort_key, block.page_id, block.start


def next_by_layout(article: Article, block: Block, waiting: set[int]) -> Block | None:
    """The passage of the article that `block` stands before as the page has them: titles by titles, text by text.
    Those that wait for their own place are no neighbours."""
    rows = Block.objects.filter(article=article).exclude(pk__in=waiting)
    order = list(rows.in_reading_order().select_related("page"))
    alike = [i for i, b in enumerate(order) if (b.role in TITLES) == (block.role in TITLES)]
    above = [i for i in alike if _layout_key(order[i]) < _layout_key(block)]
    if above:
        at = max(above, key=lambda i: _layout_key(order[i])) + 1
    elif alike:
        at = min(alike, key=lambda i: _layout_key(order[i]))
    else:
        at = 0 if block.role in TITLES else len(order)
    return order[at] if at < len(order) else None


def _put_at(article: Article, blocks: Sequence[Block], before: Block | None) -> None:
    moved = {block.pk for block in blocks}
    stay = [b for b in Block.objects.filter(article=article).in_reading_order() if b.pk not in moved]
    at = next((i for i, b in enumerate(stay) if before and b.pk == before.pk), len(stay))
    low = stay[at - 1].position if at else 0
    high = stay[at].position if at < len(stay) else low + STEP * (len(blocks) + 1)
    step = (high - low) // (len(blocks) + 1)
    if step < 1:
        order = [*stay[:at], *blocks, *stay[at:]]
        for i, block in enumerate(order):
            block.position = STEP * (i + 1)
        Block.objects.bulk_update([b for b in order if b.pk not in moved], ["position"])
    else:
        for i, block in enumerate(blocks):
            block.position = low + step * (i + 1)
    for block in blocks:
        if block.role == Block.Role.FURNITURE and block.article_id is None:
            block.role = Block.Role.BODY
        block.article = article
        block.duplicate_start = block.duplicate_end = None
        block.reason, block.reason_note = "", ""
    fields = ["article", "position", "duplicate_start", "duplicate_end", "reason", "reason_note", "role"]
    Block.objects.bulk_update(blocks, fields)


def take_out(blocks: Sequence[Block], **place: Any) -> None:
    """Take blocks out of their articles; `place` says where they are instead (reason, or what they repeat)."""
    Block.objects.filter(pk__in=[b.pk for b in blocks]).update(article=None, position=None, joins=False, **place)


def move_blocks(
    *, blocks: Sequence[Block], to: Article | None, before: Place = None, user: Any, versions: Versions = None
) -> Correction | None:
    """Move passages into `to`, before one of its blocks, at its end or BY_LAYOUT; without `to`, into a new article.

    Passages that are an article already stay that article.
    """
    if not blocks:
        raise ActRefused("请先选择段落。")
    with open_act(
        "move_blocks",
        articles=[to] if to else [],
        blocks=blocks,
        arguments={"to": to.pk if to else None},
        user=user,
        versions=versions,
    ) as act:
        moving = fresh(blocks)
        if isinstance(before, Block) and (before in moving or fresh([before])[0].article_id != (to and to.pk)):
            raise ActRefused("要插入的位置已不在这篇文章里，请刷新后再试。")
        if to is None:
            source = next((b.article for b in moving if b.article_id), None)
            if _is_whole(source, moving):
                return None
            to = act.make_article(moving[0].page, source)
        else:
            check_lives(to)
        put_in(to, moving, before=before)
    return act.entry


def _is_whole(article: Article | None, blocks: Sequence[Block]) -> bool:
    return article is not None and {b.pk for b in blocks} == set(
        Block.objects.filter(article=article).values_list("pk", flat=True)
    )


def check_lives(to: Article) -> None:
    if not Article.objects.living().filter(pk=to.pk).exists():
        raise ActRefused("目标文章已并入别的文章，请刷新后再试。")


def reorder_blocks(
    *, article: Article, order: Sequence[Block], user: Any, versions: Versions = None
) -> Correction | None:
    """Read the article's passages in this order; `order` names each of them once."""
    with open_act("reorder_blocks", articles=[article], blocks=order, user=user, versions=versions) as act:
        blocks = fresh(order)
        if {b.pk for b in blocks} != set(Block.objects.filter(article=article).values_list("pk", flat=True)):
            raise ActRefused("次序须包含这篇文章的每一段，且只有一次；文章可能刚被改动，请刷新后再试。")
        for i, block in enumerate(blocks):
            block.position = STEP * (i + 1)
        Block.objects.bulk_update(blocks, ["position"])
    return act.entry


def set_role(*, block: Block, role: str, user: Any, versions: Versions = None) -> Correction | None:
    """Say what a passage is. Furniture of an article (a jump marker, a label in pinyin) stays in it, unseen."""
    check_role(role)
    with _act_on("set_role", [block], user, versions, role=role) as act:
        Block.objects.filter(pk=block.pk).update(role=role)
    return act.entry


def set_roles(*, roles: Mapping[Block, str], user: Any, versions: Versions = None) -> Correction | None:
    """Say what each of several passages is, in one act."""
    if not roles:
        raise ActRefused("请先选择段落和角色。")
    for role in roles.values():
        check_role(role)
    blocks = sorted(roles, key=lambda block: (block.page_id, block.start))
    given = [str(roles[block]) for block in blocks]
    with _act_on("set_roles", blocks, user, versions, roles=given) as act:
        for block, role in zip(fresh(blocks), given, strict=True):
            Block.objects.filter(pk=block.pk).update(role=role)
    return act.entry


def check_role(role: str) -> None:
    if role not in Block.Role.values:
        raise ActRefused("没有这种角色。")


def join_block(*, block: Block, user: Any, versions: Versions = None) -> Correction | None:
    """Read a passage on from the one before it in its article, as one paragraph."""
    with _act_on("join_block", [block], user, versions) as act:
        block = fresh([block])[0]
        if block.article_id is None:
            raise ActRefused("这段文字不在任何文章里，没有可接的上段。")
        earlier = Block.objects.filter(article=block.article_id, position__lt=block.position, role=block.role)
        if not earlier.exists():
            raise ActRefused("这是同类段落的第一段，前面没有可接的上段。")
        Block.objects.filter(pk=block.pk).update(joins=True)
    return act.entry


def unjoin_block(*, block: Block, user: Any, versions: Versions = None) -> Correction | None:
    """Let a passage open a paragraph of its own."""
    with _act_on("unjoin_block", [block], user, versions) as act:
        Block.objects.filter(pk=block.pk).update(joins=False)
    return act.entry


def split_block(*, block: Block, offset: int, user: Any, versions: Versions = None) -> Correction | None:
    """Cut a passage in two at `offset`, a place in the page's source text."""
    with _act_on("split_block", [block], user, versions, offset=offset) as act:
        cut_passage(passage_of(act, block), offset)
    return act.entry


def cut_passage(here: Passage, offset: int) -> None:
    """Make two passages of one; the second goes on from the first as their text did."""
    block, page = here.block, here.page
    head, tail = page.source_text[here.start : offset].strip(), page.source_text[offset : here.end].strip()
    if not (here.start < offset < here.end and head and tail):
        raise ActRefused("请在这段文字中间选一个切开的位置，两边都要有字。")
    if block.corrected_text is not None:
        raise ActRefused("这段文字改正过，请先撤销改正，切开后再改。")
    offset = here.end - len(page.source_text[offset : here.end].lstrip())
    made = Block(page=page, start=offset, role=block.role, article=block.article, reason=block.reason)
    made.reason_note = block.reason_note
    made.duplicate_start, made.duplicate_end = block.duplicate_start, block.duplicate_end
    if block.article_id:
        made.position, made.joins = _room_after(block), block.role in ("body", "caption")
    made.save()


def _room_after(block: Block) -> int:
    """A free position behind `block` in its article, made by moving the later ones if there is none."""
    at = block.position or 0
    later = list(Block.objects.filter(article=block.article_id, position__gt=at).in_reading_order())
    if not later:
        return at + STEP
    after = later[0].position or 0
    if after - at >= 2:
        return (at + after) // 2
    for i, other in enumerate(later):
        other.position = at + STEP * (i + 2)
    Block.objects.bulk_update(later, ["position"])
    return at + STEP


def edit_text(*, block: Block, text: str | None, user: Any, versions: Versions = None) -> Correction | None:
    """Correct how a passage reads; the source stays. None, or the source's own words, takes the correction back."""
    with _act_on("edit_text", [block], user, versions) as act:
        here = passage_of(act, block)
        if text is not None:
            text = clean(text.replace("\r\n", "\n")).strip()
        Block.objects.filter(pk=block.pk).update(corrected_text=None if text == here.source else text)
        act.arguments.update(was=here.text[:200], text=None if text is None else text[:200])
    return act.entry


def fold_block(
    *, block: Block, duplicate_of: tuple[int, int], user: Any, versions: Versions = None
) -> Correction | None:
    """Set a passage aside as a repeat of the span `duplicate_of` of its page's text."""
    start, end = duplicate_of
    with _act_on("fold_block", [block], user, versions, duplicate_of=[start, end]) as act:
        here = passage_of(act, block)
        block, length = here.block, len(here.page.source_text)
        if not 0 <= start < end <= length or (start < here.end and here.start < end):
            raise ActRefused("请选择本版另一段文字作为它所重复的原文。")
        check_no_circle(here, start, end, act.passages[block.page_id])
        take_out([block], reason="", reason_note="", duplicate_start=start, duplicate_end=end)
    return act.entry


def check_no_circle(here: Passage, start: int, end: int, passages: Iterable[Passage]) -> None:
    """Refuse a repeat of what is itself folded, and of what others repeat: readers would get neither."""
    for p in passages:
        if p.block.duplicate_start is None or p.block.pk == here.block.pk:
            continue
        if p.start < end and start < p.end:
            raise ActRefused("所选的原文本身已标为重复，请选它所重复的那一段。")
        if p.block.duplicate_start < here.end and here.start < (p.block.duplicate_end or 0):
            raise ActRefused("已有别的文字标为与这一段重复，请先取消那一处。")


def unfold_block(
    *, block: Block, to: Article | None = None, before: Place = None, user: Any, versions: Versions = None
) -> Correction | None:
    """Put a folded passage into an article after all; without `to` it becomes an article of its own."""
    with open_act(
        "unfold_block",
        articles=[to] if to else [],
        blocks=[block],
        arguments={"to": to.pk if to else None},
        user=user,
        versions=versions,
    ) as act:
        block = fresh([block])[0]
        if block.duplicate_start is None:
            raise ActRefused("这段文字没有标为重复。")
        if to is not None:
            check_lives(to)
        put_in(to or act.make_article(block.page), [block], before=before)
    return act.entry


def set_aside(
    *, blocks: Sequence[Block], reason: str = Block.Reason.EDITOR, note: str = "", user: Any, versions: Versions = None
) -> Correction | None:
    """Take passages out of their articles: furniture, banners, what belongs nowhere."""
    if reason not in Block.Reason.values:
        raise ActRefused("没有这种搁置原因。")
    if not blocks:
        raise ActRefused("请先选择段落。")
    with open_act(
        "set_aside",
        blocks=blocks,
        arguments={"reason": str(reason), "note": note},
        user=user,
        versions=versions,
    ) as act:
        place = {
            "reason": reason,
            "reason_note": hide_numbers(clean(note))[:200],
            "duplicate_start": None,
            "duplicate_end": None,
        }
        take_out(fresh(blocks), **place)
    return act.entry


def _act_on(action: str, blocks: Sequence[Block], user: Any, versions: Versions, **arguments: Any) -> Any:
    return open_act(action, blocks=blocks, arguments=arguments, user=user, versions=versions)
