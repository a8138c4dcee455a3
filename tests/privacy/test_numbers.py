"""Which numbers are a person's, and which stay."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.privacy.masking import hide_numbers
from articles.privacy.numbers import PROVINCES, find_numbers, is_card_number, is_identity_number

from .made import card_number, identity_number

ID, CARD = identity_number(), card_number()
WITH_X = next(n for n in (identity_number(sequence=f"{i:03}") for i in range(100)) if n.endswith("X"))
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")

HIDDEN = {
    "an identity number": (f"遗失身份证{ID}，声明作废。", ID[2:]),
    "one with X": (f"身份证号码{WITH_X}。", WITH_X[2:]),
    "one with a small x": (f"号码{WITH_X.lower()}。", WITH_X.lower()[2:]),
    "one with × for X": (f"号码{WITH_X.replace('X', '×')}。", WITH_X.replace("X", "×")[2:]),
    "in full width": (f"身份证{WITH_X.translate(WIDE)}。", WITH_X.translate(WIDE)[2:]),
    "without any word": (f"李某（{ID}）", ID[2:]),
    "in groups": (f"{ID[:6]} {ID[6:14]} {ID[14:]}", f"{ID[2:6]} {ID[6:14]} {ID[14:]}"),
    "with a blank before X": (f"身份证{WITH_X[:17]} X", f"{WITH_X[2:17]} X"),
    "broken by a line's end": (f"身份证{ID[:9]}\n{ID[9:]}遗失", f"{ID[2:9]}\n{ID[9:]}"),
    "of fifteen digits": ("身份证号：330100850101123。", "0100850101123"),
    "the second of a list": ("身份证330100850101123、330100850101456遗失", "0100850101456"),
    "on a disabled person's card": (f"残疾人证{ID}42遗失", f"{ID[2:]}42"),
    "a bank card": (f"工资卡{CARD}遗失", CARD[4:]),
    "a bank card in fours": (
        f"卡 {CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}",
        f"{CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}",
    ),
    "another issuer's card": (f"信用卡卡号：{card_number('400000000000000')}", card_number("400000000000000")[4:]),
    "a mobile telephone": ("请联系13800138000王女士", "00138000"),
    "one with hyphens": ("138-0013-8000", "-0013-8000"[1:]),
    "one with blanks": ("电话 138 0013 8000。", "0013 8000"),
    "one of abroad": ("+86 138 0013 8000", "0013 8000"),
    "one with 86 glued": ("电话+8613800138000", "00138000"),
    "one with the old 0": ("013800138000", "00138000"),
    "one in full width": ("手机１３８００１３８０００", "００１３８０００"),
    "one after an office's": ("热线0571-87654321、13800138000", "00138000"),
    "one broken by a line's end": ("失主请联系138001\n38000张某", "001\n38000"),
    "one with a name that is also a measure": ("联系电话13800138000万先生", "00138000"),
    "one behind TEL": ("TEL:13800138000", "00138000"),
    "two on one line": ("13800138000 13900139000", "00139000"),
    "a passport": ("护照E12345678遗失", "E12345678"),
    "an officer's paper": ("军官证（军字第0123456号）", "0123456"),
    "a permit to travel": ("港澳通行证C12345678遗失", "C12345678"),
    "a social insurance number": ("社保卡号：A12345678", "A12345678"),
    "a certificate of birth": ("出生医学证明（编号P330123456）", "P330123456"),
    "a telephone at home": ("家庭电话：0571-87654321", "0571-87654321"),
    "a short telephone at home": ("宅电7654321", "7654321"),
}
SHOWN = {
    "an office's telephone": "报料热线：0571-87654321",
    "a service number": "请拨打12345或95588、400-800-8000",
    "a postcode": "邮编：310000",
    "a book's number": "ISBN 978-7-5339-1234-5，统一书号10086·123",
    "a newspaper's number": "国内统一刊号CN33-0001 邮发代号31-1",
    "years": "1998—2003年 20240506",
    "a sum": "总投资13800138000元",
    "a sum with commas": "13,800,138,000元",
    "a decimal": "13800138000.50",
    "an order": "订单号：13800138000",
    "a document": f"批准文号{'13800138000'}",
    "a longer number": "138001380001",
    "a wrong check digit": f"身份证{ID[:-1]}{(int(ID[-1]) + 1) % 10 if ID[-1] != 'X' else 0}",
    "no day of birth": f"身份证330100{'19851301'}1234",
    "no province": "990100198501011234",
    "fifteen digits without a word": "注册号330100850101123",
    "a company's code": "统一社会信用代码91330100MA27XXXX1A",
    "a company's code of digits": f"统一社会信用代码：{identity_number(region='120100')}",
    "a card without Luhn's digit": f"62{'0' * 16}1",
    "an account that is no card": "账号：1202020000000000001",
    "another issuer's card without its word": card_number("400000000000000"),
    "figures of a table": "135 4021 3320 4432 1123",
    "figures on two lines": "135\n40213320",
    "a code": "编号A13800138000",
    "seven digits": "第7654321号",
    "a passport's word alone": "办理护照3456本",
}


@pytest.mark.parametrize(("text", "hidden"), HIDDEN.values(), ids=HIDDEN)
def test_a_persons_number_is_found(text, hidden):
    found = [text[number.hidden : number.end] for number in find_numbers(text)]
    assert hidden in found


@pytest.mark.parametrize("text", SHOWN.values(), ids=SHOWN)
def test_an_innocent_number_stays(text):
    assert find_numbers(text) == []


def test_what_is_kept_tells_the_kind():
    assert hide_numbers(f"身份证{ID}，卡{CARD}，电话13800138000。") == (
        f"身份证33{'＊' * 16}，卡6222{'＊' * 15}，电话138{'＊' * 8}。"
    )


def test_a_number_found_once_is_found_where_nothing_tells_of_it():
    assert hide_numbers("身份证330100850101123遗失。\n330100850101123遗失。").count("0100850101123") == 0


def test_a_numbers_line_end_stays():
    assert hide_numbers(f"身份证{ID[:9]}\n{ID[9:]}") == f"身份证33{'＊' * 7}\n{'＊' * 9}"


BIRTHS = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2030, 1, 1))
IDENTITIES = st.builds(
    lambda province, birth, sequence: identity_number(f"{birth:%Y%m%d}", f"{sequence:03}", f"{province}0100"),
    st.sampled_from(sorted(PROVINCES)),
    BIRTHS,
    st.integers(0, 999),
)
HAN = st.text("遗失证件声明作废，。（）：", max_size=12)


@given(HAN, IDENTITIES, HAN, st.sampled_from(["", " ", "\n", "-"]), st.integers(1, 17))
def test_every_identity_number_is_hidden(before, number, after, between, at):
    text = before + number[:at] + between + number[at:] + after
    masked = hide_numbers(text)
    assert len(masked) == len(text)
    assert sum(c.isdigit() or c in "Xx" for c in masked) <= 2


@given(IDENTITIES, st.integers(0, 17), st.integers(1, 9))
def test_a_slip_in_one_digit_is_no_identity_number(number, at, more):
    digits = number[:-1] + ("10" if number.endswith("X") else number[-1])
    if at < 17:
        slipped = digits[:at] + str((int(digits[at]) + more) % 10) + number[at + 1 :]
        assert not is_identity_number(slipped)


@given(st.integers(0, 10**13 - 1).map(lambda n: card_number(f"6222{n:013}")))
def test_every_card_is_hidden(number):
    assert is_card_number(number)
    assert hide_numbers(f"卡{number}。") == f"卡6222{'＊' * (len(number) - 4)}。"


@given(st.text("0123456789０１９xX×- \n　元号电话手机身份证卡ABE（）:", max_size=80))
def test_masking_keeps_every_place(text):
    masked = hide_numbers(text)
    assert len(masked) == len(text)
    assert all(a == b or b == "＊" for a, b in zip(text, masked, strict=True))
    assert [c for c in text if c.isspace()] == [c for c in masked if c.isspace()]


@given(st.text("0123456789xX- \n电话手机身份证卡E:", max_size=80))
def test_numbers_do_not_overlap(text):
    found = find_numbers(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(n.start <= n.hidden <= n.end <= len(text) for n in found)
