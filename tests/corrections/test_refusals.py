"""What acts refuse because it would lose text, or show readers what is not for them."""

import datetime

import pytest

from articles import corrections
from articles.corrections import ActRefused, UndoBlocked
from articles.models import Article, Column, FormerAddress, Newspaper, Page
from tests.desk import article_of, block_at, check_whole, lay_page
from tests.factories import make_issue, make_newspaper


def test_undoing_a_cut_does_not_stretch_a_correction_over_what_it_does_not_say(page, editor):
    block = block_at(page, "南塘村的头茬")
    cut = corrections.split_block(block=block, offset=page.source_text.index("每斤"), user=editor)
    corrections.edit_text(block=block, text="南塘村的头茬枇杷前日下树，", user=editor)
    with pytest.raises(ActRefused, match="改正过"):
        corrections.undo(entry=cut, user=editor)
    assert article_of(page, "每斤").body == "南塘村的头茬枇杷前日下树，每斤卖到八元。"


def withdraw(page, words, editor):
    article = article_of(page, words)
    corrections.withdraw_article(article=article, reason="数字有误", user=editor)
    return article


def test_parts_of_a_withdrawn_article_stay_withdrawn(page, editor):
    article = withdraw(page, "南塘村头茬", editor)
    split = corrections.split_article(article=article, at=block_at(page, "南塘村的头茬"), user=editor)
    assert article_of(page, "南塘村的头茬").state == Article.State.WITHDRAWN
    corrections.undo(entry=split, user=editor)
    corrections.move_blocks(blocks=[block_at(page, "南塘村的头茬")], to=None, user=editor)
    assert article_of(page, "南塘村的头茬") not in Article.objects.visible_to(None)
    check_whole([page])


def test_passages_neither_leave_nor_enter_a_withdrawn_article(page, third_page, editor):
    withdrawn, public = withdraw(page, "南塘村头茬", editor), article_of(page, "老槐树下")
    hidden, shown = block_at(page, "南塘村的头茬"), block_at(page, "谁来得早")
    for act in (
        lambda: corrections.move_blocks(blocks=[hidden], to=public, user=editor),
        lambda: corrections.move_blocks(blocks=[shown], to=withdrawn, user=editor),
        lambda: corrections.merge_articles(first=public, second=withdrawn, user=editor),
        lambda: corrections.link_jump(head=public, continuation=withdrawn, user=editor),
        lambda: corrections.set_aside(blocks=[hidden], user=editor),
        lambda: corrections.fold_block(block=hidden, duplicate_of=(0, 4), user=editor),
    ):
        with pytest.raises(ActRefused, match="撤下"):
            act()
    assert withdrawn.blocks.count() == 2


def test_what_has_no_day_is_not_joined_to_what_has(page, editor):
    tray = lay_page(None, [(0, "body", "这一版还不知道是哪一天的。")], newspaper=page.newspaper)
    dated, undated = article_of(page, "老槐树下"), article_of(tray, "这一版还")
    for act in (
        lambda: corrections.link_jump(head=dated, continuation=undated, user=editor),
        lambda: corrections.merge_articles(first=undated, second=dated, user=editor),
        lambda: corrections.move_blocks(blocks=[block_at(tray, "这一版还")], to=dated, user=editor),
    ):
        with pytest.raises(ActRefused, match="日期未定"):
            act()


def test_a_day_is_not_undone_under_an_article_that_reads_on_from_it(page, editor):
    tray = lay_page(None, [(0, "body", "这一版还不知道是哪一天的。")], newspaper=page.newspaper)
    dated = corrections.set_date(page=tray, date=page.issue.date, user=editor)
    corrections.link_jump(head=article_of(page, "老槐树下"), continuation=article_of(tray, "这一版还"), user=editor)
    with pytest.raises(ActRefused):
        corrections.undo(entry=dated, user=editor)


def test_an_article_is_of_one_newspaper(page, editor):
    other = lay_page(make_issue(make_newspaper(), date=page.issue.date), [(0, "body", "内部参考。")])
    with pytest.raises(ActRefused, match="同一份报纸"):
        corrections.move_blocks(blocks=[block_at(other, "内部参考")], to=article_of(page, "老槐树下"), user=editor)


def test_two_passages_do_not_repeat_each_other(page, editor):
    first, second = block_at(page, "谁来得早"), block_at(page, "南塘村的头茬")
    corrections.fold_block(block=first, duplicate_of=(second.start, second.start + 10), user=editor)
    with pytest.raises(ActRefused, match="标为"):
        corrections.fold_block(block=second, duplicate_of=(first.start, first.start + 10), user=editor)


def test_a_folded_passage_is_not_put_into_an_article_that_is_no_more(page, editor):
    first, second = article_of(page, "老槐树下"), article_of(page, "南塘村头茬")
    folded = block_at(page, "图为果农")
    corrections.fold_block(block=folded, duplicate_of=(0, 4), user=editor)
    corrections.merge_articles(first=first, second=second, user=editor)
    with pytest.raises(ActRefused, match="并入"):
        corrections.unfold_block(block=folded, to=second, user=editor)


def test_a_number_taken_meanwhile_is_not_taken_back(page, third_page, editor):
    entry = corrections.set_number(page=page, number="5", user=editor)
    corrections.set_number(page=third_page, number="2", user=editor)
    with pytest.raises(ActRefused, match="占用"):
        corrections.undo(entry=entry, user=editor)


def test_an_address_used_meanwhile_leads_on_after_an_undo(page, editor):
    entry = corrections.set_number(page=page, number="5", user=editor)
    used = Page.objects.get(pk=page.pk).get_absolute_url()
    corrections.undo(entry=entry, user=editor)
    assert FormerAddress.objects.get().path == used


