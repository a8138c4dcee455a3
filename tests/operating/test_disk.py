"""A disk that takes no more: commands and the desk say so in Chinese, and nothing is lost.

A small file system, where one may be mounted; else a limit to the size of the files that a process may write, which any
system has. Read-only is that file system mounted so, or a folder that its owner may not write.
"""

import errno
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import threading

import pytest

from benchmarks.editing import Browser, Editor
from benchmarks.faults import import_of, prepare
from benchmarks.importing import write_pages
from benchmarks.processes import ROOT, Site

MEGABYTES = 60
LEFT = 40_000  # bytes: more than SQLite's file of shared memory takes, less than a batch of pages or a backup


class SmallDisk:
    """A file system that is full once fill() has been called."""

    def __init__(self, folder):
        self.folder, self.filler = folder, folder / "filler"
        command = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", folder]
        if os.geteuid() or subprocess.run(command, capture_output=True).returncode:
            raise OSError("no file system may be mounted here")

    def fill(self, left=0, pids=()):
        with self.filler.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)) == 4096:
                    pass
            except OSError as error:
                assert error.errno == errno.ENOSPC
            file.truncate(file.tell() - left // 4096 * 4096)

    def make_room(self, pids=()):
        self.filler.unlink()

    def limit(self):
        """Nothing, in a process that is about to begin."""

    def freeze(self):
        subprocess.run(["mount", "-o", "remount,ro", self.folder], check=True)

    def thaw(self):
        subprocess.run(["mount", "-o", "remount,rw", self.folder], check=True)

    def remove(self):
        subprocess.run(["umount", "-l", self.folder], check=True)


class Limit:
    """No file may grow beyond so many bytes, in processes that begin after fill() and in those given."""

    def __init__(self, folder):
        self.folder, self.bytes = folder, resource.RLIM_INFINITY

    def fill(self, left=0, pids=()):
        self.bytes = left
        for pid in pids:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (left, resource.RLIM_INFINITY))

    def make_room(self, pids=()):
        self.fill(resource.RLIM_INFINITY, pids)

    def limit(self):
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.bytes, self.bytes))

    def remove(self):
        """It ends with its processes."""


class Kept:
    """A folder that its owner may not write; to root that means nothing."""

    def __init__(self, folder):
        self.folder = folder
        if os.geteuid() == 0:
            pytest.skip("root may write everywhere")

    def freeze(self):
        for path in (self.folder, *self.folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)

    def thaw(self):
        for path in (self.folder, *self.folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)

    limit = remove = SmallDisk.limit


def full(folder):
    try:
        return SmallDisk(folder)
    except OSError:
        return Limit(folder)


def read_only(folder):
    try:
        return SmallDisk(folder)
    except OSError:
        return Kept(folder)


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """(an archive, the cookies of an editor, the pages of the archive), and pages to import."""
    folder = tmp_path_factory.mktemp("ready")
    write_pages(folder / "mended", 2)
    write_pages(folder / "pages", 30, seed=2, articles_a_page=2)
    return (*prepare(folder / "var", None, folder / "mended", editors=1), folder / "pages")


@pytest.fixture
def on_disk(ready, tmp_path):
    """on_disk(make it of a folder) -> (the disk, the archive on it)"""
    made = []

    def make(disk):
        folder = tmp_path / "disk"
        folder.mkdir()
        made.append(disk(folder))
        archive = ready[0].copy(folder / "var")
        archive.environment["DISK_FREE_MB"] = "1"
        return made[-1], archive

    yield make
    for disk in made:
        disk.remove()


def run(disk, archive, *command):
    command = [sys.executable, "manage.py", *map(str, command)]
    return subprocess.run(
        command, cwd=ROOT, env=archive.environment, capture_output=True, text=True, preexec_fn=disk.limit, timeout=120
    )


def check_told(process):
    said = process.stdout + process.stderr
    assert process.returncode == 1 and "Traceback" not in said, said
    assert re.search(r"磁盘|请检查|数据库出错", process.stderr), said
    return process.stderr


def check_whole(disk, archive):
    found = run(disk, archive, "verify")
    assert found.returncode == 0, found.stdout + found.stderr


def test_commands_on_a_full_disk_say_so_and_go_on_when_there_is_room(on_disk, ready):
    disk, archive = on_disk(full)
    importing, copy = import_of(ready[-1], "later")[1:], disk.folder / "copy.zip"
    disk.fill(LEFT)
    check_told(run(disk, archive, *importing))
    check_told(run(disk, archive, "backup", copy))
    assert sorted(path.name for path in disk.folder.iterdir() if path.name != "filler") == ["var"]
    shutil.rmtree(archive.var / "static")
    check_told(run(disk, archive, "up", "--no-work"))
    disk.make_room()
    check_whole(disk, archive)
    again = run(disk, archive, *importing)
    assert again.returncode == 0 and "新建 30" in again.stdout, again.stdout + again.stderr
    assert run(disk, archive, "backup", copy).returncode == 0
    check_whole(disk, archive)


def test_an_act_on_a_full_disk_is_refused_in_words_and_done_when_there_is_room(on_disk, ready):
    disk, archive = on_disk(full)
    site = Site(archive)
    try:
        site.wait()
        browser = Browser(site.port, ready[1][0])
        editor = Editor(browser, ready[2], threading.Event(), 0, seed=1)
        page = ready[2][0]
        act = editor.choose(page, editor.read(page))
        disk.fill(pids=site.workers())
        address = f"/admin/articles/page/{page}/desk/act/{act.name}/"
        # What the journal of SQLite has room for is still done: acts until there is none.
        for _ in range(200):
            status, content = browser.ask("POST", address, act.form, Accept="application/json")
            if status != 200:
                break
            act = editor.choose(page, editor.read(page))
        assert status == 503, content
        words = json.loads(content)["refused"]["words"]
        assert "这一步还没有做" in words and ("磁盘" in words or isinstance(disk, Limit))
        assert browser.ask("GET", "/")[0] == 200
        disk.make_room(site.workers())
        editor.send(act)
        assert act.acknowledged
    finally:
        site.stop()
    check_whole(disk, archive)


def test_commands_on_a_read_only_disk_say_so(on_disk, ready):
    disk, archive = on_disk(read_only)
    disk.freeze()
    try:
        for command in (import_of(ready[-1], "later")[1:], ("backup", disk.folder / "copy.zip"), ("up", "--no-work")):
            assert "磁盘是否只读" in check_told(run(disk, archive, *command))
    finally:
        disk.thaw()
    check_whole(disk, archive)
