"""Confidence against what is clean: bins, the surer half, the curve."""

from xml.etree import ElementTree

import pytest

from articles.evaluation.figures import Figures, f1
from articles.evaluation.reliability import draw_curve, share_in_top_half, sort_into_bins
from articles.evaluation.report import tell_figures
from articles.evaluation.scoring import score_page

from .pages import TEXT, make_split, truth


def test_bins_hold_what_lies_between_their_edges():
    bins = sort_into_bins([(0.0, False), (0.9, True), (0.94, False), (1.0, True), (0.95, True)])
    assert [(b.low, b.high, b.articles, b.clean) for b in bins] == [(0, 0.3, 1, 0), (0.9, 0.95, 2, 1), (0.95, 1, 2, 2)]
    assert bins[1].mean == pytest.approx(0.92) and bins[1].share == 0.5


def test_in_the_surer_half_ties_count_against():
    assert share_in_top_half([(0.9, True), (0.9, False), (0.5, True), (0.4, False)]) == 0.5
    assert share_in_top_half([(0.9, True), (0.8, True), (0.5, False), (0.4, False)]) == 1.0
    assert share_in_top_half([(0.9, True), (0.9, True), (0.9, False), (0.4, False)]) == 0.5
    assert share_in_top_half([]) is None


@pytest.mark.parametrize("sureness", [[], [(0.5, True)], [(n / 100, n % 3 > 0) for n in range(100)]])
def test_the_curve_is_svg_without_style_or_script(sureness):
    bins = sort_into_bins(sureness)
    svg = ElementTree.fromstring(draw_curve(bins))
    tags = [element.tag.rpartition("}")[2] for element in svg.iter()]
    assert tags.count("circle") == len(bins) and not {"style", "script"} & set(tags)
    assert not any(name in ("style", "onload") for element in svg.iter() for name in element.attrib)
    for circle in svg.iter("{http://www.w3.org/2000/svg}circle"):
        assert 0 <= float(circle.get("cx")) <= 360 and 0 <= float(circle.get("cy")) <= 340


def test_figures_add_up_over_pages_and_months():
    figures = Figures()
    figures.add(score_page(truth(), make_split(), TEXT), "2024-05")
    figures.add(score_page(truth(), make_split({8: (1, "body", False)}), TEXT), "2024-06")
    said = figures.as_json()
    assert (said["pages"], said["touches"], said["touches_a_page"]) == (2, 3, 1.5)
    assert said["kinds"] == {"date": 2, "paragraphs": 1} and said["clean"] == 3
    assert [(m["month"], m["touches"]) for m in said["months"]] == [("2024-06", 2), ("2024-05", 1)]
    assert said["shares"]["headlines"] == [4, 4] and said["joins_f1"] == 1.0
    report = "\n".join(tell_figures(said))
    assert "每版要改 1.50 处" in report and "只能当作参考" in report and "2024-06" in report


def test_f1_of_nothing_is_whole():
    assert (f1(0, 0, 0), f1(1, 1, 1), f1(1, 2, 2)) == (1.0, 1.0, 0.5)


def test_no_pages_make_a_report_too():
    assert list(tell_figures(Figures().as_json()))
