"""Acts on pages."""

import datetime

import pytest

from articles import corrections
from articles.corrections import ActRefused, StalePage
from articles.models import Article, Doubt, FormerAddress, Issue, Newspaper, Page, SearchDocument
from tests.desk import article_of, block_at, check_whole, lay_page
from tests.factories import make_newspaper


def test_a_page_moves_to_another_day_with_its_articles_and_leaves_its_address(page, editor):
    old = page.get_absolute_url()
    corrections.set_date(page=page, date=datetime.date(2024, 5, 7), user=editor)
    page = Page.objects.get(pk=page.pk)
    assert page.issue.date == datetime.date(2024, 5, 7) and page.issue.date_known == Issue.DateKnown.GIVEN
    assert FormerAddress.objects.get(path=old).page == page
    article = article_of(page, "老槐树下")
    assert article.issue == page.issue
    assert SearchDocument.objects.get(article=article).key == article.sort_key == article.key_on(page.issue.date)


def test_a_page_put_back_into_the_tray_is_read_by_nobody(page, editor):
    corrections.set_date(page=page, date=None, user=editor)
    assert not Article.objects.visible_to(None).exists() and not Page.objects.visible_to(None).exists()
    assert Page.objects.in_tray().count() == 1


def test_a_number_that_another_page_has_is_refused(page, third_page, editor):
    with pytest.raises(ActRefused, match="已经有了"):
        corrections.set_number(page=page, number="3", user=editor)


@pytest.mark.parametrize(("typed", "label"), [("第十二版", "12"), ("a2", "A02"), ("０７", "7"), ("", "")])
def test_a_number_may_be_typed_in_many_forms(page, editor, typed, label):
    corrections.set_number(page=page, number=typed, user=editor)
    page.refresh_from_db()
    assert page.number == label


def test_what_is_no_number_is_refused(page, editor):
    with pytest.raises(ActRefused, match="不是版次"):
        corrections.set_number(page=page, number="头版", user=editor)


def test_a_page_moves_to_another_newspaper(page, editor):
    other = make_newspaper("东港晚报")
    corrections.set_newspaper(page=page, newspaper=other, user=editor)
    article = article_of(page, "老槐树下")
    assert article.newspaper == article.issue.newspaper == other
    check_whole([page])


def test_a_page_with_a_linked_jump_does_not_leave_its_day(page, third_page, editor):
    head, rest = article_of(page, "老槐树下"), article_of(third_page, "书屋的账本")
    corrections.link_jump(head=head, continuation=rest, user=editor)
    with pytest.raises(ActRefused, match="断开转版"):
        corrections.set_date(page=third_page, date=datetime.date(2024, 5, 9), user=editor)


def test_a_name_is_set(page, editor):
    corrections.set_name(page=page, name=" 民生 ", user=editor)
    page.refresh_from_db()
    assert page.name == "民生"


def test_sign_off_shows_articles_as_reviewed(page, editor):
    corrections.sign_off(page=page, user=editor)
    page.refresh_from_db()
    assert page.state == Page.State.REVIEWED and page.signed_off_by == editor and page.signed_off_at
    assert article_of(page, "老槐树下").reviewed


def test_an_act_on_a_signed_off_page_reopens_it_and_says_so(page, editor):
    corrections.sign_off(page=page, user=editor)
    entry = corrections.edit_text(block=block_at(page, "谁来得早"), text="谁早谁开门。", user=editor)
    page.refresh_from_db()
    assert page.state == Page.State.PENDING and entry.arguments["reopened"] == [page.pk]
    assert not article_of(page, "老槐树下").reviewed
    corrections.undo(entry=entry, user=editor)
    page.refresh_from_db()
    assert page.state == Page.State.REVIEWED


def test_where_the_newspaper_asks_for_it_a_second_person_signs_off(page, editor, second_editor):
    Newspaper.objects.update(needs_second_person=True)
    corrections.sign_off(page=page, user=editor)
    page.refresh_from_db()
    assert page.state == Page.State.CHECKING
    with pytest.raises(ActRefused, match="第二人"):
        corrections.sign_off(page=page, user=editor)
    corrections.sign_off(page=page, user=second_editor)
    page.refresh_from_db()
    assert (page.state, page.checked_by, page.signed_off_by) == (Page.State.REVIEWED, editor, second_editor)


def test_a_page_without_a_day_is_not_signed_off(editor, db):
    page = lay_page(None, [(0, "body", "没有日期的一版。")], newspaper=make_newspaper())
    with pytest.raises(ActRefused, match="日期"):
        corrections.sign_off(page=page, user=editor)


def test_an_unfixable_page_says_why_until_it_is_reopened(page, editor):
    with pytest.raises(ActRefused, match="为什么"):
        corrections.mark_unfixable(page=page, reason="", user=editor)
    corrections.mark_unfixable(page=page, reason="原报缺角", user=editor)
    page.refresh_from_db()
    assert (page.state, page.state_reason) == (Page.State.UNFIXABLE, "原报缺角")
    corrections.reopen(page=page, user=editor)
    page.refresh_from_db()
    assert (page.state, page.state_reason) == (Page.State.PENDING, "")


def test_a_doubt_is_settled_once_and_a_signed_off_page_stays_so(page, editor):
    doubt = Doubt.objects.create(page=page, code="cut", text="这段话断了。")
    corrections.sign_off(page=page, user=editor)
    corrections.dismiss_doubt(doubt=doubt, user=editor)
    doubt.refresh_from_db()
    page.refresh_from_db()
    assert doubt.state == Doubt.State.DISMISSED and page.state == Page.State.REVIEWED
    with pytest.raises(ActRefused, match="处理过"):
        corrections.accept_doubt(doubt=doubt, user=editor)


