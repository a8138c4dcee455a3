"""A form sent after the session ended comes back after signing in; nobody is made to send what they have not seen."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Correction
from tests.admin.conftest import EVERYTHING, make_staff
from tests.desk import block_at

WORDS = "城东渡口的老船工说，\n“桥修好了，我也还撑船。”<b>"
HOME = "http://testserver"


@pytest.fixture
def worker(django_user_model):
    user = make_staff(django_user_model, "lin", *EVERYTHING)
    user.set_password("芦花 42")
    user.save()
    return user


@pytest.fixture
def browser(worker):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(worker)
    return browser


def token_of(response):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode())[1]


def hidden_of(response):
    """The hidden fields of the last form of a page."""
    form = response.content.decode().rpartition("<form")[2]
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in pairs}


@pytest.fixture
def typed(browser, page):
    """An edit typed in full: its address and its fields."""
    response = browser.get(reverse("admin:articles_page_change", args=[page.pk]))
    block = block_at(page, page.source_text.split("\n")[0])
    fields = {"csrfmiddlewaretoken": token_of(response), "_versions": f"{page.pk}:{page.version}"}
    address = reverse("admin:articles_page_act", args=[page.pk, "edit_text"]) + "?next=/admin/articles/page/queue/"
    return address, {**fields, "block": block.pk, "text": WORDS}


def sign_in(browser, response, password="芦花 42"):
    fields = {"username": "lin", "password": password, "csrfmiddlewaretoken": token_of(response)}
    return browser.post("/admin/login/", {**hidden_of(response), **fields}, follow=True)


def end_session(browser):
    del browser.cookies["sessionid"]


def test_what_was_typed_comes_back_after_signing_in_and_is_sent_by_hand(browser, typed, page):
    address, fields = typed
    end_session(browser)
    response = browser.post(address, fields)
    assert "登录已过期" in response.content.decode() and "no-store" in response.headers["Cache-Control"]
    response = sign_in(browser, response, "不对")
    assert response.status_code == 200 and not Correction.objects.exists()
    response = sign_in(browser, response)
    html = response.content.decode()
    assert "您刚才填写的内容还在" in html and "改正文字" in html and "&lt;b&gt;" in html and "<b>" not in html
    assert not Correction.objects.exists()
    again = hidden_of(response)
    assert again["text"] == WORDS and f'action="{address}"' in html
    assert browser.get("/admin/again/").status_code == 200
    response = browser.post(address, again)
    assert response.status_code == 302 and response.url.startswith("/admin/articles/page/queue/")
    assert Correction.objects.get().action == "edit_text"
    assert browser.get("/admin/again/").status_code == 302, "it was sent: nothing waits"


def test_a_token_changed_by_signing_in_elsewhere_offers_the_form_again(browser, typed):
    address, fields = typed
    fields["csrfmiddlewaretoken"] = "x" * 64
    response = browser.post(address, fields, HTTP_ORIGIN=HOME)
    assert response.status_code == 403 and "登录状态已变，" in response.content.decode()
    assert not Correction.objects.exists()
    assert browser.post(address, hidden_of(response)).status_code == 302
    assert Correction.objects.count() == 1


def test_neither_session_nor_token_still_loses_nothing(browser, typed):
    address, fields = typed
    browser.cookies.clear()
    response = browser.post(address, fields, HTTP_ORIGIN=HOME)
    response = sign_in(browser, response)
    assert hidden_of(response)["text"] == WORDS


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "http://elsewhere.example"},
        {"HTTP_REFERER": "http://elsewhere.example/testserver/"},
        {"HTTP_ORIGIN": "http://elsewhere.example", "HTTP_REFERER": HOME + "/admin/"},
    ],
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_what_another_site_sent_is_refused_and_not_kept(browser, typed, headers, signed_in):
    address, fields = typed
    del fields["csrfmiddlewaretoken"]
    if not signed_in:
        end_session(browser)
    response = browser.post(address, fields, **headers)
    html = response.content.decode()
    assert response.status_code == 403 and "没有提交" in html
    assert WORDS[:6] not in html and 'name="carried"' not in html and not Correction.objects.exists()


def test_another_site_cannot_hand_a_form_to_the_sign_in_page(browser, typed, worker):
    address, fields = typed
    end_session(browser)
    packed = hidden_of_login(browser.post(address, fields))
    victim = Client(enforce_csrf_checks=True)
    response = victim.post(
        "/admin/login/",
        {"username": "lin", "password": "芦花 42", "carried": packed},
        HTTP_ORIGIN="http://elsewhere.example",
    )
    assert response.status_code == 403 and "_auth_user_id" not in victim.session


def hidden_of_login(response):
    return re.search(r'name="carried" value="([^"]+)"', response.content.decode())[1]


def test_a_forged_or_foreign_pack_is_ignored(browser, typed):
    address, fields = typed
    end_session(browser)
    response = browser.post(address, fields)
    fields = {"username": "lin", "password": "芦花 42", "csrfmiddlewaretoken": token_of(response)}
    response = browser.post("/admin/login/", {**fields, "carried": "e30:1:x", "next": "/admin/"})
    assert response.status_code == 302 and response.url == "/admin/"
    assert browser.get("/admin/again/").status_code == 302


def test_a_sign_in_page_gone_stale_keeps_what_it_carries(browser, typed):
    address, fields = typed
    end_session(browser)
    packed = hidden_of_login(browser.post(address, fields))
    response = browser.post("/admin/login/", {"csrfmiddlewaretoken": "x" * 64, "carried": packed}, HTTP_ORIGIN=HOME)
    assert hidden_of_login(response)
    response = browser.post("/admin/login/", {"csrfmiddlewaretoken": "x" * 64}, HTTP_ORIGIN=HOME)
    assert response.status_code == 302 and response.url.startswith("/admin/login/")


def test_the_target_checks_permission_as_ever(browser, typed, worker):
    address, fields = typed
    end_session(browser)
    response = sign_in(browser, browser.post(address, fields))
    worker.user_permissions.clear()
    assert browser.post(address, hidden_of(response)).status_code == 403
    assert not Correction.objects.exists()


def test_passwords_are_not_carried(browser, typed):
    end_session(browser)
    secret = {"csrfmiddlewaretoken": typed[1]["csrfmiddlewaretoken"], "old_password": "芦花 42", "new_password1": "x"}
    response = sign_in(browser, browser.post("/admin/password_change/", secret))
    html = response.content.decode()
    assert "密码不能留下" in html and "password" not in "".join(hidden_of(response))


def test_an_upload_is_not_read_before_signing_in(browser, page):
    end_session(browser)
    response = browser.post("/admin/articles/upload/add/", {"newspaper": page.newspaper_id}, follow=True)
    assert response.redirect_chain[0][0].startswith("/admin/login/?next=/admin/articles/upload/add/")


def test_what_is_too_long_to_carry_is_said_to_be(browser, typed, settings):
    address, fields = typed
    end_session(browser)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
    html = browser.post(address, {**fields, "text": "长" * 20}).content.decode()
    assert "留不住" in html and 'name="carried"' not in html


def test_public_forms_and_signing_out_are_left_alone(browser, db):
    end_session(browser)
    assert browser.post("/admin/logout/", HTTP_ORIGIN="http://elsewhere.example").status_code == 403
    response = browser.post("/search/", {"q": "渡口"}, HTTP_ORIGIN=HOME)
    assert response.status_code in (403, 405) and "登录" not in response.content.decode()


@pytest.mark.parametrize("address", ["//elsewhere.example/x", "https://elsewhere.example/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_but_here(browser, worker, address):
    browser.logout()
    response = browser.get("/admin/login/", {"next": address})
    fields = {"username": "lin", "password": "芦花 42", "csrfmiddlewaretoken": token_of(response), "next": address}
    assert browser.post("/admin/login/", fields).url == reverse("admin:index")
