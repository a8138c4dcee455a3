"""An import run taken back: what it made goes, what it replaced returns, what somebody touched stays."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command

from articles import corrections
from articles.importing import Import, Options
from articles.importing.taking_back import TakingBackRefused, plan_taking_back, take_back
from articles.models import Article, Doubt, ImportRun, Issue, Original, Page, SearchDocument, Upload
from articles.search.documents import check
from tests.desk import check_whole, read_page
from tests.importing.paper import BRIDGE, BUS, SCHOOL, dump, jumping_issue, write_pages

BETTER = BRIDGE.replace("六百块", "六百余块")


def run_import(newspaper, *paths, **options):
    job = Import(list(paths), newspaper, Options(**options))
    list(job)
    return job.run


def acts(steps):
    return [step.act for step in steps]


def check_all():
    assert not check().faults, check().faults
    check_whole(list(Page.objects.all()))


@pytest.fixture
def folder(tmp_path):
    return write_pages(tmp_path / "in", {"2024-12-06/02.txt": BRIDGE, "2024-12-06/03.txt": SCHOOL, "x.txt": BUS})


def test_pages_that_the_run_made_are_gone_for_readers(newspaper, folder, client):
    run = run_import(newspaper, folder)
    page = Page.objects.get(number="2")
    article = Article.objects.get(headline__contains="石桥")
    addresses = page.get_absolute_url(), article.get_absolute_url()
    assert [client.get(a).status_code for a in addresses] == [200, 200]
    assert acts(plan_taking_back(run)) == ["remove"] * 3 and Page.objects.count() == 3
    assert acts(take_back(run)) == ["remove"] * 3
    assert [client.get(a).status_code for a in addresses] == [404, 410]
    assert not Page.objects.exists() and not Issue.objects.exists() and not Original.objects.exists()
    assert not SearchDocument.objects.exists() and not Article.objects.living().exists()
    assert "石桥" not in "".join(Article.objects.values_list("body", flat=True))
    run.refresh_from_db()
    assert run.taken_back_at and run.options["taken_back"]["remove"] == 3
    check_all()


def test_the_same_files_make_new_pages_and_articles_afterwards(newspaper, folder, client):
    first = run_import(newspaper, folder)
    plain, ids = dump(ids=False), set(Article.objects.values_list("pk", flat=True))
    list(take_back(first))
    second = run_import(newspaper, folder)
    assert {o.result for o in second.outcomes.all()} == {"created"}
    assert not ids & set(Article.objects.living().values_list("pk", flat=True)), "an id is never given to another"
    again = dump(ids=False)
    assert {k: v for k, v in again.items() if k != "Article"} == {k: v for k, v in plain.items() if k != "Article"}
    assert client.get(Article.objects.get(pk=min(ids)).get_absolute_url()).status_code == 410
    assert acts(take_back(second)) == ["remove"] * 3
    assert plan_taking_back(first) == []
    check_all()


def test_a_page_that_an_editor_touched_stays_with_the_reason(newspaper, folder, editor):
    run = run_import(newspaper, folder)
    page = Page.objects.get(number="2")
    entry = corrections.set_name(page=page, name="要闻", user=editor)
    steps = list(take_back(run, editor))
    assert acts(steps) == ["keep", "remove", "remove"] and "编辑改过" in steps[0].reason
    assert Page.objects.get() == page and "石桥" in read_page(page)[0][0]
    run.refresh_from_db()
    assert run.options["taken_back"]["by"] == "wang" and len(run.options["taken_back"]["kept"]) == 1
    corrections.undo(entry=entry, user=editor)
    assert acts(take_back(run)) == ["remove"], "an act undone is no touch"
    check_all()


def test_a_text_that_the_run_replaced_returns_with_its_articles(newspaper, folder, client):
    run_import(newspaper, folder)
    page = Page.objects.get(number="2")
    before, ids = page.source_text, sorted(page.blocks.values_list("article", flat=True).distinct())
    write_pages(folder, {"2024-12-06/02.txt": BETTER})
    run = run_import(newspaper, folder)
    page.refresh_from_db()
    assert page.source_text == BETTER and page.revision == 2
    assert acts(plan_taking_back(run)) == ["restore"]
    list(take_back(run))
    page.refresh_from_db()
    assert (page.source_text, page.revision, page.revisions.count()) == (before, 1, 0)
    assert sorted(page.blocks.values_list("article", flat=True).distinct()) == ids
    assert client.get(page.get_absolute_url()).status_code == 200 and Original.objects.count() == 3
    check_all()
    again = run_import(newspaper, folder)
    assert [o.result for o in again.outcomes.order_by("path")] == ["revised", "unchanged", "unchanged"]


def test_runs_are_taken_back_the_last_first(newspaper, folder):
    first = run_import(newspaper, folder)
    write_pages(folder, {"2024-12-06/02.txt": BETTER})
    second = run_import(newspaper, folder)
    steps = list(take_back(first))
    assert acts(steps) == ["keep", "remove", "remove"] and f"导入 {second.pk}" in steps[0].reason
    list(take_back(second))
    assert acts(take_back(first)) == ["remove"] and not Page.objects.exists()
    check_all()


def test_a_jump_to_a_page_of_another_run_is_parted(newspaper, tmp_path, client):
    folder = jumping_issue(tmp_path / "in")
    first = folder / "2024-12-06"
    kept = run_import(newspaper, first / "02.txt", first / "03.txt", first / "04.txt")
    alone = {p.number: read_page(p) for p in Page.objects.all()}
    run = run_import(newspaper, first / "01.txt")
    assert Article.objects.living().filter(headline="河道清淤见成效", blocks__page__number="4").exists()
    assert acts(take_back(run)) == ["remove"]
    assert {p.number: read_page(p) for p in Page.objects.all()} == alone
    assert client.get(Page.objects.get(number="3").get_absolute_url()).status_code == 200
    check_all()
    run_import(newspaper, first / "01.txt")
    assert Article.objects.living().filter(headline="河道清淤见成效", blocks__page__number="4").exists()
    assert len(list(take_back(kept))) == 3
    check_all()


def test_a_page_that_shares_an_article_with_a_touched_one_stays(newspaper, tmp_path, editor):
    folder = jumping_issue(tmp_path / "in") / "2024-12-06"
    run_import(newspaper, folder / "03.txt")
    run = run_import(newspaper, folder / "01.txt", folder / "02.txt")
    corrections.set_name(page=Page.objects.get(number="3"), name="民生", user=editor)
    steps = plan_taking_back(run)
    assert acts(steps) == ["keep", "remove"] and "第3版" in steps[0].reason
    assert acts(take_back(run)) == ["keep", "remove"]
    check_all()


def test_what_cannot_be_put_back_is_kept_and_said(newspaper, tmp_path):
    folder = write_pages(tmp_path, {"a.txt": BRIDGE})
    run_import(newspaper, folder / "a.txt")
    dated = run_import(newspaper, folder / "a.txt", date=datetime.date(2024, 12, 6))
    (step,) = take_back(dated)
    assert step.act == "keep" and "没有记录" in step.reason
    dated.refresh_from_db()
    assert dated.taken_back_at is None, "nothing was taken back"


def test_what_readers_reported_of_a_page_goes_with_it(newspaper, folder):
    run = run_import(newspaper, folder)
    page = Page.objects.get(number="2")
    Doubt.objects.create(page=page, code="report", text="这不是本报的版面。", origin=Doubt.Origin.READER)
    assert acts(take_back(run)) == ["remove"] * 3 and not Doubt.objects.exists()


def test_an_import_under_way_is_not_taken_back(newspaper, folder):
    run = run_import(newspaper, folder)
    Upload.objects.create(newspaper=newspaper, run=run, state=Upload.State.IMPORTING)
    with pytest.raises(TakingBackRefused):
        list(take_back(run))
    assert Page.objects.count() == 3


def command(*arguments):
    out, err = io.StringIO(), io.StringIO()
    call_command("take_back", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_shows_first_and_then_does(newspaper, folder, editor):
    run = run_import(newspaper, folder)
    corrections.set_name(page=Page.objects.get(number="2"), name="要闻", user=editor)
    before = dump()
    out, err = command(run.pk, "--dry-run")
    assert out == "试运行，未写入：将移除 2，将保留 1。\n" and "编辑改过" in err and dump() == before
    out, err = command(run.pk)
    assert out == "移除 2，保留 1。\n" and Page.objects.count() == 1
    assert "没有可收回的" in command(ImportRun.objects.create(newspaper=newspaper).pk)[0]
    with pytest.raises(CommandError, match="没有导入 999"):
        command(999)
