"""The desk while others write: one act sent twice at once is done once, and a pulse never waits for its turn."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client

from articles.models import Correction, Presence
from tests.admin.conftest import EVERYTHING, make_staff
from tests.corrections import conftest as pages
from tests.desk import block_at, check_whole

JSON = {"HTTP_ACCEPT": "application/json"}
page = pages.page


@pytest.fixture(autouse=True)
def shared_database(transactional_db, tmp_path):
    """A database that several connections share as they do on a site: for SQLite a file, made as settings say."""
    if connection.vendor != "sqlite":
        yield
        return
    here, memory = connections.settings["default"], connections["default"]
    with closing(sqlite3.connect(tmp_path / "shared.sqlite3")) as copy:
        memory.connection.backup(copy)
    name, here["NAME"] = here["NAME"], str(tmp_path / "shared.sqlite3")
    connections["default"] = connections.create_connection("default")
    yield
    connections["default"].close()
    here["NAME"], connections["default"] = name, memory


@pytest.fixture
def browser(page, django_user_model):
    user = make_staff(django_user_model, "wang", *EVERYTHING)
    browser = Client()
    browser.force_login(user)
    return browser


def test_an_act_sent_twice_at_once_is_done_once(browser, page):
    address = f"/admin/articles/page/{page.pk}/desk/act/move_blocks/"
    data = {"blocks": block_at(page, "讲文明").pk, "to": "", "_versions": f"{page.pk}:1", "_key": str(uuid4())}
    cookies, together = browser.cookies, Barrier(4)

    def send(number):
        mine = Client()
        mine.cookies = cookies
        together.wait()
        try:
            return mine.post(address, data, **JSON)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(send, range(4)))
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.json()["done"]["entry"] for answer in answers}) == 1
    assert all(answer.json()["state"]["page"]["version"] == 2 for answer in answers)
    assert Correction.objects.count() == 1
    check_whole([page])


def hold(other, page):
    """Take the lock that an act, or the deletion of the page, holds while it writes."""
    other.ensure_connection()
    if other.vendor == "sqlite":
        other.cursor().execute("BEGIN IMMEDIATE")
    else:
        other.set_autocommit(False)
        other.cursor().execute("SELECT 1 FROM articles_page WHERE id = %s FOR UPDATE", [page.pk])


def test_a_pulse_is_answered_while_somebody_else_writes(browser, page):
    address = f"/admin/articles/page/{page.pk}/desk/pulse/"
    with closing(connections.create_connection("default")) as other:
        hold(other, page)
        answer = browser.post(address, {"version": page.version}, **JSON)
        assert answer.status_code == 200 and answer.json() == {"others": [], "version": 1, "state": None}
        assert browser.post(address, {"version": 0}, **JSON).json()["state"]["page"]["id"] == page.pk
        assert not Presence.objects.exists(), "it could not be noted"
        assert browser.post(address, {"gone": 1}).status_code == 204
        other.cursor().execute("ROLLBACK")
    browser.post(address, {"version": page.version}, **JSON)
    assert Presence.objects.get().user.username == "wang"


def test_acts_wait_for_their_turn_as_long_as_ever_after_a_pulse(browser, page):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite is told for the whole connection how long to wait")
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        browser.post(f"/admin/articles/page/{page.pk}/desk/pulse/", {"version": 1}, **JSON)
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == usual >= 5000
