"""Doubts of a page and the confidence of its articles, from what the stages met on the way."""

from __future__ import annotations

from collections.abc import Sequence

from .compose import Draft
from .doubts import WORDS, Shadow, confidence
from .stories import PageParts, Told
from .tracks import Story
from .values import Block, Doubt


def judge_page(
    page: PageParts, told: Told, stories: Sequence[Story], drafts: Sequence[Draft], blocks: Sequence[Block]
) -> tuple[tuple[Doubt, ...], list[float]]:
    doubts: list[Doubt] = []
    scores: list[float] = []
    for k, (story, draft) in enumerate(zip(stories, drafts, strict=True)):
        shadows: list[Shadow] = []
        for i in draft.members:
            if page.types[i] == "body" and i not in told.links and page.joints.price(i):
                shadows.append(Shadow("cut"))
                doubts.append(_doubt("cut", blocks, i, k))
        if not draft.titles and story.kind != "photo":
            shadows.append(Shadow("no_headline"))
            doubts.append(_doubt("no_headline", blocks, draft.members[0], k))
        if story.kind == "photo":
            shadows.append(Shadow("photo"))
        scores.append(confidence(shadows))
    for i, block in enumerate(blocks):
        if block.article is None and block.duplicate_of is None:
            if block.reason in ("headline", "banner"):
                doubts.append(_doubt("lone_headline", blocks, i, None))
            elif block.reason == "label":
                doubts.append(_doubt("lone_label", blocks, i, None))
    return tuple(doubts), scores


def _doubt(code: str, blocks: Sequence[Block], i: int, article: int | None) -> Doubt:
    return Doubt(code, (blocks[i].start, blocks[i].end), WORDS[code], article, (i,))
