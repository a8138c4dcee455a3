"""The act that a doubt of the machine proposes, done in one press."""

import pytest

from articles.admin.acts import accept_doubt
from articles.corrections import ActRefused, set_aside
from articles.extraction.values import Doubt as Found
from articles.models import Article, Doubt
from tests.desk import article_of, block_at, check_whole, lay_page
from tests.factories import make_issue

PASSAGES = [
    (0, "headline", "渡口换了新船"),
    (0, "body", "新船可坐四十人，船舱里装了扶手，"),
    (0, "body", "+老人上船不用再踩跳板。"),
    (0, "body", "学校操场的草皮是上周铺的"),
    (0, "subheading", "夜校开了木工班"),
    (0, "body", "每周三晚上七点，"),
    (0, "body", "先学会用刨子。"),
    (1, "headline", "操场铺上新草皮"),
    (1, "body", "孩子们在上面跑了一下午。"),
]


@pytest.fixture
def page(db):
    def doubt(code, block, rival=None):
        return Found(code, (0, 1), "请核对", 0, (block,), rival)

    doubts = [doubt("weak_join", 1), doubt("woven", 2, 1), doubt("heading", 4), doubt("lead", 5), doubt("cut", 6)]
    return lay_page(make_issue(date="2024-05-06"), PASSAGES, number="2", doubts=doubts)


def accept(page, code, editor):
    doubt = Doubt.objects.get(page=page, code=code)
    accept_doubt(doubt=doubt, user=editor, versions={})
    doubt.refresh_from_db()
    assert doubt.state == Doubt.State.ACCEPTED
    check_whole([page])


def test_a_paragraph_goes_whole_to_the_article_it_may_belong_to(page, editor):
    accept(page, "woven", editor)
    playground = article_of(page, "操场铺上新草皮")
    assert article_of(page, "新船可坐") == article_of(page, "老人上船") == playground
    assert "扶手，老人上船" in Article.objects.get(pk=playground.pk).body


def test_a_subheading_opens_an_article_of_its_own(page, editor):
    accept(page, "heading", editor)
    assert article_of(page, "先学会用").headline == "夜校开了木工班"


def test_the_next_paragraph_joins_what_was_taken_for_a_lead(page, editor):
    accept(page, "lead", editor)
    assert block_at(page, "先学会用").joins


def test_a_doubtful_join_is_parted(page, editor):
    accept(page, "weak_join", editor)
    assert not block_at(page, "老人上船").joins


def test_a_doubt_that_no_one_act_answers_proposes_nothing(page):
    assert Doubt.objects.get(page=page, code="cut").proposal is None


def test_a_proposal_about_a_passage_that_has_left_is_refused(page, editor):
    set_aside(blocks=[block_at(page, "夜校开了")], reason="editor", note="", user=editor)
    with pytest.raises(ActRefused):
        accept(page, "heading", editor)
