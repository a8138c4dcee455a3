"""/healthz says what is wrong, and each thing that can be is tried."""

import os
import subprocess
import sys

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from articles.models import SearchDocument
from tests.factories import make_article
from tests.site.conftest import ROOT, clean_environment


def write(newspaper, body):
    """An article and what search knows of it."""
    article = make_article("工程开工", body, newspaper=newspaper)
    SearchDocument.objects.create(key=article.key_on(article.issue.date), article=article, title="工程开工", body=body)


def ask(client):
    response = client.get("/healthz")
    assert response["Cache-Control"] == "no-store"
    return response.status_code, response.json()


def test_all_is_well(client, newspaper):
    write(newspaper, "河堤加固")
    assert ask(client) == (200, {"status": "ok", "faults": {}})


def test_it_is_told_without_tls_and_to_nobody_by_post(client, db, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/").status_code == 301
    assert ask(client)[0] == 200
    assert client.post("/healthz").status_code == 405


def test_a_migration_is_missing(client, db):
    MigrationRecorder(connection).record_unapplied(*MigrationLoader(None).graph.leaf_nodes("articles")[0])
    code, answer = ask(client)
    assert code == 503 and list(answer["faults"]) == ["database"] and "migrate" in answer["faults"]["database"]


def test_the_database_does_not_answer(client, settings, tmp_path):
    """Another process, whose database is a folder."""
    (tmp_path / "newsroom.sqlite3").mkdir()
    code = "import django; django.setup(); from articles.operating.health import examine; print(examine())"
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=clean_environment(tmp_path) | {"DJANGO_SETTINGS_MODULE": "newsroom.settings"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "没有应答" in told and "检索索引读不出来" in told


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its index itself")
def test_a_document_is_not_in_the_index(client, newspaper):
    write(newspaper, "河堤加固")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER search_index_insert")
    assert "search_index_insert" in ask(client)[1]["faults"]["index"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its index itself")
def test_the_newest_document_was_written_past_the_index(client, newspaper):
    write(newspaper, "河堤加固")
    with connection.cursor() as cursor:
        (sql,) = cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'search_index_insert'").fetchone()
        cursor.execute("DROP TRIGGER search_index_insert")
        write(newspaper, "江堤加固")
        cursor.execute(sql)
    assert "reindex" in ask(client)[1]["faults"]["index"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL")
def test_the_index_is_missing_on_postgresql(client, db):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX search_index")
    assert "search_index" in ask(client)[1]["faults"]["index"]


def test_the_disk_is_nearly_full(client, db, settings):
    settings.DISK_FREE_MB = 10**12
    assert "磁盘只剩" in ask(client)[1]["faults"]["disk"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_the_disk_is_read_only(client, db, settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir(mode=0o500)
    assert "不能写入" in ask(client)[1]["faults"]["disk"]
