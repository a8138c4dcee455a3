"""The screen of an article: what it says, its place, its history, and what may be done with it."""

from django.urls import reverse

from articles import corrections
from articles.models import Article
from tests.desk import article_of, block_at, lay_page
from tests.factories import make_issue

SHELF, LOQUAT = "老槐树", "南塘村"


def open_article(client, article, **query):
    response = client.get(reverse("admin:articles_article_change", args=[article.pk]), query)
    assert response.status_code == 200
    return response.content.decode()


def test_it_shows_the_article_its_place_and_its_public_address(desk, page):
    article = article_of(page, SHELF)
    html = open_article(desk.client, article)
    assert "街巷新事" in html and "钥匙挂在树上" in html
    assert f'href="{article.get_absolute_url()}"' in html
    assert f"/admin/articles/page/{page.pk}/change/#b{block_at(page, '街巷新事').pk}" in html


def test_history_shows_the_last_change_and_any_two_states(desk, editor, page):
    article, block = article_of(page, LOQUAT), block_at(page, "南塘村的头茬")
    for text in ("头茬枇杷每斤八元。", "头茬枇杷每斤九元。"):
        corrections.edit_text(block=block, text=text, user=editor)
    html = open_article(desk.client, article)
    assert "第2稿 → 第3稿" in html and "<del>八</del><ins>九</ins>" in html
    html = open_article(desk.client, article, **{"from": "1", "to": "2"})
    assert "第1稿 → 第2稿" in html and "<del>南塘村的</del>" in html
    assert "两稿相同" in open_article(desk.client, article, **{"from": "2", "to": "2"})
    open_article(desk.client, article, **{"from": "x", "to": "99"})


def test_an_act_from_this_screen_leads_back_to_it(desk, page):
    article = article_of(page, SHELF)
    here = reverse("admin:articles_article_change", args=[article.pk])
    address = reverse("admin:articles_page_act", args=[page.pk, "set_kind"])
    response = desk.client.post(f"{address}?next={here}", {"article": article.pk, "kind": "feature"})
    assert response.url == f"{here}#a{article.pk}"


def test_withdrawal_is_offered_to_who_may_and_said_when_done(client, onlooker, desk, editor, page):
    article = article_of(page, SHELF)
    assert 'data-act="withdraw_article"' in open_article(desk.client, article)
    corrections.withdraw_article(article=article, reason="作者要求", user=editor)
    html = open_article(desk.client, article)
    assert "原因：作者要求" in html and 'data-act="bring_back_article"' in html
    client.force_login(onlooker)
    assert 'data-act="' not in open_article(client, article)


def test_a_notice_and_what_it_corrects_name_each_other_here_and_in_public(desk, editor, page):
    notice, article = article_of(page, LOQUAT), article_of(page, SHELF)
    assert desk.act(page, "set_corrects", article=notice, corrects=str(article.pk)).status_code == 302
    assert "所更正的是" in open_article(desk.client, notice) and "有更正" in open_article(desk.client, article)
    desk.client.logout()
    public = desk.client.get(notice.get_absolute_url()).content.decode()
    assert "本文更正" in public and f'href="{article.get_absolute_url()}"' in public
    public = desk.client.get(article.get_absolute_url()).content.decode()
    assert "本文有更正" in public and f'href="{notice.get_absolute_url()}"' in public


def test_a_withdrawn_notice_is_not_named_in_public(desk, editor, page):
    notice, article = article_of(page, LOQUAT), article_of(page, SHELF)
    corrections.set_corrects(article=notice, corrects=article, user=editor)
    corrections.withdraw_article(article=notice, reason="误", user=editor)
    desk.client.logout()
    assert "本文有更正" not in desk.client.get(article.get_absolute_url()).content.decode()


def test_an_article_that_was_merged_says_where_it_went(desk, editor, page):
    first, second = article_of(page, SHELF), article_of(page, LOQUAT)
    corrections.merge_articles(first=first, second=second, user=editor)
    html = open_article(desk.client, second)
    assert "已并入" in html and first.headline in html and 'data-act="' not in html


def test_it_takes_nothing_by_post_and_has_no_screen_for_what_is_not(desk, page):
    address = reverse("admin:articles_article_change", args=[article_of(page, SHELF).pk])
    assert desk.client.post(address, {"headline": "x"}).status_code == 403
    assert desk.client.get(reverse("admin:articles_article_change", args=[10**6])).status_code == 404


def test_hostile_text_is_escaped(desk, editor, db):
    page = lay_page(
        make_issue(), [(0, "headline", "<script>alert(1)</script>"), (0, "body", "<img src=x onerror=a()>文。")]
    )
    block = block_at(page, "<img")
    corrections.edit_text(block=block, text="<b>改</b>", user=editor)
    html = open_article(desk.client, Article.objects.get())
    assert "<script>alert" not in html and "<img src=x" not in html and "<b>改" not in html
    assert "&lt;" in html
