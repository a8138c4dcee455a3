"""The judged queries of the sample, and the measure that scores an order of hits."""

import pytest
from django.db import connection

from benchmarks.relevance import article_name, gain, import_sample, load_judged, ndcg, rankings

GRADES = {"甲": 3, "乙": 2, "丙": 1, "丁": 0}


def test_judged_queries_name_articles_of_the_sample(db):
    from articles.models import Article

    import_sample()
    articles = Article.objects.visible_to(None).select_related("issue", "page")
    names = [article_name(article) for article in articles]
    named = {name for each in load_judged() for name in each["grades"]}
    # A picture may be split into a story.
    missing = named - set(names)
    assert all(name.endswith("……") for name in missing) and len(missing) <= 2, missing
    assert len(names) == len(set(names))
    if connection.vendor == "sqlite":  # the baselines are of its engine
        ways = rankings("毛竹")
        assert len(ways) == 4 and len({frozenset(found) for found in ways.values()}) == 1


def test_every_query_has_an_answer_or_says_why_not():
    judged = load_judged()
    assert len({each["query"] for each in judged}) == len(judged) >= 60
    for each in judged:
        assert set(each["grades"].values()) <= {1, 2, 3}, each["query"]
        assert bool(each["grades"]) != bool(each.get("why_none")), each["query"]


def test_the_best_order_scores_one_and_others_less():
    assert ndcg(list(GRADES), GRADES) == pytest.approx(1)
    assert ndcg(["丁", "丙", "乙", "甲"], GRADES) < ndcg(["乙", "甲", "丙"], GRADES) < 1
    assert ndcg([], GRADES) == ndcg(["别的"], GRADES) == 0


def test_gain_is_discounted_by_the_place():
    # 7 / log2(2) + 3 / log2(3) + 1 / log2(4)
    assert gain([3, 2, 1]) == pytest.approx(7 + 1.8928 + 0.5, abs=1e-4)


def test_only_ten_places_count():
    many = {str(n): 1 for n in range(20)}
    assert ndcg(list(many), many) == pytest.approx(1)
    assert ndcg(["别的"] * 10 + list(many), many) == 0
