"""Hostile text in every field that anybody writes: every page of the site and of the admin shows it, none obeys it."""

import json
import re
from xml.etree import ElementTree

import html5lib

from tests.adversary.addresses import filled, routes
from tests.adversary.conftest import SHORT

RUNS = re.compile(r"\s*(?:javascript|vbscript|data:text)", re.IGNORECASE)
LINKS = ("href", "src", "action", "formaction", "xlink:href", "data", "srcdoc", "ping", "poster")
QUERIES = {"search": "?q=evil", "search-json": "?q=evil", "search-suggest": "?q=evil", "search-hit": "?q=evil&n=1"}
QUERIES |= dict.fromkeys(("search-export-csv", "search-export-json"), "?q=evil")
QUERIES |= {"admin:articles_page_history": "?restore=0", "chief:replace": "?find=evil&put=%3Cevil-tag%3E"}


def elements(markup):
    return html5lib.parse(markup, treebuilder="etree", namespaceHTMLElements=False).iter()


def obeyed(markup):
    """What in a page is of the hostile text's making."""
    for element in elements(markup):
        tag = element.tag if isinstance(element.tag, str) else "comment"
        if tag.startswith("evil") or (
            tag == "script" and (element.text or "").strip() and "type" not in element.attrib
        ):
            yield tag
        for name, value in element.attrib.items():
            if name.startswith(("evil", "on", "style")) or (name in LINKS and RUNS.match(value)):
                yield f"{tag} {name}={value[:40]}"


def check(address, response):
    """Whether the hostile text is there; fails if it is more than text."""
    kind = response.get("Content-Type", "").partition(";")[0]
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert SHORT.encode() not in response.headers.get("Content-Disposition", "").encode(), address
    if kind == "text/html":
        assert not [*obeyed(content)], address
        return "evil-tag" in "".join(html5lib.parse(content, namespaceHTMLElements=False).itertext())
    if kind == "application/json":
        return "evil-tag" in repr(json.loads(content))
    if kind.endswith("xml"):
        for element in ElementTree.fromstring(content).iter():
            assert not element.tag.rpartition("}")[2].startswith("evil"), address
            if element.get("type") == "html":
                assert not [*obeyed(element.text or "")], address
        return b"evil-tag" in content
    # Nothing else that is answered is run by a browser: it is told not to guess.
    assert kind in ("", "text/plain", "text/csv", "image/png", "application/x-bibtex", "text/javascript") or (
        kind == "application/x-research-info-systems"
    ), (address, kind)
    return b"evil-tag" in content


def test_every_page_shows_hostile_text_and_none_obeys_it(archive, clients):
    shown, failed = {"anybody": set(), "chief": set()}, []
    for route in routes():
        for number, address in enumerate(filled(route, archive.real)):
            for who, client in clients.items():
                if route.is_admin and who == "anybody" and number:
                    break  # whatever it is, it leads to the sign-in page
                response = client.get(address + QUERIES.get(route.name, ""), follow=not route.is_admin)
                if response.status_code >= 500:
                    failed.append((address, response.status_code))
                elif check(address, response):
                    shown[who].add(route.name)
    assert failed == []
    # The text got everywhere where it belongs, so that there was something to obey.
    public = {"home", "article-list", "article", "article-source", "category", "column", "person", "keyword", "issue"}
    public |= {"page", "newspaper", "search", "search-export-csv", "search-suggest", "feed", "person-list", "report"}
    tables = (
        "article",
        "category",
        "column",
        "correction",
        "doubt",
        "importrun",
        "newspaper",
        "page",
        "person",
        "upload",
    )
    admin = {f"admin:articles_{table}_change" for table in tables} | {
        "admin:auth_user_change",
        "admin:auth_group_change",
    }
    admin |= {f"admin:articles_page_{screen}" for screen in ("desk_state", "queue", "history", "sign_off")}
    admin |= {"chief:replace", "chief:categories", "chief:merge", "chief:done", "admin:articles_importrun_take_back"}
    assert public - shown["anybody"] == set() and (public | admin) - shown["chief"] == set()
