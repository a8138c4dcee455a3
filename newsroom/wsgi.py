"""WSGI entry point for gunicorn."""

import os
import re

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
CHARSET = re.compile(r"\s*;\s*charset\s*=[^;]*", re.IGNORECASE)
answer = get_wsgi_application()


def application(environ, start_response):
    """Addresses and forms are UTF-8 here, whatever a request says of itself: Django would read its address by that."""
    environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    return answer(environ, start_response)