@pytest.mark.parametrize("date", [datetime.date(99, 1, 1), datetime.date(9999, 1, 1)])
def test_a_year_that_no_newspaper_has_is_refused(page, editor, date):
    with pytest.raises(ActRefused, match="年份"):
        corrections.set_date(page=page, date=date, user=editor)


def test_a_column_stays_with_its_newspaper(page, editor):
    other = make_newspaper("东港晚报")
    corrections.set_newspaper(page=page, newspaper=other, user=editor)
    assert article_of(page, "老槐树下").column == Column.objects.get(newspaper=other, name="街巷新事")


def test_what_no_database_takes_is_left_out_of_what_is_typed(page, editor):
    article = article_of(page, "图为果农")
    corrections.supply_headline(article=article, text="果农\x00分拣\ud800枇杷", user=editor)
    corrections.edit_text(block=block_at(page, "图为果农"), text="图为\x00果农\ud800分拣。", user=editor)
    article.refresh_from_db()
    assert (article.supplied_headline, article.body) == ("果农分拣枇杷", "图为果农分拣。")


@pytest.fixture
def signed(page, editor, second_editor):
    """A page of a newspaper that asks for two persons: sent to review by the first, signed off by the second."""
    Newspaper.objects.update(needs_second_person=True)
    corrections.send_to_review(page=page, user=editor)
    return corrections.sign_off(page=page, user=second_editor)


def test_undoing_one_act_brings_no_sign_off_back_over_another(page, signed, editor):
    opening = corrections.edit_text(block=block_at(page, "谁来得早"), text="谁来得早谁开门。", user=editor)
    corrections.edit_text(block=block_at(page, "南塘村的头茬"), text="谁也没有签发过的字。", user=editor)
    corrections.undo(entry=opening, user=editor)
    page.refresh_from_db()
    assert (page.state, page.signed_off_by) == (Page.State.PENDING, None)


def test_undoing_all_acts_since_brings_the_sign_off_back(page, signed, editor, second_editor):
    opening = corrections.edit_text(block=block_at(page, "谁来得早"), text="谁来得早谁开门。", user=editor)
    other = corrections.edit_text(block=block_at(page, "南塘村的头茬"), text="一句话。", user=editor)
    for entry in (other, opening):
        corrections.undo(entry=entry, user=editor)
    page.refresh_from_db()
    assert (page.state, page.signed_off_by) == (Page.State.REVIEWED, second_editor)


def test_a_sign_off_taken_back_does_not_come_back_over_what_was_changed_since(page, signed, editor):
    reopened = corrections.reopen(page=page, user=editor)
    corrections.edit_text(block=block_at(page, "南塘村的头茬"), text="谁也没有签发过的字。", user=editor)
    with pytest.raises(ActRefused, match="改正文字"):
        corrections.undo(entry=reopened, user=editor)


def test_a_sign_off_does_not_come_back_because_the_page_waits_for_one_again(page, signed, editor, second_editor):
    back = corrections.undo(entry=signed, user=second_editor)
    corrections.edit_text(block=block_at(page, "南塘村的头茬"), text="谁也没有签发过的字。", user=editor)
    corrections.send_to_review(page=page, user=editor)
    with pytest.raises(ActRefused, match="送审"):
        corrections.undo(entry=back, user=editor)


def test_the_first_person_does_not_bring_back_what_the_second_took_back(page, signed, editor, second_editor):
    back = corrections.undo(entry=signed, user=second_editor)
    with pytest.raises(ActRefused, match="第二人"):
        corrections.undo(entry=back, user=editor)
    corrections.undo(entry=back, user=second_editor)
    page.refresh_from_db()
    assert page.state == Page.State.REVIEWED


@pytest.mark.parametrize("away", ["move_blocks", "set_aside"])
def test_nothing_is_undone_into_an_article_that_is_no_more(page, editor, away):
    passage, rest = block_at(page, "图为果农"), block_at(page, "周禾")
    photo, second = article_of(page, "图为果农"), article_of(page, "南塘村头茬")
    if away == "move_blocks":
        entry = corrections.move_blocks(blocks=[rest], to=article_of(page, "老槐树下"), user=editor)
    else:
        entry = corrections.set_aside(blocks=[rest], user=editor)
    merged = corrections.move_blocks(blocks=[passage], to=second, user=editor)
    assert not Article.objects.get(pk=photo.pk).lives
    with pytest.raises(UndoBlocked) as refusal:
        corrections.undo(entry=entry, user=editor)
    assert refusal.value.later == [merged]
    corrections.undo(entry=merged, user=editor)
    corrections.undo(entry=entry, user=editor)
    assert article_of(page, "周禾") == photo


def test_no_undo_leaves_an_article_without_text(page, editor):
    photo, first = article_of(page, "图为果农"), article_of(page, "老槐树下")
    entry = corrections.move_blocks(blocks=[block_at(page, "谁来得早")], to=photo, user=editor)
    gone = [block_at(page, "图为果农"), block_at(page, "周禾")]
    corrections.move_blocks(blocks=gone, to=article_of(page, "南塘村头茬"), user=editor)
    with pytest.raises(UndoBlocked):
        corrections.undo(entry=entry, user=editor)
    assert photo.blocks.exists() and article_of(page, "老槐树下") == first


def test_two_passages_do_not_repeat_each_other_by_an_undo(page, editor):
    first, second = block_at(page, "谁来得早"), block_at(page, "南塘村的头茬")
    folded = corrections.fold_block(block=first, duplicate_of=(second.start, second.start + 10), user=editor)
    back = corrections.undo(entry=folded, user=editor)
    corrections.fold_block(block=second, duplicate_of=(first.start, first.start + 10), user=editor)
    with pytest.raises(ActRefused, match="标为"):
        corrections.undo(entry=back, user=editor)
