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
}

# Log-odds of an article to be right, and what each shadow adds to them: fitted to pages whose truth is known.
SURE = 2.8
LEAST = -4.6  # log-odds of one in a hundred
WEIGHTS = {
    "cut": -2.0,
    "cut_on_page": -0.3,  # a rest is missing in another article of the page
    "no_headline": -0.5,
    "found_headless": -1.5,  # only a dateline or a strange word told where it begins
    "jump": 0.0,
    "near_headless": -0.3,
    "many_titles": -1.5,
    "subheading": -1.0,  # it may be the headline of another article
    "unsigned": -0.1,
    "undated": -0.3,  # neither byline nor signature
    "forced_join": -0.9,  # a join against what the words say
    "weak_join": -0.4,
    "fair_join": -0.15,
    "woven": -0.3,
    "thin": -0.2,
    "drawn": -0.3,  # a paragraph that speaks more of what another article says
    "one_paragraph": 0.4,
    "photo": 0.7,
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
