"""Sessions: none is fixed from outside, none outlives its password, and what they show is kept by nobody."""

import pytest
from django.conf import settings as site
from django.contrib.auth.models import User
from django.test import Client

RIGHT, OTHER = "苇江边的芦花 7", "桥头的柳絮飞过了河 8"
LOGIN = "/admin/login/"


@pytest.fixture
def lin(db):
    return User.objects.create_user("lin", password=RIGHT, is_staff=True, is_superuser=True)


def sign_in(client, password=RIGHT, **more):
    return client.post(LOGIN, {"username": "lin", "password": password, **more})


def cookie(client, name="sessionid"):
    return client.cookies[name].value


def test_signing_in_gives_a_session_and_a_token_of_its_own(client, lin):
    client.cookies["sessionid"] = "a" * 32
    client.get(LOGIN)
    before = cookie(client, "csrftoken")
    assert sign_in(client).status_code == 302
    first = cookie(client)
    assert first != "a" * 32 and cookie(client, "csrftoken") != before
    User.objects.create_user("wang", password=RIGHT, is_staff=True)
    sign_in(client, username="wang")
    assert cookie(client) != first
    client.cookies["sessionid"] = first
    assert client.get("/admin/").status_code == 302


def test_cookies_are_for_this_site_and_not_for_scripts(client, lin):
    sign_in(client)
    session = client.cookies["sessionid"]
    assert session["httponly"] and session["samesite"] == "Lax" and not session["domain"] and session["path"] == "/"
    assert client.cookies["csrftoken"]["samesite"] == "Lax"


def test_signing_out_takes_a_form_and_ends_the_session(client, lin):
    sign_in(client)
    key = cookie(client)
    assert client.get("/admin/logout/").status_code == 405
    assert client.get("/admin/").status_code == 200
    assert client.post("/admin/logout/").status_code == 200
    client.cookies["sessionid"] = key
    assert client.get("/admin/").status_code == 302


def test_a_changed_password_ends_all_other_sessions(client, lin):
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)
    form = {"old_password": RIGHT, "new_password1": OTHER, "new_password2": OTHER}
    assert client.post("/admin/password_change/", form).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302


def test_an_account_that_is_made_inactive_is_out_at_once(client, lin):
    sign_in(client)
    User.objects.update(is_active=False)
    assert client.get("/admin/").status_code == 302
    assert sign_in(client).status_code == 200


@pytest.mark.parametrize("address", ["/admin/", "/admin/articles/page/queue/", "/", "/articles/", "/index.json"])
def test_what_an_editor_sees_is_kept_by_nobody(client, lin, address):
    sign_in(client)
    said = client.get(address)["Cache-Control"]
    assert "no-store" in said and "private" in said


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/logout/", "/admin/password_change/", "/admin/many/"])
def test_a_form_of_another_site_is_refused(lin, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(lin)
    for headers in ({}, {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}):
        assert client.post(address, {"username": "lin", "password": RIGHT}, **headers).status_code == 403
    assert client.get("/admin/").status_code == 200


def test_forms_are_small_unless_they_bring_files(client, lin):
    sign_in(client)
    most = site.DATA_UPLOAD_MAX_MEMORY_SIZE
    file = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(most + 1)}
    for address in ("/admin/many/", "/admin/password_change/", LOGIN, "/about/"):
        assert client.post(address, **file).status_code == 400
        assert "分几次提交" in client.post(address, **file).content.decode()
    # An upload looks at its size by itself, and only for who may upload.
    assert client.post("/admin/articles/upload/add/", **(file | {"CONTENT_LENGTH": str(10**12)})).status_code == 413
    assert Client().post("/admin/articles/upload/add/", **file).status_code == 302
