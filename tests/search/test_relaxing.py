import pytest

from articles.search.query import parse_query
from articles.search.relaxing import relax


@pytest.mark.parametrize(
    "typed, looser",
    [
        ("公园里的花灯", "公园 花灯"),
        ("标题:公园花灯 夜市", "标题:公园 标题:花灯 夜市"),
        ("公园花灯，老街夜市 -雨 日期:2024", "公园 花灯 老街 夜市 -雨 日期:2024"),
        ("公园花灯|老街夜市 公园长椅", "公园花灯|老街夜市 公园 长椅"),
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
