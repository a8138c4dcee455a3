import pytest

from articles.search.query import parse_query
from articles.search.relaxing import relax, relaxations


@pytest.mark.parametrize(
    "typed, looser",
    [
        ("公园里的花灯", "公园 花灯"),
        ("标题:公园花灯 夜市", "标题:公园 标题:花灯 夜市"),
        ("公园花灯，老街夜市 -雨 日期:2024", "公园 花灯 老街 夜市 -雨 日期:2024"),
        ("公园花灯|老街夜市 公园长椅", "公园花灯|老街夜市 公园 长椅"),
        ("公园花灯什么时候亮相", "公园 花灯 亮相"),
        ("花灯怎么办", "花灯"),
    ],
)
def test_long_terms_are_taken_apart_into_words(typed, looser):
    def facts(query):
        wanted = [[(p.folded, p.field) if hasattr(p, "folded") else p for p in group] for group in query.wanted]
        return wanted, [p.folded for p in query.excluded]

    wanted, excluded = facts(relax(parse_query(typed)))
    same, unwanted = facts(parse_query(looser))
    assert sorted(map(str, wanted)) == sorted(map(str, same)) and excluded == unwanted


@pytest.mark.parametrize("typed", ["花灯", "“公园里的花灯”", "COD", "日期:2024", "", "-公园里的花灯", "公园|花灯"])
def test_what_has_no_parts_is_left(typed):
    assert relax(parse_query(typed)) is None


@pytest.mark.parametrize(
    "typed, absent",
    [
        ("公园花灯", [0]),
        ("公园花灯亮相", [0, 1]),
        ("公园花灯亮相老街夜市", [0, 1]),
        ("公园花灯亮相老街夜市 “剪纸”", [0]),
        ("老街 花灯 夜市", []),
        ("公园花灯亮相老街夜市居民", [0, 1, 2]),
        ("公园花灯亮相老街夜市居民医院学校汽车剪纸图书馆电影", [0, 1]),
    ],
)
def test_of_many_words_some_may_be_absent(typed, absent):
    assert [query.missing for query in relaxations(parse_query(typed))] == absent


def test_a_query_with_absent_words_says_so():
    words = list(relaxations(parse_query("公园花灯亮相")))[-1]
    assert words.explain() == "至少含有这些词中的2个：“公园”、“花灯”、“亮相”"
    assert [[term.folded for term in group] for group in words.conditions] == [
        ["公园", "花灯"],
        ["公园", "亮相"],
        ["花灯", "亮相"],
    ]
