"""A fit is judged on pages that it has not seen, and taken only if it leaves no more to mend."""

import pytest

from articles.extraction import EMPTY, Knowledge, Weights
from articles.learning.judging import Verdict, _halve, judge, judged_pages
from articles.learning.weights import count_touches
from articles.models import Page


def test_halves_share_no_issue_and_together_are_all():
    judged = [(1, 10), (2, 10), (3, 11), (4, 12), (5, 12), (6, 13)]
    (half, other), (again, first) = _halve(judged)
    assert sorted(half + other) == [1, 2, 3, 4, 5, 6] and (again, first) == (other, half)
    issues = dict(judged)
    assert not {issues[pk] for pk in half} & {issues[pk] for pk in other}


@pytest.mark.parametrize(
    ("verdict", "good"),
    [
        (Verdict(9), False),
        (Verdict(10, without=5, halves=5, in_use=None, new=4), True),
        (Verdict(10, without=5, halves=6, in_use=None, new=4), False),
        (Verdict(10, without=5, halves=5, in_use=3, new=4), False),
        (Verdict(10, without=5, halves=4, in_use=4, new=4), True),
    ],
)
def test_not_worse_than_nothing_nor_than_what_is_in_use(verdict, good):
    assert verdict.not_worse is good


def test_knowledge_that_splits_badly_is_not_taken(signed_off):
    bad = Knowledge(weights=Weights(title=30.0))
    pages = list(Page.objects.values_list("pk", flat=True))
    assert count_touches(EMPTY, pages, lambda: None) == 0 < count_touches(bad, pages, lambda: None)
    assert len(judged_pages(signed_off)) == 24
    verdict = judge(signed_off, bad, EMPTY, lambda: None)
    assert verdict.halves == verdict.without == verdict.in_use == 0 < verdict.new
    assert not verdict.not_worse


def test_few_signed_off_pages_prove_nothing(archive):
    assert not judge(archive, EMPTY, None, lambda: None).not_worse
