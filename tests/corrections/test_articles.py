"""Acts on articles."""

import pytest

from articles import corrections
from articles.corrections import ActRefused
from articles.models import Article, Category, Column, Correction, Person
from tests.desk import article_of, block_at, check_whole, read_page
from tests.factories import make_newspaper


def test_the_article_with_the_headline_survives_a_merge_and_the_other_redirects(page, editor):
    headed, headless = article_of(page, "南塘村头茬"), article_of(page, "图为果农")
    entry = corrections.merge_articles(first=headless, second=headed, user=editor)
    headless.refresh_from_db()
    assert headless.merged_into == headed and entry.arguments["survivor"] == headed.pk
    assert read_page(page)[1] == (
        "南塘村头茬枇杷上市",
        ["图为果农在分拣枇杷。", "南塘村的头茬枇杷昨日下树，每斤卖到八元。"],
    )
    check_whole([page])


def test_of_two_with_headlines_the_first_survives_and_the_other_headline_becomes_a_subheading(page, editor):
    first, second = article_of(page, "老槐树下"), article_of(page, "南塘村头茬")
    corrections.merge_articles(first=first, second=second, user=editor)
    first.refresh_from_db()
    assert first.headline == "老槐树下开起共享书屋"
    assert first.body.split("\n")[-2:] == ["南塘村头茬枇杷上市", "南塘村的头茬枇杷昨日下树，每斤卖到八元。"]
    check_whole([page])


def test_credits_of_both_parts_are_the_survivors(page, editor):
    first, second = article_of(page, "老槐树下"), article_of(page, "图为果农")
    corrections.merge_articles(first=first, second=second, user=editor)
    assert [c.name for c in first.credits.order_by("position")] == ["林小满", "周禾"]


def test_an_article_is_not_merged_with_itself(page, editor):
    article = article_of(page, "老槐树下")
    with pytest.raises(ActRefused):
        corrections.merge_articles(first=article, second=article, user=editor)


def test_the_part_with_the_headline_keeps_the_id_when_an_article_is_split(page, editor):
    article = article_of(page, "老槐树下")
    corrections.split_article(article=article, at=block_at(page, "钥匙挂在树上"), as_headline=True, user=editor)
    made = article_of(page, "钥匙挂在树上")
    article.refresh_from_db()
    assert article.headline == "老槐树下开起共享书屋" and made.headline == "钥匙挂在树上"
    assert made.body == "谁来得早谁开门，钥匙就挂在老槐树的铁钩上。"
    assert made.category is not None or not Category.objects.exists()
    check_whole([page])


def test_a_split_before_the_headline_leaves_the_id_with_the_headline(page, editor):
    article = article_of(page, "老槐树下")
    corrections.split_article(article=article, at=block_at(page, "老槐树下"), user=editor)
    article.refresh_from_db()
    assert article.headline == "老槐树下开起共享书屋" and article.column_label == ""
    check_whole([page])


def test_an_article_is_not_split_before_its_first_passage(page, editor):
    with pytest.raises(ActRefused, match="中间"):
        corrections.split_article(article=article_of(page, "南塘村头茬"), at=block_at(page, "南塘村头茬"), user=editor)


def test_a_supplied_headline_stands_in_brackets_and_apart(page, editor):
    article = article_of(page, "图为果农")
    corrections.supply_headline(article=article, text="果农分拣枇杷", user=editor)
    article.refresh_from_db()
    assert (article.title, article.headline) == ("[果农分拣枇杷]", "")


def test_an_article_with_a_printed_headline_gets_no_other(page, editor):
    with pytest.raises(ActRefused, match="印有标题"):
        corrections.supply_headline(article=article_of(page, "老槐树下"), text="书屋", user=editor)


