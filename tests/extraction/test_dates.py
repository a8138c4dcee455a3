"""The day a page is of."""

import pytest

from articles.extraction.dates import read_date
from articles.extraction.years import guess_year

NEWS = "灯火一直亮到深夜,河岸上人山人海。"


def day(text):
    value = read_date(text).value
    return value and value.isoformat()


def test_the_masthead_comes_first():
    reading = read_date(f"2023年5月9日 星期二 第3版\n\n2023年5月1日,老街亮灯。\n\n{NEWS}")
    assert (str(reading.value), reading.how, reading.evidence) == ("2023-05-09", "masthead", "2023年5月9日")


def test_an_inferred_date_shows_its_words():
    reading = read_date(f"2023年5月8日,青石县老街亮灯。\n\n{NEWS}")
    assert (str(reading.value), reading.how, reading.evidence) == ("2023-05-09", "inferred", "2023年5月8日")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新华社青石5月8日电 灯会开幕。\n2023年5月6日,彩排结束。", "2023-05-09"),
        ("本报讯 记者林小满报道:5月7日至8日,灯会试灯。\n2023年5月6日,彩排结束。", "2023-05-09"),
        ("停电通知\n特此通知。\n2023年5月9日", "2023-05-09"),
        ("市气象台决定自2023年5月9日0时启动暴雨预警。\n2023年5月8日,老街下雨。", "2023-05-09"),
        ("图为5月8日,老街亮灯。\n2023年全县灯会落幕", "2023-05-09"),
    ],
)
def test_the_latest_day_that_is_sure_dates_the_page(text, expected):
    assert day(text) == expected


@pytest.mark.parametrize(
    "plan",
    [
        "灯会将于2023年6月30日闭幕。",
        "灯会持续至2023年6月30日。",
        "2023年6月30日前报名。",
        "2023年6月30日起施行。",
        "定于2023年6月30日上午举行告别仪式。",
        "报名时间:2023年6月30日。",
        "明年6月30日,灯会再来。",
    ],
)
def test_days_to_come_are_no_evidence(plan):
    assert day(f"2023年5月8日,老街亮灯。\n{plan}") == "2023-05-09"
    assert day(plan) is None


def test_a_campaign_of_days_is_only_known_to_have_begun():
    assert day("5月5日至11日是第九个灯会周。\n2023年5月8日,老街亮灯。") == "2023-05-09"


def test_history_does_not_date_a_page():
    assert day("石桥建成于1953年5月8日。\n\n2023年,石桥重修。") is None


def test_a_day_without_any_year_stays_unknown():
    assert day("新华社青石5月8日电 灯会开幕。") is None


def test_last_years_december_is_last_years():
    assert day("12月30日,老街试灯。\n1月2日,老街亮灯。\n2024年1月1日,老街彩排。") == "2024-01-03"


def test_impossible_days_are_passed_over():
    assert day("2023年5月8日,老街亮灯。\n2023年5月32日,老街熄灯。\n2023年13月1日,无事。") == "2023-05-09"


@pytest.mark.parametrize("text", ["", "\n\n", NEWS, "99月99日电"])
def test_a_page_that_speaks_of_no_day_has_none(text):
    reading = read_date(text)
    assert (reading.value, reading.how, reading.evidence) == (None, None, "")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2023年全县灯会落幕", 2023),
        ("新中国成立74周年", 2023),
        ("庆祝中国共产党成立一百周年", 2021),
        ("“十四五”收官之年", 2025),
        ("“十五五”开局之年", 2026),
        ("“十三五”规划收官之年", 2020),
        ("到2035年,灯会基本办成。", None),
        ("力争2027年建成灯会公园", None),
        ("2026年亚运会倒计时", None),
        ("90年代的老街", None),
    ],
)
def test_the_year_is_read_from_counts_and_names_but_not_from_plans(text, year):
    reading = guess_year(text)
    assert (reading and reading.year) == year


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6月13日,青石县2023年“清凉一夏”活动在老街启动。", "2023-06-14"),
        ("昨日上午,2023年青石县防汛演练举行。\n本报讯 6月12日,灯会收摊。", "2023-06-13"),
        ("1月13日,青石县2023年工作总结大会召开。", None),
        ("6月13日,青石县公布2022年的收成。", None),
    ],
)
def test_what_bears_a_year_and_is_held_gives_its_year_to_days_without_one(text, expected):
    assert day(text) == expected
