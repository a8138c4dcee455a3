"""Doubts that an act answers are settled with it, and open again when it is taken back."""

import pytest

from articles import corrections
from articles.models import Doubt
from tests.desk import article_of, block_at

LOQUAT, PHOTO, SHELF = "南塘村的头茬", "图为果农", "槐荫巷口"


def doubted(page, code, words, **fields):
    start = page.source_text.index(words)
    article = fields.pop("article", None) or block_at(page, words).article
    return Doubt.objects.create(page=page, code=code, start=start, end=start + 4, article=article, text="疑", **fields)


# code: the passage that it speaks of, and the act that answers it.
ANSWERS = {
    "no_headline": (PHOTO, lambda p: corrections.supply_headline(article=article_of(p, PHOTO), text="分拣", user=None)),
    "lone_headline": (
        "讲文明",
        lambda p: corrections.move_blocks(blocks=[block_at(p, "讲文明")], to=article_of(p, PHOTO), user=None),
    ),
    "lone_label": ("讲文明", lambda p: corrections.set_aside(blocks=[block_at(p, "讲文明")], user=None)),
    "cut": (LOQUAT, lambda p: corrections.fold_block(block=block_at(p, LOQUAT), duplicate_of=(0, 4), user=None)),
    "weak_join": (SHELF, lambda p: corrections.unjoin_block(block=block_at(p, "屋，三百册"), user=None)),
    "woven": (
        "谁来得早",
        lambda p: corrections.move_blocks(blocks=[block_at(p, "谁来得早")], to=article_of(p, PHOTO), user=None),
    ),
    "lead": (LOQUAT, lambda p: corrections.fold_block(block=block_at(p, LOQUAT), duplicate_of=(0, 4), user=None)),
    "heading": (PHOTO, lambda p: corrections.set_role(block=block_at(p, PHOTO), role="headline", user=None)),
    "damaged": (LOQUAT, lambda p: corrections.edit_text(block=block_at(p, LOQUAT), text="南塘村头茬。", user=None)),
}


@pytest.mark.parametrize("code", ANSWERS)
def test_a_doubt_is_settled_by_the_act_that_answers_it_and_open_again_once_undone(page, editor, code):
    words, answer = ANSWERS[code]
    if code == "damaged":
        page.source_text = page.source_text.replace("八元", "\ufffd元")
        page.save()
    doubt = doubted(page, code, words)
    corrections.set_keywords(article=article_of(page, SHELF), keywords=["书屋"], user=editor)
    doubt.refresh_from_db()
    assert doubt.state == Doubt.State.OPEN, "an act on something else"
    entry = answer(page)
    doubt.refresh_from_db()
    assert doubt.state == Doubt.State.ACCEPTED
    corrections.undo(entry=entry, user=editor)
    doubt.refresh_from_db()
    assert doubt.state == Doubt.State.OPEN


def test_a_cut_is_answered_by_joining_what_follows(page, editor):
    corrections.unjoin_block(block=block_at(page, "屋，三百册"), user=editor)
    doubt = doubted(page, "cut", SHELF)
    corrections.join_block(block=block_at(page, "屋，三百册"), user=editor)
    doubt.refresh_from_db()
    assert doubt.state == Doubt.State.ACCEPTED


def test_a_headline_found_by_merging_or_by_a_role_answers(page, editor):
    for act in (
        lambda: corrections.set_role(block=block_at(page, PHOTO), role="headline", user=editor),
        lambda: corrections.merge_articles(first=article_of(page, LOQUAT), second=article_of(page, PHOTO), user=editor),
    ):
        doubt = doubted(page, "no_headline", PHOTO)
        entry = act()
        doubt.refresh_from_db()
        assert doubt.state == Doubt.State.ACCEPTED
        corrections.undo(entry=entry, user=editor)
        doubt.refresh_from_db()
        doubt.delete()


def test_a_proposed_jump_is_answered_by_linking_it(page, third_page, editor):
    rest = article_of(third_page, "书屋的账本")
    doubt = doubted(third_page, "jump_proposed", "书屋的账本", article=rest)
    corrections.link_jump(head=article_of(page, SHELF), continuation=rest, user=editor)
    doubt.refresh_from_db()
    assert doubt.state == Doubt.State.ACCEPTED


def test_what_a_reader_reports_is_settled_by_nobody_but_an_editor(page, editor):
    doubt = doubted(page, "no_headline", PHOTO, origin="reader")
    corrections.supply_headline(article=article_of(page, PHOTO), text="分拣", user=editor)
    doubt.refresh_from_db()
    assert doubt.state == Doubt.State.OPEN
