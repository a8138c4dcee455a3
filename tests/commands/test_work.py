"""manage.py work as a process of its own: previews, imports, is killed, takes up, shares the work with another."""

import json
import signal
import sqlite3
import time

import pytest

from tests.importing.paper import jumping_issue, write_zip

SEND = """
from django.core.files.uploadedfile import SimpleUploadedFile
from articles.importing.uploads import receive
from articles.models import Newspaper
paper, _ = Newspaper.objects.get_or_create(slug="qingyang", defaults={"name": "青杨日报"})
data = open(%r, "rb").read()
for n in range(%d):
    receive(newspaper=paper, files=[SimpleUploadedFile(f"{n}.zip", data)])
"""
IMPORT = """
from articles.importing.uploads import ask_for_import
from articles.models import Upload
for upload in Upload.objects.filter(state="previewed"):
    ask_for_import(upload)
"""
STATE = """
import json
from articles.models import ImportOutcome, ImportRun, Page, Upload
print(json.dumps({
    "uploads": list(Upload.objects.order_by("pk").values_list("state", "done", "total", "error")),
    "files": [[f.result for f in u.files.all()] for u in Upload.objects.order_by("pk")],
    "pages": Page.objects.count(),
    "runs": ImportRun.objects.count(),
    "results": list(ImportOutcome.objects.order_by("pk").values_list("result", flat=True)),
}))
"""
WHOLE = """
from articles.models import Page
from articles.search.documents import check
from tests.desk import check_whole
assert not check().faults, check().faults
check_whole(list(Page.objects.all()))
"""
DIED = """
import datetime
from django.utils import timezone
from articles.models import Upload
Upload.objects.update(heartbeat_at=timezone.now() - datetime.timedelta(seconds=%d))
"""
DAYS = 6


@pytest.fixture
def pages(tmp_path):
    """A zip of DAYS issues of four pages."""
    folder = jumping_issue(tmp_path / "in")
    day = {p.name: p.read_text() for p in (folder / "2024-12-06").iterdir()}
    entries = {
        f"2024-12-{6 + n:02}/{name}": f"{text}\n\n今年第{n}次巡河。" for n in range(DAYS) for name, text in day.items()
    }
    return write_zip(tmp_path / "日.zip", entries)


def send(archive, pages, times=1):
    archive.read(SEND % (str(pages), times))


def state_of(archive):
    return json.loads(archive.read(STATE))


def query(archive, statement):
    database = sqlite3.connect(archive.var / "newsroom.sqlite3")
    try:
        return database.execute(statement).fetchall()
    finally:
        database.close()


def wait_for_pages(archive, process, wanted):
    while process.poll() is None and len(query(archive, "select 1 from articles_page")) < wanted:
        time.sleep(0.01)


def test_it_previews_then_imports_and_ends_once_nothing_waits(archive, pages):
    assert archive.run("work", "--once").out == ""
    send(archive, pages)
    looked = archive.run("work", "--once")
    assert looked.returncode == 0 and "待确认" in looked.out, looked.err
    state = state_of(archive)
    assert state["uploads"] == [["previewed", 24, 24, ""]] and state["files"] == [["created"] * 24]
    assert state["pages"] == 0
    archive.read(IMPORT)
    assert "已导入" in archive.run("work", "--once").out
    state = state_of(archive)
    assert state["uploads"] == [["done", 24, 24, ""]] and state["results"] == ["created"] * 24
    archive.read(WHOLE)
    assert not list((archive.var / "uploads").iterdir())


def test_killed_in_mid_import_it_is_taken_up_by_the_next_after_a_minute(archive, pages):
    send(archive, pages)
    archive.run("work", "--once")
    archive.read(IMPORT)
    worker = archive.start("work", "--poll", "0.1")
    wait_for_pages(archive, worker, 3)
    worker.kill()
    worker.communicate()
    state = state_of(archive)
    assert state["uploads"][0][0] == "importing" and 3 <= state["pages"] < 24
    assert state["pages"] == len(state["results"]), "a page and its outcome are written together"
    archive.read(DIED % 50)
    assert archive.run("work", "--once").out == "", "it may still be alive"
    archive.read(DIED % 61)
    assert "已导入" in archive.run("work", "--once").out
    state = state_of(archive)
    assert (state["pages"], state["runs"], state["results"]) == (24, 1, ["created"] * 24)
    assert state["uploads"] == [["done", 24, 24, ""]]
    archive.read(WHOLE)


def test_killed_in_mid_preview_it_leaves_nothing_and_is_taken_up(archive, pages):
    send(archive, pages)
    worker = archive.start("work", "--poll", "0.1")
    while worker.poll() is None and not query(archive, "select 1 from articles_upload where done > 2"):
        time.sleep(0.01)
    worker.kill()
    worker.communicate()
    state = state_of(archive)
    assert (state["pages"], state["runs"]) == (0, 0)
    archive.read(DIED % 61)
    archive.run("work", "--once")
    assert state_of(archive)["uploads"] == [["previewed", 24, 24, ""]]


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_ends_after_the_page_and_leaves_the_rest_to_the_next(archive, pages, sent):
    send(archive, pages)
    archive.run("work", "--once")
    archive.read(IMPORT)
    worker = archive.start("work")
    wait_for_pages(archive, worker, 2)
    worker.send_signal(sent)
    _, err = worker.communicate(timeout=120)
    assert worker.returncode == 0 and "Traceback" not in err
    state = state_of(archive)
    assert state["uploads"][0][0] == "queued" and 2 <= state["pages"] < 24
    archive.run("work", "--once")
    assert state_of(archive)["results"] == ["created"] * 24


def test_asked_to_stop_while_nothing_waits_it_ends_at_once(archive):
    worker = archive.start("work", "--poll", "600")
    assert "每 600 秒" in worker.stdout.readline()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=120) == 0
    worker.communicate()


def test_two_at_once_never_take_the_same_upload(archive, pages):
    send(archive, pages, times=4)
    for expected in ("待确认", "已导入"):
        workers = [archive.start("work", "--once") for _ in range(2)]
        said = [worker.communicate(timeout=240) for worker in workers]
        assert all(worker.returncode == 0 for worker in workers), said
        lines = [line for out, _ in said for line in out.splitlines()]
        assert len(lines) == len(set(lines)) == 4 and all(expected in line for line in lines), said
        archive.read(IMPORT)
    state = state_of(archive)
    assert [row[0] for row in state["uploads"]] == ["done"] * 4
    assert state["pages"] == 24 and state["runs"] == 4 and len(state["results"]) == 96
    archive.read(WHOLE)
