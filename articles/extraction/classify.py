"""The topic of an article, by cue words, and the words that tell what it is about.

    青石县举办春耕农机培训 …… 农户 …… 播种        -> 农业
    extract_keywords("老街灯会开幕", body)      -> ("灯会", "老街", ...)

A cue in the title says more than one in the body, and what a body says ten times is not ten times as true: the weight
of a cue grows more slowly than its count. Of two cues that begin at one place the longer counts: 医学院 is no 学院.
Column labels have a say, and so has who acts: a title that begins with 市政协 or ends in 林小满出席 is 时政 whatever
they met about. An essay leans to 文化, a notice is told by its title alone, and what has too few cues is 综合.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import compress
from operator import add

from . import segmentation
from .category_cues import LABELS, STRONG, WEAK

OTHER = "综合"
CATEGORIES = (*STRONG, OTHER)
# Notices of one person's affairs have no topic.
_PERSONAL = re.compile("遗失|挂失|寻人|寻物|招领|作废|(?<!征集)(?<!征稿)(?<!征文)(?<!招聘)(?<!招生)启事")
NOTHING: Mapping[str, Mapping[str, float]] = {}
_STRONG_WORTH, _WEAK_WORTH = 3.0, 0.8
# A title of fifteen characters outweighs cues scattered over a page, and loses to a body that speaks of nothing else.
_TITLE_WEIGHT = 3.0
LEAD, _LEAD_WEIGHT = 150, 1.6  # characters of the body in which a report says what it is about
_TELLING = 600  # characters of the body in which its topic is told
_GROWTH = 0.65
_LABEL_WORTH = 10.0
# The bodies that govern, at the beginning of a title, and their heads: what they meet about comes second.
_GOVERNS = re.compile(
    r"(?:^|\s)(?:[我全][省市县区州旗]|[\u4e00-\u9fff]{0,4}[省市县区州旗盟])(?:委|人民政府|政府|人大|政协|纪委|领导|[四五]套班子)"
    r"|(?:^|\s)[\u4e00-\u9fff]{2,4}(?:主持(?:召开)?|出席|参加|讲话|带队|作报告|致辞|会见)(?:会议|活动)?(?=$|\s)"
)
_GOVERNS_WORTH = 18.0
# An essay speaks of its writer; what it remembers on the way (a field, a school) is not its topic.
_OWN_VOICE = re.compile(r"我(?![们市县区省国州校院司社报行厂队])")
_QUOTED = re.compile(r"“[^”]*”")
_REPORTED = re.compile(r"记者|本报讯|日前|近日")
_ESSAY_CHARS, _ESSAY, _ESSAY_WORTH = 100, 4.0, 12.0  # 我 in a thousand characters outside quotes
_PLAIN = 2.0  # times as much as of the second topic
# Who acts in the first sentence: a school's afternoon in the rice fields is the school's.
_DOES = "[^,，。;；]{0,8}?(?:组织|开展|举行|举办|召开|启动|邀请|联合|深入|走进|走访|带领|迎来|来到|师生|学生)"
_ACTORS = {
    "教育": re.compile(f"(?:小学|中学|幼儿园|学校|学院|大学|高中|职教中心|少年宫){_DOES}"),
    "健康": re.compile(f"(?:医院|卫生院|疾控中心|卫健[局委]){_DOES}"),
    "法治": re.compile(f"(?:公安[局处]|派出所|法院|法庭|检察院|司法[局所厅]){_DOES}"),
    "安全": re.compile(f"(?:消防[站队]|消防救援[站局]|消防救援[大支]队|应急管理[局厅]|交警[大支中]队){_DOES}"),
}
_ACTOR_WORTH = 6.0
_HEAD = re.compile(r"(?:书记|[省市县区州]长|主席|主任|常委|部长)[、,，]?([\u4e00-\u9fff]{3})")
_LEAST = 4.0  # a strong cue once and a weak one: less is chance
# Meetings and inspections are how most topics reach a local paper: they decide where no other topic is spoken of.
_DISCOUNT = {"时政": 0.8, "民生": 0.9}


def classify(
    title: str,
    body: str,
    learned: Mapping[str, Mapping[str, float]] = NOTHING,
    *,
    column: str = "",
    kind: str = "news",
) -> str:
    """One of CATEGORIES or of `learned`. `title` is all of the title block but the column's label."""
    if _PERSONAL.search(title):
        return OTHER
    if kind == "notice":
        body = ""  # whose affair it is; what it makes known its title says
    scores = _weigh(body[:_TELLING])
    if kind == "opinion":
        scores = _plainly(scores)
    for cue in dict.fromkeys(cue for _, cue in _find_cues(title)):
        for category, worth in _cues()[cue]:
            scores[category] += worth * _TITLE_WEIGHT
    scores["时政"] += _govern(title, body)
    scores["文化"] += _ESSAY_WORTH * (kind != "opinion" and _is_essay(body))
    for category, said in LABELS.items():
        scores[category] += _LABEL_WORTH * any(word in column for word in said.split()) if column else 0.0
    for category, share in _DISCOUNT.items():
        scores[category] *= share
    for category, words in learned.items():
        if category != OTHER:
            scores[category] = scores.get(category, 0.0) + _lean(words, title, body)
    best = max(scores, key=lambda category: scores[category])
    return best if scores[best] >= _LEAST else OTHER


