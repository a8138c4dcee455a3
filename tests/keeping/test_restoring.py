"""What is restored is what was backed up, on either database; what is damaged or does not fit changes nothing."""

import json
import re
import shutil

import pytest

from tests.keeping import zips
from tests.keeping.conftest import VENDORS
from tests.keeping.test_backup import members, rows_of

PAIRS = [(a, b) for a in VENDORS for b in VENDORS]
STATE = """
import json
from django.contrib.auth.models import User
from django.test import Client
from articles.models import Article, ArticleKeyword, Page, SearchDocument
page = Page.objects.create(newspaper=Page.objects.first().newspaper, source_text="x", text_sha256="0")
next_id = page.pk
page.delete()
client = Client(HTTP_HOST="127.0.0.1")
paths = ["/index.json", "/qingyang/2024-12-06.json", "/qingyang/2024-12-06/6.json", "/search.json?q=木桥"]
paths += [f"/articles/{pk}.json" for pk in Article.objects.order_by("pk").values_list("pk", flat=True)]
print(json.dumps([
    next_id,
    list(ArticleKeyword.objects.order_by("article", "word").values_list("article", "word", "key")),
    list(SearchDocument.objects.order_by("key").values_list("key", "article", "page", "body")),
    [(path, response.status_code, response.content.decode()) for path in paths for response in [client.get(path)]],
    User.objects.get().check_password("qingyang-dukou"),
], ensure_ascii=False))
"""
OLDER = """
import datetime
from pathlib import Path
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from articles.keeping.backup import write_backup
TEXT = "老桥又通车了。"
executor = MigrationExecutor(connection)
nodes = [node for node in executor.loader.graph.leaf_nodes() if node[0] != "articles"]
nodes.append(("articles", "0008_postgresql_search"))
executor.migrate(nodes)
executor = MigrationExecutor(connection)
apps = executor.loader.project_state(nodes).apps
get = lambda name: apps.get_model("articles", name)
paper = get("Newspaper").objects.create(name="青杨日报", slug="qingyang")
issue = get("Issue").objects.create(newspaper=paper, date=datetime.date(2024, 12, 6))
page = get("Page").objects.create(newspaper=paper, issue=issue, number="2", source_text=TEXT, text_sha256="0" * 64)
article = get("Article").objects.create(
    newspaper=paper, issue=issue, page=page, body=TEXT, sort_key=202412069999999998, keywords=["老桥"]
)
get("Block").objects.create(page=page, start=0, article=article, position=0)
write_backup(Path(OUT), registry=apps)
"""


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_an_archive_is_the_same_in_another_database(make_archive, source, target, tmp_path):
    first, second = make_archive(source, "filled"), make_archive(target)
    for archive, path in ((first, tmp_path / "first.zip"), (second, tmp_path / "second.zip")):
        if archive is second:
            restored = second.run("restore", tmp_path / "first.zip")
            assert restored.returncode == 0, restored.err
        made = archive.run("backup", path)
        assert made.returncode == 0, made.err
    one, other = members(tmp_path / "first.zip"), members(tmp_path / "second.zip")
    abouts = [json.loads(content.pop("data/backup.json")) for content in (one, other)]
    assert abouts[0]["rows"] == abouts[1]["rows"]
    assert {n: d for n, d in one.items() if n.startswith("data/")} == {
        n: d for n, d in other.items() if n.startswith("data/")
    }
    said = [json.loads(re.sub(r"csrf\w+|nonce-\w+", "", archive.read(STATE))) for archive in (first, second)]
    assert said[0] == said[1]
    assert said[0][-1] is True
    assert second.run("reindex", "--check").returncode == 0


@pytest.mark.parametrize("vendor", VENDORS)
def test_an_archive_with_content_is_kept_unless_told(make_archive, vendor, tmp_path):
    archive, other = make_archive(vendor, "filled"), make_archive(vendor, "empty")
    assert archive.run("backup", tmp_path / "kept.zip").returncode == 0
    other.read("from articles.models import Newspaper; Newspaper.objects.create(name='别的报', slug='bie')")
    refused = other.run("restore", tmp_path / "kept.zip")
    assert refused.returncode == 1 and "--replace" in refused.err
    assert other.read("from articles.models import Newspaper; print(*Newspaper.objects.all())") == "别的报\n"
    replaced = other.run("restore", "--replace", tmp_path / "kept.zip")
    assert replaced.returncode == 0, replaced.err
    assert other.read("from articles.models import Newspaper; print(*Newspaper.objects.all())") == "青杨日报\n"
    assert other.run("reindex", "--check").returncode == 0


