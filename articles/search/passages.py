"""其他文字: the passages of a page that stand in no article, and that are to be found all the same.

They are the unplaced blocks, the furniture of articles (labels in pinyin, jump markers), which their texts leave out,
and the duplicates that say something that no article block of the page says. A repeat of an article that readers may
not see is left out: it would show them what was withdrawn. So is what is masked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..models import Article, Block, Page
from ..privacy.masking import Decision, cover, cut_piece, mask_pieces
from .folding import fold


class Row(NamedTuple):
    """What is read of a block."""

    start: int
    role: str
    article_id: int | None
    article__state: str | None
    duplicate_start: int | None
    duplicate_end: int | None
    corrected_text: str | None


def row_of(block: Block, state: str | None) -> Row:
    """What would be read of a block that is at hand; `state`: its article's."""
    repeats = block.duplicate_start, block.duplicate_end
    return Row(block.start, block.role, block.article_id, state, *repeats, block.corrected_text)


@dataclass(frozen=True, slots=True)
class Passage:
    """A block with its text, as an editor corrected it or as printed, as readers get it."""

    start: int
    end: int
    text: str
    article: int | None
    furniture: bool
    public: bool  # False in a withdrawn article
    repeats: tuple[int, int] | None  # span of the page's text


def read_passages(page_ids: Iterable[int]) -> dict[int, list[str]]:
    """Page id -> the texts, as printed, of its passages in no article; pages without any are left out."""
    ids = list(page_ids)
    rows_of_pages = Page.objects.filter(pk__in=ids).order_by().values_list("pk", "source_text", "masks")
    sources = {pk: (source, masks or ()) for pk, source, masks in rows_of_pages}
    blocks: dict[int, list[Any]] = {}
    rows = Block.objects.filter(page__in=ids).order_by("start")
    for block in rows.values_list("page_id", *Row._fields, named=True):
        blocks.setdefault(block.page_id, []).append(block)
    texts = {page: set_aside(cut(*sources[page], blocks[page])) for page in blocks}
    return {page: found for page, found in texts.items() if found}


def cut(source: str, masks: Sequence[Decision], blocks: Sequence[Any]) -> list[Passage]:
    """The page's text cut at its blocks (as Row, ordered by start); the first reaches back to the beginning."""
    spans = list(_spans(source, blocks))
    pieces = [cut_piece(source, *span, b.corrected_text, masks) for b, span in zip(blocks, spans, strict=True)]
    passages = []
    for block, (start, end), piece, (_, hidden) in zip(blocks, spans, pieces, mask_pieces(pieces), strict=True):
        public = block.article_id is None or block.article__state == Article.State.PUBLIC
        repeats = None if block.duplicate_start is None else (block.duplicate_start, block.duplicate_end or 0)
        furniture = block.role == Block.Role.FURNITURE
        text = cover(piece.text, hidden).strip()
        passages.append(Passage(start, end, text, block.article_id, furniture, public, repeats))
    return passages


def _spans(source: str, blocks: Sequence[Any]) -> Iterator[tuple[int, int]]:
    ends = [block.start for block in blocks[1:]] + [len(source)]
    for index, (block, end) in enumerate(zip(blocks, ends, strict=True)):
        yield block.start if index else 0, end


def set_aside(passages: Sequence[Passage]) -> list[str]:
    """The texts of the passages that stand in no article and are not said in one, in the order of the page."""
    placed = [passage for passage in passages if passage.article is not None and not passage.furniture]
    said = [fold(p.text) for p in placed] if any(p.repeats for p in passages) else []
    hidden = [p for p in placed if not p.public]
    aside = [p for p in passages if p.article is None or (p.furniture and p.public)]
    return [p.text for p in aside if p.text and not _is_said(p, said, hidden)]


def _is_said(passage: Passage, said: Sequence[str], hidden: Sequence[Passage]) -> bool:
    if passage.repeats is None:
        return False
    first, last = passage.repeats
    if any(other.start < last and first < other.end for other in hidden):
        return True
    folded = fold(passage.text)
    return any(folded in text for text in said)
