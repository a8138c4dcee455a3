"""The processes of a running site: the web server and the worker, started and stopped by demo and by up."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from django.conf import settings
from django.core.management.base import CommandError

PORTS_TRIED = 20
SECONDS_TO_START = 60


def start(*arguments, **environment):
    """Python with these arguments, beside this process."""
    return subprocess.Popen([sys.executable, *arguments], env={**os.environ, **environment}, cwd=settings.BASE_DIR)


def start_server(*arguments, **environment):
    return start("-m", "gunicorn", "--config", "newsroom/gunicorn.conf.py", *arguments, **environment)


def free_port(wanted):
    """`wanted`, or the next port after it that nobody listens on."""
    if not 1 <= wanted <= 65535 - PORTS_TRIED:
        raise CommandError(f"端口 {wanted} 不对，请给 1 到 {65535 - PORTS_TRIED} 之间的数。")
    for port in range(wanted, wanted + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise CommandError(f"端口 {wanted} 到 {wanted + PORTS_TRIED - 1} 都被占用，请用 --port 另指一个。")


def wait_for(address, server):
    """Return once the site answers; raise when its process has ended or it does not answer in time."""
    for _ in range(SECONDS_TO_START * 10):
        if server.poll() is not None:
            raise CommandError("网站没有启动成功，原因见上。")
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise CommandError(f"网站 {SECONDS_TO_START} 秒内没有应答。")


def stop(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return 0
