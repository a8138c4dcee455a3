"""Header and footer lines of a page."""

import datetime

import pytest

from articles.extraction.masthead import read_full_date, read_masthead

BODY = "\n\n".join(f"老街灯会办到第{n}天,河岸上仍是人山人海,灯火一直亮到深夜。" for n in range(20))


def page(top="", bottom=""):
    return f"{top}\n\n{BODY}\n\n{bottom}\n"


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("2023年5月9日 星期二 第3版 综合新闻", {"date": "2023-05-09", "number": "3", "name": "综合新闻"}),
        ("03版 民生", {"number": "3", "name": "民生"}),
        ("3版 深读 2023年5月9日 星期二", {"date": "2023-05-09", "number": "3", "name": "深读"}),
        ("民生 | 03", {"number": "3", "name": "民生"}),
        ("综合新闻 第十二版", {"number": "12", "name": "综合新闻"}),
        (
            "青石日报 2023-05-09 A02 要闻",
            {"newspaper": "青石日报", "date": "2023-05-09", "number": "A02", "name": "要闻"},
        ),
        ("二〇二三年五月九日 星期二 农历癸卯年三月二十", {"date": "2023-05-09"}),
        ("国内统一连续出版物号:CN 00-0000 第8123期 今日8版", {"issue_number": "8123"}),
        ("## 第2版", {"number": "2"}),
        (
            "青石晚报　２０２３年５月９日　星期二　编辑／林小满　美编／赵一舟",
            {"newspaper": "青石晚报", "date": "2023-05-09"},
        ),
        ("A07 都市·民声", {"number": "A07", "name": "都市·民声"}),
        ("5 2023年5月9日 星期二", {"number": "5", "date": "2023-05-09"}),
    ],
)
@pytest.mark.parametrize("where", ["top", "bottom"])
def test_a_masthead_line_is_read_at_either_end(line, fields, where):
    masthead = read_masthead(page(**{where: line}))
    got = {
        "date": masthead.date and masthead.date.isoformat(),
        "number": masthead.number,
        "name": masthead.name,
        "issue_number": masthead.issue_number,
        "newspaper": masthead.newspaper,
    }
    assert {key: value for key, value in got.items() if value} == fields


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑:林小满 电话:0000-1234567",
        "责编：林小满 美编：周禾 电话：0000—1234567",
        "责编 林小满 美编 赵一舟 校对 周 禾",
        "■责任编辑 林小满 ■版式 赵一舟",
        "网址:http://www.example.cn 新闻热线:0000-1234567",
        "地址:青石县府前街1号 邮编:000000 电话:0000-1234567",
        "青石日报",
        "值班主任：林小满　责编：赵一舟　视觉：周禾　版式：欧阳青禾　校对：孙大川",
        "编辑：林小满 赵一舟 电话：0000-1234567 E-mail：abc@example.cn",
        "报料有奖：00000000　零售每份一元　广告许可证：青工商广字第0000号",
        "总编室：0000-1234567 广告部：0000-1234567 青石日报印刷厂印刷",
        "本报常年法律顾问：青石律师事务所 林小满律师",
        "本报地址:青石县府前街1号 责任编辑:林小满 校对:赵一舟 投稿邮箱见四版",
    ],
)
def test_furniture_is_marked_and_says_nothing_of_date_or_page(line):
    text = page(bottom=line)
    masthead = read_masthead(text)
    assert [text[start:end] for start, end in masthead.spans] == [line]
    assert (masthead.date, masthead.number) == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        "5月9日,本市第3版地图发布",
        "3版 老街灯会亮了",
        "2023年5月9日",
        "民生",
        "电话会议召开",
        "编辑部的故事",
        "(下转第二版)",
        "2023年要闻回顾",
        "老街灯会今夜开幕",
    ],
)
def test_a_line_that_says_anything_else_is_no_masthead(line):
    assert read_masthead(page(top=line, bottom=line)).spans == ()


def test_the_middle_of_a_page_is_not_searched():
    assert read_masthead(f"{BODY}\n\n2023年5月9日 星期二 第3版\n\n{BODY}").spans == ()


def test_an_impossible_date_is_no_date():
    masthead = read_masthead(page(top="2023年2月30日 星期二 第3版"))
    assert (masthead.date, masthead.evidence, masthead.number) == (None, "", "3")


def test_a_short_page_is_read_once():
    assert len(read_masthead("青石日报\n2023年5月9日 星期二\n").spans) == 2


def test_a_page_without_masthead_says_nothing():
    masthead = read_masthead(BODY)
    assert masthead.spans == () and masthead.date is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("二〇二三年十月二十一日", datetime.date(2023, 10, 21)),
        ("2023.5.9", datetime.date(2023, 5, 9)),
        ("5月9日", None),
        ("2023年13月1日", None),
    ],
)
def test_a_full_date_is_read_in_figures_and_in_characters(text, date):
    assert read_full_date(text) == date


@pytest.mark.parametrize(
    ("line", "staff"),
    [
        ("责编:林小满 版式:周禾", (("责编", "林小满"), ("版式", "周禾"))),
        ("责任编辑：林小满、赵一舟 校对：舒　白", (("责任编辑", "林小满"), ("责任编辑", "赵一舟"), ("校对", "舒白"))),
        ("第4版 文化·服务 2026年3月18日 星期三", ()),
    ],
)
def test_who_made_the_page_is_read(line, staff):
    assert read_masthead(f"{line}\n\n河堤加高工程昨日完工。").staff == staff


def test_a_page_may_bear_a_name_of_two_parts():
    assert read_masthead("第4版 文化·服务 2026年3月18日 星期三").name == "文化·服务"


def test_the_first_lines_may_name_a_page_as_no_other_paper_does():
    masthead = read_masthead(page(top="A07 梧桐语"))
    assert (masthead.number, masthead.name) == ("A07", "梧桐语")
    assert read_masthead(page(top="青石报")).newspaper == "青石报"
    assert read_masthead(page(bottom="A07 梧桐语")).spans == read_masthead(page(top="喜报")).spans == ()


def test_staff_are_named_behind_slashes_and_blanks():
    text = page(top="青石晚报 2023年5月9日 编辑／林小满 赵一舟 校对／周　禾")
    assert read_masthead(text).staff == (("编辑", "林小满"), ("编辑", "赵一舟"), ("校对", "周禾"))


def test_a_bare_page_number_with_its_section_set_apart_heads_a_page():
    masthead = read_masthead(page("7 法 治"))
    assert (masthead.number, masthead.name) == ("7", "法治")
