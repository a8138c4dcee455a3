"""What is sent through the admin: kept safely, looked at without a trace, imported as an editor has settled it."""

import datetime

import pytest

from articles.importing import uploads
from articles.importing.previewing import batches_of
from articles.importing.running import BATCH_BYTES
from articles.importing.uploads import UploadRefused, folder_of, receive
from articles.importing.working import Claim, ClaimLost, claim_next, work_on
from articles.models import Article, Correction, ImportRun, Page, Upload
from tests.importing.paper import BRIDGE, BUS, MARKET, SCHOOL, dump
from tests.importing.sending import PNG, State, look_at, say, sent, take_in, work


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR


def shown(upload):
    return [(f.name, f.result, str(f.date or ""), f.date_how, f.number, f.page_name) for f in upload.files.all()]


def test_a_preview_says_what_would_be_and_leaves_no_trace(newspaper):
    before = dump()
    upload = look_at(newspaper, sent("2024-12-06-02版-要闻.txt"), sent("03.txt", SCHOOL), sent("空.txt", " "))
    assert upload.state == State.PREVIEWED and (upload.done, upload.total) == (3, 3)
    assert shown(upload) == [
        ("03.txt", "created", "", "", "", ""),
        ("2024-12-06-02版-要闻.txt", "created", "2024-12-06", "path", "2", "要闻"),
        ("空.txt", "failed", "", "", "", ""),
    ]
    assert upload.files.get(name="空.txt").reason and not upload.files.get(name="空.txt").chosen
    assert not ImportRun.objects.exists() and not Page.objects.exists()
    before["Category"] = dump()["Category"]
    assert dump() == before


def test_the_import_does_what_the_editor_settled(newspaper, editor):
    upload = look_at(newspaper, sent("2024-12-06-02.txt"), sent("b.txt", SCHOOL), sent("c.txt", BUS), user=editor)
    say(upload, "b.txt", date=datetime.date(2024, 12, 7), number="5", page_name="教育")
    say(upload, "c.txt", chosen=False)
    outcomes = take_in(upload)
    assert set(outcomes) == {"2024-12-06-02.txt", "b.txt"}
    page = outcomes["b.txt"].page
    assert (str(page.issue.date), page.number, page.name, page.issue.date_known) == ("2024-12-07", "5", "教育", "given")
    assert outcomes["2024-12-06-02.txt"].page.issue.date_known == "path"
    assert upload.run.user == editor and upload.run.finished_at and page.source_path == "上传/b.txt"
    assert not folder_of(upload).exists()


def test_what_was_found_and_left_alone_is_known_as_it_was(newspaper):
    text = "本报讯 2024年12月5日，清波河管理处对外公布：" + MARKET
    upload = look_at(newspaper, sent("a.txt", text))
    row = upload.files.get()
    assert (str(row.date), row.date_how) == ("2024-12-06", "inferred")
    assert take_in(upload)["a.txt"].page.date_inferred


def test_a_day_that_the_editor_strikes_out_leaves_the_page_in_the_tray(newspaper):
    upload = look_at(newspaper, sent("2024-12-06-02.txt"))
    say(upload, "2024-12-06-02.txt", date=None, number="")
    page = take_in(upload)["2024-12-06-02.txt"].page
    assert page.issue is None and page.number == ""


def test_a_second_preview_keeps_what_the_editor_said_and_shows_what_follows(newspaper):
    take_in(look_at(newspaper, sent("2024-12-06-02.txt")))
    upload = look_at(newspaper, sent("b.txt", BRIDGE.replace("六百", "六白")))
    assert upload.files.get().result == "created"
    say(upload, "b.txt", date=datetime.date(2024, 12, 6), number="2")
    uploads.ask_for_preview(upload)
    work()
    row = upload.files.get()
    assert (row.result, row.date_how) == ("revised", "given") and "第1稿" in row.reason


def test_the_same_again_a_copy_and_a_touched_page_are_told_apart(newspaper, editor):
    page = take_in(look_at(newspaper, sent("2024-12-06-02.txt")))["2024-12-06-02.txt"].page
    Correction.objects.create(user=editor, action="set_name").pages.add(page)
    upload = look_at(newspaper, sent("2024-12-06-02.txt"), sent("2024-12-07-02.txt"))
    expected = {"2024-12-06-02.txt": "unchanged", "2024-12-07-02.txt": "duplicate"}
    assert {f.name: f.result for f in upload.files.all()} == expected
    upload.files.update(chosen=True)  # a look unticks what is known
    assert {path: o.result for path, o in take_in(upload).items()} == expected
    better = look_at(newspaper, sent("2024-12-06-2版.txt", BRIDGE.replace("六百", "六")))
    assert better.files.get().result == "kept" and take_in(better)["2024-12-06-2版.txt"].result == "kept"


def test_two_files_of_one_upload_that_claim_one_place_are_said_in_the_preview(newspaper):
    upload = look_at(newspaper, sent("2024-12-06-02.txt"), sent("2024-12-06-2版.txt", SCHOOL))
    assert "版次暂缺" in upload.files.get(name="2024-12-06-2版.txt").reason


