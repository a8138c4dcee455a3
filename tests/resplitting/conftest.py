"""An issue of pages as an older extractor had split them."""

import pytest

from tests.factories import make_issue, make_newspaper


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_user("wang", is_staff=True, is_superuser=True)


@pytest.fixture
def issue(db):
    return make_issue(make_newspaper("青杨日报", slug="qingyang"), "2024-12-06")
