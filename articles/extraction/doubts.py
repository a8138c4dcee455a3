"""What an editor should look at, in words an editor understands, and how sure the machine is of an article.

    cut          这段话在此处断开，页上找不到下文
    no_headline  这段文字没有找到标题
    …

Confidence is the chance that an editor leaves an article as it is: each thing that went less than smoothly
changes its odds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WORDS = {
    "cut": "这段话在此处断开，页上找不到下文",
    "weak_join": "这段话与下文接得不够有把握，请核对是否为同一段",
    "no_headline": "这段文字没有找到标题",
    "lone_headline": "这个标题没有找到正文",
    "lone_label": "这个栏目标签没有找到所属的文章",
    "woven": "这里两篇文章的段落交错排列，请核对这一段属于哪一篇",
    "lead": "这句话没有句末标点，请核对它是不是与下一段同属一段",
    "heading": "这一行当作文内小标题，请核对它是不是另一篇文章的标题",
}
OF_RIVAL = "这里两篇文章的段落交错排列，这一段也可能属于《{}》，请核对"

# Log-odds of an article to be right, and what each shadow adds to them: fitted to pages whose truth is known.
SURE = 3.5
LEAST = -4.6  # log-odds of one in a hundred
WEIGHTS = {
    "no_headline": -1.5,
    "found_headless": -0.5,  # only a dateline or a strange word told where it begins
    "jump": -1.0,  # where a continuation ends, no headline tells
    "many_titles": -1.0,
    "subheading": -1.1,  # it may be the headline of another article
    "distant_headline": -0.7,  # it says little of what its text says
    "foreign_headline": -0.4,  # it says what another text says
    "doubtful_opening": -0.7,
    "doubtful_next": -0.4,  # what follows may be this article's
    "near_headless": -0.4,
    "thin": -0.2,  # a paragraph speaks hardly more of its own story
    "drawn": -0.25,  # a paragraph that speaks more of what another article says
    "disputed": -0.25,  # a paragraph that another account of the page gives to another story
    "claiming": -0.4,  # and one that it gives to this
    "one_paragraph": 0.5,
    "long": -0.8,  # the more paragraphs, the more may be wrong
    "cut": -2.5,
    "near_trouble": -0.2,  # something of the kind in the article before or behind it
    "lead": -2.5,  # a sentence that breaks off, taken for a lead
    "forced_join": -1.1,  # a join against what the words say
    "weak_join": -0.4,
    "fair_join": -0.2,
    "rival_join": -1.5,  # another rest would fit better
}


@dataclass(frozen=True, slots=True)
class Shadow:
    """One thing that went less than smoothly in an article: a key of WEIGHTS and how often."""

    code: str
    times: int = 1


def confidence(shadows: Sequence[Shadow]) -> float:
    """0 to 1, from the shadows on an article."""
    odds = SURE + sum(WEIGHTS[shadow.code] * shadow.times for shadow in shadows)
    return round(1.0 / (1.0 + math.exp(-max(odds, LEAST))), 4)
