"""Acts on many, as the chief editor does them: choose, look at the preview, confirm, take back."""

import re

import pytest
from django.urls import reverse

from articles import corrections
from articles.assembly import read_anew
from articles.models import Article, Block, Category, Column, Correction, Page, Person
from tests.desk import article_of, block_at, lay_page

from .conftest import make_staff


@pytest.fixture
def chief(django_user_model):
    return make_staff(django_user_model, "zheng", "view_page", "mend_page", "act_on_many", "assign_page")


@pytest.fixture
def office(client, chief):
    client.force_login(chief)
    return Office(client)


@pytest.fixture
def farm(db):
    return Category.objects.create(name="农业", slug="nongye")


@pytest.fixture
def column(page):
    read_anew(list(Article.objects.filter(blocks__page=page).distinct()))
    return Column.objects.get()


@pytest.fixture
def slip(page, column):
    slip = Column.objects.create(newspaper=page.newspaper, name="街巷新亊")
    Article.objects.filter(pk=article_of(page, "南塘村头茬").pk).update(column=slip)
    return slip


class Office:
    """What the chief does with a browser."""

    def __init__(self, client):
        self.client = client

    def preview(self, screen, /, *args, **choice):
        return self.client.get(reverse(f"chief:{screen}", args=args), choice)

    def confirm(self, preview, **changes):
        """Send the form that a preview shows, ticks and hidden fields with it."""
        html = preview.content.decode().split('method="post"')[-1]
        inputs = [
            dict(re.findall(r'([a-z]+)="([^"]*)"', tag)) | {"tag": tag} for tag in re.findall("<input[^>]+>", html)
        ]
        data = {}
        for field in inputs:
            if field.get("type") != "checkbox" or " checked" in field["tag"]:
                data.setdefault(field["name"], []).append(field.get("value", ""))
        path = preview.request["PATH_INFO"]
        return self.client.post(path, data | changes)

    def take_back(self, entry):
        return self.client.post(reverse("chief:done", args=[entry.pk]))


def test_a_slip_is_replaced_where_it_stays_ticked(office, page, third_page):
    preview = office.preview("replace", find="枇杷", replacement="琵琶")
    html = preview.content.decode()
    assert html.count("<del>枇杷</del><ins>琵琶</ins>") == 3 and "图为果农在分拣" in html
    block = block_at(page, "南塘村头茬")
    keys = re.findall(r'name="hit" value="([^"]+)"', html)
    kept = [key for key in keys if not key.startswith(f"{block.pk}-")]
    answer = office.confirm(preview, hit=kept)
    entry = Correction.objects.get()
    assert answer.headers["Location"] == reverse("chief:done", args=[entry.pk])
    assert article_of(page, "南塘村头茬").headline == "南塘村头茬枇杷上市"
    assert "琵琶" in Block.objects.get(pk=block_at(page, "南塘村的头茬").pk).corrected_text
    assert "“枇杷”改为“琵琶”" in office.preview("many").content.decode()
    office.take_back(entry)
    assert not Block.objects.exclude(corrected_text=None).exists()
    assert "已撤销" in office.preview("many").content.decode()
    office.take_back(entry)
    assert Block.objects.exclude(corrected_text=None).exists()


def test_a_page_changed_after_the_preview_is_not_replaced_on_and_the_ticks_stay(office, page, editor):
    preview = office.preview("replace", find="枇杷", replacement="琵琶")
    keys = re.findall(r'name="hit" value="([^"]+)"', preview.content.decode())
    corrections.set_name(page=page, name="民生", user=editor)
    answer = office.confirm(preview, hit=keys[:1])
    html = answer.content.decode()
    assert answer.status_code == 409 and "已被改动" in html and html.count(" checked") == 1
    assert not Block.objects.exclude(corrected_text=None).exists()
    assert office.confirm(answer).status_code == 302


@pytest.mark.parametrize(
    "changes", [{"hit": []}, {"hit": ["x"]}, {"hit": ["1-2-3"]}, {"hit": ["999999-0"]}, {"versions": "x"}]
)
def test_a_broken_form_is_refused_in_words(office, page, changes):
    answer = office.confirm(office.preview("replace", find="枇杷", replacement="琵琶"), **changes)
    assert answer.status_code == 409 and 'role="alert"' in answer.content.decode()
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"find": ""}, "这个字段是必填项"),
        ({"find": "甲", "replacement": "甲"}, "相同"),
        ({"find": "甲", "since": "2024-13-01"}, "没有这一天"),
        ({"find": "甲", "since": "2024-02-01", "until": "2024-01-01"}, "早于"),
        ({"find": "没有的字"}, "没有找到"),
    ],
)
def test_what_is_typed_wrong_is_said(office, page, choice, words):
    assert words in office.preview("replace", **choice).content.decode()


