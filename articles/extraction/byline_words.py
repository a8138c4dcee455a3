"""The words that bylines are made of: houses, ranks, crafts, datelines, sources. Data for `credits` and `bylines`.

house     本报, 晚报, 新华社, 青石日报, 青石县融媒体中心, 青石新闻 where 记者 or 讯 follows
rank      记者, 见习记者, 通讯员: stands before names
craft     摄, 文/图, 整理, 报道: stands behind names, or before them with a colon
dateline  本报讯, 晚报讯, 青石网讯, 新华社青石12月3日电, 又讯
source    数据来源:青石县统计局, 图片由青石县林场提供
"""

from __future__ import annotations

import re

from .cues import NO_PAPER
from .values import CreditRole

HAN = "\u3400-\u9fff"
MIDDOT = "·•・‧"

# Order matters: the longer rank first. None: staff of the page, who wrote nothing.
RANKS: tuple[tuple[str, CreditRole | None], ...] = (
    (r"(?:见习|实习)\s*(?:记者|编辑|生)", "trainee"),
    (r"(?:特约|特邀)?摄影(?:记者|师)", "photographer"),
    (r"(?:特约)?通[讯迅]员|报道员|小记者", "correspondent"),
    (
        rf"(?:首席|特派|特约|特邀|驻[{HAN}]{{1,6}}|全媒体|融媒体?|新媒体|文字|图片|视频|资深|高级|评论)*(?:记者|评论员)",
        "reporter",
    ),
    (r"特约(?:撰稿人?|作者)|撰稿人?|执笔人?|作者|口述者?|讲述者?|主讲人?|译者", "author"),
    (
        r"责任编辑|责任校对|值班(?:主任|总?编委?|编辑)|本版(?:责编|编辑)|责编|编辑|校对|美编|版式(?:设计)?|组版|统筹|监制|"
        r"审核|签发|终审|策划",
        None,
    ),
)
_ANY_RANK = "|".join(pattern for pattern, _ in RANKS)
# 晚报讯 and 日报记者 leave their paper's place unsaid; other houses are known only by the 讯 or the rank behind them.
_ONE_HOUSE = (
    r"本报|本台|本刊|本网|本社|新华社|中新社|中新网|新华网|人民网|央视网|央视新闻|"
    rf"[{HAN}]{{0,8}}?(?:日报|晚报|早报|晨报|商报|时报|快报|今报|导报|新报|周报|都市报|青年报|工人报|农民报|法[治制]报|"
    r"广播电视台|电视台|通讯社|融媒体?中心|融媒)社?|"
    rf"[{HAN}]{{2,6}}?(?:网|报|新闻|传媒|广电|视频|在线|发布|客户端)(?=讯|\s*(?:{_ANY_RANK}))"
)
_HOUSE = rf"(?:{_ONE_HOUSE})(?:[{MIDDOT}/、](?:{_ONE_HOUSE}))*"
_PICTURES = r"摄影报道|图文报道|摄影|拍摄|翻拍|供图|提供|制图|绘图|配图|插图|漫画|图片|摄制|摄|图|绘"
_WORDS = (
    r"文字|图文|参与(?:采写|采访|报道|整理)|采访整理|编辑整理|综合整理|联合报道|综合报道|报道|整理|采写|撰写|编写|采访|撰文|"
    r"执笔|编译|翻译|综合|文"
)

