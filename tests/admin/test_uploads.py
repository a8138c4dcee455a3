"""Uploads in the admin: who may, what is refused and how, what is settled, what came of it."""

import io
import zipfile

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.admin import upload_forms
from articles.importing.working import claim_next, work_on
from articles.models import Page, Upload
from tests.importing.paper import BRIDGE, BUS, SCHOOL

ADD = reverse("admin:articles_upload_add")
LIST = reverse("admin:articles_upload_changelist")


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR


@pytest.fixture
def uploader(django_user_model, newspaper):
    user = django_user_model.objects.create_user("wang", password="wang", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="upload_pages"))
    return user


@pytest.fixture
def desk(client, uploader):
    client.force_login(uploader)
    return client


def sent(name="2024-12-06-02.txt", text=BRIDGE):
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def work():
    while claim := claim_next(lambda: False):
        work_on(claim)


def send(desk, newspaper, *files):
    response = desk.post(ADD, {"newspaper": newspaper.pk, "files": files})
    assert response.status_code == 302, response.content.decode()
    return response.url


def fields_of(response):
    """The form as a browser would send it back."""
    formset = response.context["formset"]
    data = {f"form-{k}": v for k, v in {"TOTAL_FORMS": len(formset), "INITIAL_FORMS": len(formset)}.items()}
    for form in formset:
        row = form.instance
        data |= {f"{form.prefix}-{n}": getattr(row, n) or "" for n in ("id", "date", "number", "page_name")}
        if row.chosen:
            data[f"{form.prefix}-chosen"] = "on"
    return data


def prefix_of(response, name):
    return next(form.prefix for form in response.context["formset"] if form.instance.name == name)


def previewed(desk, newspaper, *files):
    url = send(desk, newspaper, *files)
    work()
    return url, desk.get(url)


def test_pages_are_sent_looked_at_settled_and_imported(desk, newspaper, uploader):
    url = send(desk, newspaper, sent(), sent("b.txt", SCHOOL), sent("c.txt", BUS))
    waiting = desk.get(url).content.decode()
    assert "等待预览" in waiting and 'http-equiv="refresh"' in waiting
    work()
    response = desk.get(url)
    html = response.content.decode()
    assert "新建 3" in html and 'value="2024-12-06"' in html and "refresh" not in html
    assert "拆成 1 篇：青杨渡石桥修缮完工" in html
    assert "required" not in html, "the browser would hold the form back"
    data = fields_of(response)
    data[f"{prefix_of(response, 'b.txt')}-date"] = "2024-12-07"
    data[f"{prefix_of(response, 'b.txt')}-number"] = "第五版"
    del data[f"{prefix_of(response, 'c.txt')}-chosen"]
    assert desk.post(url, {**data, "act": "import"}).status_code == 302
    assert "等待导入" in desk.get(url).content.decode()
    work()
    html = desk.get(url).content.decode()
    assert "新建 2" in html and "/qingyang/2024-12-07/5/" in html and "未导入：c.txt" in html
    page = Page.objects.get(number="5")
    assert reverse("admin:articles_page_change", args=[page.pk]) in html
    assert Upload.objects.get().run.user == uploader
    assert desk.get("/qingyang/2024-12-07/5/").status_code == 200


def test_a_day_or_number_that_is_none_is_refused_and_what_was_typed_is_kept(desk, newspaper):
    url, response = previewed(desk, newspaper, sent())
    data = {**fields_of(response), "form-0-number": "头版头", "form-0-page_name": "要闻", "act": "import"}
    response = desk.post(url, data)
    html = response.content.decode()
    assert response.status_code == 400 and "版次不对" in html and "头版头" in html and "要闻" in html
    data = {**data, "form-0-number": "2", "form-0-date": "昨天"}
    assert "日期不对" in desk.post(url, data).content.decode()
    assert Upload.objects.get().state == "previewed"


def test_one_day_is_given_to_all_that_have_none(desk, newspaper):
    url, response = previewed(desk, newspaper, sent(), sent("b.txt", SCHOOL), sent("空.txt", ""))
    desk.post(url, {**fields_of(response), "act": "fill", "all-date": "2024-12-08"})
    assert {f.name: str(f.date) for f in Upload.objects.get().files.all()} == {
        "2024-12-06-02.txt": "2024-12-06",
        "b.txt": "2024-12-08",
        "空.txt": "None",
    }


def test_what_was_changed_is_previewed_anew(desk, newspaper):
    url, response = previewed(desk, newspaper, sent())
    desk.post(url, {**fields_of(response), "form-0-number": "7", "act": "preview"})
    assert Upload.objects.get().state == "waiting"
    work()
    assert 'value="7"' in desk.get(url).content.decode()


def test_an_upload_given_up_says_so_and_leaves_nothing(desk, newspaper, var):
    url, _ = previewed(desk, newspaper, sent())
    response = desk.post(url, {"act": "discard"}, follow=True)
    assert "已放弃" in response.content.decode() and not list((var / "uploads").iterdir())


def test_nothing_chosen_is_not_imported(desk, newspaper):
    url, response = previewed(desk, newspaper, sent())
    data = {k: v for k, v in fields_of(response).items() if not k.endswith("chosen")}
    assert "没有勾选" in desk.post(url, {**data, "act": "import"}, follow=True).content.decode()


