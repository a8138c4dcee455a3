"""Settings, as another process reads them from its environment."""

import json
import subprocess
import sys

import pytest

from tests.site.conftest import ROOT, clean_environment

PRINT = """
import json
from newsroom import settings as s
print(json.dumps({name: getattr(s, name) for name in %r}, default=str))
"""


def read_settings(var, *names, **environment):
    code = PRINT % (list(names),)
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=clean_environment(var) | environment,
        capture_output=True,
        text=True,
    )
    return json.loads(run.stdout) if run.returncode == 0 else run.stderr


def test_it_is_safe_for_production_when_nothing_is_set(tmp_path):
    found = read_settings(tmp_path, "DEBUG", "ALLOWED_HOSTS", "LANGUAGE_CODE", "TIME_ZONE", "SESSION_COOKIE_SECURE")
    assert found == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "LANGUAGE_CODE": "zh-hans",
        "TIME_ZONE": "Asia/Shanghai",
        "SESSION_COOKIE_SECURE": False,
    }


def test_the_secret_key_is_made_once_and_kept_from_others(tmp_path):
    first = read_settings(tmp_path, "SECRET_KEY")
    assert len(first["SECRET_KEY"]) >= 50 and read_settings(tmp_path, "SECRET_KEY") == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".secret")] == []


def test_a_given_key_is_taken_and_none_is_written(tmp_path):
    assert read_settings(tmp_path, "SECRET_KEY", SECRET_KEY="given") == {"SECRET_KEY": "given"}
    assert not (tmp_path / "secret_key").exists()


def test_sqlite_waits_for_its_turn_and_writes_ahead(tmp_path):
    database = read_settings(tmp_path, "DATABASES")["DATABASES"]["default"]
    assert database["NAME"] == str(tmp_path / "newsroom.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE" and database["OPTIONS"]["timeout"] >= 5
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_a_database_address_names_postgresql(tmp_path):
    database = read_settings(tmp_path, "DATABASES", DATABASE_URL="postgres://paper:secret@db:5433/archive")
    database = database["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["NAME"], database["HOST"], database["PORT"]) == ("archive", "db", 5433)


def test_behind_tls_cookies_are_secure(tmp_path):
    found = read_settings(tmp_path, "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", HTTPS="1")
    assert found["SESSION_COOKIE_SECURE"] and found["CSRF_COOKIE_SECURE"] and found["SECURE_HSTS_SECONDS"] > 0


@pytest.mark.parametrize("word", ["maybe", "2", "关"])
def test_a_flag_that_is_neither_yes_nor_no_is_refused(tmp_path, word):
    assert "DEBUG=" in read_settings(tmp_path, "DEBUG", DEBUG=word)


def manage(var, **environment):
    command = [sys.executable, "manage.py", "check"]
    return subprocess.run(command, cwd=ROOT, env=clean_environment(var) | environment, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("HTTPS", "ja", "请写 1 或 0"),
        ("HSTS_SECONDS", "x", "整数"),
        ("DATABASE_URL", "garbage", "postgres://"),
        ("DATABASE_URL", "mysql://a/b", "只支持"),
    ],
)
def test_a_setting_that_means_nothing_is_said_in_one_line(tmp_path, name, value, words):
    run = manage(tmp_path, **{name: value})
    assert run.returncode == 1 and words in run.stderr and run.stderr.count("\n") == 1


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path):
    (tmp_path / "file").touch()
    run = manage(tmp_path / "file")
    assert run.returncode == 1 and "设置有误" in run.stderr and run.stderr.count("\n") == 1


def test_a_key_that_is_there_needs_no_writing(tmp_path):
    assert read_settings(tmp_path, "SECRET_KEY")
    before = sorted(tmp_path.iterdir())
    stamp = (tmp_path / "secret_key").stat().st_mtime_ns
    read_settings(tmp_path, "SECRET_KEY")
    assert sorted(tmp_path.iterdir()) == before and (tmp_path / "secret_key").stat().st_mtime_ns == stamp


def test_a_reader_that_has_seen_enough_ends_a_command_in_silence(tmp_path):
    reading = f"{sys.executable} manage.py evaluate tests/golden | head -n 1"
    done = subprocess.run(
        reading, shell=True, cwd=ROOT, env=clean_environment(tmp_path), capture_output=True, text=True
    )
    assert done.stdout.startswith("每版要改") and done.stderr == ""
