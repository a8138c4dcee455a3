"""Doubtful openings, put to the test: is the page told better with the title as a headline, or as a subheading?

    河堤今夏再加高            stands between paragraphs of a woven page without a byline: headline or subheading?

Where columns are woven, the text around a title says little of what it heads: the next paragraph may be the other
article's. So the paragraphs near by are assigned to their stories twice, with the title opening one and without. The
account that earns more is kept, the title's own points counted in. Only titles in doubt are tried, few on a page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from .openings import TitleBlock
from .stories import PageParts, account_of

# A title is tried whose own points for opening lie between these: one taken for a headline seldom proves to be none.
LEAST, MOST = -2.0, 1.0
TRIALS = 2  # on one page
NEW_STORY = 6.0  # what an account earns by one more story to choose from, whether it is one or not
REACH = 3  # articles before and behind it whose paragraphs it may change
WORTH = 10.0  # of a point of the title's own, in points of the account


def settle_openings(blocks: Sequence[TitleBlock], lay_out: Callable[[Sequence[TitleBlock]], PageParts]) -> PageParts:
    """The page with each doubtful title opening an article or not, whichever accounts for its paragraphs better."""
    page = lay_out(blocks)
    doubtful = sorted((abs(b.points), n) for n, b in enumerate(blocks) if LEAST < b.points < MOST)[:TRIALS]
    earned: dict[range, float] = {}
    for _, n in doubtful:
        block = page.blocks[n]
        near = _near(page, n)
        other = lay_out([*page.blocks[:n], replace(block, opens=not block.opens), *page.blocks[n + 1 :]])
        if near not in earned:
            earned[near] = account_of(page, near)
        there = account_of(other, near)
        gained = (there - earned[near]) * (-1 if block.opens else 1)  # by opening
        if (gained - NEW_STORY + WORTH * block.points > 0) != block.opens:
            page, earned = other, {near: there}
    return page


def _near(page: PageParts, n: int) -> range:
    """The pieces whose stories block `n` may change: those of the articles before and behind it."""
    before = [b.parts[0] for b in page.blocks[:n] if b.opens]
    behind = [b.parts[0] for b in page.blocks[n + 1 :] if b.opens]
    return range(
        before[-REACH] if len(before) >= REACH else 0,
        behind[REACH - 1] if len(behind) >= REACH else len(page.types),
    )
