"""gunicorn's settings, for `manage.py demo` and for production alike."""

import os

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
accesslog = "-" if os.environ.get("ACCESS_LOG") else None


def when_ready(server):
    from articles.extraction.segmentation import preload

    preload()


def post_fork(server, worker):
    from django.db import connections

    connections.close_all()
