"""The processes of a real site, to be loaded and killed: commands, gunicorn, a PostgreSQL of its own.

An archive lies in a folder: on SQLite, or beside a database of the cluster. One that is ready can be copied.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120  # seconds until something that was started has to answer
OTHER_SETTINGS = ("DATABASE_URL", "DEBUG", "HTTPS", "SITE_URL", "NEWSROOM_VAR")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def children_of(pid):
    """{id: command line} of the processes that a process has started."""
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True).stdout
    return {int(line.split()[0]): line for line in listed.splitlines()}


def until(what, done):
    """Wait until done() is true, for a while."""
    for _ in range(PATIENCE * 10):
        if found := done():
            return found
        time.sleep(0.1)
    raise SystemExit(f"waited in vain: {what}")


class Archive:
    def __init__(self, var, cluster=None):
        self.var, self.cluster = Path(var), cluster
        kept = {name: value for name, value in os.environ.items() if name not in OTHER_SETTINGS}
        self.environment = kept | {
            "NEWSROOM_VAR": str(self.var),
            "SECRET_KEY": "of the sessions in copies of one archive",
            "SEARCHES_A_MINUTE": "0",  # everybody here is of one address
            "DISK_FREE_MB": "0",
            "PYTHONIOENCODING": "utf-8",
        }
        if cluster:
            self.environment["DATABASE_URL"] = cluster.url(self.var.name)

    def start(self, *command):
        """Python with these arguments; what it says is kept in `said`."""
        said = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed in end()
        process = subprocess.Popen(
            [sys.executable, *map(str, command)], cwd=ROOT, env=self.environment, stdout=said, stderr=subprocess.STDOUT
        )
        process.said = said
        return process

    def end(self, process):
        """(exit status, what it said)"""
        status = process.wait(timeout=10 * PATIENCE)
        process.said.seek(0)
        with process.said:
            return status, process.said.read()

    def run(self, *command):
        status, said = self.end(self.start(*command))
        if status:
            raise SystemExit(f"{' '.join(map(str, command))} failed:\n{said}")
        return said

    def copy(self, var):
        """This archive once more; no process may be at work in it."""
        shutil.copytree(self.var, var)
        if self.cluster:
            self.cluster.copy(self.var.name, Path(var).name)
        return Archive(var, self.cluster)

    def remove(self):
        shutil.rmtree(self.var)
        if self.cluster:
            self.cluster.call("dropdb", "--force", self.var.name)


class Site:
    """gunicorn as newsroom/gunicorn.conf.py has it, with two workers."""

    def __init__(self, archive):
        self.archive, self.port = archive, free_port()
        self.start()

    def start(self):
        environment = self.archive.environment | {"BIND": f"127.0.0.1:{self.port}", "WEB_WORKERS": "2"}
        command = [sys.executable, "-m", "gunicorn", "--config", "newsroom/gunicorn.conf.py"]
        with (self.archive.var / "log").open("a") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def wait(self):
        return until("the site", self.is_healthy)

    def is_healthy(self):
        if self.process.poll() is not None:
            self.start()  # as systemd does; of a master that was killed workers may hold the port for a while
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10)
        except (OSError, urllib.error.HTTPError):
            return None

    def workers(self):
        return list(children_of(self.process.pid))

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=PATIENCE)


class Cluster:
    """A PostgreSQL in a folder, run by the user postgres where this is root, whom it refuses."""

    def __init__(self, folder):
        self.folder, self.port, self.bin = Path(folder), free_port(), binaries()[-1]
        self.before = ()
        self.folder.mkdir()
        if os.geteuid() == 0:
            self.folder.parent.chmod(0o755)
            shutil.chown(self.folder, "postgres")
            self.before = ("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups")
        self.as_postgres("initdb", "-U", "newsroom", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        self.start()

    def as_postgres(self, name, *arguments):
        command = [*self.before, self.bin / name, "-D", self.folder, *arguments]
        return subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)

    def start(self):
        until("PostgreSQL", self.is_started)

    def is_started(self):
        """Started, if what is left of a postmaster that was killed lets it."""
        options = f"-c listen_addresses=127.0.0.1 -c unix_socket_directories= -p {self.port}"
        try:
            return self.as_postgres("pg_ctl", "-w", "-s", "-l", self.folder / "log", "-o", options, "start")
        except subprocess.CalledProcessError:
            return None

    def stop(self):
        self.as_postgres("pg_ctl", "-w", "-s", "-m", "fast", "stop")

    def url(self, name):
        return f"postgres://newsroom@127.0.0.1:{self.port}/{name}"

    def call(self, name, *arguments):
        at = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "newsroom")
        subprocess.run([self.bin / name, *at, *arguments], check=True)

    def copy(self, name, to):
        self.call("createdb", "-T", name, to)
        # Or a crash takes the copy's sequences back to what they were in the template.
        self.call("psql", "-q", "-c", "CHECKPOINT", to)

    def postmaster(self):
        return int((self.folder / "postmaster.pid").read_text().split()[0])

    def backends(self):
        return [pid for pid, line in children_of(self.postmaster()).items() if "postgres: newsroom" in line]


def binaries():
    """Where PostgreSQL's programs are, of each version."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return sorted((path.parent for path in found), key=lambda path: int(path.parent.name))


def kill(pid):
    os.kill(pid, signal.SIGKILL)
