"""manage.py up as a real process: it prepares, serves, and ends as a whole."""

import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.signals import heed_ctrl_c
from tests.site.conftest import ROOT, clean_environment, free_port

SECONDS = 90


class Up:
    def __init__(self, var, *arguments, **environment):
        self.port, self.log = free_port(), var / "log"
        var.mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up", *arguments],
            cwd=ROOT,
            env=clean_environment(var) | {"BIND": f"127.0.0.1:{self.port}", "WEB_WORKERS": "2"} | environment,
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=heed_ctrl_c,
        )

    def get(self, path, **headers):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        return urllib.request.urlopen(request, timeout=30)

    def wait_until_healthy(self):
        for _ in range(SECONDS * 5):
            assert self.process.poll() is None, self.log.read_text()
            try:
                return self.get("/healthz")
            except OSError:
                time.sleep(0.2)
        raise AssertionError(self.log.read_text())

    def end(self):
        return self.process.wait(timeout=60)


@pytest.fixture
def up(tmp_path):
    started = []

    def start(*arguments, **environment):
        started.append(Up(tmp_path / "var", *arguments, **environment))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.process.kill()


def children_of(process):
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(process.pid)], capture_output=True, text=True)
    return {int(line.split()[0]): line for line in listed.stdout.splitlines()}


def test_it_serves_and_ends_with_all_its_processes(up):
    site = up(LOG_FORMAT="json", LOG_REQUESTS="1")
    assert b'"ok"' in site.wait_until_healthy().read()
    assert "报纸资料库" in site.get("/").read().decode()
    children = children_of(site.process)
    assert len(children) == 2 and any("gunicorn" in line for line in children.values())
    site.process.send_signal(signal.SIGTERM)
    assert site.end() == 0
    alive = subprocess.run(["ps", "-o", "pid=", "-p", ",".join(map(str, children))], capture_output=True, text=True)
    assert alive.stdout.split() == []
    assert '"view": "home"' in site.log.read_text()


def test_workers_are_counted_together_and_a_new_one_goes_on_in_its_place(up):
    site = up()
    site.wait_until_healthy()
    for _ in range(20):
        site.get("/about/").close()

    def counted():
        return float(re.search(r'requests_total\{.*view="about".*\} (\S+)', site.get("/metrics").read().decode())[1])

    assert counted() == 20
    master = next(pid for pid, line in children_of(site.process).items() if "gunicorn" in line)
    listed = subprocess.run(["pgrep", "-P", str(master)], capture_output=True, text=True).stdout.split()
    subprocess.run(["kill", listed[0]], check=True)
    site.wait_until_healthy()
    for _ in range(20):
        site.get("/about/").close()
    assert counted() == 40
    site.process.send_signal(signal.SIGINT)
    assert site.end() == 0


def test_when_one_of_them_ends_all_do(up):
    site = up()
    site.wait_until_healthy()
    worker = next(pid for pid, line in children_of(site.process).items() if "manage.py work" in line)
    subprocess.run(["kill", "-KILL", str(worker)], check=True)
    assert site.end() == 1
    assert "处理上传的进程自己退出了" in site.log.read_text()


def test_it_does_not_start_on_an_older_database_that_it_may_not_change(up):
    site = up("--no-migrate")
    assert site.end() == 1 and "manage.py migrate" in site.log.read_text()
