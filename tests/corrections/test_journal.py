"""The journal and undo."""

import pytest

from articles import corrections
from articles.corrections import ActRefused, UndoBlocked
from articles.models import Correction, SearchDocument
from articles.search.documents import check
from tests.desk import article_of, block_at, check_whole, read_page, state_of


def test_an_act_leaves_one_entry_with_who_what_and_where(page, editor):
    article = article_of(page, "南塘村头茬")
    entry = corrections.set_kind(article=article, kind="feature", user=editor)
    assert Correction.objects.get() == entry
    assert (entry.user, entry.action, list(entry.pages.all())) == (editor, "set_kind", [page])
    assert entry.before["article"][str(article.pk)]["kind"] == "news"
    assert entry.after["article"][str(article.pk)]["kind"] == "feature"


def test_an_act_that_changes_nothing_leaves_no_entry_and_no_new_version(page, editor):
    version = page.version
    assert corrections.set_role(block=block_at(page, "谁来得早"), role="body", user=editor) is None
    page.refresh_from_db()
    assert page.version == version and not Correction.objects.exists()


def test_undo_and_redo_are_entries_too(page, editor):
    before = state_of([page])
    entry = corrections.merge_articles(
        first=article_of(page, "老槐树下"), second=article_of(page, "南塘村头茬"), user=editor
    )
    after = state_of([page])
    undone = corrections.undo(entry=entry, user=editor)
    assert state_of([page]) == before and undone.undoes == entry and not page.touched
    corrections.undo(entry=undone, user=editor)
    assert state_of([page]) == after and page.touched
    corrections.undo(entry=entry, user=editor)
    assert state_of([page]) == before and not page.touched
    assert Correction.objects.count() == 4


def test_an_entry_is_undone_once(page, editor):
    entry = corrections.set_name(page=page, name="民生", user=editor)
    corrections.undo(entry=entry, user=editor)
    with pytest.raises(ActRefused, match="已经撤销"):
        corrections.undo(entry=entry, user=editor)


def test_undo_names_the_later_act_in_the_way(page, editor, second_editor):
    first = corrections.edit_text(block=block_at(page, "谁来得早"), text="甲", user=editor)
    second = corrections.edit_text(block=block_at(page, "谁来得早"), text="乙", user=second_editor)
    with pytest.raises(UndoBlocked, match=r"改正文字.*li") as refused:
        corrections.undo(entry=first, user=editor)
    assert refused.value.later == [second]
    corrections.undo(entry=second, user=editor)
    corrections.undo(entry=first, user=editor)
    assert block_at(page, "谁来得早").corrected_text is None


def test_an_earlier_act_elsewhere_is_undone_alone(page, editor):
    first = corrections.edit_text(block=block_at(page, "谁来得早"), text="甲", user=editor)
    corrections.set_kind(article=article_of(page, "南塘村头茬"), kind="feature", user=editor)
    corrections.undo(entry=first, user=editor)
    assert article_of(page, "南塘村头茬").kind == "feature"
    assert read_page(page)[0][1][-1] == "谁来得早谁开门，钥匙就挂在老槐树的铁钩上。"


def test_a_cut_block_is_whole_again_after_undo(page, editor):
    before = state_of([page])
    entry = corrections.split_block(
        block=block_at(page, "南塘村的头茬"), offset=page.source_text.index("每斤"), user=editor
    )
    corrections.undo(entry=entry, user=editor)
    assert state_of([page]) == before
    redone = corrections.undo(entry=Correction.objects.first(), user=editor)
    assert redone.action == "undo" and block_at(page, "每斤")
    check_whole([page])


def test_search_follows_every_act_and_undo(page, editor):
    article = article_of(page, "南塘村头茬")
    entry = corrections.edit_text(block=block_at(page, "南塘村的头茬"), text="改成了桑葚。", user=editor)
    assert "桑葚" in SearchDocument.objects.get(article=article).body
    corrections.undo(entry=entry, user=editor)
    assert "桑葚" not in SearchDocument.objects.get(article=article).body
    assert not check().faults


def test_every_action_has_a_name_in_chinese():
    acts = {name for name in corrections.__all__ if name[0].islower()} - {"action_name"}
    assert acts | {"take_over"} == set(corrections.ACTION_NAMES)  # what an issue's package brings in is no editor's act
