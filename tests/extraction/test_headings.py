"""Labels, headlines and what stands under them, in forms that pages print them."""

from tests.extraction.pages import RESERVOIR, STREET, headlines, paragraphs, split

BAKER = "夜里两点,巷口的包子铺就亮了灯。周禾把面团揉了又揉,等第一拨下夜班的人来敲窗,这样的日子已经过了二十年。"
ADVICE = (
    "1.把任务切小。先做三道题,孩子自然愿意往上走,家长不要催,也不要站在身后看,要等他自己开口再说下一步的事。",
    "2.让时间看得见。应当用沙漏和计时钟,不能一遍遍催促,必须让孩子自己看见时间怎样走,才能学会安排一个晚上。",
    "3.先接住情绪。孩子说不想写的时候,不要急着讲道理,需要一句看来今天累了,比一顿数落更能让他平静下来。",
)


def test_marks_on_some_headings_do_not_unmake_those_without():
    result = split(
        "## 城东老街亮起新路灯", *STREET, "### 稻田用上放心水", *RESERVOIR, "### 马上就办", "断头沟打通了 雨天不再看海",
        "“一下雨就往屋里灌水。”住在城西的赵一舟说,排水沟被一堵砖墙拦腰截断,雨水无处可去。(周禾)", "包子铺夜里亮起灯",
        "□本报记者 周禾", BAKER,
    )  # fmt: skip
    assert headlines(result)[2:] == ["断头沟打通了 雨天不再看海", "包子铺夜里亮起灯"]
    assert result.articles[2].column == "马上就办"


def test_a_headline_of_two_halves_that_ends_like_a_label_is_none():
    result = split("警方提示", "## 退月票时莫点 陌生人发来的链接", *STREET)
    assert result.articles[0].headline == "退月票时莫点 陌生人发来的链接"


def test_a_line_that_ends_in_a_dash_introduces_the_headline_whatever_its_level():
    result = split("# 全县推进会召开——", "### 一县一业谱新篇", *STREET)
    assert (result.articles[0].kicker, result.articles[0].headline) == ("全县推进会召开", "一县一业谱新篇")


def test_a_name_with_its_post_under_the_headline_is_the_writer():
    result = split("孩子总说马上 家长怎么办", "蒙自强（青石县心理健康指导中心教师）", BAKER, *ADVICE)
    assert result.articles[0].authors == ["蒙自强"]


def test_a_pen_name_may_be_a_word():
    assert split("别让作业只有一种样子", "寸心", BAKER).articles[0].authors == ["寸心"]


def test_advice_in_numbered_points_is_no_opinion():
    assert split("孩子总说马上 家长怎么办", BAKER, *ADVICE).articles[0].kind == "news"


def test_questions_and_answers_are_no_headlines():
    result = split(
        "护肝不靠补 先改五件事", "□本报记者 周禾", BAKER, "问：肝不疼，是不是就没事？", "答：靠不住，要靠查。",
        "问：平时该做些什么？", "答：先把这几件事做到：", *ADVICE,
    )  # fmt: skip
    assert headlines(result) == ["护肝不靠补 先改五件事"]
    assert len(paragraphs(result.articles[0])) == 8


def test_an_agency_that_no_list_has_signs_in_its_dateline():
    result = split("春分遇上二月二", "东澜社青石3月17日电（记者盛霞）3月20日,春分到来,当天正逢农历二月初二。")
    assert result.articles[0].authors == ["盛霞"]


def test_a_writer_behind_a_square_may_have_a_verb_for_a_given_name():
    assert split("办事贵在办到底", "□郑言", BAKER).articles[0].authors == ["郑言"]


def test_what_a_meeting_put_forward_is_the_headline_under_it():
    result = split("全县项目建设现场会提出", "拉高标杆比着干 抢抓时机开新局", *STREET)
    assert (result.articles[0].kicker, result.articles[0].headline) == (
        "全县项目建设现场会提出",
        "拉高标杆比着干 抢抓时机开新局",
    )


