"""What an archive has learned leans on the rules: packed and unpacked alike, and nothing in a fresh archive."""

import json
import zlib

import pytest

from articles.extraction import EMPTY, Knowledge, Weights, split_page
from articles.extraction.classify import classify
from articles.extraction.collocations import LEAST, MOST, Collocations
from articles.extraction.person_names import is_name, knowing

from .pages import STREET, page

# 柳 always before 桥 and 桥 before 记, in an archive of forty thousand characters.
RUNS = ("柳", "桥", "记", "老柳", "柳桥", "桥记", "老柳桥", "柳桥记")
HABITS = Collocations({"老": 400, **dict.fromkeys(RUNS, 60)}, 40_000)
KNOWN = Knowledge(
    columns=frozenset({"白马夜航船"}),
    people=frozenset({"砚边生", "沙依拉·白"}),
    collocations=HABITS,
    categories={"农业": {"灯会": 2.5, "桑": -0.8}},
    weights=Weights(missing=1.3),
)


def test_knowledge_is_the_same_when_unpacked_but_for_counts_rounded():
    again = Knowledge.unpack(KNOWN.pack())
    assert (again.columns, again.people, again.categories, again.weights) == (
        KNOWN.columns,
        KNOWN.people,
        KNOWN.categories,
        KNOWN.weights,
    )
    counts = again.collocations.counts
    assert counts.keys() == HABITS.counts.keys() and again.collocations.total == HABITS.total
    assert all(abs(counts[run] - n) <= 0.2 * n for run, n in HABITS.counts.items())
    assert Knowledge.unpack(again.pack()) == again and again.pack() == Knowledge.unpack(again.pack()).pack()


def test_knowledge_of_another_form_is_refused():
    with pytest.raises(ValueError, match="form"):
        Knowledge.unpack(zlib.compress(json.dumps({"form": 99}).encode()))


def test_what_stands_together_in_the_archive_reads_on():
    assert 1.0 < HABITS.worth("灯笼挂在老柳", "桥记里说的地方") <= MOST
    assert LEAST <= HABITS.worth("灯笼挂在老柳", "记桥里说的地方") < 0
    assert HABITS.worth("老柳,", "桥记里说") == HABITS.worth("柳", "桥记") == 0.0
    assert EMPTY.collocations.worth("灯笼挂在老柳", "桥记里说的地方") == 0.0


def test_a_small_archive_says_less_than_a_large_one():
    small = Collocations({run: max(1, n // 60) for run, n in HABITS.counts.items()}, 600)
    assert 0 <= small.worth("挂在老柳", "桥记里说") < HABITS.worth("挂在老柳", "桥记里说")


def test_a_label_that_the_archive_knows_is_one():
    lines = page("白马夜航船", "城东老街亮起新路灯", *STREET)
    assert split_page(lines, knowledge=KNOWN).articles[0].column == "白马夜航船"


def test_a_known_name_is_a_name_only_while_it_is_known():
    assert not is_name("砚边生")
    with knowing(KNOWN.people):
        assert is_name("砚边生")
    assert not is_name("砚边生")


def test_what_editors_call_a_topic_leans_on_the_cues():
    title, body = "老街灯会", "灯会今夜开幕，街坊都来了。"
    assert classify(title, body) != "农业"
    assert classify(title, body, {"农业": {"灯会": 30.0}}) == "农业"
    assert classify(title, body, {"外事": {"灯会": 30.0}}) == "外事"
    assert classify(title, body, {}) == classify(title, body)


def test_weights_of_one_change_nothing_and_a_dear_title_is_none():
    text = page("城东老街亮起新路灯", *STREET)
    assert split_page(text, knowledge=Knowledge()) == split_page(text)
    dear = split_page(text, knowledge=Knowledge(weights=Weights(title=30.0)))
    assert dear.articles[0].headline is None
