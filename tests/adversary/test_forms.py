"""What forms bring that no form asked for: ways out of the site, fields of the row, things of somebody else."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from articles import corrections
from articles.groups import make_groups
from articles.models import Article, Block, Correction, Doubt, Newspaper, Page, SavedFilter, Upload
from tests.adversary.addresses import filled, routes

PASSWORD = "苇江边的芦花 7"
ELSEWHERE = [
    *("//evil.example", "https://evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example"),
    *(
        "javascript:alert(1)",
        "\tjavascript:alert(1)",
        "http:evil.example",
        "http:///evil.example",
        "\r\n//evil.example",
    ),
    *("/admin/@evil.example/..//evil.example", "data:text/html,x"),
]


def leads_inside(response):
    place = response.get("Location", "/").removeprefix("http://testserver")
    return place.startswith("/") and not place.startswith(("//", "/\\")) and "\n" not in place


@pytest.fixture
def member(archive):
    """A client of an account of a group."""
    make_groups()

    def make(group):
        user = User.objects.create_user(f"u{User.objects.count()}", password=PASSWORD, is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client = Client(raise_request_exception=False)
        client.force_login(user)
        return user, client

    return make


@pytest.mark.parametrize("place", ELSEWHERE)
def test_signing_in_and_out_leads_nowhere_else(archive, place):
    User.objects.create_user("lin", password=PASSWORD, is_staff=True)
    client = Client()
    assert leads_inside(client.get("/admin/login/", {"next": place}))
    form = {"username": "lin", "password": PASSWORD}
    for asked, sent in (({"next": place}, form), ({}, form | {"next": place}), ({}, form | {"carried": place})):
        response = client.post("/admin/login/?" + "&".join(f"{k}={v}" for k, v in asked.items()), sent)
        assert response.status_code == 302 and leads_inside(response)
        assert leads_inside(client.get("/admin/login/", {"next": place}))
        assert leads_inside(client.post("/admin/logout/", {"next": place}))


NAMES = ("next", "back", "to", "url", "query", "queue", "return", "redirect", "_changelist_filters", "path", "q")


def test_no_form_leads_nowhere_else(archive, clients):
    """Whatever is sent to whatever address, with a page of another site for its referer."""
    faults = []
    for route in routes():
        address = next(iter(filled(route, archive.real)), None)
        if address is None or address == "/admin/logout/":
            continue
        for place in (ELSEWHERE[0], ELSEWHERE[5]):
            sent = dict.fromkeys(NAMES, place)
            response = clients["chief"].post(
                f"{address}?next={place}&back={place}", sent, headers={"referer": f"{place}/"}
            )
            if response.status_code >= 500 or not leads_inside(response):
                faults.append((response.status_code, address, response.get("Location")))
    assert faults == []


def form_of(response):
    """The form of an admin's screen, as a browser would send it back."""
    form, data = response.context["adminform"].form, {}
    for bound in form:
        value = bound.value()
        if value is not None and value is not False:
            data[bound.html_name] = (
                [str(getattr(each, "pk", each)) for each in value] if isinstance(value, list) else value
            )
    return form, data


def test_fields_that_a_form_does_not_have_change_nothing(member):
    """Every table that an administrator may change: all other fields of the row are sent along."""
    user, client = member("管理员")
    changed = []
    for model, shown in admin.site._registry.items():
        row = model.objects.exclude(pk=user.pk).order_by("pk").first() if model is not User else user
        if row is None:
            continue
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
        response = client.get(address)
        if response.status_code != 200 or "adminform" not in (response.context or {}):
            continue
        form, data = form_of(response)
        others = [f for f in model._meta.concrete_fields if f.name not in form.fields and not f.primary_key]
        before = {f.attname: getattr(row, f.attname) for f in others}
        forged = {name: "1" for f in others for name in (f.name, f.attname)}
        client.post(address, data | forged | {"id": "1", "pk": "1", "is_superuser": "on", "user_permissions": ["1"]})
        row.refresh_from_db()
        moved = {f.attname for f in others if f.name not in ("changed_at", "last_login")}
        changed += [(model.__name__, name) for name in moved if getattr(row, name) != before[name]]
        assert shown
    assert changed == []
    user.refresh_from_db()
    assert not user.is_superuser and not user.user_permissions.exists()


