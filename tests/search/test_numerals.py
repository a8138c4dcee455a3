"""Years and dates in digits and in Chinese numerals."""

import pytest

from articles.search import parse_query, relaxations, write_documents
from articles.search.folding import fold
from articles.search.numerals import written_otherwise
from tests.factories import make_article


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("2024", "二〇二四"),
        ("2024年", "二零二四年"),
        ("二〇二四年", "2024年"),
        ("二○二四年", "2024年"),
        ("二Ｏ二四年", "二〇二四年"),
        ("1998年", "一九九八年"),
        ("2024年3月5日", "二〇二四年三月五日"),
        ("2024年10月", "二〇二四年十月"),
        ("二〇二四年十二月二十五日", "2024年12月25日"),
        ("二〇二四年三月三十日", "2024年3月30日"),
        ("2024年政府工作报告", "二〇二四年政府工作报告"),
        ("2023年3月至2024年2月", "二〇二三年三月至二〇二四年二月"),
    ],
)
def test_a_date_has_its_other_form(typed, form):
    assert form in written_otherwise(fold(typed))


@pytest.mark.parametrize(
    "typed",
    [
        "12024",
        "20245年",
        "PM2024",
        "5G2024",
        "世界杯2024",
        "12月5日",
        "三月五日",
        "3024年",
        "十一二〇二四年",
        "2024-03",
        "万",
    ],
)
def test_what_is_no_year_stays_as_typed(typed):
    assert written_otherwise(fold(typed)) == ()


@pytest.mark.parametrize("form", written_otherwise("2024年11月30日"))
def test_forms_are_folded_and_lead_to_each_other(form):
    assert fold(form) == form
    assert set(written_otherwise(form)) | {form} == {"2024年11月30日", *written_otherwise("2024年11月30日")}


def test_a_word_that_is_a_year_is_found_in_both_forms_but_a_quotation_only_as_typed(find):
    digits, numerals = make_article(body="2024年，河堤加高。"), make_article(body="二○二四年，河堤加固。")
    write_documents([digits, numerals])

    def found(text):
        return {hit.article for hit in find(text)[:9]}

    assert found("2024年") == found("二〇二四年") == found("2024 河堤") == {digits, numerals}
    assert found("“2024年”") == {digits}
    assert found("河堤 -二零二四") == set()
    assert found("河堤 -“2024”") == {numerals}
    assert [fragment.text for fragment in find("2024年加固")[:9]] == []


def test_years_count_as_one_of_the_words_that_may_be_typed_and_are_named_as_typed():
    query = parse_query(" ".join(f"{year}年" for year in range(2000, 2014)))
    assert len(query.groups) == 12 and "只用了前12个" in query.notes[0]
    assert parse_query("2024年 -2023").explain() == "含有“2024年”，不含“2023”"
    assert len(parse_query("2024年 二〇二四年").groups) == 1


def test_a_long_word_with_a_year_is_still_taken_apart():
    loose = next(relaxations(parse_query("2024年河堤加固工程")))
    words = [[term.folded for term in group] for group in loose.groups]
    assert ["加固"] in words and any("二〇二四" in word for word in words)
