"""Marks of a part of a series in titles."""

import pytest

from articles.reading.series import read_part


@pytest.mark.parametrize(
    ("line", "name", "number", "mark"),
    [
        ("红桥记（上）", "红桥记", 1, "（上）"),
        ("红桥记(下篇)", "红桥记", 3, "(下篇)"),
        ("治水札记③", "治水札记", 3, "③"),
        ("治水札记㉒", "治水札记", 22, "㉒"),
        ("老街十题之四", "老街十题", 4, "之四"),
        ("老街十题·之十二", "老街十题", 12, "之十二"),
        ("问渡【二十】", "问渡", 20, "【二十】"),
        ("——“换梯记”系列报道之三", "换梯记 系列报道", 3, "之三"),
        ("橋邊人家（07）", "桥边人家", 7, "（07）"),
    ],
)
def test_a_part_is_told_by_its_mark(line, name, number, mark):
    assert read_part(line) == (name, number, mark)


@pytest.mark.parametrize(
    "line", ["", "红桥通了", "（上）", "系列报道之二", "本报系列评论（三）", "记（上）", "开幕（2024）", "（一）开场"]
)
def test_no_part_is_told(line):
    assert read_part(line) is None


def test_the_first_line_with_a_mark_and_a_name_counts():
    assert read_part("桥上的灯", "系列报道之二", "老城夜色④").name == "老城夜色"
