"""What an editor should look at, in words an editor understands, and how sure the machine is of an article.

    cut          这段话在此处断开，页上找不到下文
    no_headline  这段文字没有找到标题
    …

Confidence is the chance that an editor leaves an article as it is: each thing that went less than smoothly takes its
share.
"""

from __future__ import annotations

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

# What each shadow leaves of an article's chance to be right, by pages whose truth is known.
SURE = 0.97
FACTORS = {
    "cut": 0.75,
    "weak_join": 0.985,
    "join": 0.985,
    "no_headline": 0.60,
    "jump": 0.90,
    "photo": 0.93,
    "unsigned": 0.95,
    "many_titles": 0.90,
    "subheading": 0.93,
    "woven": 0.75,
    "thin": 0.90,
    "woven_paragraph": 0.985,
    "near_woven": 0.93,
    "long": 0.995,
}


@dataclass(frozen=True, slots=True)
class Shadow:
    """One thing that went less than smoothly in an article: a key of FACTORS and how often."""

    code: str
    times: int = 1


def confidence(shadows: Sequence[Shadow]) -> float:
    """0 to 1, from the shadows on an article."""
    chance = SURE
    for shadow in shadows:
        chance *= FACTORS[shadow.code] ** shadow.times
    return round(max(0.01, chance), 4)
