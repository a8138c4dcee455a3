"""Notices, warnings and obituaries: each stands by itself, with who signs it and the day below."""

import datetime

import pytest

from articles.extraction import split_page
from articles.extraction.dates import read_date
from articles.extraction.kinds import judge_kind
from tests.extraction.pages import RESERVOIR, STREET, headlines, page, paragraphs, split

WATER = "因供水主管改造，定于3月19日22时至次日6时对河东片区停止供水，请沿线用户提前储水。"


def bylines(text, result, article):
    return [text[b.start : b.end] for b in result.blocks if b.article == article and b.role == "byline"]


def test_a_notice_keeps_its_signatory_and_day_and_ends_there():
    text = page("停水公告", WATER, "青石县自来水有限公司", "2026年3月18日", "白马水库除险加固完工", *RESERVOIR)
    result = split_page(text)
    assert headlines(result) == ["停水公告", "白马水库除险加固完工"]
    assert result.articles[0].kind == "notice" and paragraphs(result.articles[0]) == [WATER]
    assert bylines(text, result, 0) == ["青石县自来水有限公司", "2026年3月18日"]


def test_small_notices_open_one_after_another_whatever_the_marks_of_the_page():
    result = split(
        "## 城东老街亮起新路灯", *STREET, "## 白马水库除险加固完工", *RESERVOIR,
        "### 停水公告", WATER, "青石县自来水有限公司", "2026年3月18日",
        "遗失声明", "△周禾遗失船员适任证书，声明作废。",
        "孙大川同志逝世", "青石县采茶剧团退休干部孙大川同志，因病于3月15日逝世，享年94岁。", "青石县采茶剧团",
    )  # fmt: skip
    assert headlines(result)[2:] == ["停水公告", "遗失声明", "孙大川同志逝世"]
    assert [a.kind for a in result.articles[2:]] == ["notice", "notice", "obituary"]


def test_a_label_over_a_notice_is_its_column():
    result = split("## 城东老街亮起新路灯", *STREET, "## 青石夜读", "### 停水公告", WATER)
    assert (result.articles[1].column, result.articles[1].headline) == ("青石夜读", "停水公告")


def test_a_notice_set_with_a_space_is_a_notice():
    result = split("### 公 告", "青石县征集老照片，来稿请于月底前寄出。特此公告。", "青石县档案馆", "2026年3月18日")
    assert result.articles[0].kind == "notice"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("公示期自2025年12月9日至15日，如有异议请书面反映。", (2025, 12, 9)),
        ("自2026年1月1日起，三项举措施行。", (2025, 12, 9)),
    ],
)
def test_the_end_of_a_term_and_a_year_to_come_do_not_date_the_page(line, day):
    text = page("本报讯 12月8日，青石县举办灯会。", line, "青石县文化馆", "2025年12月8日")
    assert read_date(text).value == datetime.date(*day)


def test_a_forecast_gives_the_year_of_the_days_before_it():
    text = page("3月24日，市长到热线中心接听来电。", "受冷空气影响，预计2025年3月27日夜间至28日降温。")
    assert read_date(text).value == datetime.date(2025, 3, 25)


def test_a_warning_given_after_noon_is_printed_the_next_day():
    assert read_date("2025年3月26日16时发布寒潮预警信号。").value == datetime.date(2025, 3, 27)
    assert read_date("2025年3月26日6时发布寒潮预警信号。").value == datetime.date(2025, 3, 26)


def test_the_fields_of_a_small_advertisement_are_no_headlines():
    result = split(
        "青石包装厂诚聘装配师傅", "装配师傅8名，管吃住，月薪面议，有意者请带作品来厂面谈。",
        "地址：机械路9号 联系人：钱女士",
        "临江铺面 静待有心人", "盐市街3号临江铺面出租，56平方米，前门对桥，后门对江，租金面议。", "房东：老庄",
        "遗失声明", "△周禾遗失船员适任证书，声明作废。",
    )  # fmt: skip
    assert headlines(result) == ["青石包装厂诚聘装配师傅", "临江铺面 静待有心人", "遗失声明"]


def test_the_imprint_at_the_foot_of_a_page_is_furniture():
    result = split("城东老街亮起新路灯", *STREET, "本报地址:青石市盐市街200号 零售价每份1.50元 青石日报印务中心印刷")
    assert headlines(result) == ["城东老街亮起新路灯"]
    assert len(paragraphs(result.articles[0])) == len(STREET)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("寻找失主", "3月18日在河东渡口拾得黑色背包一只，内有药品若干，请失主到渡口派出所认领。"),
        ("失物招领", "3月18日在河东渡口拾得黑色背包一只，请失主到渡口派出所认领。"),
        ("停气通知", "因管道改造，定于3月19日8时至18时对河东片区停止供气，请用户关闭阀门。"),
        ("健康讲座预告", "3月21日9时，县医院门诊五楼报告厅主讲护膝常识，现场免费测量骨密度。"),
        ("门面转让", "河东正街临江门面一间，五十六平方米，租期还有两年，价格面议。"),
        ("月嫂 钟点工", "招聘住家月嫂十名，月薪五千元至九千元，持证优先，河东正街五号二楼。"),
        ("老灶酱油 开缸了", "头道生抽每桶六十八元，满三桶送货上门。订购热线：0000-1234567"),
    ],
)
def test_what_wants_an_answer_is_a_notice(title, text):
    assert judge(title, text) == "notice"


def test_a_report_that_gives_a_number_is_none():
    text = "本报讯（记者林小满）近日，县图书馆开放夜读。咨询电话：0000-1234567"
    assert judge("图书馆夜里也开门", text) == "news"


@pytest.mark.parametrize("label", ["樟下闲话", "街谈巷议", "青石时论", "有话直言"])
def test_columns_of_opinion_have_many_names(label):
    assert judge("等一等后面的人", "门开着，后面的人还没有到，不妨扶一扶门。", label) == "opinion"


def judge(title, text, label=""):
    return judge_kind(
        photo=False,
        jumped_in=False,
        headless=False,
        labels=[label] if label else [],
        titles=[title],
        bylines=[],
        paragraphs=[text],
    )


def test_a_hotlines_number_begins_a_label():
    result = split("## 城东老街亮起新路灯", *STREET, "00000000帮您问", "## 白马水库除险加固完工", *RESERVOIR)
    assert result.articles[1].column == "00000000帮您问"
