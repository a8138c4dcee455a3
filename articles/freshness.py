"""Are a reader's copies of the public pages still good? Asked before anything is rendered.

An answer's ETag is made of the stamp of the public content (articles.change_triggers), of the release, and of the day,
since some pages speak of today. Readers ask again each time (`no-cache`), so that a withdrawal counts at once; while
nothing has changed anywhere they are told so (304) for the price of one small query. Whoever is signed in sees what
others do not: such answers are never kept, and nobody signed in is ever told that a copy is good. Nor is a form with
its token kept.
"""

import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

import django
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.crypto import salted_hmac
from django.utils.http import http_date, parse_etags

from .models import PublicChange

PUBLIC_VIEWS = "articles.views."
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
        """Before the view: what has the content been like since when, and does the reader know already?"""
        request.is_public_page = view.__module__.startswith(PUBLIC_VIEWS) and request.method in ("GET", "HEAD")
        if not request.is_public_page or request.user.is_authenticated:
            return None
        request.etag, request.changed_at = read_stamp()
        known = parse_etags(request.headers.get("If-None-Match", ""))
        return HttpResponseNotModified() if request.etag in known else None


def label(request, response):
    """Say how long an answer may be kept, and what tells it from the next."""
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    # A form's token is its reader's own (django.middleware.csrf).
    if request.user.is_authenticated or request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
        response["Cache-Control"] = "private, no-store"
        return
    response.headers.setdefault("Cache-Control", "no-cache")
    if request.etag and response.status_code in (200, 304):
        response["ETag"] = request.etag
        response["Last-Modified"] = http_date(request.changed_at)


def read_stamp():
    """(ETag, seconds of the last change) of everything public. Weak: compressed or not, a page is the same."""
    found = PublicChange.objects.aggregate(number=Sum("number"), at=Max("at"))
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    words = f"{found['number']} {release()} {today.date()}"
    changed = max(found["at"] or datetime.datetime.min.replace(tzinfo=datetime.UTC), today)
    return f'W/"{sha256(words.encode()).hexdigest()[:20]}"', changed.timestamp()


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
    return salted_hmac("articles.freshness", digest.hexdigest() + repr(sorted(shown.items()))).hexdigest()
