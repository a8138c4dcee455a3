"""What kind of article a story is.

(上接…) without a headline            continuation
picture text                          photo
某某同志逝世 / 讣告                     obituary
公告, 启事, 预警, 声明, or a few words with a number to ring   notice
评论 and its labels, 评论员, or reasoning with no reporter, dateline or day, under a pen name   opinion
特写, 通讯, 故事 as label               feature
else                                  news
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import cues
from .normalise import fold_width
from .values import Kind

_OBITUARY = re.compile(r"(?:同志|先生|女士|教授|院士|老人)?(?:逝世|病逝|辞世|去世)$|^讣告|讣告$|^沉痛悼念|遗体告别")
_OBITUARY_TEXT = re.compile(r"病故|逝世|享年|遗体告别|追悼会|治丧")
_NOTICE = re.compile(
    r"(?:公告|通告|启事|声明|公示|预警(?:信号)?|讣闻|通知书?|招标|拍卖|更正|致歉|遗失|招聘|招租|告示|停[水电气]信息|发布台|服务台|信息栏|公告栏|便民信息|便民服务|分类信息|分类广告|供求信息|天气预报|"
    r"温馨提示|值班表|时刻表|价目表|日程表|名单|寻找?(?:失主|主人|证人|目击者|亲人|家人)|招领|预告|出租|出售|转让|求购|诚聘|急聘)"
    r"(?:[(（].*)?$|^征集|^(?:关于.{2,40}的(?:公告|通告|公示|通知)|遗失声明|更正启事)"
)
_OPINION_LABEL = re.compile(
    r"评论|时评|锐评|短评|快评|漫评|热评|辣评|微评|网评|社评|评弹|社论|时论|来论|短论|快论|论坛|纵横|杂谈|杂文|随笔|漫笔|今日谈|新论|新语|钟声|和音|声音|之声|观点|茶话|夜话|茶座|闲话|漫话|漫谈|闲谈|絮语|街谈|巷议|众议|热议|快语|直言|有话|一家之言|之我见|杂感|微言|议事厅|观察家|有感|思考$"
)
_FEATURE_LABEL = re.compile(r"特写|通讯|故事|人物|纪实|调查|走基层|报告文学|手记|专访|侧记|见闻|风采")
_REASONING = re.compile(r"(?:要|应|应当|必须|需要|才能|不能|唯有|只有|不是|而是|既要|更要|就要)")
REASONING = 9.0  # such words in a thousand characters of a commentary; news has 2 to 5
COMMENTARY_CHARS = 260
_REPORTER = re.compile(r"记者|通讯员|本报讯|新华社")
_REPORTED = re.compile(rf"记者|通讯员|本报讯|新华社|近日|日前|{cues.DATE}")
_ITEMS = 3  # numbered paragraphs that make advice of a text, however much it says 要 and 不要
_MAKES_KNOWN = re.compile(
    r"特此(?:公告|通告|公示|声明|通知|更正|函告)|声明作废|现(?:予|将.{0,20})公示|敬请(?:谅解|周知)"
)
# An advertisement gives its number or its wages, in few words, and nobody signs it.
_OFFERS = re.compile(
    r"(?:电话|热线|手机|咨询|联系人|微信|地址)\s*[:：][^。]{0,20}[\d号]|月薪[^。,]{0,14}[元千万]|面议|诚聘|(?:出租|出售|转让|求购)[^。]{0,30}(?:平方?米|元)"
)
_ADVERT_CHARS = 200
_PHOTO_BY = re.compile(r"摄|供图|影像中国|人民视觉|新华社发|[图绘]\s*[\u4e00-\u9fff\s]{2,5}文$")
VERSE_LINE = 14  # characters; lines under 这正是 do not count as paragraphs


def judge_kind(
    *,
    photo: bool,
    jumped_in: bool,
    headless: bool,
    labels: Sequence[str],
    titles: Sequence[str],
    bylines: Sequence[str],
    paragraphs: Sequence[str],
) -> Kind:
    """The kind of a story, from its parts (width-folded, Markdown marks off)."""
    if photo:
        return "photo"
    text = "".join(paragraphs)
    named = [*labels, *titles]
    if any(_OBITUARY.search(t) for t in titles) and _OBITUARY_TEXT.search(text[:600]):
        return "obituary"
    if headless and not jumped_in and _is_photo(bylines, paragraphs):
        return "photo"
    if headless and not jumped_in and (labels or any(cues.DATELINE.match(b) for b in bylines)):
        return "notice" if any(map(_is_notice_title, labels)) else "news"  # its headline was lost, not its beginning
    if headless:
        return "continuation"
    if not _REPORTER.search("".join(bylines)) and (any(map(_is_notice_title, named)) or _MAKES_KNOWN.search(text)):
        return "notice"
    if jumped_in:
        return "news"
    if not bylines and _advertises(text):
        return "notice"
    if _is_photo(bylines, paragraphs):
        return "photo"
    commented = any("评论员" in b and not _REPORTED.search(b) for b in bylines) or any(
        _OPINION_LABEL.search(t) for t in labels
    )
    if commented or _reasons(bylines, paragraphs):
        return "opinion"
    if any(_FEATURE_LABEL.search(t) for t in labels):
        return "feature"
    return "news"


def _advertises(text: str) -> bool:
    return len(text) <= _ADVERT_CHARS and bool(_OFFERS.search(text)) and not _REPORTED.search(text)


def _is_photo(bylines: Sequence[str], paragraphs: Sequence[str]) -> bool:
    """One short text that only a photographer signs."""
    long = sum(1 for p in paragraphs if len(p) > VERSE_LINE)
    if not bylines or sum(len(p) for p in paragraphs) > 260 or long > 3:
        return False
    return all(_PHOTO_BY.search(b) for b in bylines)


def _is_notice_title(title: str) -> bool:
    """公 告 is printed with a space between as often as not."""
    return bool(_NOTICE.search(re.sub(r"\s", "", cues.BRACKETED_TAIL.sub("", title))))


def _reasons(bylines: Sequence[str], paragraphs: Sequence[str]) -> bool:
    """Commentary by its manner: it argues, and reports nothing. Numbered advice argues too and is none."""
    text = "".join(paragraphs)
    if sum(1 for p in paragraphs if cues.ENUMERATED.match(fold_width(p))) >= _ITEMS:
        return False
    if len(text) < COMMENTARY_CHARS or any(_REPORTED.search(b) for b in bylines):
        return False
    if cues.NEWS_OPENER.match(text) or _REPORTED.search(text[:120]):
        return False
    return len(_REASONING.findall(text)) * 1000 / len(text) >= REASONING