def test_what_an_editor_fixed_is_not_read_anew(page, editor):
    category = Category.objects.create(name="文化", slug="wenhua")
    article = article_of(page, "老槐树下")
    column = Column.objects.create(newspaper=page.newspaper, name="文化巷")
    corrections.set_kind(article=article, kind="feature", user=editor)
    corrections.set_category(article=article, category=category, user=editor)
    corrections.set_column(article=article, column=column, user=editor)
    corrections.set_keywords(article=article, keywords=["书屋", " 邻里 ", "书屋"], user=editor)
    corrections.set_credits(article=article, credits=[("林小满", "author", "槐荫巷")], user=editor)
    corrections.merge_articles(first=article, second=article_of(page, "南塘村头茬"), user=editor)
    article.refresh_from_db()
    assert (article.kind, article.category, article.column) == ("feature", category, column)
    assert article.keywords == ["书屋", "邻里"]
    assert [(c.name, c.role, c.unit) for c in article.credits.all()] == [("林小满", "author", "槐荫巷")]
    assert sorted(article.fixed) == ["category", "column", "credits", "keywords", "kind"]


def test_a_namesake_is_told_apart(page, editor):
    other = Person.objects.create(name="林小满", note="槐荫小学")
    article = article_of(page, "老槐树下")
    corrections.set_credits(article=article, credits=[("林小满", "author", "", other)], user=editor)
    assert article.credits.get().person == other


def test_a_column_of_another_newspaper_is_refused(page, editor):
    column = Column.objects.create(newspaper=make_newspaper(), name="他报栏目")
    with pytest.raises(ActRefused, match="另一份"):
        corrections.set_column(article=article_of(page, "老槐树下"), column=column, user=editor)


def test_a_withdrawn_article_is_gone_for_readers_until_it_is_brought_back(page, editor):
    article = article_of(page, "南塘村头茬")
    corrections.withdraw_article(article=article, reason="数字有误", user=editor)
    assert article not in Article.objects.visible_to(None)
    article.refresh_from_db()
    assert article.withdrawn_reason == "数字有误" and article.withdrawn_at
    corrections.bring_back_article(article=article, user=editor)
    assert article in Article.objects.visible_to(None)


def test_a_withdrawal_needs_a_reason(page, editor):
    with pytest.raises(ActRefused, match="原因"):
        corrections.withdraw_article(article=article_of(page, "南塘村头茬"), reason=" ", user=editor)


def test_an_act_on_a_merged_article_is_refused(page, editor):
    first, second = article_of(page, "老槐树下"), article_of(page, "南塘村头茬")
    corrections.merge_articles(first=first, second=second, user=editor)
    with pytest.raises(ActRefused, match="并入"):
        corrections.set_kind(article=second, kind="opinion", user=editor)


def test_a_notice_is_linked_to_the_article_it_corrects_and_back(page, editor):
    notice, article = article_of(page, "南塘村"), article_of(page, "老槐树")
    entry = corrections.set_corrects(article=notice, corrects=article, user=editor)
    assert list(article.notices.all()) == [notice]
    with pytest.raises(ActRefused, match="不能互相更正"):
        corrections.set_corrects(article=article, corrects=notice, user=editor)
    with pytest.raises(ActRefused, match="不能更正它自己"):
        corrections.set_corrects(article=article, corrects=article, user=editor)
    corrections.undo(entry=entry, user=editor)
    assert not article.notices.exists()


def test_a_name_may_be_given_to_a_namesake_known_or_new(page, editor):
    article = article_of(page, "老槐树下")
    first = Person.objects.create(name="林小满")
    entry = corrections.set_credits(
        article=article, credits=[("林小满", "reporter", "城北站", corrections.NEW_PERSON)], user=editor
    )
    second = article.credits.get().person
    assert (second.name, second.note) == ("林小满", "城北站") and second != first
    corrections.set_credits(article=article, credits=[("林小满", "reporter", "", first)], user=editor)
    assert article.credits.get().person == first
    corrections.undo(entry=Correction.objects.latest("pk"), user=editor)
    assert article.credits.get().person == second
    corrections.undo(entry=entry, user=editor)
    assert not article.credits.exists()


def test_a_column_is_made_by_its_name(page, editor):
    article = article_of(page, "南塘村头茬")
    entry = corrections.set_column(article=article, column=" 田间 地头 ", user=editor)
    article.refresh_from_db()
    assert (article.column.name, article.column.newspaper) == ("田间 地头", page.newspaper)
    assert entry.arguments["column"] == "田间 地头"
    corrections.undo(entry=entry, user=editor)
    article.refresh_from_db()
    assert article.column is None
