"""Pages of essays and of briefs: subheadings, names, labels and the rests that woven columns leave."""

from __future__ import annotations

from tests.extraction.pages import RESERVOIR, headlines, paragraphs, split

FIELDS = "今年春天,白蓼镇的旱地改种了耐旱的高粱,农技员住在村里,看着第一茬苗出齐了才回县城去。"
RIVER = "石桥河上的三座水闸今年换了新闸门,守闸的老人说,从此不必半夜起来摇那一把生锈的铁轮子。"
LAMPS = "城东老街的路灯换成了暖黄色,巷口的修鞋铺因此多开一个钟头,晚归的人都说脚下看得清楚。"
TEA = "白蓼镇茶场对游人开放,采茶体验每人二十元,采下的鲜叶可以带走,也可以请师傅当场炒制。"


def test_names_over_the_first_subheading_of_an_essay_are_its_authors():
    result = split("种好脚下这片地", "钟离秋 赵一舟", "选种要趁早", FIELDS, "守水要耐心", RIVER)
    assert [c.name for c in result.articles[0].credits] == ["钟离秋", "赵一舟"]


def test_a_label_is_told_by_the_pinyin_right_under_it():
    text = f"城东巷 城西巷\nCHENGDONGXIANG CHENGXIXIANG\n\n## 老街换上新路灯\n\n□ 本报记者 林小满\n\n{LAMPS}"
    article = split(text).articles[0]
    assert (article.column, article.headline) == ("城东巷 城西巷", "老街换上新路灯")


def test_two_marked_lines_of_one_level_are_one_headline():
    result = split("## 老街换上新路灯", "## 夜归不再摸黑走", f"本报讯 记者林小满报道:{LAMPS}{RIVER}")
    assert headlines(result) == ["老街换上新路灯 夜归不再摸黑走"]


def test_a_notice_that_says_where_to_write_and_more_keeps_the_sentence():
    where = "投稿信箱:青石县长堤路7号。来稿三个月内未见采用的,可自行处理。"
    result = split("征稿启事", "本版欢迎读者赐稿,来稿请写明姓名和地址。", where)
    assert where in paragraphs(result.articles[0])


def test_the_rest_under_another_essays_name_goes_on_above():
    cut = FIELDS + "改种的人家算过一笔账,一亩地省下来的水够浇两亩菜,省下来的时"
    rest = "间可以再养一群鸭子。"
    result = split("种好脚下这片地", "赵一舟", cut, "守闸人的铁轮子", "林小满", rest, RIVER, LAMPS)
    assert paragraphs(result.articles[0])[0] == cut + rest


def test_lines_with_one_stem_are_subheadings_of_one_essay():
    first, last = "守土:一锹一镐不惜力", "守林:一草一木有人管"
    result = split("种好脚下这片地", "赵一舟", first, FIELDS, "守水:一渠一闸不松手", RIVER, last, LAMPS)
    assert headlines(result) == ["种好脚下这片地"]


def test_bare_headlines_under_a_marked_label_head_its_signed_briefs():
    lines = ("## 街巷微播", "路灯换了新颜色", f"{LAMPS}(林小满)", "水闸换上新闸门", f"{RIVER}(赵一舟)")
    marked = ("## 旱地改种高粱", f"本报讯(记者林小满)日前,{FIELDS}", "## 茶场开门迎客", f"本报讯(记者周禾)日前,{TEA}")
    marked += ("## 白马水库完工", RESERVOIR[0])
    result = split(*marked, *lines)
    assert headlines(result)[3:] == ["路灯换了新颜色", "水闸换上新闸门"]