def test_an_act_does_what_it_says_and_nothing_that_is_sent_along(member):
    _, client = member("编辑")
    page = Page.objects.order_by("pk").first()
    fields = [f.attname for f in Page._meta.concrete_fields]
    before = dict(zip(fields, Page.objects.values_list(*fields).get(pk=page.pk), strict=True))
    forged = dict.fromkeys(fields, "1") | {"state": "signed_off", "user": "1", "is_superuser": "on", "by": "1"}
    sent = forged | {"name": "要闻", "_versions": f"{page.pk}:{page.version}", "_seen": "0"}
    assert client.post(reverse("admin:articles_page_act", args=[page.pk, "set_name"]), sent).status_code == 302
    after = dict(zip(fields, Page.objects.values_list(*fields).get(pk=page.pk), strict=True))
    moved = {name for name in fields if before[name] != after[name]}
    assert after["name"] == "要闻" and moved <= {"name", "version", "touched", "changed_at", "doubt_weight"}


def test_an_account_is_made_without_rights_that_its_form_does_not_give(member):
    _, client = member("管理员")
    form = {"username": "lin", "password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    forged = {
        "is_superuser": "on",
        "user_permissions": [str(p) for p in Permission.objects.values_list("pk", flat=True)],
    }
    assert client.post("/admin/auth/user/add/", form | forged).status_code == 302
    made = User.objects.get(username="lin")
    assert not made.is_superuser and not made.user_permissions.exists() and not made.groups.exists()


@pytest.fixture
def foreign(archive):
    """A page, an article and a block of another newspaper."""
    page = Page.objects.order_by("pk").first()
    away = Page.objects.exclude(issue=page.issue).order_by("pk").last()
    other = Newspaper.objects.create(name="别报", slug="other")
    corrections.set_newspaper(page=away, newspaper=other, user=archive.user)
    away.refresh_from_db()
    block = Block.objects.filter(page=away).order_by("start").first()
    return page, away, Article.objects.filter(blocks__page=away).order_by("pk").first(), block


def test_things_of_another_paper_are_not_in_reach_of_a_pages_forms(member, foreign):
    _, client = member("主编")
    page, away, article, block = foreign
    doubt = Doubt.objects.create(page=away, start=0, end=1, code="cut", text="疑")
    entry = Correction.objects.filter(pages=away).order_by("-pk").first()
    count = Correction.objects.count()
    versions = {"_versions": f"{page.pk}:{page.version} {away.pk}:{away.version}", "_seen": str(entry.pk)}
    for name, sent in {
        "edit_text": {"block": block.pk, "text": "改"},
        "set_role": {"block": block.pk, "role": "body"},
        "set_aside": {"blocks": block.pk, "note": "x"},
        "set_kind": {"article": article.pk, "kind": "news"},
        "withdraw_article": {"article": article.pk, "reason": "x"},
        "merge_articles": {"first": article.pk, "second": article.pk},
        "dismiss_doubt": {"doubt": doubt.pk},
        "undo": {"entry": entry.pk},
        "restore_page": {"entry": entry.pk},
    }.items():
        for pk in (page.pk, 10**18):
            address = reverse("admin:articles_page_act", args=[pk, name])
            assert client.post(address, versions | sent).status_code in (302, 400, 403, 404, 409), name
        for forged in ("-1", "9" * 40, "x", "1 OR 1=1", ""):
            fields = versions | {key: forged if str(value).isdigit() else value for key, value in sent.items()}
            assert client.post(reverse("admin:articles_page_act", args=[page.pk, name]), fields).status_code < 500, name
    assert Correction.objects.count() == count


def test_what_belongs_to_another_account_stays_theirs(member, archive):
    _, client = member("编辑")
    theirs = SavedFilter.objects.get()
    client.post(reverse("admin:articles_page_saved_filters"), {"forget": theirs.pk, "user": archive.user.pk})
    client.post(
        reverse("admin:articles_page_saved_filters"),
        {"name": theirs.name, "query": "kind=none", "user": archive.user.pk},
    )
    theirs.refresh_from_db()
    assert theirs.query == "kind=reader" and theirs.user == archive.user
    assert client.post(reverse("admin:auth_user_password_change", args=[archive.user.pk]), {}).status_code == 403
    for forged in ("-1", "9" * 40, "x", "1/../2", "²"):
        assert client.get(f"/admin/articles/upload/{forged}/change/").status_code in (302, 404)
        for name, value in (("forget", forged), ("act", forged)):
            for upload in Upload.objects.all():
                address = reverse("admin:articles_upload_change", args=[upload.pk])
                assert client.post(address, {name: value}).status_code < 500
