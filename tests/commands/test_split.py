"""manage.py split: a preview of page files that leaves the database alone (these tests have none)."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

PAGE = """老街灯会今夜开幕

本报讯(记者林小满)2023年5月8日,青石县老街灯会准备就绪。县里的手艺人用三个月时间扎了两百多盏花灯,沿着河岸一直挂到石桥。

“今年的灯比去年多了一倍。”灯会负责人说,所有电线都经过检查,请市民放心观灯。
"""
KEYS = ["source", "encoding", "date", "number", "blocks", "articles", "doubts"]
ARTICLE_KEYS = (
    "column kicker headline subheadline kind category authors photographers continued_from continued_on part_of "
    "confidence keywords paragraphs"
).split()


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


class Terminal(io.StringIO):
    def isatty(self):
        return True


def run(*args, terminal=False, **options):
    """What the command prints, and what it complains about; failures as the last of the complaints."""
    out, err = (Terminal() if terminal else io.StringIO()), io.StringIO()
    try:
        call_command("split", *map(str, args), stdout=out, stderr=err, **options)
    except CommandError as error:
        return out.getvalue(), err.getvalue() + str(error), error.returncode
    return out.getvalue(), err.getvalue(), 0


def test_json_is_one_object_a_line_in_the_order_of_files(page, tmp_path):
    second = tmp_path / "second.txt"
    second.write_bytes(PAGE.encode("gb18030"))
    out, err, status = run("--json", page, second)
    objects = [json.loads(line) for line in out.splitlines()]
    assert [(o["source"], o["encoding"]) for o in objects] == [("page.txt", "utf-8"), ("second.txt", "gb18030")]
    assert (err, status) == ("", 0)


def test_json_has_the_keys_of_the_contract(page):
    split = json.loads(run("--json", page)[0])
    assert list(split) == KEYS
    assert split["date"] == {"value": "2023-05-09", "how": "inferred", "evidence": "2023年5月8日"}
    assert set(split["blocks"][0]) == {"start", "end", "role", "article", "duplicate_of", "reason"}
    (article,) = split["articles"]
    assert list(article) == ARTICLE_KEYS
    assert (article["headline"], article["authors"], article["category"]) == ("老街灯会今夜开幕", ["林小满"], "文化")
    assert set(article["paragraphs"][0]) == {"role", "blocks", "text"}


def test_json_blocks_hold_every_character_of_the_page_once(page):
    split = json.loads(run("--json", page)[0])
    held = "".join(PAGE[block["start"] : block["end"]] for block in split["blocks"])
    assert "".join(held.split()) == "".join(PAGE.split())


def test_an_unknown_date_is_null(tmp_path):
    path = tmp_path / "undated.txt"
    path.write_text("老街灯会今夜开幕\n\n灯火一直亮到深夜,河岸上人山人海。\n", encoding="utf-8")
    assert json.loads(run("--json", path)[0])["date"] == {"value": None, "how": None, "evidence": ""}


def test_bad_files_are_named_and_the_others_still_split(page, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.touch()
    picture = tmp_path / "picture.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    out, err, status = run("--json", empty, tmp_path / "missing.txt", tmp_path, picture, page)
    assert [json.loads(line)["source"] for line in out.splitlines()] == ["page.txt"]
    for words in ("empty.txt：文件是空的", "missing.txt：文件不存在", "这是目录", "PNG 图片", "5 个文件中有 4 个"):
        assert words in err
    assert status == 1


def test_the_encoding_can_be_given(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes(PAGE.encode("gb18030"))
    assert json.loads(run("--json", "--encoding", "gbk", path)[0])["encoding"] == "gb18030"


def test_an_unknown_encoding_is_refused_with_those_that_work(page):
    _, err, status = run("--encoding", "klingon", page)
    assert "不认识的编码“klingon”" in err and "gb18030" in err
    assert status == 1


def test_the_readable_form_shows_titles_credits_text_and_date(page):
    out = run(page)[0]
    for words in (
        "page.txt",
        "2023-05-09（推定：2023年5月8日）",
        "1. 老街灯会今夜开幕",
        "林小满（记者，本报）",
        "请市民放心观灯",
    ):
        assert words in out


def test_the_readable_form_shows_joins_and_what_is_set_aside(tmp_path):
    cut = PAGE.replace("手艺人用三个月时间", "手艺人用三个月时\n\n间")
    path = tmp_path / "cut.txt"
    path.write_text(f"2023年5月9日 星期二 第3版\n\n{cut}\n\n责任编辑:赵一舟 电话:0000-1234567\n", encoding="utf-8")
    out = run(path)[0]
    assert "三个月时┊间扎了" in out
    assert "未归入文章" in out and "报头、页眉或装饰" in out and "第 1 行" in out
    assert "第3版" in out


def test_damage_is_reported_above_the_articles(tmp_path):
    path = tmp_path / "damaged.txt"
    path.write_bytes(PAGE.encode().replace("花灯".encode(), b"\xe8\x8a\xff\x0b", 1))
    out = run(path)[0]
    assert "处字节损坏" in out and "1 个控制字符已去掉" in out


def test_colours_are_for_terminals_only(page, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in run(page, terminal=True)[0]
    assert "\x1b[" not in run(page)[0]
    assert "\x1b[" not in run(page, terminal=True, no_color=True)[0]
    assert "\x1b[" in run(page, force_color=True)[0]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run(page, terminal=True)[0]


def test_json_is_never_coloured(page):
    assert "\x1b[" not in run("--json", page, terminal=True)[0]


def test_the_readable_form_says_what_an_import_would_take_from_the_path(tmp_path, capsys):
    folder = tmp_path / "2024-12-06"
    folder.mkdir()
    (folder / "02.txt").write_text("河堤加高完工\n\n本报讯 河堤加高工程昨日完工。\n", encoding="utf-8")
    call_command("split", str(folder / "02.txt"))
    assert "导入时以路径为准：2024-12-06 第2版" in capsys.readouterr().out
