"""The printed signs that settle what a line is, or speak for it: patterns over width-folded text.

    ## 栏目标记          a mark of an OCR model's Markdown: a hint
    || 河畔茶话 ||        a framed column label
    (上接第一版)          a jump: the head is on page 1
    HEPAN CHAHUA         pinyin under a label: furniture
    ↑孩子们在放风筝。     a caption
    (作者系本市教师)       an article ends here
    栏目投稿邮箱:…        a line of the newspaper's own housekeeping

All patterns expect `fold_width`ed text (half-width brackets, commas and colons).
"""

from __future__ import annotations

import re

MARKDOWN = re.compile(r"^\s*(#{1,6})\s*")
BOLD = re.compile(r"^\*\*([^*]{2,40})\*\*$")  # a whole line
FRAMED_LABEL = re.compile(r"^\s*(?:\|{1,2}\s*[^|]{2,30}?\s*\|{1,2}|【[^】]{2,20}】|〖[^〗]{2,20}〗|◆[^◆]{2,14}◆)\s*$")
ENUMERATED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、](?!\d)|第[一二三四五六七八九十]{1,2}[,、])"
)
BULLET = re.compile(r"^[●◎■▲★◆○•·※]")
# The number of a point: 三、 3. (3) 第三,
NUMBERED = re.compile(r"^[(第]?(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})(?:[、.)](?!\d)|,)")
ARROW = re.compile(r"^[↑↓←→↖↗↘↙▲▼◀▶△▽]\s*[^▲△]")
CAPTION_OPENER = re.compile(
    r"^(?:[(\[]?(?:上|下|左|右|题|主|大|小|组)?图(?:片)?(?:[①-⑨一二三四五\d])?(?:[::]|为|是|、))|^图[①-⑨\d]"
)

_PAGE = r"(?:第\s*)?([A-Za-z]?\s*[\d]{1,3}|[A-Za-z]?\s*[一二三四五六七八九十〇零百]{1,4})\s*版?"
JUMP_FROM = re.compile(
    r"^\s*[(\[【<]?\s*(?:▲|■|●)?\s*(?:紧|上|承)\s*(?:接|转|自)\s*(?:本报|今日|今天)?\s*"
    + _PAGE
    + r"[^)\]】>,。,]{0,8}[)\]】>]\s*"
)
JUMP_FROM_BARE = re.compile(r"^\s*(?:紧接|上接|承接)\s*" + _PAGE + r"(?=版|\s|$)版?\s*")
JUMP_TO = re.compile(
    r"\s*[(\[【<]\s*(?:下\s*)?(?:转|接|续)\s*(?:至|到|见)?\s*(?:本报|今日)?\s*"
    + _PAGE
    + r"[^)\]】>,。,]{0,8}[)\]】>]\s*$"
)
JUMP_TO_BARE = re.compile(r"\s*(?:下转|下接)\s*" + _PAGE + r"(?:版)?\s*$")

_SYLLABLE = r"(?:(?:ZH|CH|SH|[BPMFDTNLGKHJQXRZCSYW])?[AEIOUV]{1,3}(?:NG|N|R)?)"
PINYIN_LINE = re.compile(rf"^\s*(?:{_SYLLABLE}\s*){{3,16}}$", re.I)
PINYIN_PREFIX = re.compile(rf"^\s*((?:{_SYLLABLE}\s*){{3,16}})(?=[\u4e00-\u9fff“\"‘《])")
PINYIN_LETTERS = 6  # shorter runs of capitals are abbreviations (APEC, CPI)