def _weigh(body: str) -> dict[str, float]:
    """What the cues of a body say for each topic."""
    scores = dict.fromkeys(STRONG, 0.0)
    found = _find_cues(body)
    in_lead = _in_lead(body, found)
    for cue, count in Counter(cue for _, cue in found).items():
        lead = _LEAD_WEIGHT if cue in in_lead else 1.0
        for category, worth in _cues()[cue]:
            scores[category] += worth * lead * count**_GROWTH
    lead_sentence = body[:LEAD].partition("。")[0]
    for category, acts in _ACTORS.items():
        scores[category] += _ACTOR_WORTH * bool(acts.search(lead_sentence))
    return scores


def _plainly(scores: Mapping[str, float]) -> dict[str, float]:
    """Of what a commentary says, the topic that it speaks of far more than of any other.

    It takes its examples from everywhere, and from people's lives most of all.
    """
    best, second = sorted(scores, key=lambda category: -scores[category])[:2]
    plain = best != "民生" and scores[best] >= _PLAIN * scores[second]
    return {category: score if plain and category == best else 0.0 for category, score in scores.items()}


def _govern(title: str, body: str) -> float:
    """Does a title say what those who govern do: 市政协召开…, or 林小满到城东调研 where the lead calls him 市长?"""
    heads = _HEAD.finditer(body[:LEAD])
    return _GOVERNS_WORTH if _GOVERNS.search(title) or any(head[1] in title for head in heads) else 0.0


def _is_essay(body: str) -> bool:
    own = _QUOTED.sub("", body)
    if len(own) < _ESSAY_CHARS or _REPORTED.search(body[:LEAD]):
        return False
    return len(_OWN_VOICE.findall(own)) * 1000 >= _ESSAY * len(own)


def _lean(words: Mapping[str, float], title: str, body: str) -> float:
    """What the words in title and lead add by what editors called articles that have them."""
    said = f"{title}\n{body[:LEAD]}"
    return sum(worth for word, worth in words.items() if word in said)


def _in_lead(body: str, found: list[tuple[int, str]]) -> set[str]:
    """The cues of the body's first characters; over their end a shorter one may stand than in the whole body."""
    within = [cue for at, cue in found if at + len(cue) <= LEAD]
    over = next((at for at, cue in found if at < LEAD < at + len(cue)), LEAD)
    return {*within, *(cue for _, cue in _find_cues(body[over:LEAD]))}


def _find_cues(text: str) -> list[tuple[int, str]]:
    """Where cues stand in `text`, the longest at each place: 医学院 is no 学院."""
    cues, lengths, single = _cues(), _lengths_by_start(), _of_one_character()
    starts = compress(range(len(text)), map(lengths.__contains__, map(add, text, text[1:])))
    found: list[tuple[int, str]] = []
    end = 0
    for at in sorted({*starts, *(place.start() for place in single.finditer(text))}):
        for length in lengths.get(text[at : at + 2], (1,)) if at >= end else ():
            if (cue := text[at : at + length]) in cues:
                found.append((at, cue))
                end = at + length
                break
    return found


@cache
def _cues() -> dict[str, list[tuple[str, float]]]:
    """Topics and worths of each cue."""
    found: dict[str, list[tuple[str, float]]] = {}
    for cues, worth in ((STRONG, _STRONG_WORTH), (WEAK, _WEAK_WORTH)):
        for category, said in cues.items():
            for cue in dict.fromkeys(said.split()):
                found.setdefault(cue, []).append((category, worth))
    return found


@cache
def _lengths_by_start() -> dict[str, tuple[int, ...]]:
    """How long cues are that begin with these two characters, or with the first alone; the longest first."""
    found: dict[str, set[int]] = {}
    for cue in _cues():
        if len(cue) > 1:
            found.setdefault(cue[:2], {1} if cue[0] in _cues() else set()).add(len(cue))
    return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in found.items()}


@cache
def _of_one_character() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(cue for cue in _cues() if len(cue) == 1))}]")


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
_NUMBER = re.compile(r"\d{5}")  # of a paper, a plate, a lot
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
    if word in _EMPTY or not _KEYWORD.fullmatch(word) or _NUMBER.search(word):
        return False
    return bool(tag) or ((word.isascii() or len(word) in (3, 4)) and text.count(word) > 1)


def _is_part(word: str, ranked: list[str], scores: dict[str, float]) -> bool:
    """Said only inside a longer keyword: 农机 beside 智能农机 of the same weight or more."""
    return any(word != other and word in other and scores[other] >= scores[word] for other in ranked)
