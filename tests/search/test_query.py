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
