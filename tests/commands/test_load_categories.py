"""manage.py load_categories adds what is missing and leaves the rest."""

import io

import pytest
from django.core.management import call_command

from articles.models import Category

pytestmark = pytest.mark.django_db


def load():
    out = io.StringIO()
    call_command("load_categories", stdout=out)
    return out.getvalue()


def test_default_categories_are_added_once():
    assert load().startswith("新增类别 ") and {"时政", "民生"} <= set(Category.objects.values_list("name", flat=True))
    rows = list(Category.objects.values())
    assert load() == "默认类别都在，没有改动。\n" and list(Category.objects.values()) == rows


def test_categories_that_editors_changed_stay_as_they_are():
    load()
    Category.objects.filter(name="民生").update(description="我们的说法", order=99)
    Category.objects.filter(name="时政").update(name="要政")
    load()
    assert Category.objects.get(name="民生").description == "我们的说法"
    assert not Category.objects.filter(name="时政").exists(), "its address is taken by the one renamed"
