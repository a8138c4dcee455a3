"""A real nginx by deploy/nginx.conf, with TLS, in front of a real gunicorn with HTTPS=1."""

import os
import re
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest

from tests.operating.test_up import Up
from tests.site.conftest import ROOT, free_port

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
pytestmark = pytest.mark.skipif(not (NGINX and shutil.which("openssl")), reason="needs nginx and openssl")
HOST = "localhost"

AROUND = """
{user}
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


class KeepRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


class Proxied:
    """The site as a visitor has it, over TLS."""

    def __init__(self, plain, secure, certificate):
        self.plain, self.secure = f"http://{HOST}:{plain}", f"https://{HOST}:{secure}"
        context = ssl.create_default_context(cafile=certificate)
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=context),
            urllib.request.HTTPCookieProcessor(self.cookies),
            KeepRedirect,
        )

    def get(self, address, data=None, **headers):
        request = urllib.request.Request(address, data, {name.replace("_", "-"): v for name, v in headers.items()})
        try:
            return self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as answer:
            return answer


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subject = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    making = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*making, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    plain, secure = free_port(), free_port()
    up = Up(
        folder / "var",
        "--no-work",
        HTTPS="1",
        SITE_URL=f"https://{HOST}:{secure}",
        CSRF_TRUSTED_ORIGINS=f"https://{HOST}:{secure}",
    )
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    text = re.sub(r"\n    listen \[::\].*", "", text)
    for what, here in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ": f"listen 127.0.0.1:{secure} ",
        "archive.example.cn": HOST,
        "127.0.0.1:8000": f"127.0.0.1:{up.port}",
        "/etc/ssl/newsroom/fullchain.pem": str(certificate),
        "/etc/ssl/newsroom/privkey.pem": str(key),
    }.items():
        assert what in text
        text = text.replace(what, here)
    (folder / "site.conf").write_text(text)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user="user root;" if os.geteuid() == 0 else ""))
    checked = subprocess.run([NGINX, "-t", "-c", str(folder / "nginx.conf")], capture_output=True, text=True)
    assert checked.returncode == 0 and "[warn]" not in checked.stderr, checked.stderr
    nginx = subprocess.Popen([NGINX, "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        up.wait_until_healthy()
        proxied = Proxied(plain, secure, certificate)
        for _ in range(50):
            try:
                proxied.get(proxied.plain)
                break
            except OSError:
                time.sleep(0.2)
        yield proxied
    finally:
        nginx.terminate()
        nginx.wait(timeout=20)
        up.process.terminate()
        up.process.wait(timeout=60)


def test_without_tls_readers_are_led_to_it(site):
    answer = site.get(f"{site.plain}/search/?q=a")
    assert answer.status == 301 and answer.headers["Location"] == f"https://{HOST}/search/?q=a"


def test_pages_come_over_tls_and_say_so(site):
    answer = site.get(f"{site.secure}/")
    assert answer.status == 200 and "报纸资料库" in answer.read().decode()
    assert int(re.search(r"max-age=(\d+)", answer.headers["Strict-Transport-Security"])[1]) >= 30 * 24 * 3600
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_static_files_come_through(site):
    page = site.get(f"{site.secure}/about/").read().decode()
    sheet = re.search(r'href="(/static/articles/site\.[0-9a-f]+\.css)"', page)[1]
    answer = site.get(site.secure + sheet, Accept_Encoding="gzip")
    assert answer.status == 200 and "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "gzip"


def test_the_request_has_one_id_on_both_sides(site):
    answer = site.get(f"{site.secure}/healthz", X_Request_ID="of-a-visitor-0")
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-ID"])


def test_figures_stay_on_the_machine(site):
    assert site.get(f"{site.secure}/metrics").status == 404
    assert site.get(f"{site.secure}/metrics/").status == 404


def test_signing_in_works_and_its_cookies_are_for_tls_only(site):
    form = site.get(f"{site.secure}/admin/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
    sent = urllib.parse.urlencode({"username": "a", "password": "b", "csrfmiddlewaretoken": token}).encode()
    answer = site.get(f"{site.secure}/admin/login/", sent, Referer=f"{site.secure}/admin/login/", Origin=site.secure)
    assert answer.status == 200 and "密码" in answer.read().decode()
    assert {c.name: c.secure for c in site.cookies}["csrftoken"] is True


def test_a_large_form_is_let_through_to_the_site_which_says_what_is_wrong_with_it(site):
    answer = site.get(f"{site.secure}/admin/login/", b"x" * 3_000_000, Origin=site.secure)
    assert answer.status in (400, 403) and "nginx" not in answer.read().decode()
