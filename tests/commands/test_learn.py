"""manage.py learn as its users run it: what is learned is judged, kept, used or not, forgotten."""

import pytest

from tests.importing.paper import write_pages
from tests.learning.conftest import PLACES, report, talk

SIGN_OFF = """
from django.contrib.auth import get_user_model
from articles.corrections import sign_off
from articles.models import Page
user = get_user_model().objects.create_user("wang")
for page in Page.objects.all():
    sign_off(page=page, user=user)
"""
STATE = """
from articles.models import Learned
print([(l.newspaper.slug if l.newspaper else None, l.in_use, l.size > 100) for l in Learned.objects.order_by("pk")])
"""


@pytest.fixture
def pages(archive, tmp_path):
    files = {
        f"2024-03-{n + 1:02}/0{number}.txt": make(place, n)
        for n, place in enumerate(PLACES)
        for number, make in ((1, report), (2, talk))
    }
    done = archive.run(
        "import_pages", write_pages(tmp_path / "pages", files), "--newspaper", "青杨日报", "--slug", "qy"
    )
    assert done.returncode == 0
    return archive


def test_without_signed_off_pages_it_is_kept_and_used_only_by_force(pages):
    done = pages.run("learn")
    assert done.returncode == 0 and "看不出好坏" in done.out and "--force" in done.out and "鹭汀夜话" in done.out
    assert pages.read(STATE) == "[(None, False, True)]\n"
    assert "以后的导入都用它" in pages.run("learn", "--newspaper", "qy", "--force").out
    assert pages.read(STATE) == "[(None, False, True), ('qy', True, True)]\n"
    assert "没有新学到的" in pages.run("learn", "--newspaper", "qy").out
    assert "不再使用" in pages.run("learn", "--newspaper", "qy", "--forget").out
    assert "本来就没有" in pages.run("learn", "--forget").out
    assert pages.read(STATE) == "[(None, False, True), ('qy', False, True)]\n"


def test_on_signed_off_pages_it_is_judged_and_used_when_not_worse(pages):
    pages.read(SIGN_OFF)
    tried = pages.run("learn", "--dry-run")
    assert "试运行，未存。会采用。" in tried.out and "在已签发的 24 版上" in tried.out
    assert pages.read(STATE) == "[]\n"
    done = pages.run("learn")
    assert done.returncode == 0 and "以后的导入都用它" in done.out
    assert pages.read(STATE) == "[(None, True, True)]\n"
    assert "每版要改 0.00 处" in pages.run("evaluate", "--signed-off").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [([], "没有可学的"), (["--newspaper", "无名报"], "没有报纸“无名报”"), (["--dry-run", "--force"], "--dry-run")],
)
def test_what_cannot_be_done_is_said_without_a_traceback(archive, arguments, words):
    done = archive.run("learn", *arguments)
    assert done.returncode != 0 and words in done.err and "Traceback" not in done.err
