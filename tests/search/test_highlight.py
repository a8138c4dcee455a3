import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.highlight import ELLIPSIS, PASSAGE, mark, opening, passages
from articles.search.query import parse_query


def written(fragments):
    """Fragments as one line, hits in brackets."""
    return "".join(f"【{f.text}】" if f.marked else f.text for f in fragments)


@pytest.mark.parametrize(
    "text, query, expected",
    [
        ("老街花灯会开幕", "花灯", "老街【花灯】会开幕"),
        ("市民李　明说", "李明", "市民【李　明】说"),
        ("水稻亩\n产过千斤", "亩产", "水稻【亩\n产】过千斤"),
        ("ＣＯＤ下降", "cod", "【ＣＯＤ】下降"),
        ("經濟發展", "经济", "【經濟】發展"),
        ("12·4宪法日", "12.4宪法", "【12·4宪法】日"),
        ("花灯花灯", "花灯", "【花灯花灯】"),
        ("花灯会", "花灯 灯会", "【花灯会】"),
        ("㈱灯", "株", "【㈱】灯"),
        ("甲，乙；甲、乙", "“甲、乙”", "甲，乙；【甲、乙】"),
        ("花灯与庙会", "花灯 -庙会", "【花灯】与庙会"),
        ("<b>花灯</b>", "花灯", "<b>【花灯】</b>"),
        ("无关", "花灯", "无关"),
        ("", "花灯", ""),
    ],
)
def test_hits_are_marked_in_the_text_as_printed(text, query, expected):
    assert written(mark(text, parse_query(query))) == expected


def test_the_passage_is_where_most_different_terms_stand_together():
    text = "花灯。" * 30 + "别的事情。" * 30 + "老街的花灯与庙会同时开张。" + "又说别的。" * 30
    (best, *others) = passages(text, parse_query("花灯 庙会"), limit=1)
    assert not others
    assert "老街的【花灯】与【庙会】同时开张" in written(best)
    assert best[0].text == best[-1].text == ELLIPSIS


def test_a_second_passage_tells_of_hits_elsewhere_in_the_order_of_the_text():
    text = "开头有花灯。" + "平常的话。" * 60 + "结尾有花灯和庙会。"
    first, second = map(written, passages(text, parse_query("花灯 庙会")))
    assert first.startswith("开头有【花灯】") and first.endswith(ELLIPSIS)
    assert second.startswith(ELLIPSIS) and second.endswith("结尾有【花灯】和【庙会】。")


def test_a_passage_begins_with_a_sentence_where_one_is_near():
    text = "前面一句话说完了。" * 20 + "这里有花灯。" + "后面还有话。" * 30
    assert written(passages(text, parse_query("花灯"))[0]).startswith(ELLIPSIS + "这里有【花灯】")


def test_a_text_without_hits_has_no_passage_and_an_opening():
    text = "平常的话。" * 60
    assert passages(text, parse_query("花灯")) == ()
    assert written(opening(text)) == text[:PASSAGE] + ELLIPSIS


@given(st.text("花灯会老街 \n，。", max_size=400), st.sampled_from(["花灯", "灯", "花 街", "灯会 老街 花", "“会，老”"]))
def test_passages_are_stretches_of_the_text(text, typed):
    query = parse_query(typed)
    assert "".join(fragment.text for fragment in mark(text, query)) == text
    for passage in passages(text, query):
        assert any(fragment.marked for fragment in passage)
        stretch = [fragment.text for fragment in passage]
        if stretch[0] == ELLIPSIS:
            stretch.pop(0)
        if stretch[-1] == ELLIPSIS:
            stretch.pop()
        assert "".join(stretch) in text
        assert len("".join(stretch)) <= 2 * PASSAGE


# As they are printed: in another width or script, spaced, or broken at a line's end.
SPELLINGS = {
    "经济": ("經濟", "经\n济", "經　济"),
    "cod12": ("ＣＯＤ１２", "Cod12"),
    "李明": ("李　明", "李·明", "李\n明"),
}
FILLER = st.text("甲乙丙，。\n", max_size=60)


@given(
    before=FILLER,
    after=FILLER,
    far=st.integers(0, 3 * PASSAGE),
    spelt=st.tuples(*[st.sampled_from((word, *others)) for word, others in SPELLINGS.items()]),
)
def test_a_hit_is_marked_however_it_is_spelt_and_the_passage_has_all_words(before, after, far, spelt):
    together = "，".join(spelt)
    text = f"{before}。{spelt[0]}。{'丁' * far}，{together}，{after}"
    query = parse_query(" ".join(SPELLINGS))
    (passage,) = passages(text, query, limit=1)
    assert {fragment.text for fragment in passage if fragment.marked} >= set(spelt)
    assert [f.text for f in mark(text, query) if f.marked] == [spelt[0], *spelt]
