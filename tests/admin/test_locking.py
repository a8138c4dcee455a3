"""Who fails to sign in too often waits; nobody else does, and little is kept of it."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.admin.carrying import pack

LOGIN = reverse("admin:login")
RIGHT, WRONG = "苇江边的芦花 7", "不是这个"


@pytest.fixture(autouse=True)
def accounts(db, settings):
    settings.AXES_FAILURE_LIMIT, settings.LOGIN_FAILURES_AN_ADDRESS = 3, 8
    for name in ("lin", "wang"):
        User.objects.create_user(name, password=RIGHT, is_staff=True)


def sign_in(name="lin", password=RIGHT, address="192.0.2.1", client=None, **more):
    headers = {"REMOTE_ADDR": address, **{k: v for k, v in more.items() if k.isupper()}}
    data = {"username": name, "password": password, **{k: v for k, v in more.items() if not k.isupper()}}
    return (client or Client()).post(LOGIN, data, **headers)


def fail(times, name="lin", address="192.0.2.1", **more):
    return [sign_in(name, WRONG, address, **more).status_code for _ in range(times)]


def pass_time(**by):
    for row in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=row.pk).update(attempt_time=row.attempt_time - timedelta(**by))


def test_who_fails_too_often_is_told_when_to_try_again_and_whom_to_ask():
    assert fail(3) == [200, 200, 429]
    answer = sign_in()
    html = answer.content.decode()
    assert answer.status_code == 429 and "暂停登录" in html and "15 分钟后" in html and "管理员" in html
    again = timezone.localtime(AccessAttempt.objects.get().attempt_time + timedelta(minutes=15))
    assert f"{again:%H:%M} 以后" in html
    assert 0 < int(answer["Retry-After"]) <= 15 * 60 and answer["Cache-Control"] == "no-store"
    assert answer["Content-Security-Policy"] and "locked" not in html


def test_waiting_ends_and_trying_meanwhile_does_not_lengthen_it():
    fail(3)
    pass_time(minutes=14)
    assert fail(2) == [429, 429]
    pass_time(minutes=2)
    assert sign_in().status_code == 302
    assert not AccessAttempt.objects.exists()


def test_the_account_is_not_locked_elsewhere_nor_the_address_for_others():
    fail(3)
    assert sign_in(address="192.0.2.2").status_code == 302
    assert sign_in("wang").status_code == 302


def test_an_address_that_tries_many_accounts_waits_for_all_of_them():
    for number in range(8):
        fail(1, f"nobody{number}")
    assert sign_in().status_code == 429
    assert sign_in(address="192.0.2.2").status_code == 302


def test_signing_in_forgets_the_failures_of_that_account_only():
    for number in range(6):
        fail(1, f"nobody{number}")
    fail(1)
    assert sign_in().status_code == 302
    assert AccessAttempt.objects.count() == 6
    assert fail(2, "nobody7") == [200, 429]


def test_accounts_that_exist_are_not_told_from_those_that_do_not():
    assert fail(4, "lin") == fail(4, "nobody", "192.0.2.9")


def test_behind_a_proxy_it_is_the_visitors_address_that_counts(settings):
    settings.PROXIES = 1
    passed_on = {"address": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 192.0.2.7"}
    fail(3, **passed_on)
    assert sign_in(**(passed_on | {"HTTP_X_FORWARDED_FOR": "7.7.7.7, 192.0.2.7"})).status_code == 429
    assert sign_in(**(passed_on | {"HTTP_X_FORWARDED_FOR": "192.0.2.8"})).status_code == 302


@pytest.mark.parametrize("address", ["2001:db8::17", "", "unix:", "x" * 500])
def test_any_address_is_taken(address):
    assert fail(3, address=address)[-1] == 429
    same = "2001:db8::18" if ":db8" in address else address
    assert sign_in(address=same).status_code == 429


def test_little_is_kept_of_a_failure_and_nothing_of_a_success():
    fail(2, HTTP_USER_AGENT="Mosaic", HTTP_ACCEPT="text/x", carried="秘", next="/admin/x/")
    fail(1, RIGHT)  # typed in the wrong field
    sign_in("wang")
    assert not AccessLog.objects.exists() and not AccessFailureLog.objects.exists()
    mine, other = AccessAttempt.objects.order_by("pk")
    assert (mine.username, mine.failures_since_start, mine.path_info) == ("lin", 2, LOGIN)
    assert RIGHT not in other.username and len(other.username) == 40
    for row in (mine, other):
        assert not row.user_agent + row.http_accept + row.get_data + row.post_data


def test_what_counts_no_longer_goes_with_the_next_signing_in():
    fail(2)
    pass_time(minutes=16)
    sign_in("wang")
    assert not AccessAttempt.objects.exists()


def test_an_operator_lifts_it(capsys):
    fail(3)
    call_command("axes_reset_username", "lin")
    assert sign_in().status_code == 302
    fail(3)
    call_command("axes_reset")
    assert sign_in().status_code == 302


def test_what_was_typed_before_signing_in_outlives_waiting():
    carried = pack(
        {"to": "/admin/many/", "back": "", "fields": {"note": ["打了很久的字"]}, "files": [], "secrets": False}
    )
    for _ in range(3):
        answer = sign_in(password=WRONG, carried=carried, next="/admin/many/")
    html = answer.content.decode()
    assert answer.status_code == 429 and 'name="carried"' in html and 'value="/admin/many/"' in html
    assert sign_in(password=WRONG, carried="made up").content.decode().count('name="carried"') == 0
    pass_time(minutes=16)
    client = Client()
    answer = sign_in(client=client, carried=carried)
    assert answer.url == reverse("chief:carried") and "打了很久的字" in client.get(answer.url).content.decode()


def test_without_a_limit_nobody_waits(settings):
    settings.AXES_LOCK_OUT_AT_FAILURE, settings.AXES_FAILURE_LIMIT = False, 0
    assert fail(9) == [200] * 9