def test_short_bare_lines_between_paragraphs_head_sections():
    looms = (
        "老人五点起身,先去院里看竹子的水色。他说竹子同人一样,有脾气,急不得,一根竹子要晾上整整一个夏天才好用。",
        "篾刀一转,竹子应声裂成八片,薄得透光。他不看刀,只听声音,声音脆的留下编灯罩,声音闷的拿去编晒粮食的席子。",
        "去年村里来了两个年轻人,说要跟他学竹编。老人没有答应,也没有不答应,只递过去一把旧篾刀,叫他们先劈一百根竹子。",
    )
    result = split("## 老篾匠和他的竹编", "□本报记者 周禾", looms[0], "### 破篾", looms[1], "徒弟", looms[2])
    assert headlines(result) == ["老篾匠和他的竹编"]
    assert [p.role for p in result.articles[0].paragraphs] == ["body", "subheading", "body", "subheading", "body"]


def test_a_line_in_bold_between_paragraphs_heads_a_section():
    result = split("## 城东老街亮起新路灯", STREET[0], "**路灯亮了,心里亮堂**", STREET[1], "**街坊下棋**", STREET[2])
    assert [p.role for p in result.articles[0].paragraphs] == ["body", "subheading", "body", "subheading", "body"]


def test_a_jump_on_a_line_of_its_own_is_no_text():
    result = split("城东老街亮起新路灯", STREET[0], "街坊们又开始在巷口下棋了,孩子们追着灯影跑来", "(下转A03版)")
    assert result.articles[0].continued_on == "A03"
    assert paragraphs(result.articles[0])[-1].endswith("跑来")


def test_a_headline_whose_last_character_is_a_crafts_is_no_credit():
    result = split(*STREET, "近期流感由新毒株引发", "本报讯 " + RESERVOIR[0], *RESERVOIR[1:])
    assert "近期流感由新毒株引发" in headlines(result)


def test_two_lines_over_the_headline_are_both_kickers():
    result = split("从绕路一小时到步行五分钟", "新桥通行满月——", "两岸往来更勤了", "□本报记者 周禾", *STREET)
    assert result.articles[0].headline == "两岸往来更勤了"


def test_what_the_front_page_says_of_others_is_no_headline():
    result = split("今日导读", "六个村子学一本账 2版", "老街灯会开到深夜 3版", "城东老街亮起新路灯", *STREET)
    assert headlines(result) == ["城东老街亮起新路灯"]


def test_a_remark_in_brackets_is_no_headline():
    result = split("城东老街亮起新路灯", *STREET, "(本系列报道完)", "白马水库除险加固完工", *RESERVOIR)
    assert headlines(result) == ["城东老街亮起新路灯", "白马水库除险加固完工"]


def test_a_letter_keeps_its_salutation_and_its_signature():
    result = split(
        "读者来信", "给老街的夜里 留一点黑", "编辑同志:", *STREET[1:], "柳叶埠 林小满", "4月12日",
        "白马水库除险加固完工", *RESERVOIR,
    )  # fmt: skip
    assert headlines(result) == ["给老街的夜里 留一点黑", "白马水库除险加固完工"]
    assert paragraphs(result.articles[0])[0] == "编辑同志:"


MARKET_HALL = (
    "菜市场翻修那年,摊主们把秤盘搬到河堤上,一卖就是三个月,老主顾提着篮子沿河找过去。",
    "如今新大厅里装了通风管和排水沟,夏天不再闻见鱼腥,摊位费却没有涨。",
)
ORCHARD = (
    "山坡上的梨园换了新苗,技术员每周上山一次,教果农怎样拉枝、怎样疏花。",
    "去年秋天第一批梨下树,合作社用冷库存了一半,等到腊月里价钱好了才出手。",
)


def test_a_line_without_a_full_stop_over_the_byline_is_a_subheadline_however_long():
    deck = "更换路灯一百二十盏,增设庭院灯四十盏,沿河步道装上地灯,居民夜里出门散步不再打手电"
    for byline in ("本报讯(记者林小满)", "□本报记者 林小满"):
        result = split("城东老街亮起新路灯", deck, byline, *STREET[1:])
        assert (result.articles[0].headline, result.articles[0].subheadline) == ("城东老街亮起新路灯", deck)


