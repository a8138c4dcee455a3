"""A backup holds all of one moment, is whole or not there, and tells what it could not find."""

import hashlib
import json
import stat
import time
import zipfile

import pytest

from tests.importing.paper import BRIDGE, write_pages
from tests.keeping.conftest import OWN, PICTURE

SECRET = """
from django.contrib.sessions.backends.db import SessionStore
from articles.models import Page, Presence
from django.contrib.auth.models import User
session = SessionStore()
session["whose"] = "a visit that is over"
session.save()
Presence.objects.create(page=Page.objects.first(), user=User.objects.get())
"""
WHOLE = """
from pathlib import Path
from django.conf import settings
from articles.models import Page, ImportOutcome
from articles.search.documents import check
from tests.desk import check_whole
assert not check().faults, check().faults
pages = list(Page.objects.all())
assert all(page.blocks.exists() for page in pages)
check_whole(pages)
for page in pages:
    assert (Path(settings.MEDIA_ROOT) / page.facsimile.name).exists()
assert ImportOutcome.objects.count() == len(pages)
print(len(pages))
"""
KEEPING = """
from pathlib import Path
from articles.keeping.backup import write_backup
folder, count = Path(FOLDER), 0
while not (folder / "enough").exists():
    assert not write_backup(folder / f"{count}.zip").missing
    count += 1
"""
IMPORTING = """
from pathlib import Path
from articles.importing import Import, Options
from articles.models import Newspaper
paper = Newspaper.objects.create(name="青杨日报", slug="qingyang")
for outcome in Import([Path(FOLDER)], paper, Options(), batch=1):
    assert outcome.result == "created", outcome
"""
MANY = 80


def members(path):
    with zipfile.ZipFile(path) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def rows_of(content, table):
    first, *rows = content[f"data/tables/{table}.jsonl"].decode().splitlines()
    return [dict(zip(json.loads(first), json.loads(row), strict=True)) for row in rows]


@pytest.mark.parametrize("vendor", OWN)
def test_a_backup_has_all_but_what_is_over_with_a_visit(make_archive, vendor, tmp_path):
    archive = make_archive(vendor, "filled")
    archive.read(SECRET)
    made = archive.run("backup", tmp_path)
    assert made.returncode == 0, made.err
    (path,) = tmp_path.glob("newsroom-*.zip")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    digest, name = path.with_name(path.name + ".sha256").read_text().split()
    assert (digest, name) == (hashlib.sha256(path.read_bytes()).hexdigest(), path.name)
    content = members(path)
    assert b"a visit that is over" not in b"".join(content.values())
    tables = {name.split("/")[-1] for name in content if name.startswith("data/tables/")}
    assert not tables & {"django_session.jsonl", "articles_presence.jsonl", "articles_searchdocument.jsonl"}
    assert len(rows_of(content, "articles_page")) == 5
    assert {row["action"] for row in rows_of(content, "articles_correction")} >= {"edit_text", "withdraw_article"}
    assert rows_of(content, "auth_user")[0]["password"]
    pictures = [data for name, data in content.items() if name.startswith("data/media/facsimiles/")]
    assert sorted(pictures) == [PICTURE + b"01", PICTURE + b"03"]
    assert content["data/uploads/1/05.txt"].decode() == "还没有导入的一版。"
    for line in content["manifest-sha256.txt"].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(content[name]).hexdigest() == digest


def test_a_picture_that_is_lost_is_named_and_the_rest_kept(make_archive, tmp_path):
    archive = make_archive(how="filled")
    lost = min((archive.var / "media").rglob("*.jpg"))
    lost.unlink()
    made = archive.run("backup", tmp_path / "kept.zip")
    assert made.returncode == 1
    assert lost.name in made.err and "备份已写好" in made.err
    assert json.loads(members(tmp_path / "kept.zip")["data/backup.json"])["missing"] == [
        f"media/{lost.relative_to(archive.var / 'media')}"
    ]


def test_nothing_is_written_over_and_only_where_there_is_a_folder(make_archive, tmp_path):
    archive = make_archive(how="empty")
    there = tmp_path / "kept.zip"
    there.write_bytes(b"mine")
    for path in (there, tmp_path / "none" / "kept.zip", tmp_path / "kept.tar"):
        made = archive.run("backup", path)
        assert made.returncode == 1 and "不能写成" in made.err
    assert there.read_bytes() == b"mine"


@pytest.mark.parametrize("vendor", OWN)
def test_a_backup_taken_while_pages_come_in_is_of_one_moment(make_archive, vendor, tmp_path):
    archive = make_archive(vendor, "empty")
    folder = tmp_path / "in"
    for n in range(MANY):
        name = f"2024-{n // 4 // 28 + 1:02}-{n // 4 % 28 + 1:02}/{n % 4 + 1:02}"
        write_pages(folder, {f"{name}.txt": f"{BRIDGE}\n\n这是第{n}次修桥。", f"{name}.jpg": PICTURE + str(n).encode()})
    (tmp_path / "kept").mkdir()
    keeping = archive.start("shell", "-v0", "-c", KEEPING.replace("FOLDER", repr(str(tmp_path / "kept"))))
    archive.read(IMPORTING.replace("FOLDER", repr(str(folder))))
    (tmp_path / "kept" / "enough").touch()
    _, errors = keeping.communicate(timeout=120)
    assert keeping.returncode == 0, errors
    counts = {path: len(rows_of(members(path), "articles_page")) for path in (tmp_path / "kept").glob("*.zip")}
    partial = sorted((path for path in counts if 0 < counts[path] < MANY), key=counts.get)
    assert partial
    for path in {partial[0], partial[-1]}:
        other = make_archive(vendor)
        restored = other.run("restore", path)
        assert restored.returncode == 0, restored.err
        assert int(other.read(WHOLE)) == counts[path]


def test_a_killed_backup_leaves_no_file_that_looks_whole(make_archive, tmp_path):
    archive = make_archive(how="filled")
    (archive.var / "media" / "facsimiles").mkdir(exist_ok=True)
    target = tmp_path / "kept"
    target.mkdir()
    killed = 0
    for later in (0, 0.005, 0.02):
        process = archive.start("backup", target)
        while process.poll() is None and not list(target.glob(".newsroom-backup.part")):
            time.sleep(0.001)
        time.sleep(later)
        process.kill()
        process.communicate()
        killed += bool(list(target.glob(".newsroom-backup.part")))
        for path in target.glob("*.zip"):
            with zipfile.ZipFile(path) as whole:
                assert whole.testzip() is None
            path.unlink()
    assert killed
    made = archive.run("backup", target)
    assert made.returncode == 0, made.err
    assert sorted(p.suffix for p in target.iterdir()) == [".sha256", ".zip"]
