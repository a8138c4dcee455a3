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


def test_a_list_goes_on_as_its_last_items_were_formed():
    begun_alike = "老周每天划船过河送种子、送农具、"
    assert _worth(begun_alike, "送技术,从来没有停过。") > _worth(begun_alike, "划船靠岸,从来没有停过。") + 2
    ended_alike = "渡口修起了候船室、阅览室、"
    assert _worth(ended_alike, "储物室,从早到晚开着。") > _worth(ended_alike, "两岸石阶,从早到晚开着。") + 2
    unlike = "渡口修起了候船室、石阶、"
    assert _worth(unlike, "储物间,从早到晚开着。") == _worth(unlike, "晾晒场,从早到晚开着。")


def test_what_begins_a_sentence_elsewhere_on_the_page_is_no_rest():
    tail, head, said = "老周说,渡口两岸的乡亲们都", "盼着石桥早日修通的人很多。", "石桥开工了。"
    pieces = cut_pieces("\n\n".join([tail, head, said + head]))
    quoted = Joints(pieces, ["body"] * 3, frozenset())
    assert quoted.worth(0, 1) < _worth(tail, head) - 2


def test_a_lead_cut_within_its_clause_is_not_whole_though_the_text_says_it_again():
    lead = "渡口的事就是乡亲们的事。要坚持修桥铺路、疏浚航"
    said = "会议指出,渡口的事就是乡亲们的事。要坚持修桥铺路、疏浚航道,两岸一起动手。"
    pieces = cut_pieces("\n\n".join([lead, said]))
    whole = cut_pieces("\n\n".join([lead + "道", said]))
    assert Joints(pieces, ["body"] * 2, frozenset({0})).price(0) is not None
    assert Joints(whole, ["body"] * 2, frozenset({0})).price(0) is None


def test_text_that_ends_on_a_conjunction_is_not_whole_before_a_credit():
    def price(text: str) -> float | None:
        pieces = cut_pieces("\n\n".join([STORY, text, "林小满 摄"]))
        return Joints(pieces, ["body", "body", "credit"], frozenset()).price(1)

    assert price("茶馆的客人来自河东与") == MISSING
    assert price("茶馆的客人来自河东两村") is None
