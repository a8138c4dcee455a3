"""Acts on passages."""

import pytest

from articles import corrections
from articles.assembly import lay_out
from articles.corrections import ActRefused
from articles.models import Article, Block
from tests.desk import article_of, block_at, check_whole, read_page


def body_of(page, words):
    return article_of(page, words).body.split("\n")


def test_a_page_reads_as_it_was_laid_out(page):
    assert read_page(page) == [
        (
            "老槐树下开起共享书屋",
            [
                "槐荫巷口的旧传达室，五月起改成了一间共享书屋，三百册图书都是邻居捐的。",
                "钥匙挂在树上",
                "谁来得早谁开门，钥匙就挂在老槐树的铁钩上。",
            ],
        ),
        ("南塘村头茬枇杷上市", ["南塘村的头茬枇杷昨日下树，每斤卖到八元。"]),
        ("", ["图为果农在分拣枇杷。"]),
    ]
    check_whole([page])


def test_a_moved_passage_stands_before_the_one_chosen(page, editor):
    to = article_of(page, "南塘村头茬")
    entry = corrections.move_blocks(
        blocks=[block_at(page, "谁来得早")], to=to, before=block_at(page, "南塘村的头茬"), user=editor
    )
    assert body_of(page, "南塘村头茬") == [
        "谁来得早谁开门，钥匙就挂在老槐树的铁钩上。",
        "南塘村的头茬枇杷昨日下树，每斤卖到八元。",
    ]
    assert entry.arguments["spans"][0][0] == page.pk
    check_whole([page])


def test_passages_moved_nowhere_become_an_article_whose_address_survives_an_undo(page, editor):
    entry = corrections.move_blocks(blocks=[block_at(page, "谁来得早")], to=None, user=editor)
    made = article_of(page, "谁来得早")
    assert made.pk == entry.arguments["made"] and made.lives
    corrections.undo(entry=entry, user=editor)
    made.refresh_from_db()
    assert made.merged_into == article_of(page, "谁来得早")
    check_whole([page])


def test_a_whole_article_is_not_made_another(page, editor):
    article = article_of(page, "南塘村头茬")
    blocks = list(Block.objects.filter(article=article))
    assert corrections.move_blocks(blocks=blocks, to=None, user=editor) is None
    assert article_of(page, "南塘村头茬") == article
    check_whole([page])


def test_a_banner_can_be_placed_after_all(page, editor):
    corrections.move_blocks(blocks=[block_at(page, "讲文明")], to=article_of(page, "图为果农"), user=editor)
    assert block_at(page, "讲文明").reason == ""
    check_whole([page])


def test_an_article_that_loses_its_last_passage_leads_to_where_it_went(page, editor):
    emptied, to = article_of(page, "南塘村头茬"), article_of(page, "图为果农")
    blocks = list(Block.objects.filter(article=emptied).in_reading_order())
    corrections.move_blocks(blocks=blocks, to=to, user=editor)
    emptied.refresh_from_db()
    assert emptied.merged_into == to
    check_whole([page])


def test_passages_are_read_in_the_order_given(page, editor):
    article = article_of(page, "南塘村头茬")
    order = list(Block.objects.filter(article=article).in_reading_order())[::-1]
    corrections.reorder_blocks(article=article, order=order, user=editor)
    assert [b.pk for b in Block.objects.filter(article=article).in_reading_order()] == [b.pk for b in order]
    check_whole([page])


def test_an_order_that_leaves_a_passage_out_is_refused(page, editor):
    article = article_of(page, "南塘村头茬")
    with pytest.raises(ActRefused, match="每一段"):
        corrections.reorder_blocks(article=article, order=[block_at(page, "南塘村的头茬")], user=editor)


def test_a_role_decides_where_a_passage_is_read(page, editor):
    corrections.set_role(block=block_at(page, "钥匙挂在树上"), role="subheadline", user=editor)
    article = article_of(page, "钥匙挂在树上")
    assert article.subheadline == "钥匙挂在树上" and "钥匙挂在树上" not in article.body.split("\n")
    check_whole([page])


def test_a_role_that_does_not_exist_is_refused(page, editor):
    with pytest.raises(ActRefused):
        corrections.set_role(block=block_at(page, "钥匙"), role="banner headline", user=editor)


