"""What /metrics tells in Prometheus's text format: requests by view, and how the archive and its machine are.

Each gunicorn worker writes what it counts to a file of its own in PROMETHEUS_MULTIPROC_DIR, which the server makes when
it starts (newsroom/gunicorn.conf.py); whichever worker is asked adds them up. A worker that takes another's place goes
on with its file, so that there are never more files than workers. How the archive is, is read when it is asked for.
"""

import hmac
import os

from django.conf import settings
from django.http import HttpResponse, HttpResponseForbidden
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess, values
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
METHODS = ("GET", "HEAD", "POST")
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

place = 0  # of this worker among the workers; 0: the master, or a process without any


def take_place(number):
    global place
    place = number


if FOLDER in os.environ:
    values.ValueClass = values.MultiProcessValue(process_identifier=lambda: place)

REQUESTS = Counter("newsroom_requests", "Requests answered.", ["method", "view", "status"])
TIMES = Histogram("newsroom_request_seconds", "Time to an answer.", ["view"], buckets=SECONDS)


def count_request(method, view, status, seconds):
    REQUESTS.labels(method if method in METHODS else "other", view, f"{status // 100}xx").inc()
    TIMES.labels(view).observe(seconds)


@require_safe
def metrics(request):
    if not may_read(request):
        return HttpResponseForbidden("只给本机的监控程序看，或者凭 METRICS_TOKEN 看。\n", "text/plain; charset=utf-8")
    response = HttpResponse(generate_latest(requests_of_all()) + generate_latest(State()), CONTENT_TYPE_LATEST)
    response["Cache-Control"] = "no-store"
    return response


def may_read(request):
    """Who has the token; without one set, who asks from this machine itself and not through a proxy."""
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
        return hmac.compare_digest(given, settings.METRICS_TOKEN.encode())
    return request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1") and "X-Forwarded-For" not in request.headers


def requests_of_all():
    registry = CollectorRegistry()
    if FOLDER in os.environ:
        multiprocess.MultiProcessCollector(registry)
    else:
        registry.register(REQUESTS)
        registry.register(TIMES)
    return registry


class State:
    """Figures of the archive, read when they are asked for."""

    def collect(self):
        from articles.operating.state import read_state

        for name, words, samples in read_state():
            gauge = GaugeMetricFamily(f"newsroom_{name}", words, labels=["state"] if "" not in samples else [])
            for label, value in samples.items():
                gauge.add_metric([label] if label else [], value)
            yield gauge
