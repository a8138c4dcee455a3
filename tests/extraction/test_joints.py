"""What is cut and what is whole: the price of a paragraph without its rest."""

import pytest

from articles.extraction.glue import HEADING, MISSING, Joints
from articles.extraction.lines import cut_pieces

STORY = "老柳桥边的茶馆今年添了三十张桌子,街坊们傍晚都来坐一坐。"


def _price(line: str, *, first: bool = False) -> float | None:
    """Of a line between two whole paragraphs, or of the first line under a headline."""
    pieces = cut_pieces("\n\n".join([STORY, line, STORY]))
    return Joints(pieces, ["body"] * len(pieces), frozenset({1} if first else ())).price(1)


@pytest.mark.parametrize("line", ["月下听橹声,", "渔火照归人", "桥头茶正香,"])
def test_a_line_of_a_few_characters_is_whole(line):
    assert _price(line) is None


def test_a_line_of_many_words_without_a_stop_is_likelier_a_heading_than_one_that_breaks_off():
    assert _price("把小事办好为老街的居民提供便利") == HEADING
    assert _price("3月5日,青石县的三家织布厂") == MISSING
    assert _price("街坊们说,茶馆添了桌子以后,大家") == MISSING


def test_a_lead_does_not_begin_with_a_day():
    assert _price("老街添茶桌 街坊有去处 傍晚更热闹", first=True) == 0.0
    assert _price("近日,青石县老柳桥边的茶馆", first=True) == MISSING
    assert _price("3月5日,青石县老柳桥边的茶馆", first=True) == MISSING
    assert _price("青石县老柳桥边的茶馆3月5日添了茶桌", first=True) == MISSING
    assert _price("“茶桌添得好!”近日,青石县老柳桥边", first=True) == MISSING


def _worth(tail: str, head: str) -> float:
    pieces = cut_pieces("\n\n".join([tail, head]))
    return Joints(pieces, ["body"] * 2, frozenset()).worth(0, 1)


def _price_above(line: str, text: str, *, first: bool = False) -> float | None:
    pieces = cut_pieces("\n\n".join([line, text]))
    return Joints(pieces, ["body"] * 2, frozenset({0} if first else ())).price(0)


def test_a_lead_or_a_heading_that_its_article_says_again_is_whole():
    said = "船工老周说:“摆渡的人心里要有一条河。两岸的人等着过河。”" + STORY
    assert _price_above("“摆渡的人心里要有一条河。两岸的人等着过河”", said) is None
    assert (
        _price_above("摆渡的人心里要有一条河。渡口三十年只歇过两天工", "他常说:摆渡的人心里要有一条河。" + STORY)
        == MISSING
    )
    lead = "船工老周说:“摆渡的人心里要有一条河。渡口三十年只歇过两天工"
    assert _price_above(lead, STORY + lead[:20], first=True) is None


def test_a_sentence_that_ends_like_another_may_be_cut_all_the_same():
    said = "老周摆渡三十年。他说,渡口从来没有停过一天工。"
    assert _price_above("渡口两岸的乡亲们都还记得。老周说,从来没有停过一天工", said) == MISSING
    assert _price_above("从来没有停过一天工", said) is None


def test_a_saying_set_off_in_quotes_is_whole():
    assert _price("“撑好每一篙,守住一条河”") is None
    assert _price("“撑好每一篙,守住一条河”这句话,老周") == MISSING


def test_a_heading_is_echoed_by_what_it_heads():
    assert _worth("老柳桥边的茶馆成了街坊的客厅", "老柳桥边的茶馆今年添了桌子。") < 0
    assert _worth("老柳桥边的茶馆成了街坊的客厅", "老柳桥头的茶馆今年添了桌子。") > _worth(
        "老柳桥边的茶馆成了街坊的客厅", "老柳桥边的茶馆今年添了桌子。"
    )


def test_an_ellipsis_that_a_column_parted_joins():
    assert _price("渡口来了货郎、弹棉花的、补锅的…") == 0.0
    assert _worth("渡口来了货郎、弹棉花的、补锅的…", "…从早到晚都很热闹。") > 0
    assert _worth("渡口来了货郎、弹棉花的、补锅的…", "从早到晚都很热闹。") < 0
    assert _price("渡口来了货郎、弹棉花的、补锅的……") is None
