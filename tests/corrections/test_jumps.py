"""Acts on jumps."""

import pytest

from articles import corrections
from articles.assembly import read_paragraphs
from articles.corrections import ActRefused
from tests.desk import article_of, block_at, check_whole


@pytest.fixture
def linked(page, third_page, editor):
    head, rest = article_of(page, "老槐树下"), article_of(third_page, "书屋的账本")
    corrections.link_jump(head=head, continuation=rest, user=editor)
    head.refresh_from_db()
    rest.refresh_from_db()
    return head, rest


def test_a_linked_jump_reads_as_one_article_with_a_seam(linked, page, third_page):
    head, rest = linked
    assert rest.merged_into == head
    *before, last = [piece for paragraph in read_paragraphs(head) for piece in paragraph.pieces]
    assert (last.text, last.page, last.seam) == ("书屋的账本也是公开的，每一笔捐款都写在黑板上。", third_page, True)
    assert not any(piece.seam for piece in before)
    check_whole([page, third_page])


def test_a_sentence_that_the_jump_breaks_reads_on(page, third_page, editor):
    block = block_at(page, "谁来得早")
    corrections.edit_text(block=block, text="谁来得早谁开门，", user=editor)
    head, rest = article_of(page, "老槐树下"), article_of(third_page, "书屋的账本")
    corrections.link_jump(head=head, continuation=rest, user=editor)
    last = read_paragraphs(head)[-1]
    assert last.text == "谁来得早谁开门，书屋的账本也是公开的，每一笔捐款都写在黑板上。"
    assert [(piece.page, piece.seam) for piece in last.pieces] == [(page, False), (third_page, True)]


def test_an_act_on_a_linked_article_moves_the_versions_of_both_pages(linked, page, third_page, editor):
    head, _ = linked
    versions = [page.version, third_page.version]
    corrections.set_kind(article=head, kind="feature", user=editor)
    page.refresh_from_db()
    third_page.refresh_from_db()
    assert page.version > versions[0] and third_page.version > versions[1]


def test_a_jump_is_unlinked_again(linked, page, third_page, editor):
    head, _ = linked
    corrections.unlink_jump(article=head, page=third_page, user=editor)
    made = article_of(third_page, "书屋的账本")
    assert made != head and made.kind == "continuation" and made.continued_from == "2"
    check_whole([page, third_page])


def test_undoing_a_link_brings_the_continuation_back_under_its_own_id(page, third_page, editor):
    head, rest = article_of(page, "老槐树下"), article_of(third_page, "书屋的账本")
    entry = corrections.link_jump(head=head, continuation=rest, user=editor)
    corrections.undo(entry=entry, user=editor)
    assert article_of(third_page, "书屋的账本") == rest
    check_whole([page, third_page])


def test_there_is_nothing_to_unlink_on_the_head_page_alone(page, editor):
    with pytest.raises(ActRefused, match="接到这一版"):
        corrections.unlink_jump(article=article_of(page, "老槐树下"), page=page, user=editor)


def test_a_jump_to_a_page_that_is_not_there_is_noted(page, editor):
    article = article_of(page, "老槐树下")
    corrections.link_jump_to_page(article=article, on_page="第四版", user=editor)
    article.refresh_from_db()
    assert (article.continued_on, article.continued_from) == ("4", "")
    with pytest.raises(ActRefused, match="不是版次"):
        corrections.link_jump_to_page(article=article, on_page="封底", user=editor)
