"""The demo, as a newcomer runs it."""

import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request

from tests.site.conftest import ROOT, clean_environment, free_port, start_demo


def fetch(address):
    with urllib.request.urlopen(address, timeout=30) as response:
        return response.status, response.read().decode()


def test_it_imports_the_sample_and_serves_it(demo):
    status, home = fetch(demo.address)
    assert status == 200 and "苇江日报" in home
    pages = len(list((ROOT / "seeds").glob("*/20*/*.txt")))
    assert f"导入 {pages} 版" in demo.output and "编辑账号 editor" in demo.output
    assert (demo.var / "secret_key").stat().st_mode & 0o777 == 0o600


def test_it_makes_an_account_of_each_group_and_a_desk_with_work_on_it(demo):
    assert len({demo.password_of(account) for account in ("editor", "reviewer", "chief", "admin")}) == 4
    with sqlite3.connect(f"file:{demo.var / 'newsroom.sqlite3'}?mode=ro", uri=True) as database:
        states = dict(database.execute("SELECT state, count(*) FROM articles_page GROUP BY state"))
        assert states["reviewed"] and states["pending"]
        assert database.execute("SELECT count(*) FROM articles_doubt WHERE origin = 'reader'").fetchone() == (1,)


def test_static_files_are_served_under_hashed_names(demo):
    _, home = fetch(demo.address)
    name = next(part for part in home.split('"') if part.startswith("/static/") and part.endswith(".css"))
    assert name.count(".") >= 2
    assert fetch(demo.address.rstrip("/") + name)[0] == 200


def test_run_again_it_keeps_the_data_takes_another_port_and_stops_cleanly(tmp_path):
    first = start_demo(tmp_path / "var")
    assert first.stop(signal.SIGINT) == 0 and "已停止" in first.output
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        again = start_demo(tmp_path / "var", port)
        assert f":{port}/" not in again.output
    assert "已在库中" in again.output and "，密码 " not in again.output
    assert again.stop(signal.SIGTERM) == 0
    assert "Traceback" not in first.output + again.output


def test_a_database_that_cannot_be_opened_is_said_in_chinese(tmp_path):
    blocked = tmp_path / "var"
    blocked.mkdir()
    (blocked / "newsroom.sqlite3").mkdir()
    run = subprocess.run(
        [sys.executable, "manage.py", "demo", "--no-server", "--port", str(free_port())],
        cwd=ROOT,
        env=clean_environment(blocked),
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1 and "数据库打不开" in run.stderr and "Traceback" not in run.stderr
