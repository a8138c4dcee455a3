"""Doubts that an act answers are settled with it: what each kind asks, looked up in the rows as they are now.

So are proposals of a newer split: done by hand they are accepted, of passages that an editor changed otherwise
dismissed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..assembly import Passage, lay_out
from ..models import Article, Block, Doubt, Page
from ..resplitting.merging import verdict
from ..resplitting.proposals import ACT, from_json
from ..resplitting.reading import read_runs

LOST = (Block.Reason.HEADLINE, Block.Reason.BANNER, Block.Reason.LABEL)
DAMAGE = "\ufffd"


def settle_answered(pages: Iterable[Page]) -> None:
    """Settle the machine's open doubts on `pages` whose question is answered by how things are now."""
    for page in pages:
        rows = Doubt.objects.filter(page=page, state=Doubt.State.OPEN, code__in=ANSWERED)
        doubts = list(rows.exclude(origin=Doubt.Origin.READER).select_related("article"))
        passages = lay_out(page, page.blocks.all()) if doubts else []
        answered = [
            doubt.pk
            for doubt in doubts
            for at in passages
            if at.start <= doubt.start < at.end and ANSWERED[doubt.code](doubt, at)
        ]
        Doubt.objects.filter(pk__in=answered).update(state=Doubt.State.ACCEPTED)
        _settle_proposals(page)


def _settle_proposals(page: Page) -> None:
    doubts = list(Doubt.objects.filter(page=page, state=Doubt.State.OPEN, origin=Doubt.Origin.RESPLIT))
    runs = read_runs(page) if doubts else []
    states = {"done": Doubt.State.ACCEPTED, "stale": Doubt.State.DISMISSED}
    for doubt in doubts:
        said = doubt.proposal or {}
        if said.get("act") == ACT:
            found: str = verdict(page.source_text, from_json(said["changes"]), runs)
        else:
            done = Article.objects.filter(doubts=doubt, kind=said.get("kind")).exists()
            found = "done" if done else "open"
        if found in states:
            Doubt.objects.filter(pk=doubt.pk).update(state=states[found])


def _has_title(doubt: Doubt, at: Passage) -> bool:
    article = doubt.article
    return article is not None and bool(article.headline or article.supplied_headline or not article.lives)


def _runs_on(doubt: Doubt, at: Passage) -> bool:
    """Does the next passage of its role read on from this one?"""
    alike = Block.objects.filter(article=at.block.article_id, role=at.block.role, position__gt=at.block.position or 0)
    following = alike.in_reading_order().first() if at.block.article_id else None
    return following is not None and following.joins


def _has_place(doubt: Doubt, at: Passage) -> bool:
    return at.block.reason not in LOST


ANSWERED: dict[str, Callable[[Doubt, Passage], bool]] = {
    "no_headline": _has_title,
    "lone_headline": _has_place,
    "lone_label": _has_place,
    "cut": lambda doubt, at: at.block.article_id is None or _runs_on(doubt, at),
    "weak_join": lambda doubt, at: not _runs_on(doubt, at),
    "woven": lambda doubt, at: at.block.article_id != doubt.article_id,
    "lead": lambda doubt, at: at.block.article_id is None or _runs_on(doubt, at),
    "heading": lambda doubt, at: at.block.article_id != doubt.article_id or at.block.role == Block.Role.HEADLINE,
    "jump_proposed": lambda doubt, at: doubt.article is not None and not doubt.article.lives,
    "damaged": lambda doubt, at: DAMAGE not in at.text,
}
