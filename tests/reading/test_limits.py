"""A bucket a visitor, kept over processes; what breaks it makes limits wider, never narrower."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reading import limits
from articles.reading.limits import BYTES, PLACES, SLOT, SLOTS, Table

NOON = 1_700_000_000.0
LIN, WANG = b"lin-----", b"wang----"


@pytest.fixture
def table(tmp_path):
    return Table(tmp_path / "limits")


def test_so_many_may_come_at_once_and_then_one_after_the_other(table):
    assert [table.take(LIN, 6, NOON) for _ in range(6)] == [0.0] * 6
    assert table.take(LIN, 6, NOON) == pytest.approx(10)
    assert table.take(LIN, 6, NOON + 9) == pytest.approx(1)
    assert table.take(LIN, 6, NOON + 10) == 0.0
    assert table.take(LIN, 6, NOON + 10) == pytest.approx(10)
    assert [table.take(LIN, 6, NOON + 100) for _ in range(7)][5:] == [0.0, pytest.approx(10)]


def test_visitors_are_counted_apart(table):
    for _ in range(3):
        table.take(LIN, 3, NOON)
    assert table.take(LIN, 3, NOON) and table.take(WANG, 3, NOON) == 0.0


def test_a_clock_that_is_set_back_locks_nobody_out(table):
    for _ in range(4):
        table.take(LIN, 3, NOON)
    assert table.take(LIN, 3, NOON - 3600) == 0.0


def test_a_crowd_in_one_place_makes_room_for_each_other(table, tmp_path):
    crowd = [LIN[:4] + number.to_bytes(4, "big") for number in range(SLOTS * 3)]
    for _ in range(2):
        assert [table.take(one, 2, NOON) for one in crowd] == [0.0] * len(crowd)
    assert (tmp_path / "limits").stat().st_size <= BYTES * PLACES


@given(
    st.binary(max_size=BYTES + 3),
    st.lists(st.tuples(st.sampled_from([LIN, WANG]), st.integers(0, 90), st.integers(1, 5)), max_size=12),
)
def test_whatever_stands_in_the_file_nobody_waits_longer_than_a_minute(tmp_path_factory, junk, asked):
    path = tmp_path_factory.mktemp("table") / "limits"
    path.write_bytes(junk)
    table, now = Table(path), NOON
    place = int.from_bytes(LIN[:4], "big") % PLACES * BYTES
    os.pwrite(table.file, junk, place)
    for whose, later, a_minute in asked:
        now += later
        assert 0 <= table.take(whose, a_minute, now) <= 60
    assert table.take(LIN, 5, now + 60) == 0.0
    os.close(table.file)


def test_threads_take_no_more_than_there_is(table):
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda _: table.take(LIN, 100, NOON), range(400)))
    assert waits.count(0.0) == 100


TAKE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
from pathlib import Path
from articles.reading.limits import Table
table = Table(Path(sys.argv[1]))
print(sum(table.take(b"lin-----", 100, 1_700_000_000.0) == 0.0 for _ in range(400)))
"""


def test_processes_take_no_more_than_there_is_together(tmp_path):
    command = [sys.executable, "-c", TAKE, str(tmp_path / "limits")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert sum(int(process.communicate()[0]) for process in running) == 100


def test_where_nothing_can_be_written_nobody_is_limited(rf, settings, tmp_path, caplog):
    from django.contrib.auth.models import AnonymousUser

    settings.LIMITS, settings.VAR_DIR = {"search": 1}, tmp_path / "nowhere"
    request = rf.get("/")
    request.user = AnonymousUser()
    assert [limits.seconds_to_wait(request, "search") for _ in range(3)] == [0.0] * 3
    assert "不限制" in caplog.text


def test_a_slot_left_half_written_is_one_visitors_fresh_start(table):
    place = int.from_bytes(LIN[:4], "big") % PLACES * BYTES
    for _ in range(3):
        table.take(LIN, 3, NOON)
    os.pwrite(table.file, SLOT.pack(LIN, float("nan")), place)
    assert table.take(LIN, 3, NOON) == 0.0
