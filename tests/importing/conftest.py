"""A newspaper to import into."""

import pytest

from tests.factories import make_newspaper


@pytest.fixture
def newspaper(db):
    return make_newspaper("青杨日报", slug="qingyang")


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_user("wang", is_staff=True)