def test_a_failed_upload_says_why_and_offers_another_try(desk, newspaper):
    url, response = previewed(desk, newspaper, sent("坏.zip", b""), sent("a.txt"))
    assert "完好" in response.content.decode()
    desk.post(url, {"act": "discard"})
    url = send(desk, newspaper, sent("多.zip", b"PK\x05\x06" + b"\0" * 18))
    work()
    html = desk.get(url).content.decode()
    assert "没有版面文字" in html and "再试一次" in html
    assert desk.post(url, {"act": "retry"}).status_code == 302
    assert Upload.objects.latest("pk").state == "waiting"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([("运行.exe", b"MZ")], "不收这种文件"),
        ([("大.txt", b"0" * (2 * 2**20 + 1))], "上限 2 MB"),
        ([], "请选择文件"),
        ([(f"{n}.txt", b"x") for n in range(401)], "最多上传 400 版"),
        ([(f"{n}.txt", b"x") for n in range(2000)], "文件太多"),
    ],
    ids=["wrong type", "too large", "none", "too many", "two thousand"],
)
def test_what_cannot_be_taken_is_refused_in_words(desk, newspaper, files, words):
    response = desk.post(ADD, {"newspaper": newspaper.pk, "files": [sent(*f) for f in files]})
    assert response.status_code in (400, 413) and words in response.content.decode()
    assert not Upload.objects.exists()


def test_a_huge_upload_is_refused_before_it_is_read(desk, newspaper):
    response = desk.post(ADD, {"newspaper": newspaper.pk, "files": [sent()]}, CONTENT_LENGTH=str(10**12))
    assert response.status_code == 413 and "超过上限" in response.content.decode() and not Upload.objects.exists()


def test_a_form_without_its_token_is_refused(uploader, newspaper):
    from django.test import Client

    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(uploader)
    assert stranger.post(ADD, {"newspaper": newspaper.pk, "files": [sent()]}).status_code == 403
    assert not Upload.objects.exists()


def test_who_may_not_upload_sees_and_does_nothing(client, desk, newspaper, django_user_model):
    url, _ = previewed(desk, newspaper, sent())
    client.force_login(django_user_model.objects.create_user("li", is_staff=True))
    for address in (ADD, LIST, url):
        assert client.get(address).status_code == 403
    assert client.post(ADD, {"newspaper": newspaper.pk, "files": [sent()]}).status_code == 403
    assert client.post(url, {"act": "discard"}).status_code == 403
    assert Upload.objects.get().state == "previewed"
    client.logout()
    assert client.get(url).status_code == 302


def test_uploads_are_listed_with_how_far_they_are(desk, newspaper, django_assert_max_num_queries):
    for n in range(8):
        send(desk, newspaper, sent(f"{n}.txt"))
    work()
    with django_assert_max_num_queries(12):
        html = desk.get(LIST).content.decode()
    assert html.count("待确认") >= 8 and "1/1" in html
    assert desk.get(reverse("admin:articles_upload_change", args=[999])).status_code == 404


def test_many_files_are_settled_a_screen_at_a_time(desk, newspaper, monkeypatch):
    monkeypatch.setattr("articles.admin.uploads.FILES_A_SCREEN", 2)
    assert upload_forms.FILES_A_SCREEN * 5 + 10 < 1000, "the fields that Django takes"
    url, _ = previewed(desk, newspaper, *[sent(f"{n}.txt", f"{BRIDGE}{n}") for n in range(5)])
    response = desk.get(url + "?p=3")
    assert len(response.context["formset"]) == 1
    desk.post(url + "?p=3", {**fields_of(response), "form-0-number": "9", "act": "save"})
    assert Upload.objects.get().files.get(number="9").name == "4.txt"


def test_a_preview_costs_the_same_queries_for_more_files(desk, newspaper, django_assert_max_num_queries):
    url, _ = previewed(desk, newspaper, *[sent(f"{n}.txt", f"{BRIDGE}{n}") for n in range(12)])
    with django_assert_max_num_queries(12):
        response = desk.get(url)
    desk.post(url, {**fields_of(response), "act": "import"})
    work()
    with django_assert_max_num_queries(12):
        desk.get(url)


def test_names_and_reasons_are_escaped(desk, newspaper):
    _, response = previewed(desk, newspaper, sent("<b>02.txt"))
    html = response.content.decode()
    assert "<b>02" not in html and "&lt;b&gt;02" in html


def test_a_preview_names_what_no_page_comes_of_and_unticks_what_is_there_already(desk, newspaper):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("02.txt", SCHOOL)
        for name in ("说明.pdf", "__MACOSX/._02.txt", "图集/孤图.jpg"):
            archive.writestr(name, b"x")
    files = [
        sent("包.zip", packed.getvalue()),
        sent("a.txt"),
        sent("b.txt"),
        sent("a.jpg", "不是图片"),
        sent(".DS_Store"),
    ]
    url = send(desk, newspaper, *files)
    assert ".DS_Store（系统" in desk.get(url).content.decode()
    work()
    response = desk.get(url)
    html = response.content.decode()
    for words in ("包.zip/说明.pdf：不是版面文字", "._02.txt：系统", "孤图.jpg：图片没有主名相同", "重复的没有勾选"):
        assert words in html
    assert "a.jpg 不是 JPEG" in html and "有版面图" not in html
    chosen = {form.instance.name: form.instance.chosen for form in response.context["formset"]}
    assert chosen == {"a.txt": True, "b.txt": False, "包.zip/02.txt": True}


def test_an_upload_taken_back_says_by_whom_and_is_not_offered_again(desk, newspaper):
    url, response = previewed(desk, newspaper, sent())
    desk.post(url, {**fields_of(response), "act": "import"})
    work()
    run = Upload.objects.get().run
    back = reverse("admin:articles_importrun_take_back", args=[run.pk])
    desk.post(back, {"confirm": "1"})
    assert "收回，wang）" in desk.get(url).content.decode()
    html = desk.get(back, follow=True).content.decode()
    assert "已经收回过了" in html and "收回这次导入" not in html
