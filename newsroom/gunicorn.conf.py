"""gunicorn's settings, for `manage.py demo` and for production alike."""

import os
import shutil
import tempfile
from itertools import count

wsgi_app = "newsroom.wsgi:application"
bind = os.environ.get("BIND", "127.0.0.1:8000")
# Threads share what jieba loads; a process more than there are cores gains nothing.
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", 2))
threads = int(os.environ.get("WEB_THREADS", 4))
# The master imports the application and jieba's dictionary once, and workers share their memory.
preload_app = True
control_socket_disable = True
forwarder_headers = ""  # no header says where the site is mounted: it is at the root
secure_scheme_headers = {}  # nor whether it is behind TLS: HTTPS=1 does, and then Django reads X-Forwarded-Proto
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 10_000
max_requests_jitter = 1_000
accesslog = None  # it would tell who asked; LOG_REQUESTS=1 logs requests without that
# Where workers put what /metrics tells (newsroom/metrics.py); before the application is imported.
os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="newsroom-metrics-")


def on_exit(server):
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)


def when_ready(server):
    from articles.extraction.segmentation import preload

    preload()


def pre_fork(server, worker):
    """The lowest place that no living worker has."""
    taken = {other.place for other in server.WORKERS.values()}
    worker.place = next(place for place in count(1) if place not in taken)


def post_fork(server, worker):
    from django.db import connections

    from newsroom.metrics import take_place

    take_place(worker.place)
    connections.close_all()
