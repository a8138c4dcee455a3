"""A number in an address that is larger than any that a database keeps asks for nothing: 400, whichever list it is.

Forms and views look at theirs; Django's lists of the admin take any condition on a row, and SQLite raises where
PostgreSQL finds nothing.
"""

from django.core.exceptions import BadRequest

from articles.views import bad_request


class OverflowMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, OverflowError) and request.method in ("GET", "HEAD"):
            return bad_request(request, BadRequest(str(exception)))
        return None
