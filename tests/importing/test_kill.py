"""kill -9 at any moment leaves whole pages only, and running again finishes the job."""

import random
import shutil
import sqlite3
import time

import pytest

from tests.commands.conftest import archive, empty_archive  # noqa: F401
from tests.importing.paper import jumping_issue, write_pages

STATE = """
from tests.importing.paper import dump
import json
print(json.dumps(dump(ids=False), ensure_ascii=False, sort_keys=True))
"""
WHOLE = """
from articles.models import Page
from articles.search.documents import check
from tests.desk import check_whole
assert not check().faults, check().faults
pages = list(Page.objects.all())
assert all(page.blocks.exists() for page in pages)
check_whole(pages)
print(len(pages))
"""
DAYS = range(7, 31)
PAGES = 4 * (1 + len(DAYS))  # two batches


@pytest.fixture
def folder(tmp_path):
    folder = jumping_issue(tmp_path / "in")
    for day in DAYS:
        write_pages(
            folder,
            {
                f"2024-12-{day:02}/{name}": (folder / "2024-12-06" / name).read_text() + f"\n\n今年第{day}次巡河。"
                for name in ("01.txt", "02.txt", "03.txt", "04.txt")
            },
        )
    return folder


def count_pages(archive):  # noqa: F811
    database = sqlite3.connect(archive.var / "newsroom.sqlite3")
    try:
        return database.execute("select count(*) from articles_page").fetchone()[0]
    finally:
        database.close()


def kill_at(archive, command, pages, later):  # noqa: F811
    """Start the import and kill it `later` seconds after there are so many pages."""
    process = archive.start(*command)
    while process.poll() is None and count_pages(archive) < pages:
        time.sleep(0.005)
    time.sleep(later)
    ended = process.poll() is not None
    process.kill()
    process.communicate()
    return ended


def test_a_killed_import_leaves_whole_pages_and_is_finished_by_the_next(archive, folder, tmp_path):  # noqa: F811
    fresh = tmp_path / "fresh"
    shutil.copytree(archive.var, fresh)
    command = ("import_pages", folder, "--newspaper", "青杨日报", "--slug", "qingyang")
    assert archive.run(*command).returncode == 0
    expected = archive.read(STATE)
    shutil.rmtree(archive.var)
    shutil.copytree(fresh, archive.var)
    chance = random.Random()
    # The last one falls into the linking of jumps, after all pages are in.
    for pages in (1, chance.randint(2, PAGES // 2), chance.randint(PAGES // 2, PAGES - 1), PAGES):
        ended = kill_at(archive, command, pages, chance.uniform(0, 0.1))
        assert not ended or pages == PAGES
        assert int(archive.read(WHOLE).split()[-1]) >= pages
    last = archive.run(*command)
    assert last.returncode == 0, last.err
    assert archive.read(STATE) == expected
    again = archive.run(*command)
    assert again.out == f"无变化 {PAGES}，资料库没有改动。\n"
