"""Are a reader's copies of the public pages still good? Asked before anything is rendered.

An answer's ETag is made of its address, of the stamp of the public content (articles.triggers.changes), of the
release, and of the day, since some pages speak of today. Readers ask again each time (`no-cache`), so that a withdrawal
counts at once; while nothing has changed anywhere they are told so (304) for the price of one small query. Whoever is
signed in sees what others do not: such answers are never kept, and nobody signed in is ever told that a copy is good.
Nor is a form with its token kept.

The server keeps copies too, of what was asked for lately, under the same tag: they are as good as the reader's.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path

import django
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.crypto import salted_hmac
from django.utils.http import http_date, parse_etags

PUBLIC_VIEWS = "articles.views."
KEPT_BYTES = 64 * 1024  # of one answer at most; settings.CACHES says how many
NOT_IN_PAGES = ("DATABASES", "LOGGING", "SECRET_KEY", "VAR_DIR")


class FreshnessMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.etag = None
        response = self.get_response(request)
        if getattr(request, "is_public_page", False):
            label(request, response)
        return response

    def process_view(self, request, view, args, kwargs):
        """Before the view: does the reader know the answer already, or the server?"""
        request.is_public_page = view.__module__.startswith(PUBLIC_VIEWS) and request.method in ("GET", "HEAD")
        if not request.is_public_page or request.user.is_authenticated:
            return None
        stamp, request.changed_at = read_stamp()
        request.etag = tag_of(request, stamp)
        if request.etag in parse_etags(request.headers.get("If-None-Match", "")):
            return HttpResponseNotModified()
        kept = caches["pages"].get(request.etag)
        return kept and HttpResponse(kept[0], headers=kept[1])


def label(request, response):
    """Say how long an answer may be kept, and what tells it from the next."""
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    # A form's token is its reader's own (django.middleware.csrf).
    if request.user.is_authenticated or request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
        response["Cache-Control"] = "private, no-store"
    # What a view wants kept nowhere depends on more than public content.
    if "no-store" in response.get("Cache-Control", ""):
        return
    response.headers.setdefault("Cache-Control", "no-cache")
    if request.etag and response.status_code in (200, 304):
        response["ETag"] = request.etag
        response["Last-Modified"] = http_date(request.changed_at)
    if request.etag and is_kept(request, response):
        caches["pages"].set(request.etag, (response.content, dict(response.headers)))


def is_kept(request, response):
    if request.method != "GET" or response.status_code != 200 or response.streaming or response.cookies:
        return False
    return len(response.content) <= KEPT_BYTES


def tag_of(request, stamp):
    """The ETag of what is at an address now. Weak: compressed or not, a page is the same.

    Another address has another, and only who was given it knows it: an address where there is nothing has none.
    """
    asked = f"{request.scheme} {request.get_host()} {request.get_full_path()} {stamp}"
    return f'W/"{salted_hmac("articles.publishing.freshness.tag", asked).hexdigest()[:20]}"'


def read_stamp():
    """(stamp, seconds of the last change) of everything public."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(number), max(at) FROM articles_publicchange")
        number, at = cursor.fetchone()
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    words = f"{number} {release()} {today.date()}"
    return sha256(words.encode()).hexdigest()[:20], max(at or 0, int(today.timestamp()))


@cache
def release():
    """What else answers are made of: code, templates, static files, settings."""
    base = Path(settings.BASE_DIR)
    folders = {
        base / "articles",
        base / "newsroom",
        *(Path(d) for engine in settings.TEMPLATES for d in engine["DIRS"]),
    }
    digest = sha256(django.get_version().encode())
    for file in sorted(file for folder in folders for file in folder.rglob("*") if file.is_file()):
        if file.suffix != ".pyc":
            digest.update(f"{file.relative_to(file.anchor)}\0".encode() + sha256(file.read_bytes()).digest())
    shown = {name: getattr(settings, name) for name in dir(settings) if name.isupper() and name not in NOT_IN_PAGES}
    # Settings may be secret: keyed, and never told apart from the rest.
    return salted_hmac("articles.publishing.freshness", digest.hexdigest() + repr(sorted(shown.items()))).hexdigest()
