"""What is wrong is found and named, each kind; what is right, whatever was done to it, is not complained of."""

import json
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils.timezone import get_current_timezone

from articles import corrections
from articles.importing import Import, Options
from articles.keeping.backup import ABOUT
from articles.keeping.verifying import CHECKS
from articles.models import Article, Correction, Credit, Original, Page, SearchDocument
from tests.importing.paper import jumping_issue
from tests.keeping.conftest import PICTURE, POSTGRESQL


def findings():
    return [finding for check in CHECKS.values() for finding in check() if finding]


@pytest.fixture
def page(newspaper, editor, tmp_path):
    """A page of an issue with a picture, that an editor has named."""
    folder = jumping_issue(tmp_path / "in")
    (folder / "2024-12-06" / "03.jpg").write_bytes(PICTURE)
    for outcome in Import([folder], newspaper, Options()):
        assert outcome.result == "created"
    corrections.set_name(page=Page.objects.get(number="3"), name="民生", user=editor)
    assert findings() == []
    return Page.objects.get(number="3")


def picture_of(page):
    return Path(page.facsimile.path)


def change_the_journal(page):
    entry = Correction.objects.get()
    entry.after["page"][str(page.pk)]["name"] = "经济"
    entry.save()
    corrections.set_name(page=page, name="文化", user=None)


def drop_blocks(page):
    Credit.objects.update(block=None)
    page.blocks.all().delete()


def push_out(page):
    page.blocks.filter(pk=page.blocks.order_by("start").last().pk).update(start=10**6)


def pages(page):
    return Page.objects.filter(pk=page.pk)


HARM = {
    "的原文与其摘要不符": lambda page: pages(page).update(text_sha256="0" * 64),
    "的原文与原始文件不符": lambda page: pages(page).update(source_text=page.source_text + "多"),
    "的原始文件已损坏": lambda page: Original.objects.filter(pk=page.original_id).update(packed=b"damaged"),
    "没有文字块": drop_blocks,
    "越出原文": push_out,
    "的正文与其文字块不符": lambda page: Article.objects.filter(page=page).update(body="另一篇"),
    "没有文字块，却仍在": lambda page: Article.objects.create(newspaper=page.newspaper),
    "不是最后一次改动": lambda page: pages(page).update(name="改了"),
    "不是上一次改动": change_the_journal,
    "检索文本": lambda page: SearchDocument.objects.filter(article__page=page).delete(),
    "不见了": lambda page: picture_of(page).unlink(),
    "与其校验和不符": lambda page: picture_of(page).write_bytes(b"other"),
}


@pytest.mark.parametrize("said", HARM)
def test_each_kind_of_damage_is_found(page, said):
    HARM[said](page)
    assert any(said in finding.words and not finding.note for finding in findings())


def test_a_whole_archive_is_said_to_be_so_and_a_stray_file_only_named(make_archive):
    archive = make_archive(how="filled")
    stray = archive.var / "media" / "facsimiles" / "stray.jpg"
    stray.write_bytes(b"x")
    found = archive.run("verify")
    assert (found.returncode, found.err) == (0, "")
    assert "提示  没有版面用到的文件 facsimiles/stray.jpg" in found.out
    assert found.out.endswith("资料库完好。\n")
    next((archive.var / "media").rglob("[0-9a-f]*.jpg")).unlink()
    found = archive.run("verify")
    assert found.returncode == 1 and "不符  版面图" in found.out and "发现 1 处不符" in found.err


def test_a_backup_is_verified_without_the_archive(make_archive, tmp_path):
    archive = make_archive(how="filled")
    kept = tmp_path / "kept.zip"
    assert archive.run("backup", kept).returncode == 0
    found = archive.run("verify", "--backup", kept)
    assert found.returncode == 0 and "5 版" in found.out
    with ZipFile(kept) as zipped:
        (about,) = (name for name in zipped.namelist() if name.endswith(ABOUT))
        made = datetime.fromisoformat(json.loads(zipped.read(about))["made_at"])
    assert f"{made.astimezone(get_current_timezone()):%Y-%m-%d %H:%M} 的备份" in found.out
    data = kept.read_bytes()
    kept.write_bytes(data[:5000] + b"?" + data[5001:])
    found = archive.run("verify", "--backup", kept)
    assert found.returncode == 1 and "不是完好的备份" in found.err


@pytest.mark.skipif(POSTGRESQL, reason="PostgreSQL keeps its own files")
def test_a_damaged_database_is_told_from_one_that_cannot_be_written(make_archive):
    archive = make_archive(how="filled")
    database = archive.var / "newsroom.sqlite3"
    data = database.read_bytes()
    for damage in (b"?" * 100 + data[100:], data[:4096] + b"?" * (len(data) - 4096)):
        database.write_bytes(damage)
        found = archive.run("verify")
        assert found.returncode == 1 and "损坏" in found.err and "manage.py restore" in found.err