def test_a_long_line_over_the_headline_at_the_top_is_of_its_title_block():
    kicker = "全县老旧街巷改造现场推进会在城东召开要求把路灯管网步道一起修好并向沿街居民公布工期、造价和监督施工的办法"
    result = split(kicker, "城东老街亮起新路灯", *STREET)
    assert len(result.articles) == 1 and kicker not in paragraphs(result.articles[0])


def test_a_headline_over_the_rest_of_a_parted_paragraph_opens_the_report_behind():
    tail, rest = "县水利局负责人说,白马水库除险加固以后,下游稻田的灌", "溉用水就有了保证。"
    result = split("白马水库除险加固完工", *RESERVOIR[:2], tail, "城东老街亮起新路灯", rest, *STREET)
    assert headlines(result) == ["白马水库除险加固完工", "城东老街亮起新路灯"]
    assert paragraphs(result.articles[0])[-1] == tail + rest


def test_lone_lines_that_begin_with_one_verb_are_subheadings():
    result = split(
        "城东老街 旧貌换新颜", "□本报记者 林小满", *STREET[1:], "让菜场亮起来", *MARKET_HALL, "让梨园甜起来", *ORCHARD
    )
    assert headlines(result) == ["城东老街 旧貌换新颜"]
    assert [p.text for p in result.articles[0].paragraphs if p.role == "subheading"] == ["让菜场亮起来", "让梨园甜起来"]


def test_a_slogan_with_a_full_stop_between_paragraphs_is_a_subheading():
    result = split("城东老街亮起新路灯", *STREET, "抓管理,让菜场敞亮起来。", *MARKET_HALL)
    assert [p.text for p in result.articles[0].paragraphs if p.role == "subheading"] == ["抓管理,让菜场敞亮起来。"]


def test_a_short_sentence_between_paragraphs_is_none():
    result = split("城东老街亮起新路灯", *STREET, "灯亮了,人也多了起来。", *MARKET_HALL)
    assert not [p for p in result.articles[0].paragraphs if p.role == "subheading"]


def test_what_it_was_like_introduces_the_headline():
    result = split("山洪到来之际", "一村老小怎样撤出", "——白马河畔见闻", "□本报记者 周禾", BAKER)
    assert (result.articles[0].kicker, result.articles[0].headline) == ("山洪到来之际", "一村老小怎样撤出")


def test_the_weather_of_two_days_is_a_notice_by_itself():
    weather = "今天白天多云,夜里转阴,东南风2到3级,气温14到22度;明天小到中雨,气温16到19度。"
    result = split("城东老街亮起新路灯", *STREET, "今明天气", weather)
    assert headlines(result) == ["城东老街亮起新路灯", "今明天气"]


def test_what_a_lawyer_says_heads_a_section():
    result = split("没签合同,工资怎么算", "□本报记者 周禾", BAKER, "律师说法", *MARKET_HALL)
    assert headlines(result) == ["没签合同,工资怎么算"]


def test_a_kicker_that_says_who_said_so_promises_a_headline_however_long():
    headline = "抓好白马水库除险加固和下游稻田灌溉大力推动城东老街与河堤综合治理"
    result = split("全县水利工作会议强调", headline, "水库是全县的大水缸,要守好", *RESERVOIR)
    assert (result.articles[0].kicker, result.articles[0].headline) == ("全县水利工作会议强调", headline)


def test_text_behind_a_dateline_in_its_line_is_no_title():
    rest = "工作会议11日下午举行,白马水库将提前放水。"
    result = split("县里开会部署抗旱", "本报青石6月11日电 青石县第十二届抗旱", rest, *STREET)
    assert paragraphs(result.articles[0])[0] == "青石县第十二届抗旱" + rest


def test_a_line_that_ends_on_a_stump_of_a_clause_is_cut():
    result = split("河堤加高", *RESERVOIR, "约有三十名工人住在河堤东岸的工棚里,主要负责", "河道的清淤和巡查,昼夜轮班。")
    assert paragraphs(result.articles[0])[-1].endswith("主要负责河道的清淤和巡查,昼夜轮班。")
