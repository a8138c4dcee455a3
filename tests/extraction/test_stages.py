"""Stages on their own, where a page would hide which of them is wrong."""

from articles.extraction.continuity import Continuity
from articles.extraction.lines import cut_pieces
from articles.extraction.normalise import fold_width, normalise
from articles.extraction.repeats import fold_repeats
from articles.extraction.roles import label_pieces
from articles.extraction.tails import breaks_off, fits, is_cut, open_pairs, reads_on, spanning_word
from tests.extraction.pages import page


def cues(line):
    return [(piece.cue, piece.text) for piece in cut_pieces(line)]


def test_normalising_keeps_a_map_to_the_source():
    text = "（上接 第１版）\n後"
    norm = normalise(text)
    assert norm.text == "(上接第1版)後"
    assert [text[i] for i in norm.offsets] == list("（上接第１版）後")
    assert len(fold_width(text)) == len(text)
    assert fold_width("－〈老街〉　２３℃―━·・，、。") == "-《老街》 23℃—━··,、。"


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


def test_a_phrase_said_again_inside_a_sentence_is_no_repeat():
    lead = "把老街的每一盏路灯都修好,把每一条背街小巷都照亮,让晚归的街坊走得放心"
    told = "街坊们说,盼的就是" + lead + ",这一回总算盼到了头,夜里也敢让孩子去巷口买盐了。"
    again = lead[1:] + "。"
    text = f"{told}\n水库的大坝上月通过了验收,两道闸门全部换新,今年防汛不再提心吊胆。\n{again}"
    assert fold_repeats(text, cut_pieces(text))[1] == {}


def test_a_lead_quoted_over_a_columns_end_is_no_repeat():
    lead = "把老街的每一盏路灯都修好,把每一条背街小巷都照亮,让晚归的街坊走得放心,让巷口的小摊夜里也有生意"
    told = "会议指出,老街建成四十年,许多灯杆已经锈断,夜里常有人摔倒。"
    text = f"{lead}\n老街昨夜亮起了新灯。\n{told}{lead[:36]}\n{lead[36:]}。"
    assert fold_repeats(text, cut_pieces(text))[1] == {}


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
    assert all(reads_on("村里有了新工厂", head) <= 0.0 for head in ("过去农闲时,", "了解到这些,", "之后的几年,"))


def test_what_opens_paragraphs_speaks_against_a_join():
    on = reads_on("合作社今年要引进", "两台烘干机")
    assert all(
        reads_on("合作社今年要引进", head) < on - 1
        for head in ("目前,秧苗已长", "2019年,村里", "这是镇上", "青岛的客商", "“烘干机一到", "开工以来,雨水")
    )


def test_a_torn_word_speaks_against_text_that_does_not_take_it_up():
    assert reads_on("渡口的老柳树又发了新", "芽,船工说") > reads_on("渡口的老柳树又发了新", "稻田里,白鹭") + 1


def test_the_rest_of_a_clause_is_short():
    tail = "渡口的老柳树发芽时,"
    assert (
        fits(tail, "船就开了。") > fits(tail, "船工们把歇了一个冬天的十几条木船都翻过来上油补缝,一直忙到清明。" * 3) + 1
    )


def test_a_stub_looks_broken_off_and_a_summary_does_not():
    stubs = ("3月5日,青石县的三家织布厂", "渡口上的船工们都说,船要", "“头一网下去,就捞上来")
    leads = ("把小事办好,才能把人心焐热", "小账本记下大变化,好日子要靠勤俭、齐心")
    assert min(map(breaks_off, stubs)) > max(map(breaks_off, leads))


def test_characters_that_follow_each_other_elsewhere_on_the_page_follow_each_other_over_a_break():
    page_text = Continuity(["老柳桥的灯笼", "走过老柳桥下", "桥边有人家", "水边有人家"])
    assert page_text.gain("傍晚的老柳", "桥上") > 1 > page_text.gain("傍晚的老柳", "水边")
    assert page_text.gain("", "桥上") == page_text.gain("傍", "") == 0.0


def test_runs_that_overlap_are_all_counted():
    stammering = Continuity(["哈哈哈哈,看一看一看"])
    once = Continuity(["哈哈哈呀,看一看二看"])
    assert stammering.gain("哈哈", "哈哈") > once.gain("哈哈", "哈哈")
    assert stammering.gain("看一", "看一") > once.gain("看一", "看一")


def test_a_line_whose_sentence_goes_on_is_no_title():
    lines = ("白马水库除险加固完工", "渡口的船工老周和他的", "徒弟们在水库边守了一夜,天亮时闸门才关严,大家松了一口气。")
    pieces = cut_pieces(page(*lines))
    assert label_pieces(pieces, ()) == ["title", "body", "body"]
