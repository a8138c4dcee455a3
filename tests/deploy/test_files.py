"""The files of deploy/: each is read by the program that it is for, or by a checker of its kind."""

import configparser
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.conftest import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service")) + sorted(DEPLOY.glob("*.timer"))


def run(*command, **environment):
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | environment)


def tool(name):
    return str(Path(sys.executable).with_name(name))


def test_the_dockerfile_has_nothing_that_hadolint_finds():
    found = run(tool("hadolint"), "--format", "json", str(DEPLOY / "Dockerfile"))
    assert json.loads(found.stdout) == [] and found.returncode == 0


def test_the_compose_file_is_one():
    found = run(tool("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", str(DEPLOY / "compose.yaml"))
    assert found.returncode == 0, found.stdout + found.stderr


def test_what_is_copied_into_the_image_is_there_and_enough():
    copied = re.findall(r"^COPY (\S+?)/? ", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    assert all((ROOT / name).exists() for name in copied)
    let_in = re.findall(r"^!(\S+)", (DEPLOY / "Dockerfile.dockerignore").read_text(), re.MULTILINE)
    assert sorted(copied) == sorted(let_in)


def test_the_image_has_all_that_the_site_needs(tmp_path):
    """What is copied, by itself, passes Django's checks and finds its sample."""
    for name in re.findall(r"^COPY (\S+?)/? ", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    code = "import sys; sys.argv[1:] = ['check']; exec(open('manage.py').read())"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"NEWSROOM_VAR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
    )
    assert found.returncode == 0, found.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_understands_the_units(unit, tmp_path):
    """With a Python that is there: systemd looks whether what it is to start exists."""
    for each in UNITS:
        text = each.read_text().replace("/opt/newsroom/.venv/bin/python", sys.executable)
        (tmp_path / each.name).write_text(text)
    found = run("systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name))
    assert found.returncode == 0 and found.stderr.strip() == ""


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.name)
def test_units_start_commands_that_exist(unit):
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(unit.read_text())
    command = re.search(r"manage\.py (\S+)", parser["Service"]["ExecStart"])[1]
    assert (ROOT / "articles" / "management" / "commands" / f"{command}.py").exists()


def test_the_command_of_the_operator_runs_as_the_site_does():
    """Else it would work on another archive, or leave files that the site can't write."""
    script, unit = (DEPLOY / "manage").read_text(), (DEPLOY / "newsroom.service").read_text()
    given = set(re.findall(r" -p (\S+)", script))
    kept = re.findall(r"^((?:User|Group|WorkingDirectory|Environment|EnvironmentFile|UMask)=.*)$", unit, re.MULTILINE)
    assert given == set(kept)
    (start,) = re.findall(r"/opt\S+ manage\.py", script)
    assert f"ExecStart={start} up" in unit