def test_a_byline_found_by_an_editor_names_people(page, editor):
    corrections.set_role(block=block_at(page, "图为果农"), role="body", user=editor)
    assert [c.name for c in article_of(page, "周禾 摄").credits.all()] == ["周禾"]


def test_paragraphs_are_joined_and_parted(page, editor):
    later = block_at(page, "屋，三百册")
    corrections.unjoin_block(block=later, user=editor)
    assert body_of(page, "屋，三百册")[1] == "屋，三百册图书都是邻居捐的。"
    corrections.join_block(block=later, user=editor)
    assert body_of(page, "屋，三百册")[0].endswith("共享书屋，三百册图书都是邻居捐的。")
    check_whole([page])


def test_the_first_paragraph_has_nothing_to_join(page, editor):
    with pytest.raises(ActRefused, match="上段"):
        corrections.join_block(block=block_at(page, "南塘村的头茬"), user=editor)


def test_a_block_is_cut_where_the_caret_stands(page, editor):
    block = block_at(page, "南塘村的头茬")
    at = page.source_text.index("每斤卖到")
    corrections.split_block(block=block, offset=at, user=editor)
    made = block_at(page, "每斤卖到")
    assert made.joins and body_of(page, "南塘村的头茬") == ["南塘村的头茬枇杷昨日下树，每斤卖到八元。"]
    corrections.unjoin_block(block=made, user=editor)
    assert body_of(page, "南塘村的头茬") == ["南塘村的头茬枇杷昨日下树，", "每斤卖到八元。"]
    check_whole([page])


@pytest.mark.parametrize("shift", [-1, 0, 10_000])
def test_a_cut_outside_the_block_is_refused(page, editor, shift):
    block = block_at(page, "南塘村的头茬")
    with pytest.raises(ActRefused, match="中间"):
        corrections.split_block(block=block, offset=block.start + shift, user=editor)


def test_many_cuts_in_one_place_keep_the_order(page, editor):
    at = page.source_text.index("谁来得早谁开门")
    for offset in range(at + 12, at, -1):
        corrections.split_block(block=block_at(page, "谁"), offset=offset, user=editor)
    assert body_of(page, "老槐树下")[-1] == "谁来得早谁开门，钥匙就挂在老槐树的铁钩上。"
    check_whole([page])


def test_a_correction_is_read_and_the_source_stays(page, editor):
    block = block_at(page, "南塘村的头茬")
    corrections.edit_text(block=block, text="南塘村的头茬枇杷昨日下树，每斤卖到九元。\x0b", user=editor)
    article = article_of(page, "南塘村的头茬")
    assert article.body == "南塘村的头茬枇杷昨日下树，每斤卖到九元。"
    page.refresh_from_db()
    assert "每斤卖到八元" in page.source_text
    corrections.edit_text(block=block, text="南塘村的头茬枇杷昨日下树，每斤卖到八元。", user=editor)
    block.refresh_from_db()
    assert block.corrected_text is None


def test_a_headline_is_corrected_like_any_text(page, editor):
    corrections.edit_text(block=block_at(page, "南塘村头茬"), text="南塘村头茬枇杷昨日上市", user=editor)
    assert article_of(page, "南塘村头茬").headline == "南塘村头茬枇杷昨日上市"


def test_a_repeat_is_folded_and_unfolded(page, editor):
    block, original = block_at(page, "谁来得早"), block_at(page, "南塘村的头茬")
    corrections.fold_block(block=block, duplicate_of=(original.start, original.start + 10), user=editor)
    assert "谁来得早" not in article_of(page, "老槐树下").body
    check_whole([page])
    corrections.unfold_block(block=block, to=article_of(page, "老槐树下"), user=editor)
    assert "谁来得早" in article_of(page, "老槐树下").body
    check_whole([page])


def test_a_passage_repeats_no_part_of_itself(page, editor):
    block = block_at(page, "谁来得早")
    with pytest.raises(ActRefused, match="另一段"):
        corrections.fold_block(block=block, duplicate_of=(block.start, block.start + 3), user=editor)


