"""What an editor is told to look at, and how sure the machine is of an article."""

import pytest

from articles.admin.doubt_kinds import KINDS
from articles.corrections.answers import ANSWERED
from articles.extraction.doubts import WEIGHTS, WORDS, Shadow, confidence
from articles.extraction.values import Article, Doubt
from articles.extraction.verdict import name_rivals
from articles.extraction.weave import Woven, _disputed
from tests.extraction.pages import RESERVOIR, STREET, split

CUT = "青石县城东老街入夜后灯火通明,街坊们"
REST = "搬出竹椅,在巷口下起棋来。"


def codes(result):
    return [doubt.code for doubt in result.doubts]


def test_a_page_without_difficulties_has_no_doubts_and_sure_articles():
    result = split("城东老街亮起新路灯", *STREET, "白马水库除险加固完工", *RESERVOIR)
    assert not result.doubts
    assert all(article.confidence > 0.9 for article in result.articles)


@pytest.mark.parametrize("code", WEIGHTS)
def test_confidence_stays_between_0_and_1(code):
    assert 0.0 < confidence([Shadow(code, 1000)]) <= 1.0


def test_every_code_has_a_name_in_the_admin_and_an_act_that_answers_it():
    assert WORDS.keys() <= KINDS.keys()
    assert WORDS.keys() <= ANSWERED.keys()


def test_a_lone_subheading_that_may_be_a_headline_is_doubted():
    rest = (
        "老街的路灯由街坊轮流照看,灯坏了当天就有人报修,县住建局第二天派人来换。",
        "入夜以后,老街的茶摊也开到很晚,街坊说路灯一亮,巷口就热闹。",
    )
    result = split("城东老街亮起新路灯", *STREET, "街坊轮流看灯", *rest)
    assert len(result.articles) == 1 and codes(result) == ["heading"]
    sure = split("城东老街亮起新路灯", *STREET, *rest)
    assert not sure.doubts and sure.articles[0].confidence > result.articles[0].confidence


def test_a_paragraph_that_lies_between_two_accounts_may_be_of_the_other_story():
    sure, other = Woven({0: 0, 1: 1, 2: 1}, {}, {}, 9.0), Woven({0: 0, 1: 1, 2: 0}, {}, {}, 8.0)
    assert _disputed(sure.owner, [other, sure]) == {2: 0}


def test_a_doubt_names_the_article_that_the_passage_may_belong_to():
    headed, bare = (
        Article((), (), None, None, headline, None, "news", None, (), None, None, None, 0.9, ())
        for headline in ("老街亮灯", None)
    )
    doubts = [Doubt("woven", (0, 4), WORDS["woven"], 0, (0,), rival) for rival in (1, 0, None)]
    told = name_rivals(doubts, [headed, bare])
    assert "《老街亮灯》" in told[1].text
    assert told[0].text == told[2].text == WORDS["woven"]