def test_a_stale_act_is_refused_and_changes_nothing(page, editor, second_editor):
    seen = {page.pk: page.version}
    corrections.set_name(page=page, name="民生", user=second_editor)
    with pytest.raises(StalePage, match="刷新") as refused:
        corrections.set_name(page=page, name="要闻", user=editor, versions=seen)
    assert refused.value.page.name == "民生"
    page.refresh_from_db()
    assert page.name == "民生"


def test_a_page_weighs_its_open_doubts_times_its_length(page, editor):
    doubts = [Doubt.objects.create(page=page, code="cut", text="这段话断了。") for _ in range(3)]
    corrections.set_name(page=page, name="民生", user=editor)
    page.refresh_from_db()
    assert page.doubt_weight == 3 * len(page.source_text)
    corrections.dismiss_doubt(doubt=doubts[0], user=editor)
    page.refresh_from_db()
    assert page.doubt_weight == 2 * len(page.source_text)


def test_a_page_is_given_to_an_editor_without_reopening_it(page, editor, second_editor, django_user_model):
    corrections.sign_off(page=page, user=editor)
    entry = corrections.assign_page(page=page, to=second_editor, user=editor)
    page.refresh_from_db()
    assert (page.assigned_to, page.state, entry.arguments["to"]) == (second_editor, Page.State.REVIEWED, "li")
    corrections.undo(entry=entry, user=editor)
    page.refresh_from_db()
    assert page.assigned_to is None
    with pytest.raises(ActRefused, match="编辑账号"):
        corrections.assign_page(page=page, to=django_user_model.objects.create_user("reader"), user=editor)


def test_an_act_that_changes_nothing_leaves_a_signed_off_page_signed_off(page, editor):
    corrections.sign_off(page=page, user=editor)
    assert corrections.set_role(block=block_at(page, "谁来得早"), role="body", user=editor) is None
    page.refresh_from_db()
    assert page.state == Page.State.REVIEWED and article_of(page, "谁来得早").reviewed


def test_saying_the_day_and_number_settles_the_doubts_that_ask_for_them(page, editor):
    for code in ("date_inferred", "number_unknown", "cut"):
        Doubt.objects.create(page=page, code=code, text="请核对。")
    entry = corrections.set_date(page=page, date=datetime.date(2024, 5, 7), user=editor)
    corrections.set_number(page=page, number="4", user=editor)
    assert [d.code for d in Doubt.objects.filter(state=Doubt.State.OPEN)] == ["cut"]
    corrections.undo(entry=entry, user=editor)
    assert Doubt.objects.get(code="date_inferred").state == Doubt.State.OPEN


def test_an_editor_sends_a_page_to_review_and_another_signs_it(page, editor, second_editor):
    entry = corrections.send_to_review(page=page, user=editor)
    page.refresh_from_db()
    assert (page.state, page.checked_by) == (Page.State.CHECKING, editor)
    with pytest.raises(ActRefused, match="待审"):
        corrections.send_to_review(page=page, user=editor)
    corrections.undo(entry=entry, user=editor)
    page.refresh_from_db()
    assert (page.state, page.checked_by) == (Page.State.PENDING, None)
    corrections.send_to_review(page=page, user=editor)
    corrections.sign_off(page=page, user=second_editor)
    page.refresh_from_db()
    assert (page.state, page.checked_by, page.signed_off_by) == (Page.State.REVIEWED, editor, second_editor)


def test_a_page_without_a_day_is_not_sent_to_review(page, editor):
    corrections.set_date(page=page, date=None, user=editor)
    with pytest.raises(ActRefused, match="先定日期"):
        corrections.send_to_review(page=page, user=editor)


def test_who_sent_a_page_to_review_does_not_sign_it_where_two_are_asked_for(page, editor):
    page.newspaper.needs_second_person = True
    page.newspaper.save()
    corrections.send_to_review(page=page, user=editor)
    with pytest.raises(ActRefused, match="第二人"):
        corrections.sign_off(page=page, user=editor)


def test_a_page_is_taken_and_put_down_by_the_same_person(page, editor, second_editor):
    entry = corrections.claim_page(page=page, user=editor)
    with pytest.raises(ActRefused, match="别的同事"):
        corrections.claim_page(page=page, user=second_editor)
    with pytest.raises(ActRefused, match="没有分派给您"):
        corrections.release_page(page=page, user=second_editor)
    page.refresh_from_db()
    assert page.assigned_to == editor
    corrections.release_page(page=page, user=editor)
    page.refresh_from_db()
    assert page.assigned_to is None
    corrections.undo(entry=corrections.claim_page(page=page, user=editor), user=editor)
    page.refresh_from_db()
    assert page.assigned_to is None
    assert entry.action == "claim_page"


def test_a_word_that_has_lapsed_is_taken_back_all_the_same(page, editor):
    article = article_of(page, "老槐树下")
    filed = corrections.set_keywords(article=article, keywords=["书屋"], user=editor)
    sent = corrections.send_to_review(page=page, user=editor)
    unfiled = corrections.undo(entry=filed, user=editor)
    corrections.undo(entry=corrections.undo(entry=unfiled, user=editor), user=editor)
    page.refresh_from_db()
    assert page.state == Page.State.PENDING
    taken_back = corrections.undo(entry=sent, user=editor)
    page.refresh_from_db()
    assert taken_back.undoes == sent and page.state == Page.State.PENDING