NO_PAPER = r"(?<![通资简短快喜音闻问审电刑捷传口佳警])"  # before 讯: 通讯, 短讯, 喜讯 are words, 晚报讯 is a dateline
DATELINE = re.compile(
    r"^(?:本报(?:[\u4e00-\u9fff\d]{0,14}?)(?:讯|电)|(?:据)?(?:新华社|中新社|人民网|央视)[\u4e00-\u9fff\d]{0,16}?(?:电|讯)"
    r"|[\u4e00-\u9fff]{2,4}社[\u4e00-\u9fff·]{0,12}(?:\d{1,2}月)?\d{1,2}日(?:专?电|讯)|[\u4e00-\u9fff·]{0,8}[报网台]讯(?=[\s(])|据[\u4e00-\u9fff]{2,4}社[\u4e00-\u9fff·]{0,12}电(?=\s|$)|据《[^》]{2,12}》(?:消息|报道)(?=\s)|[\u4e00-\u9fff]{2,6}"
    + NO_PAPER
    + r"讯[\s(]|据[\u4e00-\u9fff]{2,10}(?:消息|报道)|(?:[\u4e00-\u9fff]{2,6})?(?:\d{1,2}月\d{1,2}日)(?:电|讯))"
)
DATE = r"(?:\d{4}年|今年|去年|前年)?\d{1,2}月\d{1,2}日|\d{1,2}日(?:上午|下午|晚|凌晨)?"
NEWS_OPENER = re.compile(rf"^.{{0,36}}?(?:近日|日前|连日来|近期|昨日|昨天|今天|{DATE}|记者(?:从|在|了解|获悉))")
PARAGRAPH_OPENER = re.compile(
    rf"^(?:近日|日前|连日来|近年来|目前|当前|截至|据|今年|去年|{DATE}|此外|同时|下一步|接下来|活动(?:中|现场)|会议|为|在"
    r"|随着|作为|不仅|但是|然而|不过|其实|(?:当然|诚然|说到底|归根结底|反之),|事实上|首先|其次|最后|总之|因此|所以|如果|虽然|尽管|由于|对于|关于|通过|针对|围绕"
    r"|(?:[\u4e00-\u9fff·]{2,4}|《[^》]{1,20}》)(?:说|表示|指出|强调|介绍|认为|要求|提出|明确|透露|告诉记者|坦言|宣布)[,:]"
    r"|[一二三四五六七八九十]是|第[一二三四五六]|如今|现在|眼下|当天|记者|有人|我们|他们|他|她|本报|新华社|图为|与此同时|另外|比如|例如)"
)
# What a paragraph begins with more seldom, but the rest of a cut one hardly ever.
LATE_OPENER = re.compile(
    r"^(?:最近|近期|前不久|不久前|这|此[次前后时举间]|当地时间|党的|为了|除了|面对|根据|按照|回顾|自(?![身己动由然觉信主愿]|治区)|从(?!而|事|业|容|严|未)"
    r"|(?:\d{4}年|去年|前年)|\d{1,2}月(?:\d|初|底|份|[上中下]旬)|[\u4e00-\u9fff]{2,10}(?:以来|期间|之际|伊始|过后),)"
)
QUOTE_OPENER = re.compile(r"^[“\"「『]")
SENTENCE_END = re.compile(r"[。!?…；;][”’\"')\]》」』】]*$|[。!?][(\[][^()\[\]]{1,40}[)\]]$|…+[”’\"]*$|[:：]$")
FULL_STOP = re.compile(r"(?:[。!?！？]|……|\.{3,})[”’\"')\]》」』】]*$")
BRACKETED_TAIL = re.compile(r"\s*[(\[][^()\[\]]{2,24}[)\]]\s*[①-⑳]?$")

