"""A request's id and its line in the log, which tells nobody who asked for what."""

import io
import json
import logging

import pytest
from django.db import connection, transaction

from newsroom.logs import JSONFormatter
from newsroom.requests import AddRequestId


@pytest.fixture
def lines():
    """What is logged meanwhile, as JSON."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JSONFormatter())
    handler.addFilter(AddRequestId())
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)


def test_an_answer_has_an_id_of_its_own(client, db):
    ids = {client.get("/healthz")["X-Request-ID"] for _ in range(3)}
    assert len(ids) == 3 and all(len(each) == 32 for each in ids)


def test_a_proxy_gives_the_id_and_nobody_else_does(client, db, settings):
    given = {"X-Request-ID": "proxy-0123456789"}
    assert client.get("/healthz", headers=given)["X-Request-ID"] != given["X-Request-ID"]
    settings.PROXIES = 1
    assert client.get("/healthz", headers=given)["X-Request-ID"] == given["X-Request-ID"]
    bad = {"X-Request-ID": "a b\tc<script>"}
    assert "<" not in client.get("/healthz", headers=bad)["X-Request-ID"]


def test_a_line_names_the_view_and_neither_the_words_nor_the_reader(client, db, settings, lines):
    settings.LOG_REQUESTS = True
    response = client.get("/search/?q=身世", REMOTE_ADDR="203.0.113.77", headers={"User-Agent": "读者的浏览器"})
    (line,) = (line for line in lines() if line["logger"] == "newsroom.requests")
    assert line["view"] == "search" and line["status"] == 200 and line["milliseconds"] > 0
    assert line["request_id"] == response["X-Request-ID"] and line["level"] == "INFO"
    told = json.dumps(line, ensure_ascii=False)
    assert "身世" not in told and "203.0.113.77" not in told and "浏览器" not in told


def test_a_fault_is_found_by_the_id_that_its_page_shows(client, db, lines):
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_category RENAME TO elsewhere")
    with transaction.atomic():
        response = client.get("/categories/")
        transaction.set_rollback(True)
    assert response.status_code == 500 and response["X-Request-ID"] in response.content.decode()
    (line,) = (line for line in lines() if line["level"] == "ERROR")
    assert line["request_id"] == response["X-Request-ID"] and "articles_category" in line["traceback"]
