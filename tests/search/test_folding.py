import hashlib
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.folding import FOLD_VERSION, VARIANTS, fold, fold_with_offsets, pieces

TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("甲乙發發李 \u3000\n·・_，Ａaé①㈱ﬁ\u200b\u0301"), st.characters()), max_size=40
)


@pytest.mark.parametrize(
    "printed, folded",
    [
        ("ＣＯＤ超标", "cod超标"),
        ("李　明", "李明"),
        ("李·明", "李明"),
        ("阿迪力・\n买买提", "阿迪力买买提"),
        ("水稻亩\n产", "水稻亩产"),
        ("12·4 行动", "12 4行动"),
        ("New  York\nTimes", "new york times"),
        ("A\u3000组", "a组"),
        ("12 月 4 日", "12月4日"),
        ("發展經濟", "发展经济"),
        ("温溫呂吕", "温温吕吕"),
        ("⻓江⻛光", "长江风光"),
        ("戰、戦、战", "战、战、战"),
        ("㈱ ﬁ ①", "(株) fi 1"),
        ("Ñandú, n\u0303", "nandu, n"),
        ("各\u200b地\ufeff", "各地"),
        ("甲\x00乙\ud800", "甲乙"),
        ("  两端 ", "两端"),
        ("芸豆予以", "芸豆予以"),
        ("", ""),
    ],
)
def test_spellings_of_the_same_words_fold_to_the_same_text(printed, folded):
    assert fold(printed) == folded


@given(TEXTS)
def test_folding_a_folded_text_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_offsets_lead_each_folded_character_back_to_where_it_comes_from(text):
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded)
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)
    for char, offset in zip(folded, offsets, strict=True):
        assert char == " " or char in fold(text[offset])


@pytest.mark.parametrize(
    "folded, expected",
    [
        ("花灯会", "花灯 灯会 会"),
        ("花灯,会", "花灯 灯 会"),
        ("3.15晚会", "3 15 5晚 晚会 会"),
        ("a_b", "a b"),
        ("，。", ""),
        ("\U00030000字", "\U00030000字 字"),
    ],
)
def test_pieces_stop_at_punctuation(folded, expected):
    assert pieces(folded) == expected


def test_the_pure_parts_do_without_django():
    code = (
        "import sys; from articles.search import parse_query; from articles.search.highlight import mark;"
        " mark('花灯', parse_query('花')); sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_new_table_of_variants_is_a_new_version_of_folding():
    digest = hashlib.sha256(VARIANTS.read_bytes()).hexdigest()[:12]
    assert (FOLD_VERSION, digest) == (1, "2858d8cd4b85"), "raise FOLD_VERSION; archives must run manage.py reindex"
