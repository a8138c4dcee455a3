"""Stages on their own, where a page would hide which of them is wrong."""

from articles.extraction.lines import cut_pieces
from articles.extraction.normalise import fold_width, normalise
from articles.extraction.repeats import fold_repeats
from articles.extraction.roles import label_pieces
from articles.extraction.tails import is_cut, open_pairs, reads_on, spanning_word
from tests.extraction.pages import page


def cues(line):
    return [(piece.cue, piece.text) for piece in cut_pieces(line)]


def test_normalising_keeps_a_map_to_the_source():
    text = "（上接 第１版）\n後"
    norm = normalise(text)
    assert norm.text == "(上接第1版)後"
    assert [text[i] for i in norm.offsets] == list("（上接第１版）後")
    assert len(fold_width(text)) == len(text)


def test_lines_are_cut_where_they_hold_two_things():
    assert cues("SHIZHENG YAOWEN全市春耕会议召开") == [("pinyin", "SHIZHENG YAOWEN"), ("text", "全市春耕会议召开")]
    assert cues("(上接第一版)河道清淤已过半。") == [("jump_from", "(上接第一版)"), ("text", "河道清淤已过半。")]
    assert cues("老街焕发新生机。(林小满 赵一舟)") == [("text", "老街焕发新生机。"), ("closing", "(林小满 赵一舟)")]
    assert cues("读者之声 | 一条小路的变迁") == [("label", "读者之声 |"), ("text", "一条小路的变迁")]


def test_an_abbreviation_is_no_pinyin_label():
    assert cues("APEC会议在青石召开") == [("text", "APEC会议在青石召开")]


def test_the_end_of_a_sentence_is_no_cut():
    assert [is_cut(t) for t in ("路灯亮了。", "他说:“亮了。”", "这正是:", "路灯亮到深", "路灯、")] == [
        False,
        False,
        False,
        True,
        True,
    ]


def test_a_word_that_spans_the_break_speaks_for_a_join():
    assert spanning_word("公园里的长", "椅都白了") > 0
    assert reads_on("公园里的长", "椅都白了") > reads_on("公园里的长", "近日,全市供暖") + 2


def test_quotes_speak_for_the_half_that_closes_them():
    assert open_pairs("他说“灯亮《") == "”》"
    assert reads_on("他说“灯亮了,心里", "也亮堂”,说完就笑") > reads_on("他说“灯亮了,心里", "也亮堂,说完就笑")


def test_a_dateline_is_the_rest_of_nothing():
    assert reads_on("公园里的长", "本报讯 昨日") < -5


def test_a_spliced_repeat_is_cut_out_of_its_line():
    first = "老街建成四十年,路灯年久失修,县住建局组织工人连续施工半个月,更换灯杆一百二十根、灯具二百盏。"
    second = "街坊们又开始在巷口下棋,夜里也有了卖馄饨的小摊,孩子们追着灯影跑,老人们坐在门前乘凉说话。"
    pieces, repeats = fold_repeats("", ())
    assert (pieces, repeats) == ((), {})
    text = f"{first}\n{second}\n{first[20:]}{second[:30]}"
    pieces, repeats = fold_repeats(text, cut_pieces(text))
    assert [pieces[i].text for i in repeats] == [first[20:] + second[:30]]


def test_a_label_printed_twice_is_no_repeat():
    text = "民生在线\n城东亮灯\n灯亮了一整夜,街坊都来看。\n民生在线\n水库完工\n大坝通过了验收,闸门换了新。"
    assert fold_repeats(text, cut_pieces(text))[1] == {}


def test_a_short_cut_line_is_told_from_a_headline():
    lines = (
        "城东老街亮起新路灯",
        "□本报记者 林小满",
        "老街建成四十年,路灯年久失修。",
        "在住建局的推动下,老街的路",
        "灯全部换新,居民夜里出门不再打手电,街坊们又开始在巷口下棋。",
    )
    assert label_pieces(cut_pieces(page(*lines)), ()) == ["title", "byline", "body", "body", "body"]


def test_words_that_begin_with_a_particle_begin_sentences():
    assert [reads_on("村里有了新工厂", head) for head in ("过去农闲时,", "了解到这些,", "之后的几年,")] == [
        0.0,
        0.0,
        0.0,
    ]
