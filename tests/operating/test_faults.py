"""A short run of benchmarks.faults: processes are killed, and nothing is lost."""

import subprocess
import sys

import pytest

from benchmarks.processes import ROOT, binaries


@pytest.mark.parametrize(
    "database, victims", [("SQLite", ("importer", "worker")), ("PostgreSQL", ("backend", "master"))]
)
def test_nothing_is_lost_with_a_process_that_is_killed(database, victims):
    if database == "PostgreSQL" and not binaries():
        pytest.skip("no PostgreSQL on this machine")
    short = ("--moments", "1", "--pages", "40", "--editors", "2", "--database", database)
    chosen = [word for victim in victims for word in ("--victim", victim)]
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.faults", *short, *chosen], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    rows = [line.split() for line in run.stdout.splitlines()[2:]]
    assert {row[0] for row in rows} == set(victims)
    assert all(row[1:3] == [database, "1"] and row[5:] == ["0", "0"] for row in rows)
