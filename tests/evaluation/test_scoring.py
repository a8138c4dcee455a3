"""Each thing an editor would have to mend is one touch of its kind, and a right split is none."""

import datetime
from dataclasses import replace

import pytest

from articles.evaluation.figures import KIND_NAMES
from articles.evaluation.scoring import KINDS, count_runs, loses_text, score_page
from articles.extraction.values import Credit, DateReading

from .pages import RIGHT, TEXT, make_split, truth

RIGHT_DAY = DateReading(datetime.date(2024, 5, 6), "inferred", "5月6日")


def touches(changes=None, *, order=None, true=None, **fields):
    fields.setdefault("date", RIGHT_DAY)
    return dict(score_page(true or truth(), make_split(changes, order, **fields), TEXT).touches)


def test_a_right_split_needs_no_touch():
    score = score_page(truth(), make_split(date=RIGHT_DAY), TEXT)
    assert not score.touches and all(article.clean for article in score.articles)
    assert score.figures["clean"] == score.figures["articles"] == score.figures["exact"] == 2
    assert score.figures["joins_ok"] == score.figures["repeats_ok"] == 1


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({8: (1, "body", False)}, {"paragraphs": 1}),  # a paragraph in the wrong article
        ({5: (None, "body", False), 8: (None, "body", False)}, {"paragraphs": 2, "joins": 1}),  # 6 stands between
        (
            {10: (None, "body", False), 11: (None, "body", False)},
            {"paragraphs": 1, "headline": 1},
        ),  # a run, and no match
        ({13: (1, "body", False)}, {"paragraphs": 1}),  # a banner in an article
        ({12: (1, "body", False)}, {"paragraphs": 1}),  # a repeat in an article
        ({12: (None, "body", False)}, {"repeats": 1}),
        ({6: (0, "body", False)}, {"joins": 1}),
        ({11: (1, "body", True)}, {"joins": 1}),
        ({7: (0, "body", False)}, {"subheadings": 1}),
        ({1: (None, "column", False)}, {"titles": 1}),
        ({3: (0, "subheading", False)}, {"titles": 1}),
        ({9: (None, "headline", False)}, {"headline": 1}),
        ({13: (2, "body", False)}, {"articles": 1}),  # an article made of nothing
    ],
)
def test_what_stands_in_the_wrong_place(changes, expected):
    assert touches(changes) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"article_0": {"headline": "老街灯会"}}, {"headline": 1}),
        ({"article_0": {"headline": "## 老街灯会 今夜开幕:"}}, {}),
        ({"article_0": {"column": None, "kicker": "民声回音壁"}}, {}),
        ({"article_0": {"credits": ()}}, {"people": 1}),
        ({"article_0": {"credits": (Credit("林小满", "photographer"),)}}, {}),
        ({"article_1": {"credits": (Credit("赵一舟", "reporter"),)}}, {}),  # whose people are not scored
        ({"article_0": {"kind": "feature"}}, {}),
        ({"article_0": {"kind": "photo"}}, {"kind": 1}),
        ({"article_1": {"continued_from": "1"}}, {"jump": 1}),
        ({"date": DateReading(datetime.date(2024, 6, 1), "inferred", "")}, {"date": 1}),
        ({"date": DateReading()}, {"date": 1}),
        ({"order": {0: [0, 1, 2, 3, 7, 6, 4, 5]}}, {"order": 1}),
        ({"article_1": {"category": "农业"}}, {}),  # a figure, not a touch
    ],
)
def test_what_is_said_wrongly(fields, expected):
    assert touches(**fields) == expected


def test_a_jump_that_is_not_read_is_a_touch():
    true = truth()
    jumped = replace(true.articles[1], continued_from="01")
    true = replace(true, articles=(true.articles[0], jumped))
    assert touches(true=true) == {"jump": 1}
    assert touches(true=true, article_1={"continued_from": "1"}) == {}


def test_any_accepted_reading_will_do():
    true = truth()
    other = replace(true.articles[0], headlines=("老街灯会今夜开幕", "灯会开幕"))
    true = replace(true, articles=(other, true.articles[1]))
    assert touches(true=true, article_0={"headline": "灯会开幕"}) == {}


def test_articles_are_matched_by_what_they_share_not_by_their_order():
    swapped = {n: (1 - part[0], *part[1:]) for n, part in enumerate(RIGHT, 1) if part[0] in (0, 1)}
    assert not touches(swapped, article_1={"credits": (Credit("林小满", "author"),)})


def test_a_split_that_loses_text_is_broken_whatever_else_is_right():
    split = make_split(date=RIGHT_DAY)
    lost = replace(split, blocks=split.blocks[:-1])
    assert loses_text(lost, TEXT) and not loses_text(split, TEXT)
    assert score_page(truth(), lost, TEXT).touches["broken"] == 6
    invented = replace(split.articles[1], paragraphs=(replace(split.articles[1].paragraphs[0], text="无中生有"),))
    assert loses_text(replace(split, articles=(split.articles[0], invented)), TEXT)


def test_a_page_with_nothing_found_is_scored():
    empty = replace(make_split(), articles=(), blocks=())
    score = score_page(truth(), empty, TEXT)
    assert score.touches["headline"] == 2 and {article.confidence for article in score.articles} == {0.0}


def test_runs_are_of_neighbours():
    assert [count_runs(n) for n in ([], [3], [3, 4, 5], [1, 3, 4, 9])] == [0, 1, 1, 3]


def test_every_kind_has_a_name():
    assert tuple(KIND_NAMES) == KINDS