def test_only_articles_chosen_are_looked_through(office, page, third_page, farm):
    Article.objects.filter(pk=article_of(page, "南塘村头茬").pk).update(category=farm)
    html = office.preview("replace", find="。", replacement="．", category=farm.pk).content.decode()
    assert html.count('name="hit"') == 1
    html = office.preview("replace", find="。", replacement="．", since="2024-05-07").content.decode()
    assert "没有找到" in html


def test_found_text_is_escaped(office, page, editor):
    corrections.edit_text(block=block_at(page, "南塘村的头茬"), text="<script>枇杷</script>", user=editor)
    html = office.preview("replace", find="<script>枇杷", replacement="<b>").content.decode()
    assert "&lt;script&gt;枇杷" in html and "<script>枇杷" not in html


def test_articles_are_filed_under_a_category_and_taken_back(office, page, third_page, farm):
    preview = office.preview("categories", to=farm.pk, words="枇杷")
    html = preview.content.decode()
    assert "1 篇归入“农业”" in html and "未归类 1 篇" in html and "南塘村头茬枇杷上市" in html
    assert office.confirm(preview).status_code == 302
    assert Article.objects.get(category=farm) == article_of(page, "南塘村头茬")
    office.take_back(Correction.objects.get())
    assert not Article.objects.filter(category=farm).exists()


def test_an_article_changed_after_the_preview_shows_a_new_one(office, page, farm, editor):
    preview = office.preview("categories", to=farm.pk)
    corrections.set_category(article=article_of(page, "南塘村头茬"), category=farm, user=editor)
    answer = office.confirm(preview)
    assert answer.status_code == 409 and "预览之后有人改动过" in answer.content.decode()
    assert Article.objects.filter(category=farm).count() == 1
    office.confirm(answer)
    assert Article.objects.living().exclude(category=farm).count() == 0


def test_too_many_at_once_are_refused_with_words_and_no_button(office, page, farm, column, slip, monkeypatch):
    for module in ("corrections.many", "admin.many", "admin.assigning"):
        monkeypatch.setattr(f"articles.{module}.LIMIT", 0)
    for preview in (
        office.preview("categories", to=farm.pk),
        office.preview("assign", to=""),
        office.preview("replace", find="枇杷"),
        office.preview("merge", "column", slip.pk, into=column.pk),
    ):
        html = preview.content.decode()
        assert preview.status_code in (200, 409)
        assert "一次最多处理0" in html or "没有要改动的版面" in html


def test_pages_are_assigned_and_taken_back(office, page, third_page, editor):
    preview = office.preview("assign", to=editor.pk, now="nobody")
    assert "2 版分派给wang" in preview.content.decode()
    office.confirm(preview)
    assert set(Page.objects.values_list("assigned_to", flat=True)) == {editor.pk}
    back = office.preview("assign", to="", now="somebody")
    assert "收回 2 版的分派" in back.content.decode()
    office.take_back(Correction.objects.first())
    assert set(Page.objects.values_list("assigned_to", flat=True)) == {None}


def test_pages_are_not_assigned_to_who_may_not_mend(office, page, onlooker):
    assert "kan" not in office.preview("assign").content.decode()
    html = office.preview("assign", to=onlooker.pk).content.decode()
    assert "预览：" not in html


def test_a_column_is_found_by_name_renamed_and_named_back(office, client, page, column):
    assert "街巷新事" in office.preview("names", "column", q="街巷").content.decode()
    assert "没有这样的栏目" in office.preview("names", "column", q="没有").content.decode()
    preview = office.preview("rename", "column", column.pk, name="街巷")
    assert "1 篇文章" in preview.content.decode()
    old = column.get_absolute_url()
    office.confirm(preview)
    column.refresh_from_db()
    assert column.name == "街巷" and client.get(old).status_code == 301
    assert office.confirm(preview).status_code == 409, "the name is no longer what the preview showed"
    office.take_back(Correction.objects.get())
    column.refresh_from_db()
    assert column.name == "街巷新事"


def test_a_name_that_is_taken_is_refused_with_what_was_typed(office, column, slip):
    answer = office.confirm(office.preview("rename", "column", column.pk, name="街巷新亊"))
    assert answer.status_code == 409 and "请改用合并" in answer.content.decode()
    assert 'value="街巷新亊"' in answer.content.decode()


