"""ALTO and hOCR: the text in reading order, the places of its lines, and nothing that a hostile file can do."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.extraction.decoding import UndecodableText
from articles.extraction.ocr.alto import NotALayout
from articles.extraction.ocr.reading import read_layout
from articles.extraction.page_file import decode_file, prepare_page
from tests.extraction.ocr_files import STORY, TEXT, alto, hocr


def by_name(text):
    """A byline's name is a word of its own, the rest characters."""
    return text.split(" ") if " " in text else list(text)


@pytest.mark.parametrize("write", [alto, hocr])
def test_lines_run_on_in_a_block_and_an_indent_begins_a_paragraph(write):
    text, lines = read_layout(write(STORY, words=by_name))
    assert text.replace("记者 柳", "记者柳") == TEXT
    assert [text[line.start : line.end][:3] for line in lines] == [
        "青杨渡",
        "□本报",
        "青杨渡",
        "桥面新",
        "住在桥",
        "打着手",
    ]
    head = lines[0]
    assert (head.left, head.top, head.width, head.height) == (1000, 500, 8000, 400)


def test_a_gap_is_a_space_and_so_is_what_parts_latin_words():
    rows = [[("甲", 0, 0, 20, 20)], [("x", 0, 0, 1, 1)]]
    assert read_layout(alto(rows))[0] == "甲\n\nx"
    page = (
        '<alto><Layout><Page WIDTH="100" HEIGHT="100"><TextBlock><TextLine>'
        '<String CONTENT="王纳" HPOS="0" VPOS="0" WIDTH="20" HEIGHT="10"/>'
        '<String CONTENT="崔晶" HPOS="30" VPOS="0" WIDTH="20" HEIGHT="10"/>'
        '<String CONTENT="摄" HPOS="51" VPOS="0" WIDTH="10" HEIGHT="10"/>'
        '<String CONTENT="in" HPOS="61" VPOS="0" WIDTH="9" HEIGHT="10"/>'
        '<String CONTENT="2024" HPOS="71" VPOS="0" WIDTH="9" HEIGHT="10"/></TextLine></TextBlock></Page>'
        "</Layout></alto>"
    )
    assert read_layout(page)[0] == "王纳 崔晶摄in 2024"


def test_a_hyphenated_word_is_whole_and_stands_where_it_begins():
    page = (
        '<a:alto xmlns:a="x"><a:Layout><a:Page WIDTH="100" HEIGHT="100"><a:TextBlock>'
        '<a:TextLine><a:String CONTENT="news" SUBS_TYPE="HypPart1" SUBS_CONTENT="newsroom"/><a:HYP CONTENT="-"/>'
        "</a:TextLine>"
        '<a:TextLine><a:String CONTENT="room" SUBS_TYPE="HypPart2" SUBS_CONTENT="newsroom"/><a:String CONTENT="opens"/>'
        '</a:TextLine><a:TextLine><a:String CONTENT="well"/><a:HYP CONTENT="-"/></a:TextLine></a:TextBlock></a:Page>'
        "</a:Layout></a:alto>"
    )
    assert read_layout(page) == ("newsroom opens well-", ())


def test_blocks_come_in_the_order_that_the_file_names():
    blocks = [[("丙", 0, 0, 10, 10)], [("乙", 0, 0, 10, 10)], [("甲", 0, 0, 10, 10)]]
    assert read_layout(alto(blocks, order=(2, 1, 0)))[0] == "甲\n\n乙\n\n丙"
    assert read_layout(alto(blocks, order=(2, 9, 1)))[0] == "甲\n\n乙\n\n丙"
    chain = {2: ' IDNEXT="b0"', 0: ' IDNEXT="b1"'}
    assert read_layout(alto(blocks, attributes=chain))[0] == "甲\n\n丙\n\n乙"
    circle = {0: ' IDNEXT="b1"', 1: ' IDNEXT="b2"', 2: ' IDNEXT="b0"'}
    assert sorted(read_layout(alto(blocks, attributes=circle))[0].split("\n\n")) == sorted("甲乙丙")


