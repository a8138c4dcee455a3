"""kill -9 at any moment leaves whole pages only, and running again finishes the job."""

import random
import shutil
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
KILLS = 6


@pytest.fixture
def folder(tmp_path):
    folder = jumping_issue(tmp_path / "in")
    for day in range(7, 27):
        write_pages(
            folder,
            {
                f"2024-12-{day:02}/{name}": (folder / "2024-12-06" / name).read_text() + f"\n\n今年第{day}次巡河。"
                for name in ("01.txt", "02.txt", "03.txt", "04.txt")
            },
        )
    return folder


def test_a_killed_import_leaves_whole_pages_and_is_finished_by_the_next(archive, folder, tmp_path):  # noqa: F811
    fresh = tmp_path / "fresh"
    shutil.copytree(archive.var, fresh)
    command = ("import_pages", folder, "--newspaper", "青杨日报", "--slug", "qingyang")
    begun = time.monotonic()
    assert archive.run(*command).returncode == 0
    needed = time.monotonic() - begun
    expected = archive.read(STATE)
    shutil.rmtree(archive.var)
    shutil.copytree(fresh, archive.var)
    chance = random.Random(20241206)
    counts = []
    for _ in range(KILLS):
        process = archive.start(*command)
        # Later and later: starting up takes a good part, and what is there already is passed over fast.
        time.sleep(needed * chance.uniform(0.4, 0.8))
        process.kill()
        process.communicate()
        counts.append(int(archive.read(WHOLE).split()[-1]))
    assert sorted(counts) == counts and counts[-1] > 0
    last = archive.run(*command)
    assert last.returncode == 0, last.err
    assert archive.read(STATE) == expected
    again = archive.run(*command)
    assert again.out == "无变化 84，资料库没有改动。\n"
