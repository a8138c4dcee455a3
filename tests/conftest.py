"""Settings and fixtures that every test shares."""

import pytest


@pytest.fixture(autouse=True)
def plain_static_files(settings, tmp_path):
    """No manifest of hashed names is built for tests; files that tests store go to a folder of their own."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
