"""Processes that write, search and rebuild at one time: nobody fails, and nothing is lost, invented or missed."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)  # what the others write is flushed where they share its database

ARTICLES = 200
SECONDS = 4  # that they go on together


@pytest.fixture
def play(tmp_path):
    """play(role, *args) -> a process that plays it, on a database of 200 articles that all share."""
    environment = os.environ | {"NEWSROOM_VAR": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    if connection.vendor == "postgresql":
        at = connection.settings_dict
        user, password, host, port, name = (at[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME"))
        environment["DATABASE_URL"] = f"postgres://{user}:{password}@{host}:{port}/{name}"
    begun = []

    def play(role, *args):
        command = [sys.executable, "-m", "tests.search.beside", role, str(tmp_path / "stop"), *map(str, args)]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        begun.append(process)
        assert process.stdout.readline() == "ready\n", process.stderr.read()
        return process

    told(play("fill", ARTICLES))
    yield play
    for process in begun:
        process.kill()
        process.communicate()


def told(process):
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return json.loads(out)


@contextmanager
def until_stopped(tmp_path, seconds):
    stop = tmp_path / "stop"
    time.sleep(seconds)
    stop.touch()
    yield
    stop.unlink()


def check_exact(play, articles, faults=()):
    found = told(play("check"))
    assert set(found["faults"]) <= set(faults)
    assert found["found"] == found["documents"] == found["articles"] == articles
    assert found["changed"] == found["changed by reading"] > 0


def test_writers_and_readers_go_on_while_two_rebuild(play, tmp_path):
    writers = [play("write", n, 2) for n in range(2)]
    readers = [play("read", ARTICLES), play("read", ARTICLES)]
    rebuilders = [play("rebuild"), play("rebuild")]
    with until_stopped(tmp_path, SECONDS):
        written, read, rebuilt = ([told(each) for each in group] for group in (writers, readers, rebuilders))
    assert [each["wrong"] for each in read] == [[], []]
    assert all(each["turns"] for each in (*written, *read, *rebuilt))
    check_exact(play, ARTICLES + sum(each["added"] for each in written))


def test_a_rebuild_that_is_killed_leaves_the_old_index_and_the_next_one_ends_well(play, tmp_path):
    writer, reader = play("write", 0, 1), play("read", ARTICLES)
    for wait in (0.3, 0.8):
        rebuilder = play("rebuild")
        time.sleep(wait)
        rebuilder.kill()
        rebuilder.communicate()
    with until_stopped(tmp_path, 0.5):
        written, read = told(writer), told(reader)
    assert read["wrong"] == [] and read["turns"]
    unfinished = "上次重建没有完成，留下了索引 search_index_fresh"
    check_exact(play, ARTICLES + written["added"], [unfinished] if connection.vendor == "postgresql" else [])
    rebuilder = play("rebuild")
    with until_stopped(tmp_path, 0.1):
        assert told(rebuilder)["turns"]
    check_exact(play, ARTICLES + written["added"])