RANK = re.compile("|".join(f"(?P<r{i}>{pattern})" for i, (pattern, _) in enumerate(RANKS)))
HOUSE = re.compile(rf"(?:{_HOUSE})(?=$|[^{HAN}]|{_ANY_RANK})")
# With a day, any string of places may stand between; without one only a short place: 本报走进国家电网 is no dateline.
DATELINE = re.compile(
    rf"据?(?P<house>{_HOUSE}|[{HAN}]{{2,4}}社(?=[{HAN}·]{{0,12}}(?:\d{{1,2}}月)?\d{{1,2}}日(?:专?电|讯)))(?:(?:(?!记者)[{HAN}、·]){{0,60}}?(?:\d{{1,2}}月)?\d{{1,2}}日(?:专?电|讯)|"
    rf"(?:(?!记者)[{HAN}·]){{0,8}}?专?电(?![{HAN}])|讯|(?:热线)?[\d-]{{5,}}讯|综合(?:消息|报道|讯)|消息)|据[{HAN}]{{2,4}}社[{HAN}·]{{0,12}}电(?=\s)|据《[^《》]{{2,12}}》(?:消息|报道)(?=\s)|又[电讯]|据(?:{_HOUSE})(?=\s)"
    # 青石讯(记者…): any place may stand so, but 喜讯 and 简讯 are words.
    rf"|(?!记者)[{HAN}]{{2,6}}?{NO_PAPER}讯(?=\s*[（(]|\s+.{{30}})"
)
CRAFT = re.compile(rf"(?:(?P<picture>{_PICTURES})|(?P<word>{_WORDS}))(?![{HAN}])")
CRAFT_AHEAD = re.compile(rf"(?:本版)?(?:(?P<picture>{_PICTURES})|(?P<word>{_WORDS}))\s*[:：/／]")
TEXT_AND_PICTURES = re.compile(
    rf"(?<![{HAN}])(?:文|图)(?:[/／、·\s]|和|并)*(?:摄影|图|文|摄)(?!片|\s*[:：])|文[/／]图|图[/／]文"
)
AUTHOR_IS = re.compile(rf"作者[:：\s]*(?P<name>[{HAN}]{{2,3}}?)(?=[系为是][{HAN}]{{4,}})(?:[^()（）]*)")
AUTHOR_CLAUSE = re.compile(
    r"(?:(?:作者|讲述者|口述者|主讲人|执笔者)(?:分别)?(?:为|系|是|单位)|单位[:：])(?:[^()（）]|[（(][^()（）]*[)）])*?"
    r"(?=[,，;；]?\s*(?:本报|新华社)?记者|[)）]|$)"
)
SOURCE = re.compile(
    rf"(?:数据|资料|图片|内容|稿件)?(?:来源|出处)[:：]\s*[^\s()（）]+|图片?均?由[^()（）]{{2,24}}提供"
    rf"|综合(?:{_HOUSE})(?:报道|消息|电)?|(?:摘编?自|转载?自|原载|据)[^()（）《》]{{0,12}}《[^《》]{{2,16}}》(?:报道|消息)?|新华社发|(?P<giver>[{HAN}]{{2,20}})(?:供稿|(?P<pictures>供图))"
)
AGENCY = re.compile(
    rf"[（(]\s*(?:[{HAN}]{{2,8}}(?:视觉|图片|发|中国|在线|网)|资料(?:图片?|照片)|[A-Za-z ]{{2,12}})\s*[)）]"
)
MARKS = re.compile(
    rf"[□■◎○●◆◇▲△▼※★☆*|｜\s　、,，;；:：./／—–()（）\[\]【】-]+|口(?=\s*(?:{_ANY_RANK}|本报))|参与(?=记者)"
    r"|(?:本版|本组|以上|文中)(?:图片|稿件|照片|撰文|文字)(?:均?[由为])?"
    rf"|(?<![{HAN}])[{MIDDOT}]+|[{MIDDOT}]+(?![{HAN}])"
)
# Two characters set apart to fill the width of three: 周　禾, also where the first is a craft's character too.
SPACED_NAME = re.compile(
    rf"(?<![{HAN}])([{HAN}])[ \t\u3000]+([{HAN}])(?=$|[^{HAN}{MIDDOT}]|(?:{_PICTURES}|{_WORDS})(?![{HAN}]))"
)
# A run of names ends before a rank or a craft. 文 and 图 end names too (孙博文), so each is a craft only behind a whole
# name, and 文 only where the byline tells the writer from the photographer.
_LONG_CRAFTS = "|".join(word for word in f"{_PICTURES}|{_WORDS}".split("|") if len(word) > 1)
_RUN = (
    rf"(?:(?!{_ANY_RANK})(?!(?:{_LONG_CRAFTS})(?![{HAN}{MIDDOT}]))(?!(?<=[{HAN}]{{2}})[%s](?![{HAN}{MIDDOT}]))"
    rf"(?:[{HAN}]|(?<=[{HAN}])[{MIDDOT}](?=[{HAN}])))+"
)
RUN = re.compile(_RUN % "摄图绘")
RUN_BESIDE_PICTURES = re.compile(_RUN % "摄图绘文")
PICTURE_CREDIT = re.compile(rf"[{HAN}][ \u3000]*[{HAN}]\s*(?:摄影|摄|图)(?![{HAN}])")
# The name that may follow an author's post: 作者为青石县农业局局长林小满.
NAME_AFTER_POST = re.compile(
    r"(?:大使|主任|书记|教授|校长|院长|研究员|会长|部长|局长|县长|市长|区长|主席|委员|秘书长|馆长|干部|记者|代表|站长|所长|处长|"
    rf"理事长|总经理|董事长|医师|律师)([{HAN}]{{2,3}})$"
)
