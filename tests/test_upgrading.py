"""An archive of the first schema, brought up to this version's: what it held is there, is found, and can be mended."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.site.conftest import ROOT, clean_environment

# Written with the models as they were: by the names of the first migration.
OLD_ROWS = """
import datetime, hashlib
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
state = executor.loader.project_state([("articles", "0001_initial")])
get = state.apps.get_model
TEXT = "堤防加固开工\\n本报讯　城东堤防加固工程昨日开工。\\n遗失声明"
paper = get("articles", "Newspaper").objects.create(name="旧报", slug="jiubao")
issue = get("articles", "Issue").objects.create(newspaper=paper, date=datetime.date(1998, 5, 4), edition=1)
category = get("articles", "Category").objects.create(slug="economy", name="经济")
digest = hashlib.sha256(TEXT.encode()).hexdigest()
page = get("articles", "Page").objects.create(
    newspaper=paper, issue=issue, number="1", source_text=TEXT, text_sha256=digest, extractor="1"
)
article = get("articles", "Article").objects.create(
    newspaper=paper, issue=issue, page=page, category=category, headline="堤防加固开工",
    body="本报讯　城东堤防加固工程昨日开工。", keywords=["堤防"],
)
article.sort_key = 19980504 * 10**10 + 10**10 - 1 - article.pk
article.save()
Block = get("articles", "Block")
Block.objects.create(page=page, start=0, role="headline", article=article, position=0)
Block.objects.create(page=page, start=7, role="body", article=article, position=1)
Block.objects.create(page=page, start=TEXT.index("遗失"), role="body", reason="fragment")
"""

LOOK = """
from django.test import Client
from articles.models import Article, Page
client = Client(headers={"host": "localhost"})
article = Article.objects.get()
page = client.get(article.get_absolute_url()).content.decode()
assert "堤防加固开工" in page and "城东堤防加固工程昨日开工" in page, page
assert "堤防加固" in client.get("/search/?q=城东堤防").content.decode()
assert client.get("/jiubao/1998-05-04/").status_code == 200
assert client.get("/keywords/堤防/").status_code == 200
assert client.get(f"/articles/{article.pk}.json").json()
assert client.get("/healthz").json()["status"] == "ok"

from django.contrib.auth import get_user_model
from articles import corrections
from articles.models import Block
user = get_user_model().objects.create_superuser("chief")
entry = corrections.set_role(block=Block.objects.get(reason="fragment"), role="subheading", user=user)
assert entry
corrections.undo(entry=entry, user=user)
assert Block.objects.get(reason="fragment").role == "body"
"""


@pytest.fixture
def environment(tmp_path):
    """Of an archive with nothing in it, on the kind of database that the tests run on."""
    found = clean_environment(tmp_path)
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield found
        return
    name = "newsroom_upgrading"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        yield found | {"DATABASE_URL": urlsplit(address)._replace(path=f"/{name}").geturl()}
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_an_archive_of_the_first_schema_is_brought_up_to_date(environment):
    def manage(*arguments):
        ran = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    manage("migrate", "articles", "0001", "-v0")
    manage("shell", "--no-imports", "-v0", "-c", OLD_ROWS)
    manage("migrate", "-v0")
    manage("collectstatic", "--noinput", "-v0")
    manage("reindex")
    assert "一致" in manage("reindex", "--check")
    manage("shell", "--no-imports", "-v0", "-c", LOOK)
    manage("resplit")
    assert "一致" in manage("reindex", "--check")
