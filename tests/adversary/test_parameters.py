"""Every parameter of every address, found by asking what its view looks for, with what breaks queries and redirects."""

from contextlib import contextmanager
from functools import partialmethod
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.http import QueryDict

from tests.adversary.addresses import filled, routes
from tests.adversary.conftest import SHORT
from tests.adversary.test_markup import QUERIES

# Of SQL, LIKE, FTS5, tsquery and regular expressions at once, a number too large, what PostgreSQL can't keep.
WORST = ["' NEAR(\"a b*^:%_\\[(", "9" * 40, "\0"]
BAD = [
    *("'", '"', "' OR 1=1 UNION SELECT password FROM auth_user --", 'NEAR("a b", 2) AND NOT title: a* ^b {c d}: +'),
    *("a:* & !b | (c <-> d) \\ '", "\\%_*^(((-:[a-(?:;--", "-1", "²", "2024-99-99", "x" * 3000, SHORT),
    "\ufffe\U000e0001\u202e",
]
ELSEWHERE = ["//evil.example", "/\\evil.example", "\tjavascript:alert(1)"]
OF_THE_SITE = {("search", "q"), ("search", "page"), ("archive", "newspaper"), ("article-list", "since")}
# Lists of the admin take any name for a condition on a row.
CONDITIONS = ("o", "id__in", "user__password__startswith")


@contextmanager
def recorded():
    """The names that are looked for in what is asked."""
    names = set()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("get", "getlist", "__getitem__", "__contains__"):
            patch.setattr(QueryDict, name, partialmethod(record, getattr(QueryDict, name), names))
        yield names


def record(this, method, names, name, *more):
    names.add(name)
    return method(this, name, *more)


def in_turn(values, place, count):
    """Some of the values, others at the next place: each is tried, not at each place."""
    return [values[(place * count + n) % len(values)] for n in range(count)]


def check(response, asked):
    if response.status_code >= 500:
        yield (response.status_code, *asked)
    leads = urlsplit(response.get("Location", ""))
    if leads.netloc not in ("", "testserver") or leads.scheme not in ("", "http") or leads.path.startswith("//"):
        yield (response["Location"], *asked)


@pytest.mark.parametrize("is_admin", [False, True], ids=["site", "admin"])
def test_no_parameter_breaks_a_view_or_leads_elsewhere(archive, clients, is_admin):
    faults, tried, client = [], set(), clients["chief"]
    for route in routes():
        address = next(iter(filled(route, archive.real)), None)
        if address is None or route.is_admin != is_admin or address == "/admin/logout/":
            continue
        asked = dict(parse_qsl(QUERIES.get(route.name, "")[1:]))
        with recorded() as names:
            plain = client.get(address, asked)
        if is_admin and plain.status_code in (403, 405):
            continue
        names -= {"csrfmiddlewaretoken"}
        for value in (*ELSEWHERE, *WORST):
            faults += check(client.get(address, dict.fromkeys(names, value)), (address, value))
        names |= {*CONDITIONS} if route.name.endswith("_changelist") else set()
        for name in sorted(names):
            tried.add((route.name, name))
            # A twin asks what its page asks; the admin's lists are Django's.
            few = is_admin or address.endswith(".json")
            for value in in_turn(WORST, len(tried), 1) if few else (*WORST, *in_turn(BAD, len(tried), 3)):
                faults += check(client.get(address, asked | {name: value}), (address, name, value[:40]))
    assert faults == []
    assert tried >= ({("admin:articles_page_queue", "kind"), ("chief:names", "q")} if is_admin else OF_THE_SITE)
