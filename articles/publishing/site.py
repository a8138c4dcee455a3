"""The site's own address: of SITE_URL, else of the request."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import escape_uri_path


class Site:
    def __init__(self, request):
        self.base = settings.SITE_URL or f"{request.scheme}://{request.get_host()}"

    def absolute(self, path):
        return self.base + path

    def tag(self, path):
        """A name for ever (RFC 4151) of what is at `path`; it outlives the address if TAG_AUTHORITY is set and kept."""
        return f"tag:{settings.TAG_AUTHORITY or f'{urlsplit(self.base).hostname},2026'}:{path.strip('/')}"


def asked_for(request, **changes):
    """The path and query of a request, some of the query changed."""
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = value
    return escape_uri_path(request.path) + (f"?{query.urlencode()}" if query else "")


def json_address(address):
    """The address of a page's JSON twin: `/articles/7/?page=2` -> `/articles/7.json?page=2`."""
    path, mark, query = address.partition("?")
    return f"{path.removesuffix('/') or '/index'}.json{mark}{query}"


def page_path(path):
    """The page whose twin this is: `/articles/7.json` -> `/articles/7/`."""
    path = path.removesuffix(".json")
    return "/" if path == "/index" else f"{path}/"
