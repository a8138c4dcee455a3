"""What is restored is what was backed up, on either database; what is damaged or does not fit changes nothing."""

import json
import re
import shutil
from pathlib import Path

import pytest

from articles.keeping.bags import BadBag, Bag
from articles.keeping.restoring import RestoreRefused, check_backup, restore
from articles.models import Newspaper
from articles.search import documents
from tests.keeping import zips
from tests.keeping.conftest import OWN, VENDORS
from tests.keeping.test_backup import members, rows_of

PAIRS = [("sqlite", "postgresql"), ("postgresql", "sqlite")] if len(VENDORS) > 1 else [("sqlite", "sqlite")]
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


@pytest.mark.parametrize("vendor", OWN)
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


def cut(at):
    return lambda whole: whole[: int(len(whole) * at)]


def flip(whole):
    at = len(whole) // 3
    return whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :]


BROKEN = {"empty": cut(0), "half": cut(0.5), "nearly whole": cut(0.999), "a bit": flip}


@pytest.fixture(scope="session")
def kept(samples, tmp_path_factory):
    path = tmp_path_factory.mktemp("kept") / "kept.zip"
    assert samples["sqlite", "filled"].run("backup", path).returncode == 0
    return path


@pytest.mark.parametrize("harm", [*BROKEN, *HARM])
def test_a_damaged_backup_is_told_before_anything_is_written(harm, kept, tmp_path):
    bad = tmp_path / "bad.zip"
    if harm in BROKEN:
        bad.write_bytes(BROKEN[harm](kept.read_bytes()))
    else:
        zips.rewrite(kept, bad, HARM[harm])
    with pytest.raises(BadBag), Bag(bad) as bag:
        check_backup(bag)


def test_the_command_says_what_is_damaged_and_changes_nothing(make_archive, kept, tmp_path):
    archive = make_archive()
    refused = archive.run("restore", zips.rewrite(kept, tmp_path / "bad.zip", HARM["page text"]))
    assert refused.returncode == 1 and "articles_page.jsonl 的校验和不符。什么都没有改动。" in refused.err
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


@pytest.mark.parametrize("harm", FORGED)
def test_a_forged_backup_changes_nothing(harm, kept, newspaper, editor, settings, tmp_path):
    bad = zips.rewrite(kept, tmp_path / "bad.zip", FORGED[harm])
    with pytest.raises((BadBag, RestoreRefused)):
        restore(bad, replace=True)
    assert Newspaper.objects.get() == newspaper and type(editor).objects.get() == editor
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.jpg"))
    assert not documents.check().faults


def test_a_backup_of_a_newer_program_is_refused(make_archive, kept, tmp_path):
    newer = zips.in_file(
        "backup.json", lambda said: said.replace(b'"0001_initial"', b'"0001_initial", "0999_later"', 1)
    )
    zips.rewrite(kept, tmp_path / "newer.zip", newer)
    refused = make_archive().run("restore", tmp_path / "newer.zip")
    assert refused.returncode == 1 and "先升级程序" in refused.err


@pytest.mark.parametrize("vendor", OWN)
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
