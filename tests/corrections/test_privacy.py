"""Words hidden from readers, and shown after all, by acts of the journal."""

import pytest

from articles import corrections
from articles.corrections import ActRefused, UndoBlocked
from articles.models import Article, Correction, Page, SearchDocument
from articles.search import documents
from tests.desk import block_at, lay_page
from tests.factories import make_issue

MINOR = "林小满"


@pytest.fixture
def story(db):
    return lay_page(
        make_issue(date="2024-05-06"),
        [
            (0, "headline", f"{MINOR}放学路上救了一只猫"),
            (0, "byline", "□本报记者 周禾"),
            (0, "body", f"八岁的{MINOR}住在槐荫巷。家长电话13800138000，{MINOR}说猫叫声很轻。"),
            (1, "headline", "南塘村头茬枇杷上市"),
            (1, "body", "南塘村的头茬枇杷昨日下树。"),
            ("fragment", "body", f"图中左一为{MINOR}"),
        ],
        number="2",
    )


def body_of(page):
    return Article.objects.get(page=page, headline__contains="救了").body


def written(page):
    rows = [*Article.objects.values_list(), *SearchDocument.objects.values_list()]
    return "\n".join(str(value) for row in rows for value in row)


def hide(page, words=MINOR, editor=None, **more):
    return corrections.hide_text(block=block_at(page, "八岁"), words=words, user=editor, **more)


def test_words_are_hidden_in_one_passage(story, editor):
    hide(story, editor=editor)
    assert body_of(story) == "八岁的＊＊＊住在槐荫巷。家长电话138＊＊＊＊＊＊＊＊，＊＊＊说猫叫声很轻。"
    assert Article.objects.filter(headline__contains=MINOR).exists()


def test_words_are_hidden_all_over_the_page(story, editor):
    hide(story, editor=editor, everywhere=True)
    assert MINOR not in written(story)
    assert documents.check().faults == []
    story.refresh_from_db()
    assert story.source_text.count(MINOR) == 4 and story.has_masked


def test_what_is_read_out_of_the_text_is_read_anew(story, editor):
    article = Article.objects.get(headline__contains="救了")
    Article.objects.filter(pk=article.pk).update(keywords=[MINOR])
    entry = hide(story, editor=editor, everywhere=True)
    article.refresh_from_db()
    assert MINOR not in article.keywords
    corrections.undo(entry=entry, user=editor)
    article.refresh_from_db()
    assert article.keywords == [MINOR]


def test_a_name_in_a_byline_that_is_hidden_is_nobodys_credit(story, editor):
    corrections.hide_text(block=block_at(story, "□"), words="周禾", user=editor)
    article = Article.objects.get(headline__contains="救了")
    assert "周禾" not in article.byline
    assert not article.credits.filter(name="周禾").exists()


def test_a_number_that_is_hidden_wrongly_is_shown(story, editor):
    corrections.show_text(block=block_at(story, "八岁"), words="00138000", user=editor)
    assert "13800138000" in body_of(story)
    story.refresh_from_db()
    assert story.has_masked is False


def test_the_last_word_counts(story, editor):
    hide(story, "八岁的林小满住", editor)
    corrections.show_text(block=block_at(story, "八岁"), words="住", user=editor)
    corrections.show_text(block=block_at(story, "八岁"), words="八岁", user=editor)
    assert body_of(story).startswith("八岁＊＊＊＊住在")
    hide(story, "八", editor)
    assert body_of(story).startswith("＊岁＊＊＊＊住在")


def test_it_is_undone_and_done_again(story, editor):
    before = written(story)
    entry = hide(story, editor=editor, everywhere=True)
    undone = corrections.undo(entry=entry, user=editor)
    assert body_of(story).count(MINOR) == 2
    story.refresh_from_db()
    assert not story.masks
    assert before.count(MINOR) == written(story).count(MINOR)
    corrections.undo(entry=undone, user=editor)
    assert MINOR not in written(story)


def test_an_earlier_act_is_not_undone_below_a_later_one(story, editor):
    first = hide(story, editor=editor)
    hide(story, "槐荫巷", editor)
    with pytest.raises(UndoBlocked):
        corrections.undo(entry=first, user=editor)


def test_the_journal_has_the_spans_and_not_the_words(story, editor):
    entry = hide(story, editor=editor)
    assert MINOR not in str(entry.arguments)
    assert [story.source_text[a:b] for _, a, b in entry.arguments["spans"]] == [MINOR, MINOR]


def test_a_decision_outlives_cutting_and_moving(story, editor):
    hide(story, editor=editor, everywhere=True)
    block = block_at(story, "八岁")
    corrections.split_block(block=block, offset=story.source_text.index("家长"), user=editor)
    corrections.move_blocks(blocks=[block_at(story, "家长")], to=None, user=editor)
    assert MINOR not in written(story)


def test_a_decision_outlives_a_correction(story, editor):
    hide(story, editor=editor, everywhere=True)
    corrections.edit_text(block=block_at(story, "八岁"), text=f"九岁的{MINOR}住在槐荫巷。", user=editor)
    assert body_of(story) == "九岁的＊＊＊住在槐荫巷。"


def test_words_of_a_correction_are_hidden_where_the_print_has_others(story, editor):
    corrections.edit_text(block=block_at(story, "八岁"), text="八岁的林晓满住在槐荫巷。", user=editor)
    corrections.hide_text(block=block_at(story, "八岁"), words="林晓满", user=editor)
    assert body_of(story) == "八岁的＊＊＊住在槐荫巷。"


def test_bringing_a_page_back_shows_nothing_that_was_hidden_since(story, editor):
    corrections.set_role(block=block_at(story, "图中"), role="caption", user=editor)
    hide(story, editor=editor, everywhere=True)
    corrections.restore_page(page=story, entry=None, user=editor)
    assert MINOR not in written(story)


@pytest.mark.parametrize("words", ["", "  ", "没有的字", "林小满放学"])
def test_words_that_are_not_there_are_refused(story, editor, words):
    with pytest.raises(ActRefused):
        hide(story, words, editor)
    assert not Correction.objects.exists()


def test_hiding_what_is_hidden_is_no_act(story, editor):
    assert hide(story, editor=editor)
    assert hide(story, editor=editor) is None


def test_it_opens_a_page_that_was_signed_off(story, editor):
    corrections.sign_off(page=story, user=editor)
    hide(story, editor=editor)
    assert Page.objects.get(pk=story.pk).state == Page.State.PENDING
