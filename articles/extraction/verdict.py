"""Doubts of a page and the confidence of its articles, from what the stages met on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .compose import Draft
from .doubts import WORDS, Shadow, confidence
from .stories import PageParts, Told
from .tracks import Story
from .values import Block, Doubt

THIN = 0.6  # a paragraph's topic spoke so little more for its story than for another
FORCED, WEAK, FAIR = -1.0, 0.4, 2.0  # worth below which a join is against the words, by its place only, not certain
MOST = 6  # so many paragraphs or joins of a kind count


def judge_page(
    page: PageParts, told: Told, stories: Sequence[Story], drafts: Sequence[Draft], blocks: Sequence[Block]
) -> tuple[tuple[Doubt, ...], list[float]]:
    """All doubts, and the confidence of each draft."""
    doubts: list[Doubt] = []
    scores: list[float] = []
    woven = _woven_stories(page, told)
    indexes = {id(story): k for k, story in enumerate(told.stories)}
    missing = Counter(told.owner[i] for i, t in enumerate(page.types) if t == "body" and _lacks_rest(page, told, i))
    headed = {indexes[id(s)]: s.kind == "photo" or _has_headline(d) for s, d in zip(stories, drafts, strict=True)}
    cut = missing.total()
    for k, (story, draft) in enumerate(zip(stories, drafts, strict=True)):
        own = indexes[id(story)]
        shadows = _title_shadows(page, story, draft) + _text_shadows(page, told, draft, own in woven)
        shadows.append(Shadow("cut_on_page", min(cut - missing[own], MOST)))
        shadows.append(Shadow("near_headless", sum(1 for near in (own - 1, own + 1) if not headed.get(near, True))))
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
    signed = any(page.types[i] in ("byline", "closing", "credit") for i in draft.members)
    if story.kind == "photo":
        shadows.append(Shadow("photo"))
    elif not _has_headline(draft):
        shadows.append(Shadow("jump" if story.kind == "jump" else "no_headline"))
    elif not story.named and not signed:
        shadows.append(Shadow("unsigned"))
    if not signed:
        shadows.append(Shadow("undated"))
    if story.kind == "headless":
        shadows.append(Shadow("found_headless"))
    if sum(1 for i in draft.titles if page.types[i] == "title") > 2:
        shadows.append(Shadow("many_titles"))
    if any(page.types[i] == "rubric" for i in draft.members):
        shadows.append(Shadow("subheading"))
    return shadows


def _text_shadows(page: PageParts, told: Told, draft: Draft, woven: bool) -> list[Shadow]:
    text = [i for i in draft.members if page.types[i] == "body"]
    own = set(text)
    worths = [page.joints.worth(i, told.links[i]) for i in text if told.links.get(i) in own]
    margins = [told.margin.get(i, THIN) for i in text]
    shadows = [
        Shadow("cut", sum(1 for i in text if _lacks_rest(page, told, i))),
        Shadow("forced_join", sum(1 for worth in worths if worth < FORCED)),
        Shadow("weak_join", sum(1 for worth in worths if FORCED <= worth < WEAK)),
        Shadow("fair_join", sum(1 for worth in worths if WEAK <= worth < FAIR)),
        Shadow("drawn", min(MOST, sum(1 for margin in margins if margin < 0.0))),
        Shadow("one_paragraph", len(text) == 1),
    ]
    if woven:
        shadows += [Shadow("woven"), Shadow("thin", min(MOST, sum(1 for margin in margins if margin < THIN)))]
    return [shadow for shadow in shadows if shadow.times]


def _lacks_rest(page: PageParts, told: Told, i: int) -> bool:
    return i in told.owner and i not in told.links and bool(page.joints.price(i))


def _has_headline(draft: Draft) -> bool:
    return "headline" in draft.titles.values()


def _article_doubts(
    page: PageParts, told: Told, draft: Draft, blocks: Sequence[Block], k: int, codes: set[str]
) -> list[Doubt]:
    doubts: list[Doubt] = []
    for i in draft.members:
        if page.types[i] != "body":
            continue
        if _lacks_rest(page, told, i):
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
