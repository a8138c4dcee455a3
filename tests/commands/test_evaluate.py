"""manage.py evaluate as its users run it."""

import json
from xml.etree import ElementTree

import pytest

from .conftest import ROOT

GOLDEN = ROOT / "tests" / "golden"
SIGN_OFF = """
from django.contrib.auth import get_user_model
from articles.corrections import sign_off
from articles.models import Page
user = get_user_model().objects.create_user("wang")
for page in Page.objects.all():
    sign_off(page=page, user=user)
"""


def test_gold_files_are_scored_as_text_and_as_json(archive):
    done = archive.run("evaluate", GOLDEN / "001.json", GOLDEN / "003.txt")
    assert done.returncode == 0 and "每版要改" in done.out and "（2 版" in done.out and "只能当作参考" in done.out
    said = json.loads(archive.run("evaluate", "--json", GOLDEN).out)
    assert said["pages"] == len(list(GOLDEN.glob("*.json"))) and said["broken"] == 0
    assert said["touches"] == sum(said["kinds"].values()) and 0 < said["joins_f1"] <= 1


def test_touches_are_listed_page_by_page(archive):
    done = archive.run("evaluate", "--touches", GOLDEN)
    listed = [line for line in done.err.splitlines() if line.endswith(" 处")]
    said = json.loads(archive.run("evaluate", "--json", GOLDEN).out)
    assert sum(int(line.split("：")[1].split()[0]) for line in listed) == said["touches"]


def test_the_curve_is_drawn(archive, tmp_path):
    plot = tmp_path / "curve.svg"
    assert archive.run("evaluate", GOLDEN / "001.json", "--plot", plot).returncode == 0
    assert ElementTree.parse(plot).getroot().tag.endswith("svg")


def test_signed_off_pages_are_scored_and_kept(archive, tmp_path):
    page = tmp_path / "pages" / "2025-06-12"
    page.mkdir(parents=True)
    (page / "01.txt").write_bytes((GOLDEN / "001.txt").read_bytes())
    assert archive.run("import_pages", tmp_path / "pages", "--newspaper", "砚河报", "--slug", "yanhe").returncode == 0
    refused = archive.run("evaluate", "--signed-off")
    assert refused.returncode == 1 and "还没有签发" in refused.err
    archive.read(SIGN_OFF)
    done = archive.run("evaluate", "--signed-off", "--newspaper", "yanhe")
    assert done.returncode == 0 and "每版要改 0.00 处（1 版" in done.out and "导入月份" in done.out
    code = "from articles.models import Evaluation; e = Evaluation.objects.get(); print(e.pages, e.newspaper.slug)"
    assert archive.read(code) == "1 yanhe\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "--signed-off"),
        (["nowhere"], "没有这个文件"),
        ([GOLDEN, "--signed-off"], "只能选一"),
        ([GOLDEN / "README.md"], "README.md"),
        (["tests/evaluation"], "没有金标准文件"),
        ([GOLDEN, "--newspaper", "无名报"], "没有报纸“无名报”"),
        ([GOLDEN, "--plot", "nowhere/curve.svg"], "文件夹不存在"),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(archive, arguments, words):
    done = archive.run("evaluate", *arguments)
    assert done.returncode == 1 and words in done.err and "Traceback" not in done.err