HARM = zips.HARM | {
    "page text": zips.damaged("articles_page.jsonl"),
    "no pages": zips.without("articles_page.jsonl"),
    "no picture": zips.without("media/"),
    "no record": zips.without("backup.json"),
}


@pytest.fixture
def kept(make_archive, tmp_path):
    archive = make_archive(how="filled")
    assert archive.run("backup", tmp_path / "kept.zip").returncode == 0
    return tmp_path / "kept.zip"


def test_a_damaged_backup_changes_nothing(make_archive, kept, tmp_path):
    archive = make_archive()
    bad = tmp_path / "bad.zip"
    whole = kept.read_bytes()
    cases = {f"cut at {n}": whole[:n] for n in (0, 10, len(whole) // 2, len(whole) - 1)}
    cases["a bit"] = whole[: len(whole) // 3] + bytes([whole[len(whole) // 3] ^ 4]) + whole[len(whole) // 3 + 1 :]
    for name, harm in [*cases.items(), *HARM.items()]:
        if callable(harm):
            zips.rewrite(kept, bad, harm)
        else:
            bad.write_bytes(harm)
        refused = archive.run("restore", bad)
        assert refused.returncode == 1, name
        assert "什么都没有改动" in refused.err, (name, refused.err)
        assert "Traceback" not in refused.err
    assert {path.name for path in archive.var.iterdir()} <= {"newsroom.sqlite3", "secret_key", "cache"}
    assert archive.run("restore", kept).returncode == 0


def in_table(table, change):
    return zips.in_file(f"{table}.jsonl", change)


FORGED = {
    "no JSON": in_table("articles_block", lambda data: data + b"not json\n"),
    "a row too many": in_table(
        "articles_block", lambda data: data + data.splitlines()[-1].replace(b"[", b"[9", 1) + b"\n"
    ),
    "a row too few": in_table("articles_block", lambda data: data[: data.rstrip().rindex(b"\n") + 1]),
    "columns": in_table("articles_block", lambda data: data.replace(b'"start"', b'"begin"', 1)),
    "another type": in_table("articles_issue", lambda data: data.replace(b'"2024-12-06"', b'{"a": 1}')),
    "a block of no page": in_table("articles_page", lambda data: b"".join(data.splitlines(True)[:-1]) + b"[]\n"),
}


def test_a_forged_backup_changes_nothing(make_archive, kept, tmp_path):
    archive = make_archive(how="empty")
    bad = tmp_path / "bad.zip"
    for name, change in FORGED.items():
        zips.rewrite(kept, bad, change)
        refused = archive.run("restore", bad)
        assert refused.returncode == 1 and "什么都没有改动" in refused.err, (name, refused.err)
    assert archive.read("from articles.models import Page; print(Page.objects.count())") == "0\n"
    assert not list((archive.var / "media").rglob("*.jpg"))
    assert archive.run("reindex", "--check").returncode == 0


def test_a_backup_of_a_newer_program_is_refused(make_archive, kept, tmp_path):
    newer = zips.in_file(
        "backup.json", lambda said: said.replace(b'"0001_initial"', b'"0001_initial", "0999_later"', 1)
    )
    zips.rewrite(kept, tmp_path / "newer.zip", newer)
    refused = make_archive().run("restore", tmp_path / "newer.zip")
    assert refused.returncode == 1 and "先升级程序" in refused.err


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_backup_of_an_older_schema_is_brought_up_to_date(make_archive, vendor, tmp_path):
    older, ready, archive = make_archive(), make_archive(vendor, "empty"), make_archive(vendor)
    older.read(OLDER.replace("OUT", repr(str(tmp_path / "older.zip"))))
    assert len(rows_of(members(tmp_path / "older.zip"), "articles_page")) == 1
    refused = ready.run("restore", tmp_path / "older.zip")
    assert refused.returncode == 1 and "还没有建表的空数据库" in refused.err
    restored = archive.run("restore", tmp_path / "older.zip")
    assert restored.returncode == 0, restored.err
    assert archive.run("reindex", "--check").returncode == 0
    found = archive.read(
        "from articles.models import Article, ArticleKeyword; from articles.search import parse_query, search;"
        "print(*search(parse_query('通车'), articles=Article.objects.all())[:5], ArticleKeyword.objects.count())"
    )
    assert "1\n" in found and "老桥" in found
    shutil.rmtree(older.var)
