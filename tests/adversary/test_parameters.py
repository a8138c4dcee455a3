"""Every parameter of every address, found by asking what its view looks for, with what breaks queries and redirects."""

from contextlib import contextmanager
from functools import partialmethod
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict

from tests.adversary.addresses import filled, routes
from tests.adversary.conftest import SHORT

# Of SQL, LIKE, FTS5, tsquery and regular expressions at once, a number too large, what PostgreSQL can't keep, a site.
WORST = ["' NEAR(\"a b*^:%_\\[(", "9" * 40, "\0", "//evil.example"]
BAD = [
    *("'", '"', "' OR 1=1 UNION SELECT password FROM auth_user --", 'NEAR("a b", 2) AND NOT title: a* ^b {c d}: +'),
    *("a:* & !b | (c <-> d) \\ '", "\\%_*^(((-:[a-(?:;--", "-1", "²", "2024-99-99", "x" * 3000, SHORT),
    *("\ufffe\U000e0001\u202e", "\tjavascript:alert(1)", "/\\evil.example"),
]
OF_THE_SITE = {("search", "q"), ("search", "page"), ("archive", "newspaper"), ("article-list", "since")}
# Lists of the admin take any name for a condition on a row.
CONDITIONS = ("q", "p", "o", "e", "all", "_popup", "_to_field", "_changelist_filters", "id__in", "pk__gt")
CONDITIONS += ("newspaper__import_runs__user__password__startswith", "user__password__startswith", "password__regex")


@contextmanager
def recorded():
    """The names that are looked for in what is asked."""
    names, methods = (
        set(),
        {name: getattr(QueryDict, name) for name in ("get", "getlist", "__getitem__", "__contains__")},
    )
    with pytest.MonkeyPatch.context() as patch:
        for name, method in methods.items():
            patch.setattr(QueryDict, name, partialmethod(record, method, names))
        yield names


def record(this, method, names, name, *more):
    names.add(name)
    return method(this, name, *more)


def check(response, asked):
    if response.status_code >= 500:
        yield (response.status_code, *asked)
    leads = urlsplit(response.get("Location", ""))
    if leads.netloc not in ("", "testserver") or leads.scheme not in ("", "http") or leads.path.startswith("//"):
        yield (response["Location"], *asked)


@pytest.mark.parametrize("is_admin", [False, True], ids=["site", "admin"])
def test_no_parameter_breaks_a_view_or_leads_elsewhere(archive, clients, is_admin):
    faults, tried = [], set()
    client = clients["chief"]
    for route in routes():
        address = next(iter(filled(route, archive.real)), None)
        if address is None or route.is_admin != is_admin or address.startswith("/admin/logout"):
            continue
        with recorded() as names:
            client.get(address)
        names |= {*CONDITIONS} if route.name.endswith("_changelist") else set()
        for name in sorted(names - {"csrfmiddlewaretoken"}):
            tried.add((route.name, name))
            # A twin asks what its page asks; the admin's lists are Django's.
            for value in WORST if is_admin or address.endswith(".json") else (*WORST, *BAD):
                faults += check(client.get(address, {name: value}), (address, name, value[:40]))
    assert faults == []
    assert tried >= ({("admin:articles_page_queue", "kind"), ("chief:names", "q")} if is_admin else OF_THE_SITE)
