"""A real gunicorn of two workers: limits hold across them, every answer has its headers, no request moves the site."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from newsroom.headers import HEADERS
from tests.site.conftest import ROOT, clean_environment, free_port

A_MINUTE = 5


@pytest.fixture(scope="module")
def server(demo):
    """The demo's archive, served once more; (port, folder)."""
    port = free_port()
    environment = {"BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "2", "SEARCHES_A_MINUTE": str(A_MINUTE)}
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "newsroom/gunicorn.conf.py"],
        cwd=ROOT,
        env=clean_environment(demo.var) | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(300):
        if process.poll() is not None or answers(port):
            break
        time.sleep(0.2)
    assert process.poll() is None
    yield port
    process.terminate()
    process.wait(timeout=60)


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def get(port, path, **headers):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


def send(port, text):
    """What the server answers to these bytes: (status, headers by name, body)."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(text if isinstance(text, bytes) else text.encode())
        line.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = dict(one.split(": ", 1) for one in rest if ": " in one)
    return int(first.split()[1]) if first else 0, headers, body


def ask(port, path, *headers, method="GET"):
    lines = [f"{method} {path} HTTP/1.1", "Connection: close", *headers]
    if not any(line.lower().startswith("host:") for line in headers):
        lines.append(f"Host: 127.0.0.1:{port}")
    return send(port, "\r\n".join([*lines, "", ""]))


def test_a_limit_holds_across_workers(server):
    began = time.monotonic()
    with ThreadPoolExecutor(8) as readers:
        answered = list(readers.map(lambda n: get(server, f"/search/?q=w{n}"), range(40)))
    refilled = (time.monotonic() - began) * A_MINUTE / 60
    taken = sum(status == 200 for status, _ in answered)
    assert A_MINUTE <= taken <= A_MINUTE + refilled + 1
    assert {status for status, _ in answered} == {200, 429}
    assert all(int(headers["Retry-After"]) > 0 for status, headers in answered if status == 429)
    assert get(server, "/articles/")[0] == 200


PICTURED = """
from django.core.files.base import ContentFile
from articles.models import Page
page = Page.objects.exclude(issue=None).order_by("pk").first()
page.facsimile.save("page.svg", ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"))
print("address", page.get_absolute_url())
"""


@pytest.fixture(scope="module")
def pictured(demo):
    """The address of a page whose facsimile no import would have taken."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", PICTURED]
    environment = clean_environment(demo.var)
    said = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    return re.search(r"address (\S+)", said)[1]


