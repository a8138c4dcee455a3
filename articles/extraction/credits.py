"""A byline -> the people it names, with rank and house.

    本报讯(记者林小满 通讯员赵一舟)    -> 林小满 reporter 本报, 赵一舟 correspondent
    见习记者 周 禾 文 孙大川 摄        -> 周禾 trainee, 孙大川 photographer
    (青石县供电公司 钱多多)            -> 钱多多 author 青石县供电公司
    (作者为青石大学教授)、(本报记者)    -> nobody

The byline is read from left to right: ranks and houses hold for the names behind them, 摄 and its like for the names
before them. `read_byline` also says whether all of the text could be read so; `bylines` finds bylines by that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from .person_names import is_body, is_name, split_names
from .values import Credit, CreditRole

_HOUSE = (
    r"本报|本台|本刊|本网|本社|新华社|中新社|中新网|新华网|人民网|央视网|央视新闻|人民日报|光明日报|经济日报|科技日报|工人日报|"
    r"[\u4e00-\u9fff]{1,8}?(?:日报|晚报|早报|晨报|商报|时报|都市报|电视台|广播电视台|通讯社|融媒体?中心|融媒)(?:社)?"
)
_WHERE_WHEN = r"[\u4e00-\u9fff、·]{0,24}?(?:\d{1,2}月)?(?:\d{1,2}日)?"
DATELINE = re.compile(rf"据?(?:(?:{_HOUSE})(?:{_WHERE_WHEN}(?:电|专电)|讯|综合(?:消息|报道|讯)|消息)|又[电讯])")
_RANKS: tuple[tuple[str, CreditRole | None], ...] = (
    (r"(?:见习|实习)(?:\s*(?:记者|编辑|生))", "trainee"),
    (r"(?:特约|特邀|本报)?摄影(?:记者|师)", "photographer"),
    (r"(?:特约)?通[讯迅]员|报道员|网格通讯员|小记者", "correspondent"),
    (r"(?:首席|特派|特约|特邀|驻[\u4e00-\u9fff]{1,6}|全媒体|融媒体?|文字|资深|高级|工人|专刊|评论)?(?:记者|评论员)", "reporter"),
    (r"特约(?:撰稿人?|作者)|撰稿人?|执笔人?|作者|口述者?|讲述者?|主讲人?|编译|翻译|译者|撰文", "author"),
    (r"责任编辑|责任校对|值班(?:主任|总?编委?|编辑)|本版(?:责编|编辑)|责编|编辑|校对|美术?编辑?|版式(?:设计)?|组版|统筹|监制|审核|签发|终审|策划", None),
)  # fmt: skip
_RANK = re.compile("|".join(f"(?P<r{i}>{pattern})" for i, (pattern, _) in enumerate(_RANKS)))
_PICTURES = r"摄影报道|图文报道|摄影|拍摄|供图|制图|绘图|配图|插图|漫画|图片|摄制|摄|图|绘"
_WORDS = r"采访整理|编辑整理|综合整理|联合报道|综合报道|报道|整理|采写|撰写|编写|采访|通讯|撰文|执笔|编辑|编译|综合|文"
_BOTH = re.compile(r"(?:文|图)(?:[/／、·\s]|和|并)*(?:图|文|摄影|摄)(?!片)")
_CRAFT = re.compile(rf"(?:(?P<picture>{_PICTURES})|(?P<word>{_WORDS}))(?![\u4e00-\u9fff])")
_CRAFT_AHEAD = re.compile(rf"(?P<picture>{_PICTURES})?(?P<word>{_WORDS})?\s*[:：/／]")
_CLAUSE = re.compile(
    r"(?:作者|讲述者|口述者|主讲人|执笔者)(?:分别)?(?:为|系|是|单位)[^()（）]*?(?=[,，;；]?\s*(?:本报|新华社)?记者|[()（）]|$)"
)
_SOURCE = re.compile(r"(?:数据|资料|图片|内容|稿件)?(?:来源|出处|提供)[:：]\s*[^\s()（）]+|图片?由[^()（）]{2,24}提供")
_AGENCY = re.compile(
    r"[（(]\s*(?:[\u4e00-\u9fff]{2,8}(?:视觉|图片|发|供图|中国|在线|网)|资料(?:图片?|照片)|[A-Za-z ]{2,12}|东方IC)\s*[)）]"
)
_HOUSE_RE = re.compile(rf"(?:{_HOUSE})(?=$|[^\u4e00-\u9fff]|{'|'.join(p for p, _ in _RANKS)}|评论员)")
_MARKS = re.compile(
    r"[□■◎○●◆◇▲△▼※★☆口*|｜\s　、,，;；:：。./／—–()（）\[\]【】-]+|(?<![\u4e00-\u9fff])[·•]+|[·•]+(?![\u4e00-\u9fff])"
)
_RUN = re.compile(
    rf"(?:(?!(?:{'|'.join(p for p, _ in _RANKS)}))(?!(?:{_PICTURES}|{_WORDS})(?![\u4e00-\u9fff·]))[\u3400-\u9fff·•・‧])+"
)
_NAME_AT_END = re.compile(
    r"(?:大使|主任|书记|教授|校长|院长|研究员|会长|部长|局长|县长|市长|区长|主席|委员|秘书长|馆长|干部|记者|代表|站长|所长|处长|理事长|总经理|董事长|医师|律师)([\u4e00-\u9fff]{2,3})$"
)


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    credits: list[Credit] = field(default_factory=list)
    role: CreditRole | None = "author"
    unit: str = ""
    house: str = ""
    fits: bool = True
    marked: bool = False
    fresh: int = 0  # first credit that a craft behind the names still governs
    ahead: bool = False  # the role came from a craft with a colon: 图/钱多多


@dataclass(frozen=True, slots=True)
class ReadByline:
    credits: tuple[Credit, ...]
    fits: bool  # all of the text is byline
    marked: bool  # a rank, a house, a craft or a dateline says so; else it is bare names


def parse_credits(text: str, block: int | None = None) -> tuple[Credit, ...]:
    """The people that a byline names, in order, each once. `text` is known to be a byline: pen names count too."""
    read = read_byline(text)
    credits = read.credits or _pen_name(text)
    seen: dict[str, Credit] = {}
    for credit in credits:
        seen.setdefault(credit.name, replace(credit, block=block))
    return tuple(seen.values())


def read_byline(text: str) -> ReadByline:
    reading = _Reading()
    at = 0
    while at < len(text):
        at = _read_on(reading, text, at)
    return ReadByline(tuple(reading.credits), reading.fits, reading.marked)


def _read_on(reading: _Reading, text: str, at: int) -> int:
    """Read one mark, rank, house, craft or run of names at `at`; returns where it ends."""
    if found := _MARKS.match(text, at):
        if agency := _AGENCY.match(text, at):
            reading.marked = True
            return agency.end()
        return found.end()
    if found := _CLAUSE.match(text, at):
        _read_clause(reading, found.group())
        return found.end()
    if found := _SOURCE.match(text, at) or DATELINE.match(text, at):
        if house := re.match(rf"据?({_HOUSE})", found.group()):
            reading.house = reading.unit = house.group(1)
        reading.marked = True
        return found.end()
    if found := _BOTH.match(text, at):
        reading.marked = True
        return found.end()
    if (found := _CRAFT_AHEAD.match(text, at)) and (found["picture"] or found["word"]):
        reading.role = "photographer" if found["picture"] else "author"
        reading.marked = reading.ahead = True
        return found.end()
    if found := _CRAFT.match(text, at):
        _read_craft(reading, bool(found["picture"]))
        return found.end()
    if found := _RANK.match(text, at):
        reading.role = next(role for i, (_, role) in enumerate(_RANKS) if found[f"r{i}"])
        reading.unit = "" if reading.role == "correspondent" else reading.unit or reading.house
        reading.marked = True
        return found.end()
    if found := _HOUSE_RE.match(text, at):
        reading.house = reading.unit = found.group()
        reading.marked = True
        return found.end()
    if found := _RUN.match(text, at):
        return _read_names(reading, text, found)
    reading.fits = False
    return at + 1


def _read_craft(reading: _Reading, picture: bool) -> None:
    """摄 makes photographers of the names before it; with none before it, of those behind."""
    reading.marked = True
    if reading.fresh == len(reading.credits):
        reading.role = "photographer" if picture else reading.role
        return
    if picture and not reading.ahead:
        for i in range(reading.fresh, len(reading.credits)):
            reading.credits[i] = replace(reading.credits[i], role="photographer")
    reading.fresh = len(reading.credits)


def _read_clause(reading: _Reading, clause: str) -> None:
    reading.marked = True
    if (found := _NAME_AT_END.search(clause)) and is_name(found.group(1)):
        reading.credits.append(Credit(found.group(1), "author"))


def _read_names(reading: _Reading, text: str, found: re.Match[str]) -> int:
    run, end = found.group(), found.end()
    if len(run) == 1 and (rest := re.compile(r"[ \t　]+([\u3400-\u9fff])(?![\u3400-\u9fff])").match(text, end)):
        run, end = run + rest.group(1), rest.end()
    elif len(run) == 1 and (
        rest := re.compile(r"[ \t　]+([\u3400-\u9fff])(?=摄|文|图|报道|整理|供图|制图)").match(text, end)
    ):
        run, end = run + rest.group(1), rest.end()
    marked = reading.marked
    names = split_names(run, marked=marked)
    if names and reading.role is not None:
        reading.credits += [Credit(name, reading.role, reading.unit) for name in names]
    elif is_body(run):
        reading.unit = run
    elif not names:
        reading.fits = False
    return end


def _pen_name(text: str) -> tuple[Credit, ...]:
    """A byline that is nothing but two to four characters which are nobody's name: the author's pen name."""
    bare = re.sub(r"[\s　□■◎○●◆·•()（）]", "", text)
    if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", bare) and not _RANK.search(bare) and not DATELINE.match(bare):
        return () if is_body(bare) or _CRAFT.fullmatch(bare) else (Credit(bare, "author"),)
    return ()
