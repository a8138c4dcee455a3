"""Acts on many articles and pages: whole or not at all, undone as one."""

import pytest

from articles import corrections
from articles.corrections import ActRefused, StalePage
from articles.corrections.replacing import find_hits
from articles.models import Article, Block, Category, Correction, Page, SearchDocument
from articles.search.documents import check
from tests.desk import article_of, block_at, check_whole, state_of


@pytest.fixture
def farm(db):
    return Category.objects.create(name="农业", slug="nongye")


def ids_on(*pages):
    rows = Article.objects.filter(blocks__page__in=pages).distinct().order_by("pk")
    return list(rows.values_list("pk", flat=True))


def hits_of(words):
    found = {}
    for hit in find_hits(Article.objects.living(), words):
        found.setdefault(hit.block, []).append(hit.offset)
    return found


def versions_of(*pages):
    return dict(Page.objects.filter(pk__in=[p.pk for p in pages]).values_list("pk", "version"))


@pytest.fixture(params=[200, 1], ids=["one batch", "many batches"])
def batch(request, monkeypatch):
    monkeypatch.setattr("articles.corrections.many.BATCH", request.param)
    return request.param


def test_a_category_is_set_on_many_and_taken_back_at_once(page, third_page, farm, editor, batch):
    before, ids = state_of([page, third_page]), ids_on(page, third_page)
    seen = versions_of(page, third_page)
    entry = corrections.set_categories(articles=ids, category=farm, user=editor, versions=seen)
    assert set(Article.objects.filter(pk__in=ids).values_list("category", flat=True)) == {farm.pk}
    assert all("category" in a.fixed for a in Article.objects.filter(pk__in=ids))
    assert Correction.objects.count() == (len(ids) if batch == 1 else 1)
    undone = corrections.undo(entry=entry, user=editor, versions=versions_of(page, third_page))
    assert state_of([page, third_page]) == before
    corrections.undo(entry=undone, user=editor)
    assert Article.objects.filter(category=farm).count() == len(ids)


def test_a_page_signed_off_is_open_again_and_undo_signs_it_off_again(page, farm, editor, batch):
    corrections.sign_off(page=page, user=editor)
    before = state_of([page])
    entry = corrections.set_categories(articles=ids_on(page), category=farm, user=editor)
    page.refresh_from_db()
    assert page.state == "pending" and not Article.objects.filter(reviewed=True).exists()
    corrections.undo(entry=entry, user=editor)
    assert state_of([page]) == before and Article.objects.filter(reviewed=True).count() == 3


def test_a_page_changed_since_it_was_seen_stops_all_of_it(page, third_page, farm, editor, batch):
    seen = versions_of(page, third_page)
    corrections.set_name(page=third_page, name="民生", user=editor)
    with pytest.raises(StalePage):
        corrections.set_categories(articles=ids_on(page, third_page), category=farm, user=editor, versions=seen)
    assert not Article.objects.filter(category=farm).exists() and Correction.objects.count() == 1


def test_one_article_changed_since_stops_the_undo_of_all(page, third_page, farm, editor, batch):
    entry = corrections.set_categories(articles=ids_on(page, third_page), category=farm, user=editor)
    later = corrections.set_category(article=article_of(page, "南塘村头茬"), category=None, user=editor)
    with pytest.raises(ActRefused, match="改类别"):
        corrections.undo(entry=entry, user=editor)
    assert Article.objects.filter(category=farm).count() == len(ids_on(page, third_page)) - 1
    corrections.undo(entry=later, user=editor)
    corrections.undo(entry=entry, user=editor)
    assert not Article.objects.filter(category=farm).exists()


def test_an_article_merged_meanwhile_is_not_filed(page, farm, editor):
    ids = ids_on(page)
    corrections.merge_articles(first=article_of(page, "老槐树"), second=article_of(page, "南塘村头茬"), user=editor)
    with pytest.raises(ActRefused, match="重新预览"):
        corrections.set_categories(articles=ids, category=farm, user=editor)


def test_too_many_are_refused_in_words(page, farm, editor, monkeypatch):
    monkeypatch.setattr("articles.corrections.many.LIMIT", 2)
    with pytest.raises(ActRefused, match="一次最多处理2篇文章，这里有3篇文章"):
        corrections.set_categories(articles=ids_on(page), category=farm, user=editor)
    with pytest.raises(ActRefused, match="一次最多处理2版"):
        corrections.assign_pages(pages=[1, 2, 3], to=None, user=editor)
    with pytest.raises(ActRefused, match="一次最多处理2篇文章"):
        list(find_hits(Article.objects.all(), "。"))


