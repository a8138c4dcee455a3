"""Import runs in the admin: what each did, and one taken back after a look."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from articles import corrections
from articles.importing import Import, Options
from articles.models import Page
from tests.factories import make_newspaper
from tests.importing.paper import BRIDGE, BUS, SCHOOL, write_pages

LIST = reverse("admin:articles_importrun_changelist")


@pytest.fixture
def uploader(django_user_model):
    user = django_user_model.objects.create_user("wang", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="upload_pages"))
    return user


@pytest.fixture
def desk(client, uploader):
    client.force_login(uploader)
    return client


@pytest.fixture
def run(uploader, tmp_path):
    pages = {"2024-12-06/02.txt": BRIDGE, "2024-12-06/03.txt": SCHOOL, "x.txt": BUS, "坏<b>.txt": ""}
    job = Import(
        [write_pages(tmp_path / "in", pages)], make_newspaper("青杨日报", slug="qingyang"), Options(), user=uploader
    )
    list(job)
    return job.run


def addresses(run):
    names = "admin:articles_importrun_change", "admin:articles_importrun_take_back"
    return [reverse(name, args=[run.pk]) for name in names]


def test_runs_are_listed_with_what_they_did(desk, run, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        html = desk.get(LIST).content.decode()
    assert "新建 3，失败 1" in html


def test_a_run_shows_its_files_with_reasons(desk, run, django_assert_max_num_queries):
    change, _ = addresses(run)
    with django_assert_max_num_queries(12):
        html = desk.get(change).content.decode()
    assert "/qingyang/2024-12-06/2/" in html and "坏&lt;b&gt;.txt" in html and "读者看不到" in html
    failed = desk.get(change, {"result": "failed"}).content.decode()
    assert "坏" in failed and "/qingyang/2024-12-06/2/" not in failed
    assert desk.get(change, {"result": "nonsense", "p": "x"}).status_code == 200
    assert desk.get(reverse("admin:articles_importrun_change", args=[999])).status_code == 404


def test_a_run_is_taken_back_after_a_look(desk, run, uploader):
    corrections.set_name(page=Page.objects.get(number="2"), name="要闻", user=uploader)
    change, back = addresses(run)
    html = desk.get(back).content.decode()
    assert "移除 2 版，保留 1 版" in html and "编辑改过这一版" in html and Page.objects.count() == 3
    html = desk.post(back, {"confirm": "1"}, follow=True).content.decode()
    assert "已收回 2 版，保留 1 版" in html and "（wang）" in html and "编辑改过这一版" in html
    assert Page.objects.get().number == "2"
    assert "确认收回" not in desk.get(back).content.decode() and html.count("已移除") == 2
    assert change in desk.get(LIST).content.decode()


def test_a_large_run_is_left_to_the_command(desk, run, monkeypatch):
    monkeypatch.setattr("articles.admin.import_runs.PAGES_AT_ONCE", 2)
    _, back = addresses(run)
    assert f"take_back {run.pk}" in desk.get(back).content.decode()
    desk.post(back, {"confirm": "1"})
    assert Page.objects.count() == 3


def test_who_may_only_look_takes_nothing_back_and_others_see_nothing(client, run, django_user_model):
    looker = django_user_model.objects.create_user("zhao", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_importrun"))
    change, back = addresses(run)
    client.force_login(looker)
    assert "收回这次导入" not in client.get(change).content.decode()
    assert client.get(back).status_code == client.post(back).status_code == 403
    client.force_login(django_user_model.objects.create_user("li", is_staff=True))
    assert [client.get(a).status_code for a in (LIST, change, back)] == [403] * 3
    assert Page.objects.count() == 3


def test_an_uploader_takes_nobody_elses_import_back(desk, run, uploader, django_user_model):
    run.user = django_user_model.objects.create_user("sun", is_staff=True)
    run.save()
    change, back = addresses(run)
    assert "收回这次导入" not in desk.get(change).content.decode()
    assert desk.post(back, {"confirm": "1"}).status_code == 403 and Page.objects.count() == 3
    uploader.user_permissions.add(Permission.objects.get(codename="act_on_many"))
    desk.post(back, {"confirm": "1"})
    assert Page.objects.count() == 0