_NUMERAL = r"[\d〇○零一二三四五六七八九十]"
_SIGNING_DAY = rf"{_NUMERAL}{{4}}\s*年\s*{_NUMERAL}{{1,3}}\s*月\s*{_NUMERAL}{{1,3}}\s*日"
CLOSING_LINE = re.compile(
    r"^(?:#+\s*)?(?:[(\[](?:本报|据|新华社|中新社).{0,40}(?:电|讯)[^()]{0,60}[)\]]|[(\[].{0,30}(?:作者|执笔|采写|记者|撰稿|整理|单位|供稿).{0,80}[)\]]"
    r"|[(\[][\u4e00-\u9fff·]{2,5}(?:[\s、,][\u4e00-\u9fff·]{2,5}){0,6}[)\]]|[(\[][\u4e00-\u9fff]\s{1,2}[\u4e00-\u9fff](?:\s[\u4e00-\u9fff\s]{1,12})?[)\]]"
    rf"|{_SIGNING_DAY})$"
)
# A body signs its notice on a line of its own, over the day: 青石县水务公司 / 2023年5月9日.
SIGNING_DAY = re.compile(rf"^{_SIGNING_DAY}$")
LETTER_DAY = re.compile(r"^\d{1,2}月\d{1,2}日$")
SIGNATORY = re.compile(
    r"^(?:[\u4e00-\u9fff()“”·]{2,28}(?:公司|集团|厂|店|局|厅|委|委员会|办公室|指挥部|小组|政府|中心|医院|学院|学校|大学|中学|小学|园|协会|学会"
    r"|(?<!协)商会|联合会|基金会|工会|报社|出版社|合作社|处|站|所|馆|部|部门|剧团|剧院|银行|支行|分行|支队|大队|法院|检察院|家属|亲属|子女)\s*)+$"
)
# Titles that say what the paper itself or a body makes known.
NOTICE_TITLE = re.compile(
    r"^[^,。:!?]{0,18}(?:公告|通告|启事|声明|公示|预警|预警信号|讣告|讣闻|告示|天气预报|招聘信息|(?:停[水电气]|气象|预警|天气)(?:预警|预报)?信息"
    r"|寻找?(?:失主|主人|证人|目击者|亲人|家人|线索)|(?:失物)?招领|(?:讲座|活动|演出|展览|赛事|直播|服务|停[水电气])预告|(?:出租|招租|出售|转让|求购)(?:信息)?"
    r"|时刻表|价目表|作息表|日程表|排班表|(?:菜|粮|油|肉|物|果)价|行情)"
    r"(?:发布)?[栏台]?(?:\(.{1,12}\))?$|^[\u4e00-\u9fff·]{2,6}(?:同志|先生|女士|教授|院士|老人)(?:逝世|病逝|辞世|去世)$|^[\u4e00-\u9fff]{0,6}通知$|^[\u4e00-\u9fff\d、]{0,7}[今明后末来天日周报][天日]?天气$"
)
# 编辑同志: opens a letter; 联系人:… and 房东:… are fields of a small advertisement.
SALUTATION = re.compile(
    r"^(?:(?:尊敬|敬爱|亲爱)的[^,。]{1,16}|(?:编辑|记者|主编|读者|编辑部)(?:同志|先生|女士|老师|朋友)?们?|各位[^,。]{2,10}):$"
)
# What notices and small advertisements hold and reports hardly ever do.
NOTIFIES = re.compile(
    r"声明作废|特此声明|(?<!\d)(?:\d{3,4}-\d{4,8}|1\d{10})(?!\d)|^地址:|(?:失主|有意者|应聘者|持有效证件|面议|月薪|凭本报)"
)
_FIELD = (
    r"(?:联系)?地[址点]|(?:联系|咨询|报名|订购|举报|招聘|服务|监督|热线)?电话|(?:联系|咨询|订购|服务|举报)?(?:热线|手机|微信|邮箱|QQ)"
    r"|联系(?:人|方式)|房东|(?:报名|营业|办公|活动|展出|展览|演出|拍卖|施工|停[电水气])?(?:时间|日期|地点)"
    r"|票价|租金|售价|价格|邮编|传真|网址|开户行|账号|户名|[主承协]办(?:单位)?"
)
FIELD = re.compile(rf"^(?:(?:{_FIELD}):|(?:联系人|联系电话|联系方式)\s)(?=.)")
# 谷雨插秧忙 3版: what the front page says of another.
TEASER = re.compile(
    r"^(?:[●■◆▲★·•]\s*)?(?=.{5,46}$)[^。]*?(?:\s|[>→▶…—]+|[(\[](?:详?见|全文见)?)\s*(?:详?见|刊|载)?(?:第?\s*[A-Z]?\d{1,2}(?:[-、/]\d{1,2})?|第[一二三四五六七八九十]{1,2})\s*版[)\]]?$"
)
TEASERS_HEAD = re.compile(r"^(?:今日|本期|本报|本版|要闻|内容|版面)?\s*(?:导读|看点|导航|提要|版面导读)$")
QUESTION_OR_ANSWER = re.compile(r"^(?:问|答|记者|主持人|[QA])\d{0,2}[:：](?=.)")
QUESTION = re.compile(r"^(?:问|记者|主持人|Q)\d{0,2}[:：].*[?？]$")
ANSWER = re.compile(r"^(?:答|A|[\u4e00-\u9fff·]{2,6})\d{0,2}[:：]")
VERSE_INTRO = re.compile(r"^(?:这正是|正所谓|有诗为证|诗曰|词曰)[::]$")
PHOTO_CREDIT = re.compile(
    r"^(?:#+\s*)?[(\[]?(?:[\u4e00-\u9fff·、,/\s]{2,36})(?:(?:摄|摄影|供图|翻拍|摄影报道)\s*(?:[(\[][^()]{2,14}[)\]])?|发\s*[(\[][^()]{2,14}[)\]])[)\]]?$"
    r"|^[(\[]?(?:[\u4e00-\u9fff·]{2,4}[\s、]*){1,3}\s(?:发|提供)[)\]]?$|^[(\[]?[\u4e00-\u9fff]{1,4}社\s*[/\s]?\s*发[)\]]?$"
    r"|^(?:#+\s*)?(?:新华社发|人民视觉|影像中国|视觉中国|资料图片?|[\u4e00-\u9fff]\s?[\u4e00-\u9fff]{0,2}\s*[图绘]\s*[\u4e00-\u9fff]\s?[\u4e00-\u9fff]{0,2}\s*[文摄])$"
)
EDITORS_SIGN = re.compile(r"^(?:—+|-{2,})\s*(?:编\s*者|编\s*辑|本报编辑部|记\s*者|作\s*者|[\u4e00-\u9fff\s]{2,4})$")
SPEAKERS_SIGN = re.compile(r"^(?:—{2,}|-{2,})")
HOUSEKEEPING = re.compile(
    r"^.{0,24}[\w.-]+@[\w-]+\.[\w.]+.{0,6}$|"
    r"^(?:#+\s*)?(?:(?:栏目|本版|本栏)?(?:投稿|来稿|联系|征稿)?(?:邮箱|信箱|电话|热线|微信)[::]|(?:本版|本期|责任|值班|执行|责编|版式|美术|图文|视觉|组版)?"
    r"(?:责编|编辑|设计|校对|编审|主编|美编|统筹|策划|制图|版式设计|责任编辑)\s*[::]|邮政编码|社址|广告(?:热线|许可)|零售|印刷)"
)
# At the page's foot: 本报地址:… 责任编辑:… 零售每份一元, two such fields and no sentence.
_FOOT = (
    r"(?:本报(?:地址|热线)|社址|报料|零售|每份|定价|广告(?:经营)?许可|责任编辑|责编|美编|校对|投稿|印刷|印务|邮发代号"
    r"|订阅热线)"
)
PAGE_FOOT = re.compile(rf"^(?=.{{8,120}}$)(?!.*[。!?])(?:.*?{_FOOT}){{2}}")
RUBRIC = re.compile(
    r"^[■●◆▲□]?\s*(?:内容提要|核心阅读|核心提示|阅读提示|记者手记|编者按|编后|编辑手记|相关链接|新闻链接|延伸阅读|知识链接|背景链接|链接|短评"
    r"|(?:律师|法官|检察官|专家)(?:点评|说法|释法|建议)|案情(?:回放|简介)|法[条律]链接|名词解释|新闻背景|记者感言|采访手记|导读|提要|数说|附:?|小贴士|读者来信|微评)$"
)
# 相关链接:老街灯会大事记 heads a box of its own beside an article.
BOX_TITLE = re.compile(r"^(?:(?:相关|新闻|背景|知识)链接|延伸阅读|新闻背景|名词解释|小贴士|温馨提示):(?=.{4,24}$)")
_LABEL_ENDS = (
    "时评|评论|锐评|短评|快评|漫评|纵横|视点|视角|视野|观点|观察|论坛|声音|特写|动态|快讯|简讯|短讯|来信|手记|点评|链接|行走|走基层|要闻|瞭望|广角|之窗|窗口"
    "|连线|追踪|在线|直通车|直播间|访谈|对话|人物|风采|故事|专栏|专版|之声|杂谈|随笔|茶座|看台|前沿|聚焦|关注|曝光台|光荣榜|公告栏|服务台|发布台|速递|速览"
    "|集锦|博览|扫描|透视|解读|问答|今日谈|新语|新论|在行动|进行时|发布会|新闻|一线|笔谈|漫谈|夜话|茶话|词典|课堂|讲堂|热线|回音壁|报道"
)
# 96000000帮您问: a column that bears the paper's telephone number.
_HOTLINE = r"\d{5,11}(?![年月日人个名元万亿余多])[\u4e00-\u9fff]{2,5}"
# What is printed under them is of that kind: whole lines only, for headlines end in these words as well.
_GENRES = "诗歌|新诗|诗词|散文|小说|小小说|童话|寓言|杂文|书摘|书评|书香|连载|文摘|[\u4e00-\u9fff]{0,4}日历"
LABEL_WORDS = re.compile(rf"^(?:[\u4e00-\u9fff“”·\s]{{0,12}}(?:{_LABEL_ENDS})|{_HOTLINE}|{_GENRES})$")
# Words that end labels, and honest headlines too: only a short line that ends so is a label.
_SHORT_LABEL_ENDS = (
    "提示|提醒|夜读|晨读|走笔|短波|副刊|周刊|身边|就办|帮办|夜谈|札记|漫笔|随想|诗苑|文苑|小札|园地|书房|茶馆|门诊|坐堂|问诊|信箱|指南|播报|预告|印记|记忆|往事"
    "|闲话|絮语|漫话|散记|琐记|心语|街谈|巷议|热评|来论|时论|来鸿|民生|民声|百科|常识|学堂|讲坛|驿站|沙龙|追问|反馈|回应|巡礼|经纬|掠影|剪影|镜头|影像|影廊|公示栏|发布栏|信息栏|便民|便民信息|服务信息|微播|贴士|微言|书架|纵横谈|一家之言"
)
SHORT_LABEL = re.compile(rf"^[\u4e00-\u9fff·]{{0,4}}(?:{_SHORT_LABEL_ENDS})$")
# Labels that stand over several short pieces.
GROUP_LABEL = re.compile(
    r"(?:简讯|短讯|快讯|短波|速览|速递|集锦|一束|公告栏|公示栏|发布栏|信息栏|服务台|发布台|服务信息|便民信息|简明新闻|微播|集纳)$"
)
KICKER_END = re.compile(r"(?:[:：]|—+|强调|指出|提出|要求|要求各地|提醒|印发通知|联合印发通知)$")
KICKER_MARK = re.compile(r"(?:[:：]|——)$")
