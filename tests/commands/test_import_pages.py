"""manage.py import_pages: every flag does what it says, and what it says is true."""

import datetime
import io
import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, ImportOutcome, ImportRun, Newspaper, Page
from tests.commands.conftest import ROOT
from tests.factories import make_newspaper
from tests.importing.paper import BRIDGE, BUS, MARKET, SCHOOL, dump, jumping_issue, write_pages, write_zip

pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 12, 6)


@pytest.fixture
def newspaper():
    return make_newspaper("青杨日报", slug="qingyang")


@pytest.fixture
def folder(tmp_path):
    return write_pages(tmp_path / "in", {"2024-12-06/01.txt": BRIDGE, "2024-12-06/02.txt": SCHOOL})


def run(*arguments):
    """(stdout, stderr, what was wrong) of the command."""
    out, err, wrong = io.StringIO(), io.StringIO(), ""
    try:
        call_command("import_pages", *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        wrong = str(error)
    return out.getvalue(), err.getvalue(), wrong


def refuse(*arguments):
    """The words with which the command refuses; nothing may have been written."""
    before = dump()
    out, _, wrong = run(*arguments)
    assert wrong and not out and dump() == before and not ImportRun.objects.exists()
    return wrong


def test_one_line_sums_up_and_a_second_run_says_that_nothing_changed(newspaper, folder):
    assert run(folder) == ("新建 2。\n", "", "")
    before = dump()
    assert run(folder) == ("无变化 2，资料库没有改动。\n", "", "")
    assert dump() == before


@pytest.mark.parametrize("said", ["青杨日报", "qingyang", " 青杨日报 "])
def test_a_newspaper_is_found_by_name_and_by_slug(newspaper, folder, said):
    make_newspaper("南塘晚报")
    run(folder, "--newspaper", said)
    assert {p.newspaper for p in Page.objects.all()} == {newspaper} and Newspaper.objects.count() == 2


def test_a_new_newspaper_is_made(folder):
    run(folder, "--newspaper", "青杨日报", "--slug", "ribao")
    assert Page.objects.filter(newspaper__slug="ribao", newspaper__name="青杨日报").count() == 2


def test_without_a_slug_the_name_is_the_address(folder):
    run(folder, "--newspaper", "青杨 日报")
    assert Newspaper.objects.get().slug == "青杨-日报"


def test_without_a_newspaper_there_must_be_just_one(folder):
    assert "还没有报纸" in refuse(folder)
    make_newspaper()
    make_newspaper()
    assert "不止一份" in refuse(folder) and "--newspaper" in refuse(folder)


@pytest.mark.parametrize("slug", ["admin", "search", "API", "a b", "a/b"])
def test_a_slug_that_cannot_be_an_address_is_refused(folder, slug):
    assert "--slug" in refuse(folder, "--newspaper", "青杨日报", "--slug", slug)


def test_a_slug_for_a_newspaper_that_has_one_is_refused(newspaper, folder):
    assert "qingyang" in refuse(folder, "--newspaper", "青杨日报", "--slug", "other")
    assert "--newspaper" in refuse(folder, "--slug", "other")


def test_a_newspaper_of_which_nothing_became_a_page_is_not_kept(tmp_path):
    assert "没有导入" in run(tmp_path / "nothing.txt", "--newspaper", "青杨日报")[2]
    assert not Newspaper.objects.exists() and ImportOutcome.objects.get().result == "failed"


def test_a_folder_without_pages_is_a_mistake(newspaper, tmp_path):
    assert "没有找到版面文件" in refuse(write_pages(tmp_path / "in", {"x.pdf": b"%PDF"}))


def test_day_number_and_name_can_be_given(newspaper, folder):
    run(folder / "2024-12-06/01.txt", "--date", "2025-01-02", "--number", "a3", "--page-name", "民生")
    page = Page.objects.get()
    assert (page.issue.date, page.issue.date_known) == (datetime.date(2025, 1, 2), "given")
    assert (page.number, page.name) == ("A03", "民生")


@pytest.mark.parametrize(
    ("flag", "value", "words"),
    [
        ("--date", "2024-02-30", "2024-12-06 这样"),
        ("--date", "昨天", "2024-12-06 这样"),
        ("--number", "封面", "A02 这样"),
        ("--page-name", "长" * 51, "50 字"),
        ("--encoding", "gbk2", "不认识的编码"),
        ("--encoding", "hex", "不认识的编码"),
        ("--jobs", "0", "1 到 64"),
        ("--jobs", "many", "1 到 64"),
        ("--report", "/nowhere/report.json", "/nowhere"),
        ("--report", "/tmp", "文件名"),
    ],
)
def test_a_value_that_means_nothing_is_refused_before_anything_is_done(newspaper, folder, flag, value, words):
    assert words in refuse(folder, flag, value)


def test_the_encoding_given_is_used(newspaper, tmp_path):
    write_pages(tmp_path, {"2024-12-06/01.txt": BRIDGE}, "utf-16-be")
    run(tmp_path, "--encoding", "utf-16-be")
    assert Page.objects.get().source_text == BRIDGE


def test_a_dry_run_says_what_would_happen_and_writes_nothing(tmp_path, settings):
    folder = jumping_issue(tmp_path / "in")
    write_pages(folder, {"2024-12-06/02.png": b"\x89PNG\r\n\x1a\n", "empty.txt": ""})
    before = dump()
    out, err, wrong = run(folder, "--newspaper", "青杨日报", "--dry-run")
    assert out == "试运行，未写入：将建立报纸《青杨日报》（/青杨日报/），将新建 4，失败 1，将连接转版 2。\n"
    assert "2024-12-06/02.txt → 2024-12-06（文件名） 第2版" in err and "empty.txt" in err and wrong
    assert dump() == before and not ImportRun.objects.exists() and not Newspaper.objects.exists()
    assert not settings.MEDIA_ROOT.exists()
    out, _, _ = run(folder, "--newspaper", "青杨日报")
    assert out == "新建 4，失败 1，连接转版 2。\n"


def test_a_dry_run_of_a_change_says_so(newspaper, folder):
    run(folder)
    write_pages(folder, {"2024-12-06/01.txt": BRIDGE.replace("六百", "八百")})
    before = dump()
    out, err, _ = run(folder, "--dry-run")
    assert out == "试运行，未写入：将换新 1，无变化 1。\n" and err.startswith("将换新  in/2024-12-06/01.txt")
    assert dump() == before


def test_resplit_splits_untouched_pages_anew(newspaper, folder):
    run(folder)
    page = Page.objects.get(number="1")
    page.blocks.exclude(start=0).delete()
    assert run(folder)[0].startswith("无变化 2")
    assert run(folder, "--resplit")[0] == "重新拆分 1，无变化 1。\n"
    assert page.blocks.count() > 1


def test_several_jobs_write_the_same_rows(folder, tmp_path):
    write_pages(folder, {"2024-12-06/03.txt": MARKET, "2024-12-06/04.txt": BUS, "2024-12-06/05.txt": ""})
    run(folder, "--newspaper", "甲报", "--slug", "a", "--jobs", "3")
    run(folder, "--newspaper", "乙报", "--slug", "b")

    def rows(slug):
        articles = Article.objects.filter(newspaper__slug=slug).order_by("pk")
        return list(articles.values_list("headline", "body", "page__number", "kind", "confidence", "keywords"))

    assert rows("a") == rows("b") != []
    outcomes = [list(r.outcomes.values_list("path", "result", "reason")) for r in ImportRun.objects.order_by("pk")]
    assert outcomes[0] == outcomes[1]


def test_a_report_has_every_file(newspaper, folder, tmp_path):
    write_pages(folder, {"empty.txt": "", "x.pdf": b"", "y/02.txt": BRIDGE, os.fsdecode(b"\xb3\xa4.txt"): BUS})
    run(folder, "--report", tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["counts"] == {"created": 3, "duplicate": 1, "failed": 1} and report["ignored"] == {".pdf": 1}
    assert report["run"] == ImportRun.objects.get().pk and not report["dry_run"] and report["jumps_linked"] == 0
    outcomes = {o["path"]: (o["result"], o["page"]) for o in report["outcomes"]}
    assert outcomes["in/2024-12-06/01.txt"] == ("created", "/qingyang/2024-12-06/1/")
    assert outcomes["in/y/02.txt"][0] == "duplicate" and outcomes["in/empty.txt"] == ("failed", None)
    assert "in/长.txt" in outcomes


def test_a_page_costs_a_fixed_number_of_queries(newspaper, folder, tmp_path, django_assert_max_num_queries):
    run(folder)
    full = write_pages(
        tmp_path / "full", {"2024-12-07/01.txt": "\n\n".join((BUS, MARKET, BRIDGE + "。", SCHOOL + "。"))}
    )
    with django_assert_max_num_queries(65):
        assert run(full)[0] == "新建 1。\n"
    assert Article.objects.filter(page__issue__date="2024-12-07").count() == 4
    with django_assert_max_num_queries(16):  # one of them a run's: what it has learned
        run(full)


def test_a_run_is_recorded_with_its_options_and_outcomes(newspaper, folder):
    run(folder, "--page-name", "要闻")
    record = ImportRun.objects.get()
    assert record.newspaper == newspaper and record.finished_at and record.options["page_name"] == "要闻"
    assert record.options["paths"] == [str(folder)]
    assert list(record.outcomes.values_list("path", "result")) == [
        ("in/2024-12-06/01.txt", "created"),
        ("in/2024-12-06/02.txt", "created"),
    ]


def test_hostile_input_never_stops_the_other_pages(newspaper, tmp_path):
    folder = write_pages(
        tmp_path / "in",
        {
            "a.txt": b"",
            "b.txt": os.urandom(5000),
            "d.zip": b"PK nothing",
            "e/2024-12-06/01.txt": BRIDGE,
            "名" * 80 + ".txt": SCHOOL,
            "换\n行 🙂.txt": MARKET,
            os.fsdecode(b"\xff\xfe.txt"): BUS,
        },
    )
    with (folder / "c.txt").open("wb") as file:
        file.truncate(200 * 2**20)
    write_zip(folder / "f.zip", {"../out.txt": "x", "bomb.txt": b"\0" * (20 * 2**20)})
    (folder / "loop").symlink_to(folder)
    (folder / "gone.txt").symlink_to("nowhere")
    out, err, wrong = run(folder)
    assert (
        out.startswith("新建 4，失败 7，其中日期未知（在后台的未定版面里） 3，")
        and wrong.startswith("7 个文件没有导入")
        and len(err.splitlines()) == 7
    )
    assert all(any("一" <= c <= "鿿" for c in line.split("  ", 2)[2]) for line in err.splitlines())
    assert "\\n" in ImportOutcome.objects.get(path__contains="🙂").path


def test_the_exit_status_tells_of_failures(archive, folder):
    good = archive.run("import_pages", folder, "--newspaper", "青杨日报")
    assert (good.returncode, good.out, good.err) == (0, "新建 2。\n", "")
    write_pages(folder, {"empty.txt": ""})
    bad = archive.run("import_pages", folder)
    assert bad.returncode == 1 and bad.out == "无变化 2，失败 1。\n"
    assert bad.err.splitlines()[0].startswith("失败  in/empty.txt  文件是空的")


def read_terminal(archive, *arguments):
    ours, theirs = pty.openpty()
    process = archive.start(*arguments, stdout=theirs, stderr=theirs, text=False, encoding=None)
    os.close(theirs)
    seen = b""
    try:
        while part := os.read(ours, 4096):
            seen += part
    except OSError:
        pass  # the other side has hung up
    os.close(ours)
    return process.wait(timeout=60), seen.decode()


def test_on_a_terminal_a_bar_shows_how_far_it_is(archive, folder):
    code, seen = read_terminal(archive, "import_pages", folder, "--newspaper", "青杨日报")
    assert code == 0 and "░ 1/2 in/2024-12-06/01.txt" in seen and "█ 2/2 " in seen
    bar, _, summary = seen.rpartition("\r")[0].rpartition("\r")
    assert "\n" not in bar.rstrip("\r\n").replace("\r\n", "") and summary == "新建 2。"


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(archive, tmp_path):
    days = [f"2024-{1 + n // 28:02}-{1 + n % 28:02}" for n in range(150)]
    pages = {f"{day}/02.txt": f"{BRIDGE}\n\n第{n}座桥也修好了。{'河水清。' * n}" for n, day in enumerate(days)}
    folder = write_pages(tmp_path / "in", pages)
    process = archive.start("import_pages", folder, "--newspaper", "青杨日报", "--jobs", "2", start_new_session=True)
    wait_for_pages(archive, process)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130 and out.startswith("新建 ") and "再运行一次" in err and "Traceback" not in err
    done = int(out.split()[1].rstrip("。"))
    again = archive.run("import_pages", folder)
    assert again.out == f"新建 {len(pages) - done}，无变化 {done}。\n"


def wait_for_pages(archive, process):
    while process.poll() is None:
        with sqlite3.connect(archive.var / "newsroom.sqlite3") as database:
            if database.execute("select count(*) from articles_page").fetchone()[0]:
                return
        time.sleep(0.02)


def test_two_imports_at_once_share_the_work(archive, tmp_path):
    pages = {f"2024-12-06/{n:02}.txt": f"{BRIDGE}\n\n第{n}座桥也修好了。{'河水清。' * n}" for n in range(1, 13)}
    folder = write_pages(tmp_path / "in", pages)
    command = ("import_pages", folder, "--newspaper", "青杨日报")
    both = [archive.start(*command, stderr=subprocess.STDOUT) for _ in range(2)]
    said = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    counts = archive.read("from articles.models import Page; print(Page.objects.count())")
    assert counts.strip() == "12"
    assert archive.run("reindex", "--check").returncode == 0


def test_a_number_is_for_one_page_only(newspaper, folder):
    assert "一版时" in refuse(folder, "--number", "2")


def test_a_slug_in_use_is_said_with_whose_it_is(newspaper, folder):
    assert f"已被《{newspaper}》使用" in refuse(folder, "--newspaper", "新报", "--slug", newspaper.slug)


def test_on_a_terminal_a_wrong_value_gets_one_line_and_an_unmade_database_the_command_to_run(tmp_path, folder):
    environment = os.environ | {"NEWSROOM_VAR": str(tmp_path / "var")}
    environment.pop("DATABASE_URL", None)

    def run_shell(*arguments):
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    wrong = run_shell("import_pages", str(folder), "--date", "2024-13-01")
    assert wrong.returncode == 2 and "请写成 2024-12-06" in wrong.stderr and "Traceback" not in wrong.stderr
    for arguments in (["import_pages", str(folder)], ["reindex", "--check"], ["load_categories"]):
        unmade = run_shell(*arguments)
        assert unmade.returncode == 1 and "manage.py migrate" in unmade.stderr and "Traceback" not in unmade.stderr
