"""manage.py as its users run it: a process of its own, with a database of its own in tmp_path."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.signals import heed_ctrl_c

ROOT = Path(__file__).resolve().parents[2]


class Archive:
    """An archive in a folder: run(...) a command and wait, start(...) one and go on."""

    def __init__(self, var):
        self.var = var
        self.environment = {
            **{k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "NO_COLOR")},
            "NEWSROOM_VAR": str(var),
            "DATABASE_URL": f"sqlite:///{var / 'newsroom.sqlite3'}",
            "PYTHONIOENCODING": "utf-8",
        }

    def start(self, *arguments, **options):
        command = [sys.executable, "manage.py", *map(str, arguments)]
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8", **options}
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, preexec_fn=heed_ctrl_c, **options)

    def run(self, *arguments, **options):
        process = self.start(*arguments, **options)
        process.out, process.err = process.communicate(timeout=120)
        return process

    def read(self, code):
        """What Python code prints, run in the archive."""
        shell = self.run("shell", "-v0", "-c", code)
        assert shell.returncode == 0, shell.err
        return shell.out


@pytest.fixture(scope="session")
def empty_archive(tmp_path_factory):
    archive = Archive(tmp_path_factory.mktemp("archive") / "var")
    assert archive.run("migrate", "-v0").returncode == 0
    return archive


@pytest.fixture
def archive(empty_archive, tmp_path):
    """A migrated, empty archive."""
    var = tmp_path / "var"
    var.mkdir()
    for path in empty_archive.var.iterdir():
        (var / path.name).write_bytes(path.read_bytes())
    return Archive(var)
