"""The form that reports a mistake, and the address that shows what became of it."""

import time

import pytest
from django.core import signing
from django.test import Client, RequestFactory

from articles.models import Article, Doubt, MistakeReport
from articles.reading.visitors import client_address
from articles.views.mistakes import SALT


def filled(age=60, **fields):
    return {"kind": "typo", "quote": "老堤上", "asked": signing.dumps(time.time() - age, salt=SALT), **fields}


def withdraw(article):
    said = {"state": "withdrawn", "withdrawn_reason": "更正", "withdrawn_at": "2024-12-07T00:00Z"}
    Article.objects.filter(pk=article.pk).update(**said)


@pytest.fixture
def address(dyke):
    return f"/articles/{dyke.pk}/report/"


def test_a_reader_reports_and_is_told_what_became_of_it(client, address, dyke):
    form = client.get(address, {"quote": "每天都有人值守"}).content.decode()
    assert "每天都有人值守</textarea>" in form
    response = client.post(address, filled(proposal="新堤上"))
    assert response.status_code == 302
    report = MistakeReport.objects.get()
    assert response.url == f"/reports/{report.token}/"
    shown = client.get(response.url)
    assert "等待编辑处理" in shown.content.decode() and shown["Cache-Control"].count("no-store")
    Doubt.objects.update(state="accepted")
    assert "编辑已采纳" in client.get(response.url).content.decode()


def test_the_article_and_the_page_lead_to_it(client, address, dyke):
    assert address in client.get(dyke.get_absolute_url()).content.decode()
    page = dyke.page.get_absolute_url()
    assert f"{page}report/" in client.get(page).content.decode()
    assert client.post(f"{page}report/", filled()).status_code == 302
    assert MistakeReport.objects.get().article is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": ""}, "请选一项"),
        ({"kind": "bad"}, "选择一个有效的选项"),
        ({"quote": "  "}, "请照抄有误的字句"),
        ({"note": "看 https://spam.example/"}, "请不要放网址"),
        ({"leave_empty": "x"}, "请勿填写"),
        ({"age": 0}, "填得太快"),
        ({"age": 90_000}, "打开得太久"),
        ({"asked": "forged"}, "填得太快"),
        ({"quote": "字" * 501}, "500"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, address, fields, said):
    response = client.post(address, filled(**{"proposal": "所提的字", **fields}))
    html = response.content.decode()
    assert response.status_code == 400 and said in html and "所提的字" in html
    assert not MistakeReport.objects.exists() and not Doubt.objects.exists()


def test_too_many_are_refused_whatever_the_proxy_is_told(client, address):
    for n in range(5):
        client.post(address, filled(note=f"{n}"), headers={"x-forwarded-for": f"10.0.0.{n}"})
    response = client.post(address, filled(note="再来"))
    assert response.status_code == 429 and "再来" in response.content.decode()
    assert client.post(address, filled(), REMOTE_ADDR="10.1.1.1").status_code == 302


def test_only_what_readers_see_can_be_reported(client, address, dyke):
    Article.objects.filter(pk=dyke.pk).update(
        state="withdrawn", withdrawn_reason="更正", withdrawn_at="2024-12-07T00:00Z"
    )
    assert client.get(address).status_code == client.post(address, filled()).status_code == 404
    assert client.get("/articles/999999/report/").status_code == client.get("/reports/guess/").status_code == 404


def test_a_withdrawn_article_is_not_named_in_the_outcome(client, address, dyke):
    outcome = client.post(address, filled()).url
    Article.objects.filter(pk=dyke.pk).update(
        state="withdrawn", withdrawn_reason="更正", withdrawn_at="2024-12-07T00:00Z"
    )
    assert dyke.headline not in client.get(outcome).content.decode()


def test_a_form_of_another_site_is_refused(address):
    assert Client(enforce_csrf_checks=True).post(address, filled()).status_code == 403


@pytest.mark.parametrize(
    ("proxies", "passed_on", "found"),
    [
        (0, "1.1.1.1", "9.9.9.9"),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "1.1.1.1", "9.9.9.9"),
        (1, "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        (1, "nonsense", "nonsense"),
    ],
)
def test_visitors_are_known_by_what_trusted_proxies_say(settings, proxies, passed_on, found):
    settings.PROXIES = proxies
    request = RequestFactory().get("/", headers={"x-forwarded-for": passed_on}, REMOTE_ADDR="9.9.9.9")
    assert client_address(request) == found
