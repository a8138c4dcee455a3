import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.query import MAX_LENGTH, MAX_TERMS, parse_query


def typed(terms):
    return [(term.typed, term.quoted) for term in terms]


@pytest.mark.parametrize(
    "text, terms, excluded",
    [
        ("花灯", [("花灯", False)], []),
        ("花灯　庙会\t年货", [("花灯", False), ("庙会", False), ("年货", False)], []),
        ('"花灯 庙会"', [("花灯 庙会", True)], []),
        ("“花灯，庙会”年货", [("“花灯，庙会”年货", False)], []),
        ("“花灯，庙会” 「年货」『街』", [("花灯，庙会", True), ("年货", True), ("街", True)], []),
        ("”花灯“", [("花灯", True)], []),
        ("＂花灯＂", [("花灯", True)], []),
        ('"花灯 庙会', [('"花灯', False), ("庙会", False)], []),
        ("花灯 -庙会 －年货 −“老 街”", [("花灯", False)], [("庙会", False), ("年货", False), ("老 街", True)]),
        ("COD-Mn", [("COD-Mn", False)], []),
        ("花灯——老街亮了", [("花灯——老街亮了", False)], []),
        ("花灯 花燈 花灯", [("花灯", False)], []),
        ("花灯 “花灯”", [("花灯", False)], []),
        ("title:花灯 AND NOT *", [("title:花灯", False), ("AND", False), ("NOT", False)], []),
        ("", [], []),
        (" \u3000\n", [], []),
    ],
)
def test_what_is_typed_is_read_as_words_phrases_and_exclusions(text, terms, excluded):
    query = parse_query(text)
    assert typed(query.terms) == terms
    assert typed(query.excluded) == excluded
    assert query.is_empty == (not terms)


def test_a_quotation_with_punctuation_must_stand_letter_by_letter():
    word, plain, quoted = parse_query("甲、乙 “丙丁” “甲、乙”").terms
    assert (word.literal, plain.literal, quoted.literal) == (None, None, "甲、乙")
    assert word.pattern.search("甲。”乙") and not quoted.pattern.search("甲。”乙")


def test_punctuation_alone_is_not_looked_for_and_the_notes_say_so():
    query = parse_query("！ 花灯 “……” -")
    assert typed(query.terms) == [("花灯", False)]
    assert query.notes == ("单独的标点不作检索词：！ “……” -",)


def test_exclusions_alone_find_nothing_and_the_notes_say_so():
    query = parse_query("-花灯")
    assert query.is_empty and query.notes


def test_a_text_too_long_is_cut_and_the_notes_say_so():
    query = parse_query("灯" * 5000)
    assert typed(query.terms) == [("灯" * MAX_LENGTH, False)]
    assert query.notes == ("检索词过长，只用了前200个字。",)


def test_terms_too_many_are_left_out_and_the_notes_name_them():
    query = parse_query(" ".join(f"词{n} -非{n}" for n in range(10)))
    assert len(query.terms) + len(query.excluded) == MAX_TERMS
    assert "只用了前12个" in query.notes[0] and "词9" in query.notes[0]


@pytest.mark.parametrize(
    "text, words",
    [
        ("花灯", "含有“花灯”"),
        ("花灯 “老街，亮了” -庙会", "同时含有“花灯”、原文“老街，亮了”，不含“庙会”"),
        ("-庙会", "没有可检索的词"),
    ],
)
def test_a_query_explains_itself(text, words):
    assert parse_query(text).explain() == words


@given(st.text(max_size=300))
def test_nothing_typed_is_an_error(text):
    query = parse_query(text)
    for term in (*query.terms, *query.excluded):
        assert term.runs and term.pattern.search(term.folded)
    assert query.explain()


def test_equal_queries_are_equal_values():
    assert parse_query("花灯 -庙会") == parse_query("花灯 -庙会")
    assert hash(parse_query("花灯")) == hash(parse_query("花灯"))


@pytest.mark.parametrize(
    "text, words, notes",
    [
        ("花灯|庙会", "含有“花灯”或“庙会”", 0),
        ("花灯 ｜ 庙会 年货", "同时含有“花灯”或“庙会”、“年货”", 0),
        ("“花灯”|“庙，会”", "含有“花灯”或原文“庙，会”", 0),
        ("-花灯|庙会 年货", "含有“年货”，不含“花灯”、“庙会”", 0),
        ("|花灯||庙会|", "含有“花灯”或“庙会”", 0),
        ("标题:花灯|庙会", "含有标题里的“花灯”或标题里的“庙会”", 0),
        ("标题：花灯|作者：王", "含有标题里的“花灯”或署名里的“王”", 0),
        ("栏目:“老 街”", "含有栏目名里的“老 街”", 0),
        ("-作者:王 花灯", "含有“花灯”，不含署名里的“王”", 0),
        ("花灯 版:1|Ａ02|第3版", "含有“花灯”，第1版或第A02版或第3版", 0),
        ("花灯 -版：4", "含有“花灯”，除第4版外", 0),
        ("日期:2024", "2024-01-01至2024-12-31", 0),
        ("日期：2024-02", "2024-02-01至2024-02-29", 0),
        ("日期:2024年3月5日", "2024-03-05", 0),
        ("日期:2024.3.5～2024/4", "2024-03-05至2024-04-30", 0),
        ("日期:2023至2024 花灯", "含有“花灯”，2023-01-01至2024-12-31", 0),
        ("日期:2024..", "2024-01-01至最近", 0),
        ("日期:..2024", "最早至2024-12-31", 0),
        ("日期:２０２４", "2024-01-01至2024-12-31", 0),
        ("花灯 日期:2024-13", "含有“花灯”", 1),
        ("花灯 日期:2024..2023 版: 版:头", "含有“花灯”", 1),
        ("花灯|版:2", "含有“花灯”，第2版", 1),
        ("标题: 花灯", "含有“花灯”", 1),
        ("花灯标题:年货", "含有“花灯标题:年货”", 0),
        ("“标题:年货”", "含有原文“标题:年货”", 0),
    ],
)
def test_fields_alternatives_pages_and_days(text, words, notes):
    query = parse_query(text)
    assert (query.explain(), len(query.notes)) == (words, notes)


def test_days_no_calendar_has_are_no_days():
    for said in ("0000", "2024-02-30", "9999-99", "2024..2024..2024", "..", "昨天", "20240506"):
        assert parse_query(f"日期:{said}").is_empty, said
