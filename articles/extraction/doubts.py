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
    "weak_join": "这两段接得不够有把握，请核对是否为同一段",
    "no_headline": "这段文字没有找到标题",
    "lone_headline": "这个标题没有找到正文",
    "lone_label": "这个栏目标签没有找到所属的文章",
    "woven": "这里两篇文章的段落交错排列，请核对分篇是否正确",
    "behind_signature": "署名之后还有段落，请核对是否属于本文",
    "subheading": "这一行按文中小标题处理，也可能是另一篇文章的标题",
    "opening": "这一行按新文章的标题处理，也可能是文中小标题",
    "partial_repeat": "这一段只有一部分是重复文字，请核对",
    "jump_in": "本文接自其他版，请核对上文",
    "fragment": "这段文字太短，未能归入任何文章",
}

# Each factor is what experience on pages with a known truth leaves of an article's chance.
SURE = 0.97
FACTORS = {
    "cut": 0.70,
    "weak_join": 0.82,
    "join": 0.985,
    "no_headline": 0.72,
    "woven": 0.72,
    "woven_paragraph": 0.95,
    "behind_signature": 0.65,
    "subheading": 0.86,
    "opening": 0.75,
    "unspoken_opening": 0.93,
    "many_titles": 0.85,
    "photo": 0.93,
    "long": 0.992,
    "neighbour_headless": 0.85,
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