def test_passages_are_set_aside_with_a_reason(page, editor):
    blocks = [block_at(page, "图为果农"), block_at(page, "周禾 摄")]
    article = article_of(page, "图为果农")
    corrections.set_aside(blocks=blocks, reason="fragment", note="广告", user=editor)
    article.refresh_from_db()
    assert article.gone and Article.objects.living().filter(pk=article.pk).count() == 0
    assert block_at(page, "周禾 摄").get_reason_display() == "残句"
    check_whole([page])


def order_of(page, words):
    blocks = article_of(page, words).blocks.in_reading_order()
    return [p.source[:4] for b in blocks for p in lay_out(page, page.blocks.all()) if p.block.pk == b.pk]


@pytest.mark.parametrize(
    ("moved", "to", "order"),
    [
        (
            ["图为果农"],
            "老槐树下",
            ["街巷新事", "老槐树下", "□本报记", "槐荫巷口", "屋，三百", "钥匙挂在", "谁来得早", "图为果农"],
        ),
        (["谁来得早", "屋，三百册"], "南塘村头茬", ["南塘村头", "屋，三百", "谁来得早", "南塘村的"]),
        (["钥匙挂在"], "老槐树下", ["街巷新事", "老槐树下", "□本报记", "槐荫巷口", "屋，三百", "钥匙挂在", "谁来得早"]),
    ],
)
def test_passages_moved_by_layout_stand_as_the_page_has_them(page, editor, moved, to, order):
    blocks = [block_at(page, words) for words in moved]
    entry = corrections.move_blocks(blocks=blocks, to=article_of(page, to), before=corrections.BY_LAYOUT, user=editor)
    assert order_of(page, to) == order
    check_whole([page])
    if entry:
        corrections.undo(entry=entry, user=editor)
    assert order_of(page, "老槐树下")[-3:] == ["屋，三百", "钥匙挂在", "谁来得早"]


def test_text_is_laid_by_text_where_the_headline_stands_far_below(page, editor):
    article = article_of(page, "老槐树下")
    corrections.move_blocks(blocks=[block_at(page, "讲文明")], to=article, before=block_at(page, "街巷"), user=editor)
    corrections.set_role(block=block_at(page, "讲文明"), role="headline", user=editor)
    corrections.move_blocks(blocks=[block_at(page, "周禾 摄")], to=article, before=corrections.BY_LAYOUT, user=editor)
    assert order_of(page, "老槐树下")[-1] == "周禾 摄"


def test_a_passage_of_another_page_goes_where_its_page_goes(page, third_page, editor):
    article = article_of(page, "老槐树下")
    corrections.move_blocks(
        blocks=[block_at(third_page, "城东新桥昨日")], to=article, before=corrections.BY_LAYOUT, user=editor
    )
    assert article.blocks.in_reading_order().last() == block_at(third_page, "城东新桥昨日")
    check_whole([page, third_page])


def test_a_repeat_is_put_back_where_the_page_has_it(page, editor):
    block = block_at(page, "钥匙挂在")
    corrections.fold_block(block=block, duplicate_of=(0, 4), user=editor)
    corrections.unfold_block(block=block, to=article_of(page, "老槐树下"), before=corrections.BY_LAYOUT, user=editor)
    assert order_of(page, "老槐树下")[-3:] == ["屋，三百", "钥匙挂在", "谁来得早"]


def test_the_roles_of_several_passages_change_in_one_act(page, editor):
    byline, rest = block_at(page, "周禾 摄"), block_at(page, "谁来得早")
    entry = corrections.set_roles(roles={rest: "subheading", byline: "caption"}, user=editor)
    assert block_at(page, "周禾 摄").role == "caption" and block_at(page, "谁来得早").role == "subheading"
    assert entry.arguments["roles"] == ["subheading", "caption"]
    assert [span[1] for span in entry.arguments["spans"]] == [rest.start, byline.start]
    corrections.undo(entry=entry, user=editor)
    assert block_at(page, "周禾 摄").role == "byline" and block_at(page, "谁来得早").role == "body"


@pytest.mark.parametrize("role", [None, "nonsense"])
def test_roles_that_are_none_are_refused(page, editor, role):
    with pytest.raises(ActRefused):
        corrections.set_roles(roles={block_at(page, "周禾 摄"): role} if role else {}, user=editor)
