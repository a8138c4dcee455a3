"""Who asks too often is told so, when to come again, and in the form that was asked for; editors are not counted."""

import pytest

from articles.search import write_documents
from tests.factories import make_article


@pytest.fixture
def limited(settings, tmp_path, dyke):
    settings.VAR_DIR = tmp_path
    settings.LIMITS = dict.fromkeys(("search", "suggest", "export", "report"), 2)
    write_documents(articles=[dyke])


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/search/?q=老堤", "检索太频繁"),
        ("/search/hit/?q=老堤&n=1", "检索太频繁"),
        ("/search/export.csv?q=老堤", "导出太频繁"),
    ],
)
def test_a_page_says_what_and_for_how_long(client, limited, read, address, words):
    assert all(client.get(address).status_code != 429 for _ in range(2))
    answer = client.get(address)
    assert answer.status_code == 429 and words in read(answer).text and "最多2次" in read(answer).text
    assert 0 < int(answer["Retry-After"]) <= 30 and answer["Cache-Control"] == "no-store" and "ETag" not in answer


@pytest.mark.parametrize("address", ["/search.json?q=老堤", "/search/export.json?q=老堤", "/search/suggest/?q=老堤"])
def test_programs_are_told_in_json(client, limited, address):
    for _ in range(2):
        assert client.get(address).status_code == 200
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (429, "application/json")
    assert answer.json()["error"]["status"] == 429 and "秒再试" in answer.json()["error"]["message"]
    assert int(answer["Retry-After"]) > 0


def test_a_page_and_its_twin_are_counted_together_but_not_what_is_something_else(client, limited):
    client.get("/search/?q=老堤")
    client.get("/search.json?q=老堤")
    assert client.get("/search/?q=堤顶").status_code == 429
    assert client.get("/search/suggest/?q=老堤").status_code == 200
    assert client.get("/articles/").status_code == 200


def test_visitors_are_told_apart_by_address(client, limited):
    for _ in range(3):
        client.get("/search/?q=老堤")
    assert client.get("/search/?q=老堤", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_editors_are_not_limited(staff_client, limited):
    assert {staff_client.get("/search/?q=老堤").status_code for _ in range(5)} == {200}


def test_copies_that_are_good_are_not_counted(client, limited, settings):
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    first = client.get("/search/?q=老堤")
    assert {client.get("/search/?q=老堤").status_code for _ in range(5)} == {200}
    told = {client.get("/search/?q=老堤", headers={"If-None-Match": first["ETag"]}).status_code for _ in range(5)}
    assert told == {304}
    make_article("又一篇")
    client.get("/search/?q=老堤")
    assert client.get("/search/?q=堤顶").status_code == 429


def test_reports_are_counted_before_anything_is_written(client, limited, dyke, django_assert_num_queries):
    address = f"{dyke.get_absolute_url()}report/"
    for _ in range(2):
        assert client.post(address, {"kind": "typo"}).status_code == 400
    with django_assert_num_queries(0):
        assert client.post(address, {"kind": "typo"}).status_code == 429
    assert client.get(address).status_code == 200


def test_without_a_limit_nobody_is_counted(client, limited, settings, tmp_path):
    settings.LIMITS = {"search": 0}
    assert {client.get("/search/?q=老堤").status_code for _ in range(5)} == {200}
    assert not (tmp_path / "limits").exists()
