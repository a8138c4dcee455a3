"""manage.py make_groups makes the four groups once and gives their permissions back when asked."""

import io

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def make(**options):
    out = io.StringIO()
    call_command("make_groups", stdout=out, **options)
    return out.getvalue()


def codes(name):
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


def test_groups_are_made_once_each_with_all_that_the_one_before_it_may():
    assert make().count("已按默认权限建立") == 4
    assert codes("编辑") < codes("审校") < codes("主编") < codes("管理员")
    assert "mend_page" in codes("编辑") and "sign_off_page" not in codes("编辑")
    rows = list(Group.permissions.through.objects.values())
    assert make() == "用户组都在，没有改动。\n" and list(Group.permissions.through.objects.values()) == rows


def test_what_an_administrator_made_of_a_group_stays_until_it_is_reset():
    make()
    before = codes("编辑")
    Group.objects.get(name="编辑").permissions.clear()
    make()
    assert codes("编辑") == set()
    assert "编辑" in make(reset=True) and codes("编辑") == before
    assert make(reset=True) == "用户组都在，没有改动。\n"
