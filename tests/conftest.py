"""Settings and fixtures that every test shares."""

import pytest
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.factories import make_newspaper


@pytest.fixture(autouse=True)
def plain_static_files(settings, tmp_path):
    """No manifest of hashed names is built for tests; files that tests store go to a folder of their own."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path
    # Tests change what outlives no test: settings, code.
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    settings.LIMITS = {}  # every test comes from one address
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def nothing_kept():
    """What a test before counted is not kept for this one (articles.reading.tallies)."""
    cache.clear()


@pytest.fixture
def newspaper(db):
    return make_newspaper("青杨日报", slug="qingyang")


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_user("wang", is_staff=True)


@pytest.fixture
def connected(db):
    """The test's own connection outlives requests to the WSGI application, as with Django's test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
