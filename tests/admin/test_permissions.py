"""Each group does its own work and no more, permission by permission and screen by screen."""

import pytest
from django.contrib.auth.models import Group, User

from articles.groups import make_groups
from articles.models import Category, Newspaper

GROUPS = ("编辑", "审校", "主编", "管理员")

# What it takes, and from which group on it is allowed.
PERMISSIONS = {
    "articles.view_page": "编辑",
    "articles.mend_page": "编辑",
    "articles.upload_pages": "编辑",
    "articles.sign_off_page": "审校",
    "articles.withdraw_article": "审校",
    "articles.act_on_many": "主编",
    "articles.assign_page": "主编",
    "articles.see_reports": "主编",
    "articles.add_category": "主编",
    "articles.change_category": "主编",
    "articles.add_newspaper": "主编",
    "articles.change_newspaper": "主编",
    "articles.change_person": "主编",
    "articles.delete_newspaper": "管理员",
    "auth.add_user": "管理员",
    "auth.change_user": "管理员",
    "auth.change_group": "管理员",
    "auth.delete_user": None,
}
SCREENS = {
    "/admin/articles/page/": "编辑",
    "/admin/articles/article/": "编辑",
    "/admin/articles/issue/": "编辑",
    "/admin/articles/correction/": "编辑",
    "/admin/articles/importrun/": "编辑",
    "/admin/articles/category/": "编辑",
    "/admin/password_change/": "编辑",
    "/admin/articles/category/add/": "主编",
    "/admin/articles/newspaper/add/": "主编",
    "/admin/many/": "主编",
    "/admin/many/replace/": "主编",
    "/admin/many/categories/": "主编",
    "/admin/many/assign/": "主编",
    "/admin/many/column/": "主编",
    "/admin/many/person/": "主编",
    "/admin/many/category/": "主编",
    "/admin/reports/": "主编",
    "/admin/reports/wanted/": "主编",
    "/admin/reports/contributors/": "主编",
    "/admin/auth/user/": "管理员",
    "/admin/auth/user/add/": "管理员",
    "/admin/auth/group/": "管理员",
}
ROWS = [(group, what, since) for what, since in (PERMISSIONS | SCREENS).items() for group in GROUPS]


@pytest.fixture
def account(db):
    """An account of a group."""
    make_groups()

    def make(group, **fields):
        user = User.objects.create_user(f"u{User.objects.count()}", password="很长的口令 42", is_staff=True, **fields)
        user.groups.add(Group.objects.get(name=group))
        return user

    return make


@pytest.mark.parametrize(("group", "what", "since"), ROWS)
def test_a_group_may_do_its_work_and_no_more(client, account, group, what, since):
    user = account(group)
    allowed = since is not None and GROUPS.index(group) >= GROUPS.index(since)
    if what.startswith("/"):
        client.force_login(user)
        assert client.get(what).status_code == (200 if allowed else 403)
    else:
        assert user.has_perm(what) == allowed


@pytest.mark.parametrize("what", SCREENS)
def test_nobody_gets_in_without_an_account_or_with_one_that_is_not_staff(client, django_user_model, db, what):
    assert client.get(what).status_code == 302
    client.force_login(django_user_model.objects.create_user("reader"))
    assert client.get(what).status_code == 302


@pytest.mark.parametrize(("group", "status"), [("编辑", 403), ("审校", 403), ("主编", 302), ("管理员", 302)])
def test_newspapers_and_categories_are_changed_by_chiefs_only(client, account, group, status):
    client.force_login(account(group))
    newspaper = Newspaper.objects.create(name="试报", slug="shibao")
    category = Category.objects.create(name="民生", slug="minsheng")
    form = {"name": "试报", "slug": "shibao", "publisher": "试报社", "_save": "1"}
    assert client.post(f"/admin/articles/newspaper/{newspaper.pk}/change/", form).status_code == status
    form = {"name": "民生", "order": "7", "description": "", "_save": "1"}
    assert client.post(f"/admin/articles/category/{category.pk}/change/", form).status_code == status
    newspaper.refresh_from_db()
    assert newspaper.publisher == ("试报社" if status == 302 else "")


def test_accounts_are_listed_with_their_groups_and_last_login(client, account):
    user = account("管理员", first_name="罗一笠")
    client.force_login(user)
    html = client.get("/admin/auth/user/").content.decode()
    assert "罗一笠" in html and "管理员" in html and "上次登录" in html
    assert "delete" not in html and client.get(f"/admin/auth/user/{user.pk}/delete/").status_code == 403


def test_an_account_made_here_is_one_of_the_staff_and_signs_in(client, account):
    client.force_login(account("管理员"))
    words = {"usable_password": "true", "password1": "苇江边的芦花 7", "password2": "苇江边的芦花 7"}
    group = Group.objects.get(name="编辑")
    form = {"username": "lin", "first_name": "林小满", "groups": [group.pk], **words}
    assert client.post("/admin/auth/user/add/", form).status_code == 302
    made = User.objects.get(username="lin")
    assert made.is_staff and made.has_perm("articles.mend_page") and not made.is_superuser
    client.logout()
    form = {"username": "lin", "password": "苇江边的芦花 7"}
    assert client.post("/admin/login/?next=/admin/", form).status_code == 302
    made.refresh_from_db()
    assert made.last_login


def test_an_administrator_makes_no_superuser_and_changes_none(client, account):
    user, root = account("管理员"), User.objects.create_superuser("root", password="x")
    client.force_login(user)
    form = {"username": user.username, "is_active": "on", "is_superuser": "on", "groups": [], "_save": "1"}
    assert client.post(f"/admin/auth/user/{user.pk}/change/", form).status_code == 302
    user.refresh_from_db()
    assert not user.is_superuser
    client.force_login(account("管理员"))
    form = {"username": "root", "_save": "1"}
    assert client.post(f"/admin/auth/user/{root.pk}/change/", form).status_code == 403
    words = {"password1": "苇江边的芦花 7", "password2": "苇江边的芦花 7"}
    assert client.post(f"/admin/auth/user/{root.pk}/password/", words).status_code == 403


def test_everybody_changes_their_own_password(client, account):
    user = account("编辑")
    client.force_login(user)
    form = {"old_password": "很长的口令 42", "new_password1": "苇江边的芦花 7", "new_password2": "苇江边的芦花 7"}
    assert client.post("/admin/password_change/", form).status_code == 302
    user.refresh_from_db()
    assert user.check_password("苇江边的芦花 7")