def test_a_line_of_another_size_begins_a_line():
    block = [[("我市宪法宣传精彩纷呈", 100, 0, 200, 20), ("法律进万家", 100, 30, 300, 60)]]
    assert read_layout(alto(block))[0] == "我市宪法宣传精彩纷呈\n法律进万家"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<?xml version="1.0"?><!DOCTYPE alto [<!ENTITY a "甲">]><alto>&a;</alto>', "文档类型声明"),
        ('<!DOCTYPE alto SYSTEM "file:///etc/passwd"><alto/>', "文档类型声明"),
        ("<alto><Layout>", "XML 有错"),
        ("<alto/>", "0 版"),
        (alto([[("甲", 0, 0, 9, 9)]]).replace("</Page>", '</Page><Page WIDTH="1" HEIGHT="1"/>'), "2 版"),
        (alto([]), "没有文字"),
        ("<mets><alto/></mets>", "不是 ALTO"),
        ("<html><body>甲</body></html>", "也不是 hOCR"),
        ("<div class='ocr_page'></div>" * 2, "2 版"),
        ("<div class='ocr_page'>" + "<b>" * 300 + "</div>", "太深"),
        ("<meta name='ocr-system'><p>甲</p>", "不是 hOCR"),
    ],
)
def test_what_is_none_or_dangerous_is_refused(text, said):
    with pytest.raises(NotALayout, match=said):
        read_layout(text)


def test_bombs_of_entities_are_refused_before_they_grow():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    with pytest.raises(UndecodableText, match="文档类型声明"):
        decode_file("02.xml", f'<!DOCTYPE alto [<!ENTITY e0 "甲">{entities}]><alto>&e11;</alto>'.encode())


def test_markup_in_words_is_text_and_scripts_are_not_read():
    page = hocr([[("甲", 0, 0, 10, 10)]]).replace("甲", "&lt;b&gt;甲<script>alert(1)</script>&#8;&amp;")
    assert read_layout(page)[0] == "<b>甲&"


@pytest.mark.parametrize("box", ["nan nan nan nan", "0 0 1e999 4", "9 9 1 1", "-5 -5 2000 3000", "99999 9 100000 20"])
def test_boxes_stay_on_the_page(box):
    page = hocr([[("甲", 0, 0, 10, 10)]]).replace("bbox 0 0 10 10", f"bbox {box}")
    text, lines = read_layout(page)
    assert text == "甲"
    assert all(0 <= v <= 10_000 for line in lines for v in (line.left, line.left + line.width, line.top + line.height))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_any_encoding_is_read_as_page_files_are(encoding):
    decoded, lines = decode_file("02.xml", alto(STORY, words=by_name).encode(encoding))
    assert decoded.text.startswith("青杨渡石桥修缮完工") and len(lines) == 6


def test_a_text_file_is_a_text_whatever_is_in_it():
    decoded, lines = decode_file("02.txt", alto(STORY).encode())
    assert decoded.text.startswith("<?xml") and lines == ()


def test_a_page_is_split_as_its_text_would_be():
    prepared = prepare_page("02.hocr", hocr(STORY, words=by_name).encode())
    plain = prepare_page("02.txt", prepared.text.encode())
    assert prepared.split == plain.split and not prepared.error
    (article,) = prepared.split.articles
    assert (article.headline, article.authors) == ("青杨渡石桥修缮完工", ["柳青禾"])


def solid(text):
    """What is printed of a text."""
    return [c for c in text if not c.isspace() and c.isprintable()]


WORDS = st.text(st.sampled_from("甲乙□ab7 \n<&\"'\x08\x85é"), max_size=5)


@given(st.lists(st.lists(st.tuples(WORDS, *[st.integers(-50, 5000)] * 4), max_size=4), max_size=4), st.booleans())
def test_spans_lie_in_the_text_and_no_printed_character_is_lost(blocks, as_alto):
    safe = [[(escape(text), *box) for text, *box in lines] for lines in blocks]
    try:
        text, lines = read_layout((alto if as_alto else hocr)(safe, words=lambda text: [text]))
    except NotALayout:
        return
    assert solid(text) == solid("".join(text for lines in blocks for text, *_ in lines))
    assert all(0 <= line.start < line.end <= len(text) for line in lines)
    assert [line.start for line in lines] == sorted(line.start for line in lines)
