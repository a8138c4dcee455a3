"""States of an article, told from the journal backwards."""

import pytest

from articles import corrections
from articles.compare import around, compare
from articles.corrections.history import states_of
from articles.models import Block, Correction
from tests.desk import article_of, block_at

SHELF, LOQUAT = "老槐树", "南塘村"


def bodies(article):
    return [state.fields["正文"] for state in states_of(article)]


def test_an_article_that_nobody_touched_has_one_state(page):
    [state] = states_of(article_of(page, SHELF))
    assert state.entry is None
    assert state.fields["主题"] == "老槐树下开起共享书屋" and "共享书屋，三百册" in state.fields["正文"]


def test_each_act_that_changes_the_article_makes_a_state(page, editor):
    article, block = article_of(page, LOQUAT), block_at(page, "南塘村的头茬")
    corrections.edit_text(block=block, text="甲。", user=editor)
    corrections.set_kind(article=article, kind="feature", user=editor)
    corrections.edit_text(block=block, text="乙。", user=editor)
    states = states_of(article)
    assert [s.entry.action if s.entry else None for s in states] == ["edit_text", "set_kind", "edit_text", None]
    assert [s.fields["正文"] for s in states] == ["乙。", "甲。", "甲。", "南塘村的头茬枇杷昨日下树，每斤卖到八元。"]
    assert [s.fields["体裁"] for s in states] == ["通讯特写", "通讯特写", "消息", "消息"]


def test_acts_on_other_articles_of_the_page_make_none(page, editor):
    corrections.edit_text(block=block_at(page, "谁来得早"), text="改。", user=editor)
    corrections.set_name(page=page, name="要闻", user=editor)
    assert len(states_of(article_of(page, LOQUAT))) == 1


def test_a_merge_is_told_from_both_sides(page, editor):
    first, second = article_of(page, SHELF), article_of(page, LOQUAT)
    was = second.body
    corrections.merge_articles(first=first, second=second, user=editor)
    assert len(bodies(first)) == 2 and was in bodies(first)[0] and was not in bodies(first)[1]
    second.refresh_from_db()
    states = states_of(second)
    assert states[0].fields["状态"] == f"并入文章{first.pk}" and states[-1].fields["正文"] == was


def test_a_cut_and_its_undo_are_told(page, editor):
    block = block_at(page, "谁来得早")
    article = article_of(page, SHELF)
    was = article.body
    entry = corrections.split_block(block=block, offset=page.source_text.index("钥匙就挂在"), user=editor)
    corrections.unjoin_block(block=block_at(page, "钥匙就挂在"), user=editor)
    later = Correction.objects.latest("pk")
    assert bodies(article)[-1] == was and "谁开门，\n钥匙就" in bodies(article)[0]
    corrections.undo(entry=later, user=editor)
    corrections.undo(entry=entry, user=editor)
    assert bodies(article)[0] == bodies(article)[-1] == was


def test_a_jump_linked_and_unlinked_is_told_across_pages(page, third_page, editor):
    head, rest = article_of(page, SHELF), article_of(third_page, "书屋的账本")
    was, more = head.body, rest.body
    corrections.link_jump(head=head, continuation=rest, user=editor)
    corrections.unlink_jump(article=head, page=third_page, user=editor)
    assert bodies(head) == [was, f"{was}\n{more}", was]


def test_credits_and_withdrawal_are_part_of_a_state(page, editor):
    article = article_of(page, SHELF)
    corrections.set_credits(article=article, credits=[("林小满", "trainee", "某部")], user=editor)
    corrections.withdraw_article(article=article, reason="作者要求", user=editor)
    now, before, first = states_of(article)
    assert (now.fields["状态"], before.fields["状态"]) == ("撤下：作者要求", "公开")
    assert (before.fields["署名"], first.fields["署名"]) == ("见习记者 林小满（某部）", "")


def test_the_walk_ends_where_the_page_was_split_anew_behind_the_journal(page, editor):
    article, block = article_of(page, LOQUAT), block_at(page, "南塘村的头茬")
    corrections.edit_text(block=block, text="甲。", user=editor)
    Block.objects.filter(pk=block.pk).update(corrected_text=None, role="caption")
    assert len(states_of(article)) == 1


def test_a_history_costs_the_same_queries_however_long(page, editor, django_assert_max_num_queries):
    article, block = article_of(page, LOQUAT), block_at(page, "南塘村的头茬")
    for i in range(12):
        corrections.edit_text(block=block, text=f"第{i}稿。", user=editor)
    with django_assert_max_num_queries(14):
        assert len(states_of(article)) == 13


@pytest.mark.parametrize(
    ("old", "new", "runs"),
    [
        ("每斤八元", "每斤九元", [("same", "每斤"), ("gone", "八"), ("new", "九"), ("same", "元")]),
        ("", "新", [("new", "新")]),
        ("旧", "", [("gone", "旧")]),
        ("", "", []),
    ],
)
def test_a_comparison_goes_by_characters(old, new, runs):
    assert [tuple(run) for run in compare(old, new)] == runs


def test_a_comparison_of_long_texts_takes_no_common_character_for_noise():
    old = "的" * 300 + "旧" + "的" * 300
    runs = compare(old, old.replace("旧", "新"))
    assert [run.how for run in runs] == ["same", "gone", "new", "same"]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("每斤八元", "每斤九元", ("每斤八元", "每斤九元")),
        (
            "头茬枇杷昨日下树，每斤卖到八元。" * 2,
            "头茬枇杷昨日下树，每斤卖到八元。" * 2 + "完",
            ("…，每斤卖到八元。", "…，每斤卖到八元。完"),
        ),
        ("一" * 20 + "旧" + "二" * 20, "一" * 20 + "二" * 20, (f"…{'一' * 8}旧{'二' * 8}…", f"…{'一' * 8}{'二' * 8}…")),
        ("同样", "同样", ("同样", "同样")),
        ("啊啊", "啊", ("啊啊", "啊")),
    ],
)
def test_a_change_is_shown_with_a_little_of_what_is_beside_it(old, new, shown):
    assert around(old, new) == shown
