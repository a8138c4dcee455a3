"""Pages in, articles out."""

import subprocess
import sys

from articles.extraction import Knowledge, split_page
from tests.extraction.pages import RESERVOIR, STREET, headlines, page, paragraphs, split


def test_two_articles_with_their_title_blocks():
    result = split(
        "|| 民生在线 ||",
        "城东老街亮起新路灯",
        "——青石县改造背街小巷见闻",
        *STREET,
        "县水利局:",
        "白马水库除险加固完工",
        *RESERVOIR,
    )
    street, reservoir = result.articles
    assert (street.column, street.headline, street.subheadline) == (
        "民生在线",
        "城东老街亮起新路灯",
        "青石县改造背街小巷见闻",
    )
    assert (reservoir.kicker, reservoir.headline) == ("县水利局", "白马水库除险加固完工")
    assert street.authors == ["林小满"] and reservoir.authors == ["周禾"]
    assert len(street.paragraphs) == len(reservoir.paragraphs) == 3
    assert paragraphs(street)[0].startswith("日前")


def test_a_line_under_the_headline_that_names_who_came_is_a_subheadline():
    result = split("青石县召开春耕工作会议", "周禾参加", *RESERVOIR)
    assert (result.articles[0].headline, result.articles[0].subheadline) == ("青石县召开春耕工作会议", "周禾参加")


def test_markdown_marks_are_hints_and_no_part_of_titles():
    result = split("## 城东老街亮起新路灯", "### 青石县改造背街小巷", *STREET, "## 白马水库除险加固完工", *RESERVOIR)
    assert headlines(result) == ["城东老街亮起新路灯", "白马水库除险加固完工"]
    assert result.articles[0].subheadline == "青石县改造背街小巷"


def test_pinyin_and_label_before_a_headline_on_its_line():
    result = split_page("时政要闻\nSHIZHENG YAOWEN城东老街亮起新路灯\n\n" + page(*STREET))
    assert (result.articles[0].column, result.articles[0].headline) == ("时政要闻", "城东老街亮起新路灯")


def test_an_enumerated_line_heads_a_section_and_opens_no_article():
    result = split("城东老街亮起新路灯", *STREET[:2], "二、街坊怎么说", STREET[2])
    assert headlines(result) == ["城东老街亮起新路灯"]
    assert [p.role for p in result.articles[0].paragraphs] == ["body", "body", "subheading", "body"]


def test_a_cut_paragraph_is_joined_to_its_rest():
    cut = STREET[1].index("住建局") + 2
    result = split("城东老街亮起新路灯", STREET[0], STREET[1][:cut], STREET[1][cut:], STREET[2])
    assert paragraphs(result.articles[0])[1] == STREET[1]


def test_a_paragraph_whose_rest_is_missing_is_left_open_and_doubted():
    result = split(
        "城东老街亮起新路灯",
        STREET[0],
        "施工中,工人们顺手修好了巷口的排水沟。居民说,往年一到雨季这里就积水,今年再也不用绕路去买",
        "白马水库除险加固完工",
        *RESERVOIR,
    )
    street = result.articles[0]
    assert paragraphs(street)[1].endswith("去买")
    assert [d.article for d in result.doubts if d.code == "cut"] == [0]


def test_woven_columns_come_apart():
    cut = STREET[1].index("施工") + 1
    result = split(
        "城东老街亮起新路灯", STREET[0], STREET[1][:cut], "白马水库除险加固完工", RESERVOIR[0],
        STREET[1][cut:], RESERVOIR[1], STREET[2], RESERVOIR[2],
    )  # fmt: skip
    street, reservoir = result.articles
    assert paragraphs(street)[1:] == [STREET[1], STREET[2]]
    assert paragraphs(reservoir)[1:] == list(RESERVOIR[1:])


def test_a_jump_opens_a_continuation_inside_another_article():
    result = split(
        "城东老街亮起新路灯", *STREET, "(上接第一版)稻田里一片忙碌。", "水稻专家来到田头,手把手教农户调水。(孙大川)"
    )
    rest = result.articles[1]
    assert (rest.kind, rest.continued_from, rest.authors) == ("continuation", "1", ["孙大川"])
    assert paragraphs(rest)[0] == "稻田里一片忙碌。"


def test_an_article_that_goes_on_elsewhere_names_the_page():
    result = split("城东老街亮起新路灯", *STREET[:2], "街坊们又开始在巷口下棋了,孩子们追着灯影跑来(下转第三版)")
    assert result.articles[0].continued_on == "3"
    assert not any(d.code == "cut" for d in result.doubts)


def test_a_repeat_is_folded_and_names_what_it_repeats():
    text = page("城东老街亮起新路灯", *STREET, "白马水库除险加固完工", *RESERVOIR, *STREET[1:])
    result = split_page(text)
    folded = [b for b in result.blocks if b.duplicate_of]
    assert [text[b.start : b.end] for b in folded] == list(STREET[1:])
    assert [text[slice(*b.duplicate_of)] for b in folded] == list(STREET[1:])
    assert len(result.articles) == 2


def test_a_caption_behind_a_blank_run_is_a_photo():
    result = split_page(
        page("城东老街亮起新路灯", *STREET)
        + "\n\n\n12月5日,孩子们在白马水库边放风筝。\n\n↑风筝飞上天。\n\n本报记者 孙大川 摄\n"
    )
    photo = result.articles[1]
    assert (photo.kind, photo.headline, photo.photographers) == ("photo", None, ["孙大川"])
    assert [p.role for p in photo.paragraphs] == ["caption", "caption"]


def test_a_headline_at_the_end_of_the_page_finds_its_text():
    result = split_page(
        "水库除险加固之后,放水闸换了新的。\n\n"
        + page(*RESERVOIR[1:], "城东老街亮起新路灯", *STREET, "白马水库稻田用上放心水")
    )
    assert headlines(result) == ["白马水库稻田用上放心水", "城东老街亮起新路灯"]


def test_a_notice_and_an_obituary_are_told_by_their_words():
    result = split(
        "寒潮蓝色预警",
        "受冷空气影响,未来两天气温下降八度,请注意防寒。",
        "周禾同志逝世",
        "青石县供销社离休干部周禾同志因病逝世,享年九十岁。",
    )
    assert [a.kind for a in result.articles] == ["notice", "obituary"]


def test_a_label_without_an_article_is_set_aside_with_a_reason():
    result = split_page(page("城东老街亮起新路灯", *STREET) + "\n新闻时评\n")
    assert [b.reason for b in result.blocks if b.article is None] == ["label"]
    assert [d.code for d in result.doubts] == ["lone_label"]


def test_known_columns_are_recognised():
    knowledge = Knowledge(columns=frozenset({"白马夜航船"}))
    plain = split_page(page("白马夜航船", "城东老街亮起新路灯", *STREET), knowledge=knowledge)
    assert plain.articles[0].column == "白马夜航船"


def test_a_stub_keeps_its_byline_and_still_names_its_reporter():
    result = split("城东老街亮起新路灯", "本报青石12月3日电 (记者林小满)日前,城东老", "街的路灯全部换新。", STREET[1])
    assert result.articles[0].authors == ["林小满"]
    assert paragraphs(result.articles[0])[0].endswith("日前,城东老街的路灯全部换新。")


def test_importing_extraction_loads_neither_django_nor_jieba():
    code = "import sys, articles.extraction; sys.exit(any(m in sys.modules for m in ('django', 'jieba')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
