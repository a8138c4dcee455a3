"""Doubts that an act answers are settled with it: what each kind asks, looked up in the rows as they are now.

So are proposals of a newer split: done by hand they are accepted, of passages that an editor changed otherwise
dismissed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from ..assembly import Passage
from ..models import Article, Block, Doubt
from ..resplitting.merging import verdict
from ..resplitting.proposals import ACT, from_json
from ..resplitting.reading import read_runs

LOST = (Block.Reason.HEADLINE, Block.Reason.BANNER, Block.Reason.LABEL)
DAMAGE = "\ufffd"

Texts = dict[int | None, list[Block]]  # article id -> its passages in reading order


def settle_answered(laid: Mapping[int, Sequence[Passage]]) -> None:
    """Settle the machine's open doubts on pages, given with their passages, whose question is answered by these."""
    doubts = list(Doubt.objects.filter(page__in=laid, state=Doubt.State.OPEN).select_related("article").order_by())
    asked = [
        (doubt, at)
        for doubt in doubts
        if doubt.code in ANSWERED and doubt.origin != Doubt.Origin.READER
        for at in laid[doubt.page_id]
        if at.start <= doubt.start < at.end
    ]
    texts = _read_on({at.block.article_id for doubt, at in asked if doubt.code in OF_WHAT_FOLLOWS})
    answered = {doubt.pk for doubt, at in asked if ANSWERED[doubt.code](doubt, at, texts)}
    Doubt.objects.filter(pk__in=answered).update(state=Doubt.State.ACCEPTED)
    proposals = [d for d in doubts if d.origin == Doubt.Origin.RESPLIT and d.pk not in answered]
    for page_id, passages in laid.items():
        _settle_proposals([doubt for doubt in proposals if doubt.page_id == page_id], passages)


def _settle_proposals(doubts: Sequence[Doubt], passages: Sequence[Passage]) -> None:
    """Proposals of a newer split for a page."""
    if not (doubts and passages):
        return
    page, states = passages[0].page, {"done": Doubt.State.ACCEPTED, "stale": Doubt.State.DISMISSED}
    runs = read_runs(page, [p.block for p in passages])
    for doubt in doubts:
        said = doubt.proposal or {}
        if said.get("act") == ACT:
            found: str = verdict(page.source_text, from_json(said["changes"]), runs)
        else:
            done = Article.objects.filter(doubts=doubt, kind=said.get("kind")).exists()
            found = "done" if done else "open"
        if found in states:
            Doubt.objects.filter(pk=doubt.pk).update(state=states[found])


def _read_on(article_ids: Iterable[int | None]) -> Texts:
    """The passages of articles on all pages, in reading order."""
    texts: Texts = defaultdict(list)
    for block in Block.objects.filter(article__in={pk for pk in article_ids if pk}).in_reading_order():
        texts[block.article_id].append(block)
    return texts


def _has_title(doubt: Doubt, at: Passage, texts: Texts) -> bool:
    article = doubt.article
    return article is not None and bool(article.headline or article.supplied_headline or not article.lives)


def _runs_on(doubt: Doubt, at: Passage, texts: Texts) -> bool:
    """Does the next passage of its role read on from this one?"""
    here = at.block
    alike = (b for b in texts[here.article_id] if b.role == here.role and (b.position or 0) > (here.position or 0))
    following = next(alike, None) if here.article_id else None
    return following is not None and following.joins


def _has_place(doubt: Doubt, at: Passage, texts: Texts) -> bool:
    return at.block.reason not in LOST


OF_WHAT_FOLLOWS = ("cut", "weak_join", "lead")
ANSWERED: dict[str, Callable[[Doubt, Passage, Texts], bool]] = {
    "no_headline": _has_title,
    "lone_headline": _has_place,
    "lone_label": _has_place,
    "cut": lambda doubt, at, texts: at.block.article_id is None or _runs_on(doubt, at, texts),
    "weak_join": lambda doubt, at, texts: not _runs_on(doubt, at, texts),
    "woven": lambda doubt, at, texts: at.block.article_id != doubt.article_id,
    "lead": lambda doubt, at, texts: at.block.article_id is None or _runs_on(doubt, at, texts),
    "heading": lambda doubt, at, texts: at.block.article_id != doubt.article_id or at.block.role == Block.Role.HEADLINE,
    "jump_proposed": lambda doubt, at, texts: doubt.article is not None and not doubt.article.lives,
    "damaged": lambda doubt, at, texts: DAMAGE not in at.text,
}
