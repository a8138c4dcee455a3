"""The pieces of which header and footer lines are made. Data for `masthead`.

date 2023年5月9日, 2023-05-09, 二〇二三年五月九日     week 星期二     lunar 农历癸卯年三月二十
page 第3版, 03版, A02                               name 综合新闻   count 今日8版
number 第8123期     register CN00-0000              paper 青石日报
staff 责任编辑:林小满 校对:赵一舟                     contact 电话:0000-1234567
"""

from __future__ import annotations

import re

_HAN = r"\u3400-\u9fff"
_ORDINAL = r"[一二三四五六七八九十]{1,3}"
_DATE = (
    rf"(?P<y>[12]\d{{3}}|[〇○零一二三四五六七八九]{{4}})\s*(?:年|[-./])\s*(?P<m>\d{{1,2}}|{_ORDINAL})\s*(?:月|[-./])"
    rf"\s*(?P<d>\d{{1,2}}|{_ORDINAL})\s*日?(?!\d)"
)
_LUNAR = (
    r"(?:农历|夏历)?\s*(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])?[(（]?[鼠牛虎兔龙蛇马羊猴鸡狗猪]?[)）]?年?\s*"
    r"闰?[正一二三四五六七八九十冬腊]{1,2}月(?:初|十|廿|卅)?[一二三四五六七八九十]{1,2}日?|农历\S{4,14}"
)
_PAGE = (
    rf"第\s*(?:[A-Z]?\d{{1,3}}|{_ORDINAL})\s*版|[A-Z]?\d{{1,3}}\s*版(?!面)|版次\s*[:：]?\s*[A-Z]?\d{{1,3}}|"
    r"[A-Z]\d{1,3}(?!\d)|\d{1,2}(?=\s+[12]\d{3}\s*[年.-])|0\d(?=[\s|｜]|$)"
)
_NUMBER = r"总?第\s*(?P<number>\d{1,6})\s*[期号](?:\s*[（(][^()（）]{1,14}[)）])?|N[Oo][.:：]?\s*(?P<number2>\d{2,6})"
_COUNT = (
    r"(?:今日|本期|共)\s*(?:共|出)?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:个?版|页)|(?:对开|四开)\S{0,6}版"
)
_REGISTER = (
    r"(?:国内|国际)?统一(?:连续出版物号|刊号|标准刊号)\s*[:：]?\s*(?:CN|ISSN)?\s*[\dXx—-]{4,12}|CN\s?\d{2}\s?[-—]\s?\d{4}|"
    r"(?:邮发)?代号\s*[:：]?\s*[\d—-]+|ISSN\s*[\dXx-]+"
)
_PAPER = (
    rf"(?:《)?(?P<paper>[{_HAN}]{{2,8}}?"
    r"(?:日报|晚报|早报|晨报|商报|时报|周报|农民报|青年报|工人报|法治报|法制报|都市报|导报|新报|周刊))(?:》)?(?:社)?(?:出版|主办|编辑出版)?"
)
_CONTACT_KIND = (
    r"(?:本报|本社|报社)?(?:网址|(?:电子|投稿)?(?:邮箱|信箱)|E-?mail|(?:办公|联系|广告|发行|订报|值班|编辑部)?电话|(?:新闻|广告|发行|投诉|报料|投稿)?热线|"
    r"传真|邮编|邮政编码|地址|社址|官网|微信(?:公众)?号?|微博|客户端|(?:新闻)?报料(?:热线|电话|有奖)?|爆料(?:热线|电话|有奖)?|新闻线索|"
    r"订阅(?:热线|电话)?|法律顾问|广告(?:经营)?许可证(?:号)?|广告(?:发布)?登记(?:证)?号?|(?:本报)?印刷(?:厂|单位)?|承印(?:厂|单位)?|定价|零售价?(?:每份)?|每份|全年(?:定价|订价)?|月价)"
)
_CONTACT = (
    rf"(?:{_CONTACT_KIND})\s*(?:[:：]\s*|(?=[\dA-Za-z]))[\w\-—–.@/()（）、{_HAN}]+|[{_HAN}]{{2,6}}[部室处科][:：]\s*[\d\-—–]{{7,}}|(?:本报)?(?:常年)?法律顾问\s*[:：].{{2,40}}|投稿邮箱见[第{_HAN}\d]{{1,4}}版|"
    rf"(?:零售|每份|定价|月价|全年)(?:每份|价)?\s*[\d.一二两三四五六七八九十]{{1,6}}\s*元[\d一二三四五六七八九十角]*|(?:https?:|www\.)[\w\-.@/:]+|"
    rf"[{_HAN}]{{2,16}}(?:主办|主管|承印|印刷|机关报)(?![{_HAN}])"
)
_STAFF_RANK = (
    r"(?:责任编辑|责编|执行编辑|见习编辑|图片编辑|视觉编辑|视觉设计|视觉|编辑|编审|责任校对|校对|检校|美术编辑|美术设计|美编|版式设计|版面设计|设计|版式|组版|排版|制版|制图|照排|电脑制作|值班副?总编(?:辑)?|值班(?:编辑|编委|领导|主任)|值班|总编辑|主编|"
    r"统筹|监制|审读|审校|审核|签发|终审|初审|复审|一审|二审|三审|一校|二校|三校|策划)"
)
_NAME = rf"(?:(?!{_STAFF_RANK})[{_HAN}])"
_PERSON = rf"{_NAME}{{2,4}}|[{_HAN}][ \u3000]{{1,2}}[{_HAN}](?![{_HAN}])"
_STAFF_MARK = r"\s*[:：/／|｜]\s*"
_NAMES = rf"(?:{_PERSON})(?:(?:[\s　、]+)(?!{_STAFF_RANK})(?:{_PERSON})(?!\s*[:：/／]))*"
# Behind a colon or a slash names stand whatever follows them; behind a blank only before another piece of its kind.
_STAFF = (
    rf"(?:本版|本期|今日)?(?P<staff>{_STAFF_RANK})(?:{_STAFF_MARK}{_NAMES}(?=$|[^{_HAN}]|{_STAFF_RANK})|"
    rf"(?!\s*{_NAME}{{4}})\s*{_NAMES}(?=$|[\s　|｜;；,，■●◆/／]*"
    rf"(?:本版)?(?:{_STAFF_RANK}|电话|热线|邮箱|投稿|新闻|E|版|联系)))"
)
# The names that pages bear; any other short words beside a page number are a teaser for what stands there.
_SECTION = (
    rf"(?P<name>[{_HAN}]{{0,6}}(?:新闻|要闻|时政|综合|民生|社会|经济|财经|产经|文化|文艺|副刊|周刊|专刊|专版|专题|特刊|特别报道|理论|评论|时评|言论|法治|法制|"
    r"教育|科教|健康|卫生|体育|文体|文旅|旅游|国际|国内|时事|天下|世界|中国|县区|区县|区域|县域|乡村|三农|农业|生态|广告|公告|公益广告|视点|视界|视觉|"
    r"影像|图片|深度|聚焦|关注|人物|生活|读书|阅读|民声|民情|百姓|社区|街巷|街区|市井|城市|家园|家庭|亲子|校园|少年|青春|青年|"
    r"女性|老年|银龄|美食|娱乐|文娱|图说|纪实|讲述|情感|倾诉|"
    r"警界|法苑|说法|检察|税务|公安|消防|交通|气象|环保|海洋|工业|企业|商业|商务|投资|理财|股市|楼市|家居|车市|数码|通信|人才|招聘|分类|信息|便民|悦读|史志|往事|地理|"
    r"之窗|视窗|纵横|天地|园地|广场|看台|大观|博览|党建|政法|纪检|人大|政协|科技|金融|消费|汽车|房产|城事|都市|本地|本市|热线|服务|资讯))"
)
# One rank with its names, for whom the page credits.
STAFF = re.compile(_STAFF)
STAFF_MARK = _STAFF_MARK
# On the first lines of a page any short name beside its number is 版名, and the paper's own may end in a bare 报.
SECTION = re.compile(
    rf"(?P<page>第\s*(?:[A-Z]?\d{{1,3}}|{_ORDINAL})\s*版|[A-Z]\d{{1,2}}\s*版?|0\d\s*版|\d{{1,2}}(?=\s))"
    rf"[\s　:：|｜/／·•—-]+(?P<name>[{_HAN}]{{2,5}}(?:[·•/／、][{_HAN}]{{2,5}})?|[{_HAN}](?:[ \u3000]+[{_HAN}]){{1,3}})"
)
# Between its number and its day any short word is 版名: 3版 深读 2023年5月9日.
BESIDE_NUMBER = re.compile(rf"(?P<name>[{_HAN}]{{2,5}})(?=[\s　|｜])")
NAMEPLATE = re.compile(rf"(?P<paper>[{_HAN}]{{2,4}}(?<![海情喜捷预汇简通公电画警谎申上回])报)")
GAP = re.compile(r"[\s　|｜·•/／,，;；:：◆■●★☆—–~-]*")
PIECES: dict[str, re.Pattern[str]] = {
    "date": re.compile(_DATE),
    "week": re.compile(r"(?:星期|周)[一二三四五六日天]"),
    "number": re.compile(_NUMBER),
    "register": re.compile(_REGISTER),
    "page": re.compile(_PAGE),
    "count": re.compile(_COUNT),
    "staff": re.compile(_STAFF),
    "contact": re.compile(_CONTACT, re.IGNORECASE),
    "paper": re.compile(_PAPER),
    "name": re.compile(_SECTION),
    "lunar": re.compile(_LUNAR),
    "pinyin": re.compile(r"(?:[A-Z]{2,}[ \u3000]?){1,6}(?![a-z])"),
}
# Pieces that a line may hold several of.
REPEATED = frozenset(("staff", "contact", "register", "name"))
