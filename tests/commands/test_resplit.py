"""manage.py resplit as a process of its own: what it says, its exit status, killed and taken up again."""

import random
import shutil
import sqlite3
import time

import pytest

from tests.importing.paper import jumping_issue, write_pages

# Every page as an older extractor had split it: the last article of each page part of its first one.
MAKE_OLDER = """
from articles.importing.linking import link_issues
from articles.models import Issue, Page
from tests.resplitting.older import Older
for page in Page.objects.order_by("pk"):
    older = Older(page.source_text)
    if len(older.articles) > 1:
        older.run_together(0, len(older.articles) - 1)
    older.put_on(page)
for issue in Issue.objects.all():
    link_issues([issue.pk])
"""
TOUCH = """
from articles import corrections
from articles.models import Page
corrections.set_name(page=Page.objects.filter(number="1").first(), name="要闻", user=None)
"""
STATE = """
import json
from articles.models import Page
from tests.importing.paper import dump
print(json.dumps([dump(ids=False), list(Page.objects.values_list("extractor").distinct())], ensure_ascii=False))
"""
WHOLE = """
from articles.models import Page
from articles.search.documents import check
from tests.desk import check_whole
assert not check().faults, check().faults
check_whole(list(Page.objects.all()))
"""
PAGES = 12


@pytest.fixture
def old_archive(archive, tmp_path):
    """An archive of three issues, each with a story that runs over pages, as an older extractor left it."""
    folder = jumping_issue(tmp_path / "in")
    for day in (7, 8):
        for name in ("01.txt", "02.txt", "03.txt", "04.txt"):
            text = (folder / "2024-12-06" / name).read_text() + f"\n\n今年第{day}次巡河。"
            write_pages(folder, {f"2024-12-{day:02}/{name}": text})
    done = archive.run("import_pages", folder, "--newspaper", "青杨日报", "--slug", "qingyang")
    assert done.returncode == 0, done.err
    archive.read(MAKE_OLDER)
    return archive


def count_done(archive):
    database = sqlite3.connect(archive.var / "newsroom.sqlite3")
    try:
        return database.execute("select count(*) from articles_page where extractor != '1'").fetchone()[0]
    finally:
        database.close()


def test_it_says_what_it_would_do_does_it_and_is_done(old_archive):
    dry = old_archive.run("resplit", "--dry-run")
    assert dry.returncode == 0 and dry.out.startswith("试运行，未写入：将换上新拆分 "), dry.err
    assert "文章 1 篇 → 2 篇" in dry.err and count_done(old_archive) == 0
    done = old_archive.run("resplit", "--jobs", "2")
    assert done.returncode == 0 and done.out == dry.out.removeprefix("试运行，未写入：").replace("将", ""), done.err
    assert done.err == "" and count_done(old_archive) == PAGES
    old_archive.read(WHOLE)
    assert old_archive.run("resplit").out == "没有要重新拆分的版面。\n"
    assert old_archive.run("resplit", "--all").out == f"无变化 {PAGES}。\n"


def test_a_touched_page_gets_proposals(old_archive):
    old_archive.read(TOUCH)
    dry = old_archive.run("resplit", "--date", "2024-12-08", "--dry-run")
    assert "将保留并提出建议" in dry.err and "    “" in dry.err
    done = old_archive.run("resplit")
    assert done.returncode == 0 and "保留并提出建议 " in done.out and "（在后台各版的疑问里）" in done.out


def test_killed_at_any_moment_it_leaves_whole_pages_and_is_finished_by_the_next(old_archive, tmp_path):
    fresh = tmp_path / "fresh"
    shutil.copytree(old_archive.var, fresh)
    assert old_archive.run("resplit").returncode == 0
    expected = old_archive.read(STATE)
    shutil.rmtree(old_archive.var)
    shutil.copytree(fresh, old_archive.var)
    chance = random.Random()
    # The last one falls into the linking of jumps, after all pages are done.
    for pages in (1, chance.randint(2, PAGES - 1), PAGES):
        process = old_archive.start("resplit")
        while process.poll() is None and count_done(old_archive) < pages:
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.05))
        process.kill()
        process.communicate()
        assert count_done(old_archive) >= pages
        old_archive.read(WHOLE)
    last = old_archive.run("resplit")
    assert last.returncode == 0, last.err
    assert old_archive.read(STATE) == expected


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--newspaper", "没有的报"], "没有报纸“没有的报”"),
        (["--date", "2024-12-06", "--since", "2024-12-01"], "不能一起用"),
        (["--since", "2024-12-06", "--until", "2024-12-01"], "--since 的日期要在 --until 之前"),
        (["--jobs", "0"], "进程数"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_line(archive, arguments, words):
    refused = archive.run("resplit", *arguments)
    assert refused.returncode != 0 and words in refused.err and "Traceback" not in refused.err


def test_an_empty_archive_has_nothing_to_split(archive):
    assert archive.run("resplit").out == "没有要重新拆分的版面。\n"
