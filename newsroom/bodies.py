"""How much one request may send: no more than a form holds, but where files are taken.

Django bounds the fields of a form, not the files beside them, and reads all of them before any view is asked: without
this, whoever likes could fill the server's disk by any address that takes a form. A view that is exempt from Django's
check of forms looks at what is sent by itself, before reading it (articles.admin.uploads), and sets its own bound.
"""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig


class BodyLimitMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if getattr(view, "csrf_exempt", False):
            return
        if body_size(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig


def body_size(request):
    """Bytes that a request says it sends; Django reads no more than that, and nothing where nothing is said."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
