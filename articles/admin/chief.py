"""What the chief editor's screens have in common: who may see them, and previews acted on only while they hold."""

import hashlib
from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render

from ..models import Block, Page

CHANGED = "预览之后有人改动过，下面是现在的样子，请看过再确认。"


def for_those_who(*permissions):
    """A screen of the admin for staff with any of `permissions`."""

    def guard(view):
        @wraps(view)
        def guarded(request, **arguments):
            if not any(map(request.user.has_perm, permissions)):
                raise PermissionDenied
            return view(request, **arguments)

        return admin.site.admin_view(guarded)

    return guard


def show(request, template, title, *, status=200, **context):
    context = {**admin.site.each_context(request), "title": title, **context}
    return render(request, f"admin/{template}", context, status=status)


def versions_of(*, articles=(), pages=()):
    """Page id -> version, of these pages and of those where these articles stand; all by id."""
    standing = Block.objects.filter(article__in=articles).order_by().values_list("page", flat=True).distinct()
    return dict(Page.objects.filter(pk__in={*pages, *standing}).values_list("pk", "version"))


def fingerprint(ids, versions):
    """What a preview was made of, in a few characters for its form to carry."""
    return hashlib.sha256(repr((sorted(ids), sorted(versions.items()))).encode()).hexdigest()[:32]
