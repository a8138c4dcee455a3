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
