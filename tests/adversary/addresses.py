"""Every address that the site knows, from its resolver: a view that is added is attacked like the others."""

import re
from dataclasses import dataclass
from itertools import product
from urllib.parse import quote

from django.urls import get_resolver

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# Written as expressions: the list of an application's tables, and what catches everything else.
EXPRESSIONS = {r"admin/^(?P<app_label>auth|articles)/$": "admin/articles/", r"admin/(?P<url>.*)$": "admin/none/such/"}


@dataclass(frozen=True)
class Route:
    """An address with its parameters not filled in, and the view that answers there."""

    path: str
    name: str
    view: object

    @property
    def parameters(self):
        return PARAMETER.findall(self.path)

    @property
    def is_admin(self):
        return self.path.startswith("admin/")

    def at(self, values):
        """The address with these values, by parameter, as a browser sends it."""
        return "/" + PARAMETER.sub(lambda found: quote(str(values[found[1]]), safe=""), self.path)


def routes():
    """Each once: of two patterns with one path the first answers."""
    found = {}
    for path, name, view in walk(get_resolver().url_patterns):
        found.setdefault(path, Route(EXPRESSIONS.get(path, path), name, view))
    return list(found.values())


def walk(patterns, prefix="", space=""):
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from walk(pattern.url_patterns, path, f"{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield path, space + (pattern.name or ""), pattern.callback


def filled(route, real):
    """Its addresses with real values; `real(route, parameter)` lists those of a parameter."""
    names = route.parameters
    for values in product(*(real(route, name) for name in names)):
        yield route.at(dict(zip(names, values, strict=True)))
