"""Doubts of a page and the confidence of its articles, from what the stages met on the way."""

from __future__ import annotations

from collections.abc import Sequence

from .compose import Draft
from .doubts import WORDS, Shadow, confidence
from .stories import PageParts, Told
from .tracks import Story
from .values import Block, Doubt

THIN = 0.6  # a paragraph's topic spoke so little more for its story than for another
WEAK = 0.4  # worth of a join that only its place speaks for
LONG = 12  # text pieces beyond which every few more are a chance of error


def judge_page(
    page: PageParts, told: Told, stories: Sequence[Story], drafts: Sequence[Draft], blocks: Sequence[Block]
) -> tuple[tuple[Doubt, ...], list[float]]:
    """All doubts, and the confidence of each draft."""
    doubts: list[Doubt] = []
    scores: list[float] = []
    woven = _woven_stories(page, told)
    indexes = {id(story): k for k, story in enumerate(told.stories)}
    for k, (story, draft) in enumerate(zip(stories, drafts, strict=True)):
        own = indexes[id(story)]
        shadows = _title_shadows(page, story, draft) + _text_shadows(page, told, draft, own in woven)
        if own not in woven and {own - 1, own + 1} & woven:
            shadows.append(Shadow("near_woven"))
        scores.append(confidence(shadows))
        doubts += _article_doubts(page, told, draft, blocks, k, {s.code for s in shadows})
    for i, block in enumerate(blocks):
        if block.article is None and block.duplicate_of is None:
            if block.reason in ("headline", "banner"):
                doubts.append(_doubt("lone_headline", blocks, i, None))
            elif block.reason == "label" and page.types[i] == "label":
                doubts.append(_doubt("lone_label", blocks, i, None))
    return tuple(doubts), scores


def _woven_stories(page: PageParts, told: Told) -> set[int]:
    """Stories whose paragraphs alternate with another's."""
    found: set[int] = set()
    last: dict[int, int] = {}
    order = [i for i, kind in enumerate(page.types) if kind == "body" and i in told.owner]
    for n, i in enumerate(order):
        k = told.owner[i]
        if k in last and last[k] != n - 1:
            found.add(k)
            found.update(told.owner[j] for j in order[last[k] + 1 : n])
        last[k] = n
    return {k for k in found if told.stories[k].kind != "photo"}


def _title_shadows(page: PageParts, story: Story, draft: Draft) -> list[Shadow]:
    shadows: list[Shadow] = []
    headed = any(role == "headline" for role in draft.titles.values())
    if story.kind == "photo":
        shadows.append(Shadow("photo"))
    elif not headed:
        shadows.append(Shadow("jump" if story.kind == "jump" else "no_headline"))
    elif not story.named and not any(page.types[i] in ("byline", "closing", "credit") for i in draft.members):
        shadows.append(Shadow("unsigned"))
    if sum(1 for i in draft.titles if page.types[i] == "title") > 2:
        shadows.append(Shadow("many_titles"))
    if any(page.types[i] == "rubric" for i in draft.members):
        shadows.append(Shadow("subheading"))
    return shadows


def _text_shadows(page: PageParts, told: Told, draft: Draft, woven: bool) -> list[Shadow]:
    text = [i for i in draft.members if page.types[i] == "body"]
    own = set(text)
    cut = sum(1 for i in text if i not in told.links and page.joints.price(i))
    joins = [i for i in text if told.links.get(i) in own]
    weak = sum(1 for i in joins if page.joints.worth(i, told.links[i]) < WEAK)
    shadows = [Shadow("cut", cut), Shadow("join", len(joins)), Shadow("weak_join", weak)]
    if woven:
        thin = sum(1 for i in text if told.margin.get(i, THIN) < THIN)
        shadows += [Shadow("woven"), Shadow("thin", min(thin, 6)), Shadow("woven_paragraph", len(text))]
    elif len(text) > LONG:
        shadows.append(Shadow("long", len(text) - LONG))
    return [shadow for shadow in shadows if shadow.times]


def _article_doubts(
    page: PageParts, told: Told, draft: Draft, blocks: Sequence[Block], k: int, codes: set[str]
) -> list[Doubt]:
    doubts: list[Doubt] = []
    for i in draft.members:
        if page.types[i] != "body":
            continue
        if i not in told.links and page.joints.price(i):
            doubts.append(_doubt("cut", blocks, i, k))
        elif i in told.links and page.joints.worth(i, told.links[i]) < -0.5:
            doubts.append(_doubt("weak_join", blocks, i, k))
    first = draft.members[0]
    if "no_headline" in codes:
        doubts.append(_doubt("no_headline", blocks, first, k))
    if "woven" in codes and "thin" in codes:
        thin = [i for i in draft.members if told.margin.get(i, THIN) < THIN and page.types[i] == "body"]
        doubts.append(_doubt("woven", blocks, thin[0], k))
    return doubts


def _doubt(code: str, blocks: Sequence[Block], i: int, article: int | None) -> Doubt:
    return Doubt(code, (blocks[i].start, blocks[i].end), WORDS[code], article, (i,))