def test_pictures_go_with_the_text_of_their_name(newspaper, settings):
    upload = look_at(newspaper, sent("2024-12-06-02.txt"), sent("2024-12-06-02.png", PNG))
    assert upload.files.get().picture_sha256 and not settings.MEDIA_ROOT.exists()
    page = take_in(upload)["2024-12-06-02.txt"].page
    assert page.facsimile.read() == PNG


def test_the_encoding_that_was_said_is_used(newspaper):
    upload = look_at(newspaper, sent("a.txt", BRIDGE.encode("utf-16-le")), encoding="utf-16-le")
    assert take_in(upload)["a.txt"].page.encoding == "utf-16-le" and Article.objects.get().headline


def test_one_that_was_given_up_is_neither_imported_nor_kept(newspaper):
    upload = look_at(newspaper, sent("a.txt"))
    uploads.discard(upload)
    work()
    assert upload.state == State.DISCARDED and not folder_of(upload).exists() and not Page.objects.exists()
    with pytest.raises(UploadRefused):
        uploads.ask_for_import(upload)


def test_an_import_without_a_chosen_file_is_refused(newspaper):
    upload = look_at(newspaper, sent("a.txt"))
    say(upload, "a.txt", chosen=False)
    with pytest.raises(UploadRefused, match="勾选"):
        uploads.ask_for_import(upload)


def test_a_stopped_import_goes_on_in_its_run_without_doing_a_file_twice(newspaper):
    picture = sent("2024-12-06-02.png", PNG + bytes(BATCH_BYTES))  # so large that a batch ends with it
    pages = sent("2024-12-06-01.txt"), sent("2024-12-06-02.txt", SCHOOL), sent("2024-12-06-03.txt", BUS)
    upload = look_at(newspaper, *pages, picture)
    uploads.ask_for_import(upload)
    work_on(claim_next(lambda: True))
    upload.refresh_from_db()
    assert (upload.state, upload.done, Page.objects.count()) == (State.QUEUED, 2, 2)
    run = upload.run
    work()
    upload.refresh_from_db()
    assert (upload.state, upload.done, upload.run) == (State.DONE, 3, run)
    assert [o.result for o in run.outcomes.all()] == ["created"] * 3 and ImportRun.objects.count() == 1


def test_files_that_are_lost_fail_in_words_and_a_second_try_is_offered(newspaper):
    upload = look_at(newspaper, sent("a.txt"))
    uploads.ask_for_import(upload)
    uploads.remove_files(upload)
    work()
    upload.refresh_from_db()
    assert upload.state == State.FAILED and "重新上传" in upload.error
    uploads.try_again(upload)
    assert upload.state == State.WAITING


def test_a_worker_whose_upload_was_given_up_stops(newspaper):
    upload = receive(newspaper=newspaper, files=[sent("a.txt")])
    claim = claim_next(lambda: False)
    uploads.discard(upload)
    with pytest.raises(ClaimLost):
        claim.beat(1)
    work_on(claim)
    upload.refresh_from_db()
    assert upload.state == State.DISCARDED


def test_of_two_that_claim_one_upload_one_gets_it(newspaper):
    upload = receive(newspaper=newspaper, files=[sent("a.txt")])
    first = claim_next(lambda: False)
    assert isinstance(first, Claim) and claim_next(lambda: False) is None
    stale = first.upload.heartbeat_at - datetime.timedelta(minutes=2)
    Upload.objects.filter(pk=upload.pk).update(heartbeat_at=stale)
    second = claim_next(lambda: False)
    assert second.upload.pk == upload.pk
    with pytest.raises(ClaimLost):
        first.beat(1)
    second.beat(1)


def test_files_that_may_meet_are_looked_at_together_and_others_a_few_at_a_time(monkeypatch):
    monkeypatch.setattr("articles.importing.previewing.AT_ONCE", 2)
    keys = {"a": {"a", 1}, "b": {"b", 2}, "c": {"c", 3}, "d": {"d", 1, 3}, "e": {"e"}}
    assert sorted(map(sorted, batches_of(keys))) == [["a", "c", "d"], ["b", "e"]]


def test_a_preview_in_many_transactions_says_what_the_import_does(newspaper, monkeypatch):
    monkeypatch.setattr("articles.importing.previewing.AT_ONCE", 1)
    files = [sent(f"2024-12-06-{n:02}.txt", f"{BRIDGE}{n}") for n in (1, 2, 3)]
    files += [sent("2024-12-06-2版.txt", SCHOOL), sent("2024-12-07-01.txt", f"{BRIDGE}1"), sent("丙.txt", f"{BRIDGE}3")]
    upload = look_at(newspaper, *files)
    said = {f.name: f.result for f in upload.files.all()}
    assert sorted(said.values()) == ["created"] * 4 + ["duplicate"] * 2
    upload.files.update(chosen=True)  # a look unticks what is known
    assert {path: o.result for path, o in take_in(upload).items()} == said
