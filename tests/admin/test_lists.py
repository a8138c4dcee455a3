"""The admin shows everything and lets nothing bypass corrections."""

import pytest
from django.urls import reverse

from articles import corrections
from articles.models import Article, Category, ImportRun, Issue, Newspaper, Page
from tests.desk import article_of, lay_page
from tests.factories import make_issue

SHOWN = ["article", "column", "correction", "doubt", "importrun", "issue", "page"]
KEPT = ["category", "newspaper", "person"]


@pytest.fixture
def page(db):
    return lay_page(
        make_issue(date="2024-05-06"),
        [
            (0, "headline", "河堤<b>加高</b>完工"),
            (0, "byline", "本报记者 林小满"),
            (0, "body", "河堤加高工程昨日完工。"),
            ("banner", "body", "讲文明 树新风"),
        ],
        number="1",
    )


@pytest.mark.parametrize("name", SHOWN + KEPT)
def test_every_list_opens_in_chinese_and_searches(admin_client, page, name):
    response = admin_client.get(reverse(f"admin:articles_{name}_changelist"), {"q": "林"} if name == "person" else {})
    assert response.status_code == 200
    assert "编辑后台" in response.content.decode()


@pytest.mark.parametrize("name", SHOWN)
def test_what_corrections_own_is_neither_added_changed_nor_deleted(admin_client, page, name):
    assert admin_client.get(reverse(f"admin:articles_{name}_add")).status_code == 403
    row = {"article": Article, "page": Page, "issue": Issue}.get(name)
    if row:
        at = row.objects.first().pk
        assert admin_client.get(reverse(f"admin:articles_{name}_delete", args=[at])).status_code == 403
        assert admin_client.post(reverse(f"admin:articles_{name}_change", args=[at]), {"_save": "1"}).status_code == 403


@pytest.mark.parametrize("name", SHOWN + KEPT)
def test_no_list_offers_an_act_on_many_rows(admin_client, page, name):
    Category.objects.create(name="民生", slug="minsheng")
    response = admin_client.get(reverse(f"admin:articles_{name}_changelist"))
    assert 'name="action"' not in response.content.decode()


def test_a_page_shows_its_text_block_by_block_and_escapes_it(admin_client, page):
    html = admin_client.get(reverse("admin:articles_page_change", args=[page.pk])).content.decode()
    assert "河堤&lt;b&gt;加高&lt;/b&gt;完工" in html and "<b>加高</b>" not in html
    assert "通栏标语" in html and "署名" in html


def test_a_correction_is_shown_beside_its_source(admin_client, admin_user, page):
    block = article_of(page, "河堤").blocks.get(role="body")
    corrections.edit_text(block=block, text="河堤加高工程前日完工。", user=admin_user)
    html = admin_client.get(reverse("admin:articles_page_change", args=[page.pk])).content.decode()
    assert "<del>河堤加高工程昨日完工。</del>" in html
    journal = admin_client.get(reverse("admin:articles_correction_changelist")).content.decode()
    assert "改正文字" in journal


@pytest.mark.parametrize("name", [*KEPT, "column"])
def test_what_articles_refer_to_is_not_deleted_here(admin_client, page, name):
    response = admin_client.post(reverse(f"admin:articles_{name}_delete", args=[1]), {"post": "yes"})
    assert response.status_code == 403 and "没有权限" in response.content.decode()
    assert Newspaper.objects.count() == 1 and Article.objects.exists()


def test_kinds_of_doubt_and_acts_are_filtered_by_words(admin_client, admin_user, page):
    page.doubts.create(code="cut", text="断了。")
    corrections.set_name(page=page, name="要闻", user=admin_user)
    doubts = admin_client.get(reverse("admin:articles_doubt_changelist")).content.decode()
    assert "段落断开" in doubts and ">cut<" not in doubts
    for code, count in (("cut", 1), ("woven", 0)):
        found = admin_client.get(reverse("admin:articles_doubt_changelist"), {"code": code})
        assert found.context["cl"].result_count == count
    entry = admin_client.get(reverse("admin:articles_correction_change", args=[page.corrections.get().pk]))
    assert "改版名" in entry.content.decode()
    html = admin_client.get(reverse("admin:articles_article_changelist")).content.decode()
    assert "90%" in html


@pytest.mark.parametrize("choice", ["tray", "inferred", "unnumbered", "nonsense"])
def test_pages_are_filtered_by_what_is_unknown_of_them(admin_client, page, choice):
    response = admin_client.get(reverse("admin:articles_page_changelist"), {"dated": choice})
    assert response.status_code in (200, 302)


def test_a_printed_address_is_not_renamed(admin_client, page):
    newspaper = page.newspaper
    form = {"name": newspaper.name, "slug": "other", "publisher": "", "shows_unreviewed": "on", "_save": "1"}
    admin_client.post(reverse("admin:articles_newspaper_change", args=[newspaper.pk]), form)
    assert Newspaper.objects.get().slug == newspaper.slug


@pytest.mark.parametrize("name", ["article", "page", "issue", "importrun"])
def test_a_list_costs_the_same_queries_for_more_rows(admin_client, page, name, django_assert_max_num_queries):
    for number in range(2, 12):
        lay_page(
            page.issue, [(0, "headline", f"第{number}条"), (0, "body", f"第{number}条的正文。")], number=str(number)
        )
        ImportRun.objects.create(newspaper=page.newspaper)
    with django_assert_max_num_queries(14):
        admin_client.get(reverse(f"admin:articles_{name}_changelist"))