def test_pages_are_assigned_and_taken_back(page, third_page, editor, admin_user, batch):
    corrections.sign_off(page=page, user=editor)
    pages = [page.pk, third_page.pk]
    entry = corrections.assign_pages(pages=pages, to=admin_user, user=editor, versions=versions_of(page, third_page))
    assert set(Page.objects.values_list("assigned_to", flat=True)) == {admin_user.pk}
    assert Page.objects.get(pk=page.pk).state == "reviewed" and not third_page.touched
    corrections.undo(entry=entry, user=editor)
    assert set(Page.objects.values_list("assigned_to", "state")) == {(None, "reviewed"), (None, "pending")}


def test_pages_go_only_to_who_may_mend_them(page, editor, second_editor):
    with pytest.raises(ActRefused, match="在用账号"):
        corrections.assign_pages(pages=[page.pk], to=second_editor, user=editor)


def test_hits_are_shown_with_what_is_around_them(page, third_page):
    (hit,) = find_hits(Article.objects.all(), "铁钩")
    assert (hit.before, hit.found, hit.after) == ("谁来得早谁开门，钥匙就挂在老槐树的", "铁钩", "上。")
    assert hit.page == page and hit.article == article_of(page, "老槐树下")
    assert [h.found for h in find_hits(Article.objects.all(), "书屋")] == ["书屋", "书屋"]
    assert not list(find_hits(Article.objects.all(), "共享书屋，三百")), "two passages are two places"
    assert not list(find_hits(Article.objects.all(), "树新风")), "set aside, in no article"


def test_ticked_places_are_replaced_over_the_source_and_taken_back(page, third_page, editor, batch):
    pages, hits = [page, third_page], hits_of("合龙")
    before = state_of(pages)
    entry = corrections.replace_text(
        find="合龙", replacement="合拢", hits=hits, user=editor, versions=versions_of(third_page)
    )
    third_page.refresh_from_db()
    assert "合龙" in third_page.source_text
    article = article_of(third_page, "城东新桥合龙")
    assert article.headline == "城东新桥合拢" and article.body == "城东新桥昨日合拢，预计年底通车。"
    assert "合拢" in SearchDocument.objects.get(article=article).body and not check().faults
    check_whole(pages)
    undone = corrections.undo(entry=entry, user=editor)
    assert state_of(pages) == before
    corrections.undo(entry=undone, user=editor)
    assert article_of(third_page, "城东新桥合龙").headline == "城东新桥合拢"


def test_what_is_not_ticked_stays_and_several_in_a_passage_are_told_apart(page, editor):
    block = block_at(page, "南塘村的头茬")
    corrections.edit_text(block=block, text="亊亊三亊。", user=editor)
    hits = hits_of("亊")
    assert hits == {block.pk: [0, 1, 3]}
    corrections.replace_text(find="亊", replacement="事情", hits={block.pk: [0, 3]}, user=editor)
    block.refresh_from_db()
    assert block.corrected_text == "事情亊三事情。"


def test_replacing_back_to_what_was_printed_takes_the_correction_away(page, editor):
    block = block_at(page, "南塘村的头茬")
    corrections.replace_text(find="枇杷", replacement="琵琶", hits=hits_of("枇杷"), user=editor)
    corrections.replace_text(find="琵琶", replacement="枇杷", hits=hits_of("琵琶"), user=editor)
    assert Block.objects.get(pk=block.pk).corrected_text is None


def test_a_text_changed_since_the_preview_is_not_replaced(page, editor):
    hits = hits_of("枇杷")
    corrections.edit_text(block=block_at(page, "南塘村的头茬"), text="桑葚上市。", user=editor)
    with pytest.raises(ActRefused, match="重新预览"):
        corrections.replace_text(find="枇杷", replacement="琵琶", hits=hits, user=editor)
    corrections.set_aside(blocks=[block_at(page, "南塘村的头茬")], user=editor)
    with pytest.raises(ActRefused, match="重新预览"):
        corrections.replace_text(find="枇杷", replacement="琵琶", hits=hits, user=editor)


@pytest.mark.parametrize(
    ("find", "hits", "words"), [("", {1: [0]}, "要查找"), ("甲", {}, "勾选"), ("甲", {1: []}, "勾选")]
)
def test_nothing_to_replace_is_refused(page, editor, find, hits, words):
    with pytest.raises(ActRefused, match=words):
        corrections.replace_text(find=find, replacement="乙", hits=hits, user=editor)