STATIC = "/static/articles/site.css"
KINDS = {
    "page": ("/", 200),
    "missing": ("/none/such/", 404),
    "redirect": ("/people", 301),
    "static": (STATIC, 200),
    "icon": ("/favicon.ico", 302),
    "admin": ("/admin/login/", 200),
    "sent to sign in": ("/admin/", 302),
    "feed": ("/feed/", 200),
    "sitemap": ("/sitemap.xml", 200),
    "json": ("/index.json", 200),
    "json missing": ("/none.json", 404),
    "text": ("/robots.txt", 200),
    "too large a number": (f"/articles/{'9' * 40}/", 404),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_has_its_headers(server, kind):
    path, status = KINDS[kind]
    found, headers, _ = ask(server, path)
    assert found == status
    assert {name: headers.get(name) for name in HEADERS} == HEADERS


def test_answers_to_a_foreign_host_or_a_form_too_large_have_them_too(server):
    for found, headers, _ in (
        ask(server, "/", "Host: evil.example"),
        ask(server, "/admin/login/", "Content-Length: 9999999", "Content-Type: text/plain", method="POST"),
    ):
        assert found == 400 and {name: headers.get(name) for name in HEADERS} == HEADERS


def test_a_file_that_somebody_sent_in_is_shown_as_a_picture_or_not_at_all(server, pictured):
    status, headers, _ = ask(server, f"{pictured}facsimile/")
    assert status == 200 and headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith("attachment") and headers["X-Content-Type-Options"] == "nosniff"
    policy = headers["Content-Security-Policy"].split("; ")
    assert "sandbox" in policy and "default-src 'none'" in policy and not [p for p in policy if "self" in p]


@pytest.mark.parametrize(
    "path",
    [
        *("/static/../secret_key", "/static/%2e%2e/secret_key", "/static/..%2fsecret_key", "/static//etc/passwd"),
        *("/static/%2e%2e%2f%2e%2e%2fetc/passwd", "/static/..\\secret_key", "/static/%00", "/media/../secret_key"),
        *("//etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/static/articles/site.css/../../../secret_key"),
        *("/newsroom.sqlite3", "/secret_key", "/uploads/", "/media/", "/.env", "/%c0%ae%c0%ae/etc/passwd"),
    ],
)
def test_no_path_leads_out_of_the_site(server, demo, path):
    status, _, body = ask(server, path)
    assert status in (301, 400, 404)
    assert b"root:" not in body and (demo.var / "secret_key").read_bytes() not in body


@pytest.mark.parametrize(
    "header",
    [
        *("X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https", "X-Forwarded-Prefix: /evil.example"),
        *("X-Script-Name: /evil.example", "Script-Name: /evil.example", "X-Original-URL: /admin/"),
        *("X-Rewrite-URL: /admin/", "X-HTTP-Method-Override: DELETE", "Forwarded: host=evil.example"),
        *("X-Forwarded-For: <script>, 1.2.3.4.5", "X-Forwarded-Port: 1", "Referer: https://evil.example/"),
        *("Accept-Language: evil.example", "Cookie: sessionid=../../evil.example; csrftoken=<evil.example>"),
        *("If-Modified-Since: evil.example", "If-None-Match: evil.example,,\"'", "Range: bytes=9-evil.example"),
        *("Accept-Encoding: evil.example;q=x", "Content-Type: multipart/form-data", "Authorization: evil.example"),
    ],
)
def test_no_header_changes_what_is_answered(server, header):
    plain, _, before = ask(server, "/about/")
    status, headers, body = ask(server, "/about/", header)
    assert (status, body) == (plain, before) and b"evil.example" not in body
    assert "evil.example" not in repr(headers)


@pytest.mark.parametrize(
    ("header", "status"),
    [
        *((f"Host: {host}", 400) for host in ("evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example")),
        *((f"Host: {host}", 400) for host in ("", "[::1", "a b", "127.0.0.1/evil.example", "127.0.0.1, evil.example")),
    ],
)
def test_a_host_that_is_not_the_sites_is_refused(server, header, status):
    found, headers, body = ask(server, "/people", header)
    assert found == status and b"evil.example" not in body and "Location" not in headers


def test_two_requests_are_not_smuggled_as_one(server):
    host = f"Host: 127.0.0.1:{server}"
    for lengths in (
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "Content-Length: 4\r\nContent-Length: 5",
        "Transfer-Encoding: xchunked",
        "Content-Length: +4",
    ):
        request = (
            f"POST /about/ HTTP/1.1\r\n{host}\r\n{lengths}\r\n\r\n0\r\n\r\nGET /admin/login/ HTTP/1.1\r\n{host}\r\n\r\n"
        )
        status, _, body = send(server, request)
        assert status >= 400 and b"id_username" not in body


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT", "EVIL"])
def test_other_methods_are_refused(server, method):
    assert ask(server, "/about/", method=method)[0] in (400, 403, 405, 501)


def test_cookies_say_what_they_are_for(server, demo):
    cookies = [v for k, v in get(server, "/admin/login/")[1].items() if k == "Set-Cookie"]
    assert cookies and all("SameSite=Lax" in cookie for cookie in cookies)
    assert os.stat(demo.var / "secret_key").st_mode & 0o077 == 0
    assert os.stat(demo.var / "limits").st_mode & 0o077 == 0
