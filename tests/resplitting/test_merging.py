"""Three splits of a text -> proposals, without a database; and proposals as JSON and back."""

import pytest

from articles.resplitting.merging import merge, verdict
from articles.resplitting.proposals import Words, from_json, to_json
from articles.resplitting.runs import Part, Place, cut_alike, lay_runs

TEXT = "石桥修好了。\n\n桥面铺了青石板，夜里\n\n过桥不用打手电。\n\n小学开了木工课。"
SPANS = [(0, 8), (8, 20), (20, 30), (30, len(TEXT))]
ONE, TWO, ASIDE = Place("article", 1), Place("article", 2), Place("aside", detail="fragment")


def split(*passages):
    """A split of TEXT: (place, role) each, with a third where the passage joins the one before."""
    parts = [
        Part(start, end, place, role, bool(joins), i)
        for i, ((start, end), (place, role, *joins)) in enumerate(zip(SPANS, passages, strict=True))
    ]
    return lay_runs(TEXT, parts)


BASE = split((ONE, "headline"), (ONE, "body"), (ONE, "body"), (ONE, "body"))
NEW = split((ONE, "headline"), (ONE, "body"), (ONE, "body", True), (TWO, "body"))


def said(groups):
    return [[TEXT[c.start : c.end][:2] for c in group] for group in groups]


def test_runs_are_without_white_space_and_know_what_they_go_on_from():
    assert [TEXT[run.start : run.end] for run in NEW] == TEXT.split("\n\n")
    assert [run.after for run in NEW] == [None, None, NEW[1].end, None]


def test_splits_cut_alike_have_the_same_spans():
    coarse = lay_runs(TEXT, [Part(0, len(TEXT), ONE, "body", False, 0)])
    first, second = cut_alike(TEXT, coarse, NEW)
    assert [(r.start, r.end) for r in first] == [(r.start, r.end) for r in second] and len(first) == 4
    assert [run.after for run in first] == [None, *[run.end for run in first[:-1]]], "one paragraph, wherever it is cut"


def test_what_nobody_changed_is_proposed():
    groups = merge(TEXT, BASE, BASE, NEW)
    assert said(groups) == [["过桥"], ["小学"]]
    join, move = (group[0] for group in groups)
    assert (join.place, join.role, join.after) == (None, None, BASE[1].end) and move.place == TWO


def test_what_the_editor_changed_or_has_done_is_not():
    assert said(merge(TEXT, BASE, NEW, NEW)) == []
    away = split((ONE, "headline"), (ONE, "body"), (ONE, "body"), (ASIDE, "body"))
    assert said(merge(TEXT, BASE, away, NEW)) == [["过桥"]]


def test_of_a_move_that_an_editor_decided_otherwise_in_part_nothing_is_proposed():
    both = split((ONE, "headline"), (ONE, "body"), (TWO, "body"), (TWO, "body"))
    away = split((ONE, "headline"), (ONE, "body"), (ONE, "body"), (ASIDE, "body"))
    assert said(merge(TEXT, BASE, away, both)) == []


def test_corrected_text_is_not_cut():
    coarse = lay_runs(TEXT, [Part(0, 20, ONE, "body", False, 0), Part(20, len(TEXT), ONE, "body", False, 1)])
    cut = merge(TEXT, coarse, coarse, NEW)
    assert cut and not [g for g in merge(TEXT, coarse, coarse, NEW, corrected=[(0, 18)]) if g[0].start < 18]


def test_a_title_that_joining_made_a_subheading_is_no_difference():
    part = split((ONE, "subheading"), (ONE, "body"), (ONE, "body", True), (TWO, "body"))
    assert said(merge(TEXT, part, part, NEW)) == [["石桥"]]
    assert said(merge(TEXT, part, part, NEW, continued=[1])) == []


def test_a_proposal_is_open_then_done_or_stale():
    join, move = merge(TEXT, BASE, BASE, NEW)
    assert [verdict(TEXT, group, BASE) for group in (join, move)] == ["open", "open"]
    assert [verdict(TEXT, group, NEW) for group in (join, move)] == ["done", "done"]
    aside = split((ONE, "headline"), (ONE, "body"), (ONE, "body"), (ASIDE, "body"))
    assert [verdict(TEXT, group, aside) for group in (join, move)] == ["open", "stale"]


def test_proposals_come_back_from_json():
    for group in merge(TEXT, BASE, BASE, NEW):
        assert from_json(to_json(group)) == group


@pytest.mark.parametrize("broken", [1, [1], [{"span": [0]}], [{"span": [0, 2], "was": {"place": ["x", 0, ""]}}]])
def test_what_is_no_proposal_is_refused(broken):
    with pytest.raises(ValueError, match=r"\S"):
        from_json(broken)


def test_words_for_an_editor():
    words = Words(
        TEXT, lambda pk: {1: "石桥", 2: "木工"}[pk], {"body": "正文", "headline": "主题"}, {"fragment": "残句"}
    )
    assert [words.say(group) for group in merge(TEXT, BASE, BASE, NEW)] == [
        "“过桥不用打手电。”应与“…桥面铺了青石板，夜里”接成一段。",
        "“小学开了木工课。”应移到《木工》。",
    ]
    lost = split((ONE, "body"), (ASIDE, ""), (ONE, "body"), (Place("new", 1, "news"), "body"))
    assert [words.say(group) for group in merge(TEXT, BASE, BASE, lost)] == [
        "“石桥修好了。”应是正文，现为主题。",
        "“桥面铺了青石板，夜里”应搁置（残句）。",
        "“小学开了木工课。”应另成一篇。",
    ]