def test_a_column_is_merged_into_the_one_most_like_it(office, client, page, column, slip):
    Column.objects.create(newspaper=page.newspaper, name="经济广角")
    html = office.preview("merge", "column", slip.pk).content.decode()
    assert html.index("街巷新事") < html.index("经济广角")
    preview = office.preview("merge", "column", slip.pk, into=column.pk)
    html = preview.content.decode()
    assert "1 篇文章改归“街巷新事”" in html and "南塘村头茬枇杷上市" in html
    assert office.confirm(preview).status_code == 302
    assert client.get(slip.get_absolute_url()).status_code == 301
    assert office.preview("merge", "column", slip.pk).status_code == 404
    assert "街巷新亊" in office.preview("names", "column").content.decode(), "listed as what it is called in print"


def test_a_merge_seen_before_a_change_is_shown_again(office, page, column, slip, editor):
    preview = office.preview("merge", "column", slip.pk, into=column.pk)
    corrections.set_name(page=page, name="民生", user=editor)
    answer = office.confirm(preview)
    assert answer.status_code == 409 and "预览之后" in answer.content.decode() and slip.articles.exists()
    assert office.confirm(answer).status_code == 302


def test_people_and_categories_are_merged_the_same_way(office, page, column, farm):
    life = Category.objects.create(name="民生", slug="minsheng")
    two = Person.objects.get(name="周禾"), Person.objects.get(name="林小满")
    for kind, (other, survivor) in {"category": (life, farm), "person": two}.items():
        assert office.confirm(office.preview("merge", kind, other.pk, into=survivor.pk)).status_code == 302
        other.refresh_from_db()
        assert other.merged_into == survivor


def test_an_undo_in_the_way_of_which_something_stands_says_what(office, page, farm, editor):
    office.confirm(office.preview("categories", to=farm.pk))
    entry = Correction.objects.get()
    corrections.set_category(article=article_of(page, "南塘村头茬"), category=None, user=editor)
    html = office.take_back(entry).content.decode()
    assert "改类别" in html and "不能撤销" in html


@pytest.mark.parametrize("name", ["many", "replace", "categories", "assign", "names"])
def test_who_may_not_act_on_many_sees_none_of_it(client, onlooker, page, name):
    client.force_login(onlooker)
    args = ["column"] if name == "names" else []
    assert client.get(reverse(f"chief:{name}", args=args)).status_code == 403
    assert "批量处理" not in client.get("/admin/").content.decode()


def test_who_may_only_assign_takes_no_other_act_back(client, django_user_model, page, farm, editor):
    entry = corrections.set_categories(articles=[article_of(page, "南塘村头茬").pk], category=farm, user=editor)
    client.force_login(make_staff(django_user_model, "pai", "view_page", "assign_page"))
    assert client.get("/admin/many/").status_code == 200
    assert client.post(reverse("chief:done", args=[entry.pk])).status_code == 403
    assert client.get("/admin/many/replace/").status_code == 403


@pytest.mark.parametrize("name", ["names", "categories", "assign", "replace"])
def test_a_screen_costs_the_same_queries_for_more_rows(office, page, farm, name, django_assert_max_num_queries):
    for number in range(4, 14):
        lay_page(page.issue, [(0, "headline", f"第{number}条"), (0, "body", f"第{number}条。")], number=str(number))
        Column.objects.create(newspaper=page.newspaper, name=f"栏{number}")
    args = ["column"] if name == "names" else []
    choice = {"categories": {"to": farm.pk}, "assign": {"to": office.client.session["_auth_user_id"]}}
    with django_assert_max_num_queries(26):
        assert office.preview(name, *args, **choice.get(name, {"find": "条"})).status_code == 200


def test_an_editor_does_not_take_an_act_on_many_back_from_a_page(desk, page, farm, editor, chief):
    ids = [article_of(page, words).pk for words in ("南塘村头茬", "老槐树下")]
    entry = corrections.set_categories(articles=ids, category=farm, user=chief)
    assert "2篇文章归入“农业”" in desk.look(page)
    assert desk.act(page, "undo", entry=entry).status_code == 403
    assert Article.objects.filter(category=farm).count() == 2


def test_a_category_that_is_there_keeps_its_name_in_the_stock_form(client, admin_user, farm):
    client.force_login(admin_user)
    form = {"name": "别名", "order": "3", "description": "", "_save": "1"}
    assert client.post(f"/admin/articles/category/{farm.pk}/change/", form).status_code == 302
    farm.refresh_from_db()
    assert (farm.name, farm.order) == ("农业", 3)
