"""The table of single keywords follows the articles, whatever writes them."""

import pytest
from django.db import connection

from articles.models import Article, ArticleKeyword
from articles.triggers import keywords
from tests.factories import make_article, make_issue

pytestmark = pytest.mark.django_db


def rows():
    return set(ArticleKeyword.objects.values_list("word", "article_id", "key"))


def test_an_article_has_a_row_for_each_of_its_keywords():
    article = make_article(keywords=["河堤", "汛期", "河堤"])
    assert rows() == {(word, article.pk, article.sort_key) for word in ("河堤", "汛期")}


def test_rows_follow_what_plain_updates_change():
    article = make_article(keywords=["河堤"])
    Article.objects.filter(pk=article.pk).update(keywords=["渡口"], sort_key=article.sort_key + 1)
    assert rows() == {("渡口", article.pk, article.sort_key + 1)}
    Article.objects.filter(pk=article.pk).update(headline="改")
    assert rows() == {("渡口", article.pk, article.sort_key + 1)}


@pytest.mark.parametrize("change", [{"gone": True}, {"sort_key": None, "issue": None}, {"keywords": []}])
def test_an_article_that_nobody_can_find_has_none(change):
    article = make_article(keywords=["河堤"])
    Article.objects.filter(pk=article.pk).update(**change)
    assert rows() == set()


def test_a_merged_article_has_none_and_a_deleted_one_takes_them_with_it():
    one, other = make_article(keywords=["河堤"]), make_article(keywords=["汛期"])
    Article.objects.filter(pk=one.pk).update(merged_into=other)
    assert {word for word, *_ in rows()} == {"汛期"}
    Article.objects.filter(pk=one.pk).delete()
    other.delete()
    assert rows() == set()


def test_words_too_long_for_a_page_are_left_out():
    make_article(keywords=["长" * 61, "", "短"])
    assert {word for word, *_ in rows()} == {"短"}


def test_rows_are_filled_from_the_articles():
    articles = [make_article(keywords=["河堤", "A/B"], issue=make_issue()) for _ in range(2)]
    before = rows()
    assert len(before) == 2 * len(articles)
    ArticleKeyword.objects.all().delete()
    keywords.fill(connection)
    assert rows() == before


def test_triggers_are_made_again_after_migrating():
    keywords.drop_triggers(connection)
    make_article(keywords=["河堤"])
    assert rows() == set()
    keywords.after_migrating("default")
    make_article(keywords=["汛期"])
    assert {word for word, *_ in rows()} == {"汛期"}
