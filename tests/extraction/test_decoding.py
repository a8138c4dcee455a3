"""Bytes of page files -> text."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.extraction.decoding import Decoded, UndecodableText, decode_page

PAGE = (
    "老街灯会今夜开幕\n\n本报讯(记者林小满)昨日,青石县老街灯会准备就绪。县里的手艺人用三个月时间扎了两百多盏花灯,"
    "沿着河岸一直挂到石桥。\n\n“今年的灯比去年多了一倍。”灯会负责人说,所有电线都经过检查,请市民放心观灯。"
)
TRADITIONAL = (
    "老街燈會今夜開幕\n\n昨日,青石縣老街燈會準備就緒。縣裡的手藝人用三個月時間紮了兩百多盞花燈,沿著河岸一直掛到石橋。"
)
ENCODINGS = {"utf-8": PAGE, "gb18030": PAGE, "utf-16-le": PAGE, "utf-16-be": PAGE, "big5": TRADITIONAL}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_whole_file_is_read_in_its_encoding(encoding):
    decoded = decode_page(ENCODINGS[encoding].encode(encoding))
    assert decoded == Decoded(ENCODINGS[encoding], encoding)


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_settles_the_encoding_and_is_no_text(bom, encoding):
    assert decode_page(bom + PAGE.encode(encoding)) == Decoded(PAGE, encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("length", [31, 40, 61, 99])
def test_a_file_cut_anywhere_is_still_recognised(encoding, length):
    decoded = decode_page(ENCODINGS[encoding].encode(encoding)[:length])
    assert decoded.encoding == encoding
    assert decoded.replaced <= 1


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_damaged_byte_does_not_change_the_encoding(encoding):
    data = bytearray(ENCODINGS[encoding].encode(encoding))
    data[50] ^= 0xFF
    assert decode_page(bytes(data)).encoding == encoding


def test_damage_stays_visible_and_is_counted():
    data = PAGE.encode().replace("灯".encode(), b"\xe7\xff", 1)
    decoded = decode_page(data)
    assert decoded.replaced == decoded.text.count("\ufffd") > 0
    assert decoded.text.replace("\ufffd", "") == PAGE.replace("灯", "", 1)


def test_every_line_end_becomes_a_newline():
    assert decode_page("第一行\r\n第二行\r第三行\n".encode()).text == "第一行\n第二行\n第三行\n"


def test_control_characters_go_and_are_counted_tabs_stay():
    decoded = decode_page("灯\x0b会今\x00夜\t开\x1f幕".encode())
    assert (decoded.text, decoded.controls) == ("灯会今夜\t开幕", 3)


def test_plain_ascii_is_utf8():
    assert decode_page(b"Page 3").encoding == "utf-8"


def test_utf8_in_another_script_is_text():
    assert decode_page("Новости дня".encode()).encoding == "utf-8"


@pytest.mark.parametrize("data", [b"", b"  \r\n\t", "\ufeff \n".encode(), b"\x00" * 40])
def test_a_file_without_text_is_refused(data):
    with pytest.raises(UndecodableText, match="空的"):
        decode_page(data)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj" + bytes(range(256)) * 4, "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4, "PNG"),
        (b"PK\x03\x04\x14\x00\x00\x00" + bytes(range(256)) * 4, "ZIP"),
        (bytes(range(256)) * 8, "无法识别"),
    ],
)
def test_a_binary_file_is_refused_by_what_it_is(data, what):
    with pytest.raises(UndecodableText, match=what):
        decode_page(data)


def test_text_riddled_with_nuls_is_refused():
    with pytest.raises(UndecodableText):
        decode_page(b"ab\x00\x00\x00\x00\x00cd\x00\x00\x00\x00\x00" * 20)


def test_the_caller_overrides_the_guess():
    assert decode_page(PAGE.encode("gb18030"), "big5").encoding == "big5"


@pytest.mark.parametrize(("name", "read_as"), [("GBK", "gb18030"), ("gb2312", "gb18030"), ("UTF8", "utf-8")])
def test_names_of_encodings_are_taken_as_people_write_them(name, read_as):
    assert decode_page(PAGE.encode(read_as), name) == Decoded(PAGE, read_as)


@pytest.mark.parametrize("name", ["klingon", "hex", "base64", "a\x00b"])
def test_an_unknown_encoding_is_a_clear_error(name):
    with pytest.raises(UndecodableText, match="编码"):
        decode_page(PAGE.encode(), name)


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "gb18030", "big5", "utf-16-le", "utf-7", "punycode"]))
@settings(max_examples=400, deadline=None)
def test_any_bytes_give_text_or_the_one_error(data, encoding):
    try:
        decoded = decode_page(data, encoding)
    except UndecodableText as error:
        assert str(error)
        return
    assert decoded.replaced == decoded.text.count("\ufffd")
    assert not any(ord(c) < 32 and c not in "\n\t" for c in decoded.text)
    decoded.text.encode()


@given(st.text(st.characters(codec="gb18030", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60))
@settings(max_examples=200, deadline=None)
def test_what_was_written_as_utf8_is_read_back(text):
    page = PAGE + text
    assert decode_page(page.encode()).text == page
