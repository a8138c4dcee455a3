"""Every request gets an id, a line in the log and its place in the figures of /metrics; none of them says who asked.

The line names the view, not the address: an address holds what was searched for. The id is in the answer's
`X-Request-ID`, on the page that says that the site failed, and in every line that is logged meanwhile. A proxy in
front (PROXIES) may give the id, so that its own log and this one can be put side by side.
"""

import logging
import re
import time
import uuid
from contextvars import ContextVar

from django.conf import settings

from . import metrics

HEADER = "X-Request-ID"
GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
SERVED_FILES = "files"  # static files, and what no view answered
request_id = ContextVar("request_id", default="")
logger = logging.getLogger("newsroom.requests")


class RequestMiddleware:
    """The outermost, so that it sees every answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = given_id(request) or uuid.uuid4().hex
        request_id.set(request.id)  # until this thread's next request: Django logs some answers later than here
        started = time.perf_counter()
        response = self.get_response(request)
        response[HEADER] = request.id
        note(request, response, time.perf_counter() - started)
        return response


def given_id(request):
    given = request.headers.get(HEADER, "") if settings.PROXIES else ""
    return given if GIVEN.fullmatch(given) else ""


def note(request, response, seconds):
    view = view_name(request)
    metrics.count_request(request.method, view, response.status_code, seconds)
    if settings.LOG_REQUESTS:
        fields = {
            "method": request.method,
            "view": view,
            "status": response.status_code,
            "milliseconds": round(1000 * seconds, 1),
        }
        logger.info("%(method)s %(view)s %(status)s %(milliseconds)s ms", fields, extra={"fields": fields})


def view_name(request):
    match = getattr(request, "resolver_match", None)
    return (match.view_name or match._func_path) if match else SERVED_FILES


class AddRequestId(logging.Filter):
    """Gives each record the id of the request during which it was written, "-" outside of any."""

    def filter(self, record):
        record.request_id = request_id.get() or "-"
        return True
