"""What a request says of its charset or of where the site is mounted is nobody's business but ours."""

import importlib.util
from pathlib import Path
from wsgiref.util import setup_testing_defaults

import pytest

from newsroom.wsgi import application

CONFIG = Path(__file__).resolve().parent.parent / "newsroom" / "gunicorn.conf.py"


@pytest.mark.parametrize("kind", ["text/html; charset=latin-1", "x; charset=rot13", "x;CHARSET=cp037; a=b", ""])
def test_an_address_is_utf_8_whatever_is_said_of_it(connected, settings, kind):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    environ = {"PATH_INFO": "/people/", "QUERY_STRING": "q=%E6%95%99", "CONTENT_TYPE": kind}
    setup_testing_defaults(environ)
    status = []
    body = b"".join(application(environ, lambda line, headers: status.append(line))).decode()
    assert status == ["200 OK"] and 'value="教"' in body


def test_no_header_tells_the_server_where_the_site_is_mounted():
    found = importlib.util.spec_from_file_location("config", CONFIG)
    config = importlib.util.module_from_spec(found)
    found.loader.exec_module(config)
    assert config.forwarder_headers == ""
