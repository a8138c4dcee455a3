"""A real site: `manage.py demo` in a folder of its own, on SQLite, with gunicorn on a free port."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.signals import heed_ctrl_c

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(
    (p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome") if os.path.exists(p)), None
)


def clean_environment(var):
    """The environment without what would lead to another database or other settings."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DEBUG", "SECRET_KEY", "HTTPS")}
    return {**kept, "NEWSROOM_VAR": str(var), "PYTHONUNBUFFERED": "1"}


@dataclass
class Demo:
    """A running demo and what it has printed so far."""

    process: subprocess.Popen
    var: Path
    lines: list

    @property
    def output(self):
        return "".join(self.lines)

    @property
    def address(self):
        return re.search(r"http://127\.0\.0\.1:\d+/", self.output)[0]

    @property
    def password(self):
        return self.password_of("editor")

    def password_of(self, account):
        """What the demo printed for editor, reviewer, chief or admin."""
        return re.search(rf"账号 {account}，密码 (\S+)", self.output)[1]

    def stop(self, sent=signal.SIGINT):
        if self.process.poll() is None:
            self.process.send_signal(sent)
        return self.process.wait(timeout=60)


def start_demo(var, port=None):
    """Start the demo and return once it says that the site is open."""
    port = port or free_port()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--port", str(port)],
        cwd=ROOT,
        env=clean_environment(var),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=heed_ctrl_c,
    )
    demo, opened = Demo(process, var, []), threading.Event()

    def read():
        for line in process.stdout:
            demo.lines.append(line)
            if "Ctrl-C" in line:
                opened.set()
        opened.set()

    threading.Thread(target=read, daemon=True).start()
    assert opened.wait(timeout=180) and "Ctrl-C" in demo.output, demo.output
    return demo


def start_demo_with(var, folder):
    """A demo that has the pages in `folder` beside its sample, so that no other test sees what is done to them."""
    demo = start_demo(var)
    importing = [sys.executable, "manage.py", "import_pages", folder, "--newspaper", "苇江日报"]
    subprocess.run(importing, cwd=ROOT, env=clean_environment(var), check=True, capture_output=True)
    return demo


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    demo = start_demo(tmp_path_factory.mktemp("demo") / "var")
    yield demo
    demo.stop()


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(params=[1280, 390], ids=["wide", "narrow"])
def screen(browser, request):
    """A page of a wide and of a narrow screen, which fails the test on an error in the console."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="zh-CN")
    page = context.new_page()
    faults = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert not faults
