"""Doubts of a page and the confidence of its articles, from what the stages met on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .compose import Draft
from .doubts import OF_RIVAL, WORDS, confidence
from .shadows import Lookout, has_headline
from .stories import PageParts, Told
from .tracks import Story
from .values import Article, Block, Doubt

AGAINST = -0.5  # worth below which a join is doubted
DRAWN = 0.6  # and a paragraph's story, when its topic earns so little more there than in another


def judge_page(
    page: PageParts, told: Told, stories: Sequence[Story], drafts: Sequence[Draft], blocks: Sequence[Block]
) -> tuple[tuple[Doubt, ...], list[float]]:
    """All doubts, and the confidence of each draft."""
    lookout = Lookout(page, told, stories, drafts)
    scores = [confidence(shadows) for shadows in lookout.shadows(stories, drafts)]
    article = {lookout.index[id(story)]: k for k, story in enumerate(stories)}
    doubts: list[Doubt] = []
    for k, (story, draft) in enumerate(zip(stories, drafts, strict=True)):
        for code, i, rival in _article_doubts(lookout, story, draft):
            doubts.append(_doubt(code, blocks, i, k, None if rival is None else article.get(rival)))
    for i, block in enumerate(blocks):
        if block.article is None and block.duplicate_of is None:
            if block.reason in ("headline", "banner"):
                doubts.append(_doubt("lone_headline", blocks, i))
            elif block.reason == "label" and page.types[i] == "label":
                doubts.append(_doubt("lone_label", blocks, i))
    return tuple(doubts), scores


def _article_doubts(lookout: Lookout, story: Story, draft: Draft) -> Iterator[tuple[str, int, int | None]]:
    """(code, piece, rival story) of each thing in an article that an editor should look at."""
    if story.kind != "photo" and not has_headline(draft) and story.kind != "jump":
        yield "no_headline", draft.members[0], None
    for i in lookout.lone_headings(draft):
        yield "heading", i, None
    for i in draft.members:
        if lookout.page.types[i] == "body":
            yield from _text_doubts(lookout, i)


def _text_doubts(lookout: Lookout, i: int) -> Iterator[tuple[str, int, int | None]]:
    links, joints = lookout.told.links, lookout.page.joints
    if lookout.lacks_rest(i):
        yield "cut", i, None
    elif lookout.is_open_lead(i):
        yield "lead", i, None
    elif i in links and (joints.worth(i, links[i]) < AGAINST or lookout.has_rival(i, links[i])):
        yield "weak_join", i, None
    if i in lookout.told.disputed and lookout.told.margin.get(i, DRAWN) < DRAWN:
        yield "woven", i, lookout.told.disputed[i]


def _doubt(code: str, blocks: Sequence[Block], i: int, article: int | None = None, rival: int | None = None) -> Doubt:
    return Doubt(code, (blocks[i].start, blocks[i].end), WORDS[code], article, (i,), rival)


def name_rivals(doubts: Sequence[Doubt], articles: Sequence[Article]) -> tuple[Doubt, ...]:
    """The doubts, those of a passage that may belong to another article saying to which by its headline."""
    return tuple(_name_rival(doubt, articles) for doubt in doubts)


def _name_rival(doubt: Doubt, articles: Sequence[Article]) -> Doubt:
    headline = None if doubt.rival is None else articles[doubt.rival].headline
    return replace(doubt, text=OF_RIVAL.format(headline)) if headline else doubt
