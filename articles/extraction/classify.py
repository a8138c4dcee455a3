"""The topic of an article, by cue words, and the words that tell what it is about.

    青石县举办春耕农机培训 …… 农户 …… 播种        -> 农业
    extract_keywords("老街灯会开幕", body)      -> ("灯会", "老街", ...)

A cue in the title says more than one in the body, and what a body says ten times is not ten times as true: the weight
of a cue grows more slowly than its count. An article with too few cues is 综合.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from . import segmentation
from .category_cues import STRONG, WEAK

OTHER = "综合"
CATEGORIES = (*STRONG, OTHER)
_PERSONAL = re.compile("遗失|挂失|寻人|寻物|招领|启事|作废")  # notices of one person's affairs have no topic
NOTHING: Mapping[str, Mapping[str, float]] = {}
_STRONG_WORTH, _WEAK_WORTH = 3.0, 0.8
# A title of fifteen characters outweighs cues scattered over a page, and loses to a body that speaks of nothing else.
_TITLE_WEIGHT = 3.0
LEAD, _LEAD_WEIGHT = 150, 1.6  # characters of the body in which a report says what it is about
_GROWTH = 0.65
_LEAST = 4.0  # a strong cue once and a weak one: less is chance
# Meetings and inspections are how most topics reach a local paper: they decide where no other topic is spoken of.
_DISCOUNT = {"时政": 0.8, "民生": 0.9}


def classify(title: str, body: str, learned: Mapping[str, Mapping[str, float]] = NOTHING) -> str:
    """One of CATEGORIES or of `learned`. `title` is all of the title block, kicker and subheadline too."""
    if _PERSONAL.search(title):
        return OTHER
    scores = dict.fromkeys(STRONG, 0.0)
    for category, cue, worth in _cues_in(f"{title}\n{body}"):
        if cue in title:
            scores[category] += worth * _TITLE_WEIGHT
        if count := body.count(cue):
            lead = _LEAD_WEIGHT if cue in body[:LEAD] else 1.0
            scores[category] += worth * lead * count**_GROWTH
    for category, share in _DISCOUNT.items():
        scores[category] *= share
    for category, words in learned.items():
        if category != OTHER:
            scores[category] = scores.get(category, 0.0) + _lean(words, title, body)
    best = max(scores, key=lambda category: scores[category])
    return best if scores[best] >= _LEAST else OTHER


def _lean(words: Mapping[str, float], title: str, body: str) -> float:
    """What the words in title and lead add by what editors called articles that have them."""
    said = f"{title}\n{body[:LEAD]}"
    return sum(worth for word, worth in words.items() if word in said)


def _cues_in(text: str) -> Iterator[tuple[str, str, float]]:
    """(category, cue, worth) of all cues that may stand in `text`: those whose first two characters do."""
    starts, first = _cues_by_start(), _first_characters()
    for start in starts.keys() & {*text, *(a + b for a, b in pairwise(text) if a in first)}:
        yield from starts[start]


@cache
def _cues_by_start() -> dict[str, list[tuple[str, str, float]]]:
    """Cues by their first two characters; the few of one character by that."""
    found: dict[str, list[tuple[str, str, float]]] = {}
    for cues, worth in ((STRONG, _STRONG_WORTH), (WEAK, _WEAK_WORTH)):
        for category, said in cues.items():
            for cue in dict.fromkeys(said.split()):
                found.setdefault(cue[:2], []).append((category, cue, worth))
    return found


@cache
def _first_characters() -> frozenset[str]:
    return frozenset(start[0] for start in _cues_by_start())


# Nouns that stand in any article of a newspaper.
_EMPTY = frozenset(
    """
    记者 本报 本报讯 工作 活动 问题 情况 方面 部门 单位 人员 负责人 相关 时间 地方 人们 大家 同志 群众 全市 全县 全区
    全省 我市 我县 我区 我省 今年 去年 近日 日前 目前 社会 国家 发展 建设 服务 重点 领域 机制 体系 水平 质量 作用 力度
    能力 过程 方式 措施 内容 基础 条件 标准 程度 意识 精神 会议 现场 途径 手段 关键 核心 全国 通讯员 有关
    """.split()
)
# Unknown words have no IDF; a name that the dictionary lacks is rarer than most that it has.
_UNKNOWN_IDF = 9.0
_TITLE_KEYWORD_WEIGHT = 4.0
_BEGINNING = 200  # characters of the body
_KEYWORD = re.compile(r"[\u3400-\u9fff]{2,8}|[A-Za-z][A-Za-z0-9-]{1,15}")
_FOREIGN = re.compile(r"[A-Za-z][A-Za-z0-9-]+")


def extract_keywords(title: str, body: str, limit: int = 8) -> tuple[str, ...]:
    """At most `limit` nouns and names that set the article apart, weightiest first: TF-IDF, the title counting more.

    Only the title and, less carefully, the beginning of the body are cut into words, since what an article is about is
    named there; how often a word is said is counted over all of it.
    """
    text, beginning = f"{title}\n{body}", body[:_BEGINNING]
    titled = dict(segmentation.tag_words(title, guess=True))
    found = dict.fromkeys(_FOREIGN.findall(beginning), "") | segmentation.longest_words(beginning) | titled
    scores: dict[str, float] = {}
    for word, tag in found.items():
        if _is_keyword(word, tag, text):
            rarity = segmentation.inverse_frequency(word) or _UNKNOWN_IDF
            said = body.count(word) + (_TITLE_KEYWORD_WEIGHT if word in titled else 0.0)
            scores[word] = said * rarity
    ranked = sorted(scores, key=lambda word: (-scores[word], word))
    chosen: list[str] = []
    for word in ranked:
        if len(chosen) == limit:
            break
        if not _is_part(word, ranked, scores):
            chosen.append(word)
    return tuple(chosen)


def _is_keyword(word: str, tag: str, text: str) -> bool:
    """A noun or a name; of words that the dictionary lacks, those said twice (a guess is often wrong)."""
    if tag and not (tag[0] == "n" or tag in ("vn", "j")):
        return False
    if word in _EMPTY or not _KEYWORD.fullmatch(word):
        return False
    return bool(tag) or ((word.isascii() or len(word) in (3, 4)) and text.count(word) > 1)


def _is_part(word: str, ranked: list[str], scores: dict[str, float]) -> bool:
    """Said only inside a longer keyword: 农机 beside 智能农机 of the same weight or more."""
    return any(word != other and word in other and scores[other] >= scores[word] for other in ranked)
