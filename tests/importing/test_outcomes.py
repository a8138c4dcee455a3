"""What becomes of a file: every outcome, and what each leaves in the archive."""

import datetime

import pytest

from articles import corrections
from articles.importing.paths import shown_path
from articles.models import Article, Doubt, FormerAddress, ImportRun, Issue, Page, SearchDocument
from articles.search import parse_query, search
from articles.search.documents import check
from tests.desk import article_of, block_at, check_whole
from tests.importing.paper import (
    BRIDGE,
    BUS,
    MARKET,
    SCHOOL,
    dump,
    import_files,
    jumping_issue,
    results,
    write_pages,
    write_zip,
)

DAY = datetime.date(2024, 12, 6)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
JPEG = b"\xff\xd8\xff" + bytes(60)


def codes(page):
    return {doubt.code for doubt in page.doubts.all()}


def edit(page, editor, words="柳青禾"):
    corrections.set_name(page=page, name=words, user=editor)


def test_a_dated_page_is_created_with_what_its_path_says(newspaper, tmp_path):
    write_pages(tmp_path, {"青杨日报-20241206-02版-要闻.txt": BRIDGE})
    ((_, result, reason, page),) = import_files(newspaper, tmp_path)
    assert (result, reason) == ("created", "")
    assert (page.issue.date, page.number, page.name, page.issue.date_known) == (DAY, "2", "要闻", "path")
    assert page.get_absolute_url() == "/qingyang/2024-12-06/2/" and page.original.data.decode() == BRIDGE
    article = Article.objects.get()
    assert article.headline == "青杨渡石桥修缮完工" and [c.name for c in article.credits.all()] == ["柳青禾"]
    check_whole([page])
    assert not check().faults and not codes(page) & {"date_unknown", "number_unknown"}


def test_a_masthead_says_day_number_and_name(newspaper, tmp_path):
    write_pages(tmp_path, {"000_08d0.txt": f"青杨日报 2024年12月6日 星期五 第2版 要闻\n\n{BRIDGE}"})
    ((*_, page),) = import_files(newspaper, tmp_path)
    assert (page.issue.date, page.number, page.name, page.issue.date_known) == (DAY, "2", "要闻", "masthead")


def test_a_masthead_of_another_newspaper_is_doubted(newspaper, tmp_path):
    write_pages(tmp_path, {"000_08d0.txt": f"南塘晚报 2024年12月6日 星期五 第2版 要闻\n\n{BRIDGE}"})
    ((*_, page),) = import_files(newspaper, tmp_path)
    assert "南塘晚报" in page.doubts.get(code="other_newspaper").text


def test_a_day_that_the_text_speaks_of_is_inferred_with_evidence_and_a_doubt(newspaper, tmp_path):
    write_pages(tmp_path, {"000_08d0c8ca87b91970.txt": f"{BRIDGE}\n\n2024年12月5日，青杨渡举行了通桥仪式。"})
    ((*_, page),) = import_files(newspaper, tmp_path)
    assert page.issue.date == DAY and page.issue.date_known == "inferred" and page.date_inferred
    assert "12月5日" in page.date_evidence and page.date_evidence in page.doubts.get(code="date_inferred").text
    assert "number_unknown" in codes(page) and page.get_absolute_url() == f"/qingyang/2024-12-06/page-{page.pk}/"


def test_a_page_of_no_known_day_waits_in_the_tray_and_is_never_public(newspaper, tmp_path, client, admin_user):
    write_pages(tmp_path, {"000_08d0c8ca87b91970.txt": BRIDGE})
    ((*_, page),) = import_files(newspaper, tmp_path)
    article = Article.objects.get()
    assert page.issue is None and page in Page.objects.in_tray() and "date_unknown" in codes(page)
    assert page not in Page.objects.visible_to(None) and article not in Article.objects.visible_to(None)
    assert not SearchDocument.objects.exists() and page in Page.objects.visible_to(admin_user)
    assert client.get(article.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("encoding", "known_as"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("gb18030", "gb18030"),
    ],
)
def test_text_is_read_in_whatever_encoding(newspaper, tmp_path, encoding, known_as):
    write_pages(tmp_path, {"2024-12-06/02.txt": BRIDGE.replace("\n", "\r\n")}, encoding)
    ((_, result, reason, page),) = import_files(newspaper, tmp_path)
    assert (result, reason, page.source_text, page.encoding) == ("created", "", BRIDGE, known_as)


def test_big5_is_read(newspaper, tmp_path):
    text = "老街燈會今夜開幕\n\n昨日,青石縣老街燈會準備就緒。縣裡的手藝人用三個月時間紮了兩百多盞花燈。"
    write_pages(tmp_path, {"2024-12-06/02.txt": text}, "big5")
    ((*_, page),) = import_files(newspaper, tmp_path)
    assert (page.source_text, page.encoding) == (text, "big5")


def test_a_named_encoding_overrides_and_a_wrong_reading_is_redone(newspaper, tmp_path):
    write_pages(tmp_path, {"000_08d0.txt": BRIDGE}, "gb18030")
    ((_, result, _, wrong),) = import_files(newspaper, tmp_path, encoding="utf-16-le")
    assert result == "created" and wrong.source_text != BRIDGE
    (tmp_path / "000_08d0.txt").rename(tmp_path / "moved.txt")
    ((_, result, _, page),) = import_files(newspaper, tmp_path, encoding="gb18030")
    assert result == "revised" and page == wrong and page.source_text == BRIDGE


def test_damaged_bytes_stay_visible_and_are_reported(newspaper, tmp_path):
    data = BRIDGE.encode("gb18030")
    write_pages(tmp_path, {"2024-12-06/02.txt": data[:-1] + b"\xff"})
    ((_, result, reason, page),) = import_files(newspaper, tmp_path)
    assert result == "created" and "字节损坏" in reason and "\ufffd" in page.source_text
    doubt = page.doubts.get(code="damaged")
    assert page.source_text[doubt.start : doubt.end] == "\ufffd"


def test_control_characters_are_stripped_and_reported(newspaper, tmp_path):
    write_pages(tmp_path, {"2024-12-06/02.txt": BRIDGE.replace("石桥", "石\x00桥\x0b")})
    ((_, result, reason, page),) = import_files(newspaper, tmp_path)
    assert result == "created" and "控制字符" in reason and page.source_text == BRIDGE


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"\x00" * 100, "空的"),
        (b" \n\n \n", "空的"),
        ("，。！\n……".encode(), "标点"),
        (bytes(range(256)) * 40, "不是文本"),
        (PNG, "PNG"),
    ],
)
def test_what_is_no_page_fails_with_words_and_stops_no_other(newspaper, tmp_path, content, words):
    write_pages(tmp_path, {"2024-12-06/01.txt": content, "2024-12-06/02.txt": BRIDGE})
    failed, created = import_files(newspaper, tmp_path)
    assert failed[1] == "failed" and words in failed[2] and failed[3] is None
    assert created[1] == "created" and Page.objects.count() == 1


def test_a_page_of_ten_thousand_short_lines_is_kept_whole(newspaper, tmp_path):
    write_pages(tmp_path, {"2024-12-06/02.txt": "\n".join(f"{i}号" for i in range(10_000))})
    ((_, result, _, page),) = import_files(newspaper, tmp_path)
    assert result == "created"
    check_whole([page])


def test_a_picture_of_the_same_stem_becomes_the_facsimile(newspaper, tmp_path, settings):
    write_pages(tmp_path / "in", {"2024-12-06/02.txt": BRIDGE, "2024-12-06/02.png": PNG})
    ((_, _, reason, page),) = import_files(newspaper, tmp_path / "in")
    assert reason == "" and page.facsimile.read() == PNG
    assert [p.name for p in settings.MEDIA_ROOT.rglob("*.*")] == [page.facsimile.name.rpartition("/")[2]]


def test_a_picture_is_named_for_what_it_is(newspaper, tmp_path):
    write_pages(tmp_path / "in", {"2024-12-06/02.txt": BRIDGE, "2024-12-06/02.png": JPEG})
    ((*_, page),) = import_files(newspaper, tmp_path / "in")
    assert page.facsimile.name.endswith(".jpg")


@pytest.mark.parametrize(
    ("name", "data"), [("02.png", b"<html>"), ("02.webp", b"RIFF0000WAVE"), ("02.tif", b"II*\x00")]
)
def test_what_browsers_do_not_show_is_no_facsimile_and_is_noted(newspaper, tmp_path, name, data):
    write_pages(tmp_path / "in", {"2024-12-06/02.txt": BRIDGE, f"2024-12-06/{name}": data})
    ((_, result, reason, page),) = import_files(newspaper, tmp_path / "in")
    assert result == "created" and not page.facsimile and name in reason and "未采用" in reason


def test_a_picture_that_comes_later_or_is_better_is_taken(newspaper, tmp_path):
    folder = write_pages(tmp_path / "in", {"2024-12-06/02.txt": BRIDGE})
    import_files(newspaper, folder)
    for picture in (PNG, JPEG):
        write_pages(folder, {"2024-12-06/02.png": picture})
        ((_, result, reason, page),) = import_files(newspaper, folder)
        assert (result, reason) == ("revised", "更新版面图。") and page.facsimile.read() == picture
    assert results(import_files(newspaper, folder)) == [("02.txt", "unchanged")]


def test_a_media_folder_that_cannot_be_written_costs_the_picture_only(newspaper, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.write_text("no folder")
    write_pages(tmp_path / "in", {"2024-12-06/02.txt": BRIDGE, "2024-12-06/02.png": PNG})
    ((_, result, reason, page),) = import_files(newspaper, tmp_path / "in")
    assert result == "created" and "版面图存不下来" in reason and not page.facsimile
    settings.MEDIA_ROOT = tmp_path / "other"
    ((_, result, _, page),) = import_files(newspaper, tmp_path / "in")
    assert result == "revised" and page.facsimile.read() == PNG


def test_the_same_folder_again_changes_nothing(newspaper, tmp_path):
    folder = jumping_issue(tmp_path)
    write_pages(
        folder,
        {
            "x/000_08d0.txt": f"木料\n\n{SCHOOL}",
            "2024-12-06/02-b.txt": "同一版次的另一篇文字，说的是晒谷场上的露天电影。",
            "y/001.txt": f"{BUS}\n\n2024年12月5日，新班表贴了出来。",
            "y/001-copy.txt": BRIDGE,
            "z/000_08d0.txt": f"木料\n\n{SCHOOL}",
            "empty.txt": "",
        },
    )
    first = import_files(newspaper, folder)
    before = dump()
    second = import_files(newspaper, folder)
    assert dump() == before
    assert {r for _, r in results(second)} == {"unchanged", "duplicate", "failed"}
    assert [n for n, r in results(first) if r == "duplicate"] == [n for n, r in results(second) if r == "duplicate"]
    assert ImportRun.objects.count() == 2 and ImportRun.objects.latest("pk").outcomes.count() == len(second)


def test_a_moved_or_packed_folder_changes_nothing(newspaper, tmp_path):
    folder = write_pages(tmp_path / "in", {"2024-12-06/02.txt": BRIDGE, "2024-12-06/000_ab.txt": SCHOOL})
    import_files(newspaper, folder)
    before = dump()
    moved = folder.rename(tmp_path / "moved")
    packed = write_zip(tmp_path / "in.zip", {"2024-12-06/02.txt": BRIDGE, "2024-12-06/000_ab.txt": SCHOOL})
    assert {r for _, r in results(import_files(newspaper, moved, packed))} == {"unchanged", "duplicate"}
    assert {r for _, r in results(import_files(newspaper, packed))} == {"unchanged"}
    assert dump() == before


def test_the_same_text_under_another_day_number_or_name_is_a_duplicate(newspaper, tmp_path):
    folder = write_pages(tmp_path / "in", {"2024-12-06/02.txt": BRIDGE})
    ((*_, page),) = import_files(newspaper, folder)
    before = dump()
    for name, words in (
        ("2024-12-07/02.txt", "日期却是2024-12-07"),
        ("2024-12-06/03.txt", "版次却是3"),
        ("2024-12-06_2/02.txt", "第2期"),
        ("other.txt", "文件名不同"),
    ):
        copy = write_pages(tmp_path / "copy" / words, {name: BRIDGE})
        ((_, result, reason, met),) = import_files(newspaper, copy)
        assert result == "duplicate" and words in reason and shown_path(page.source_path) in reason and met == page
        assert str(tmp_path) not in reason
    assert dump() == before


def test_a_copy_within_one_import_is_a_duplicate(newspaper, tmp_path):
    folder = write_pages(tmp_path, {"a/000_ab.txt": BRIDGE, "b/000_ab.txt": BRIDGE})
    assert [r for _, r in results(import_files(newspaper, folder))] == ["created", "duplicate"]


def test_a_better_text_replaces_the_old_which_is_kept(newspaper, tmp_path):
    folder = write_pages(tmp_path, {"2024-12-06/02.txt": BRIDGE})
    ((*_, page),) = import_files(newspaper, folder)
    article = Article.objects.get()
    better = BRIDGE.replace("六百块", "八百块")
    write_pages(folder, {"2024-12-06/02.txt": better})
    ((_, result, reason, same),) = import_files(newspaper, folder)
    assert result == "revised" and same == page and "第1稿" in reason
    page.refresh_from_db()
    old = page.revisions.get()
    assert (page.source_text, page.revision) == (better, 2) and (old.source_text, old.revision) == (BRIDGE, 1)
    assert old.original.data.decode() == BRIDGE and "八百块" in Article.objects.get(pk=article.pk).body
    assert search(parse_query("八百块"), articles=Article.objects.all())[:5]
    check_whole([page])
    assert not check().faults


def test_a_text_that_was_replaced_is_not_put_back_by_an_older_folder(newspaper, tmp_path):
    old = write_pages(tmp_path / "old", {"2024-12-06/02.txt": BRIDGE})
    new = write_pages(tmp_path / "new", {"2024-12-06/02.txt": BRIDGE.replace("六百块", "八百块")})
    import_files(newspaper, old)
    assert results(import_files(newspaper, new)) == [("02.txt", "revised")]
    before = dump()
    ((_, result, reason, _),) = import_files(newspaper, old)
    assert result == "duplicate" and "第1稿的旧原文" in reason and dump() == before


def test_a_file_that_is_changed_back_is_followed(newspaper, tmp_path):
    for text in (BRIDGE, BRIDGE.replace("六百块", "八百块"), BRIDGE):
        write_pages(tmp_path, {"2024-12-06/02.txt": text})
        ((_, result, _, page),) = import_files(newspaper, tmp_path)
    assert result == "revised" and page.source_text == BRIDGE and page.revision == 3


def test_a_reused_name_does_not_replace_another_page(newspaper, tmp_path):
    for text in (BRIDGE, SCHOOL):
        write_pages(tmp_path, {"scan.txt": text})
        ((_, result, _, _),) = import_files(newspaper, tmp_path)
        assert result == "created"
    assert {p.source_text for p in Page.objects.all()} == {BRIDGE, SCHOOL}


def test_another_text_for_a_place_from_elsewhere_is_a_page_to_look_at(newspaper, tmp_path):
    write_pages(tmp_path, {"a/2024-12-06/02.txt": BRIDGE, "b/20241206_02.txt": SCHOOL})
    first, second = import_files(newspaper, tmp_path)
    assert first[1] == second[1] == "created" and "2024-12-06/02.txt" in second[2]
    assert second[3].number == "" and "number_taken" in codes(second[3])
    assert results(import_files(newspaper, tmp_path / "b")) == [("20241206_02.txt", "unchanged")]


def test_a_page_that_an_editor_touched_is_kept(newspaper, editor, tmp_path):
    folder = write_pages(tmp_path, {"2024-12-06/02.txt": BRIDGE})
    ((*_, page),) = import_files(newspaper, folder)
    corrections.edit_text(block=block_at(page, "青杨渡老石桥"), text="青杨渡老石桥修好了。", user=editor)
    before = dump()
    write_pages(folder, {"2024-12-06/02.txt": BRIDGE.replace("六百块", "八百块")})
    ((_, result, reason, _),) = import_files(newspaper, folder)
    assert result == "kept" and "编辑改过" in reason and dump() == before
    write_pages(folder, {"2024-12-06/02.txt": BRIDGE, "2024-12-06/02.jpg": JPEG})
    ((_, result, reason, _),) = import_files(newspaper, folder)
    assert result == "kept" and "版面图" in reason and dump() == before


def test_a_page_whose_only_act_was_undone_is_untouched(newspaper, editor, tmp_path):
    folder = write_pages(tmp_path, {"2024-12-06/02.txt": BRIDGE})
    ((*_, page),) = import_files(newspaper, folder)
    entry = corrections.set_name(page=page, name="要闻", user=editor)
    corrections.undo(entry=entry, user=editor)
    write_pages(folder, {"2024-12-06/02.txt": BRIDGE.replace("六百块", "八百块")})
    assert results(import_files(newspaper, folder)) == [("02.txt", "revised")]


def test_a_day_given_later_moves_the_page_and_its_old_address_redirects(newspaper, tmp_path, client):
    inferred = f"{BRIDGE}\n\n2024年12月5日，青杨渡举行了通桥仪式。"
    folder = write_pages(tmp_path, {"000_08d0.txt": inferred})
    ((*_, page),) = import_files(newspaper, folder)
    old = page.get_absolute_url()
    day = datetime.date(2024, 12, 10)
    ((_, result, reason, _),) = import_files(newspaper, folder, date=day, number="2", page_name="要闻")
    assert (result, reason) == ("revised", "更新日期、版次、版名。")
    page = Page.objects.get()
    assert (page.issue.date, page.issue.date_known, page.number, page.name) == (day, "given", "2", "要闻")
    assert not page.date_inferred and not codes(page) & {"date_inferred", "number_unknown"}
    assert client.get(old, follow=True).redirect_chain[-1][0] == "/qingyang/2024-12-10/2/"
    assert Article.objects.get().issue == page.issue and not check().faults
    assert results(import_files(newspaper, folder, date=day, number="2")) == [("000_08d0.txt", "unchanged")]


def test_a_page_in_the_tray_is_given_its_day_by_a_dated_path(newspaper, tmp_path):
    import_files(newspaper, write_pages(tmp_path / "a", {"000_08d0.txt": BRIDGE}))
    dated = write_pages(tmp_path / "b", {"2024-12-06/02.txt": BRIDGE})
    ((_, result, _, page),) = import_files(newspaper, dated)
    assert result == "revised" and (page.issue.date, page.number) == (DAY, "2")
    assert results(import_files(newspaper, dated)) == [("02.txt", "unchanged")]
    assert results(import_files(newspaper, tmp_path / "a")) == [("000_08d0.txt", "duplicate")]


def test_a_dated_path_outranks_a_masthead(newspaper, tmp_path):
    text = f"青杨日报 2024年12月5日 星期四 第2版\n\n{BRIDGE}"
    import_files(newspaper, write_pages(tmp_path / "a", {"000_08d0.txt": text}))
    folder = write_pages(tmp_path / "b", {"2024-12-06/02.txt": text})
    assert results(import_files(newspaper, folder)) == [("02.txt", "revised")]
    assert Page.objects.get().issue.date == DAY and FormerAddress.objects.get().path == "/qingyang/2024-12-05/2/"
    other_day = write_pages(tmp_path / "c", {"2024-12-07/02.txt": text})
    assert results(import_files(newspaper, other_day)) == [("02.txt", "duplicate")]


def test_a_touched_page_in_the_tray_is_not_moved(newspaper, editor, tmp_path):
    folder = write_pages(tmp_path, {"000_08d0.txt": BRIDGE})
    ((*_, page),) = import_files(newspaper, folder)
    edit(page, editor)
    ((_, result, reason, _),) = import_files(newspaper, folder, date=DAY)
    assert result == "kept" and "日期" in reason and Page.objects.get().issue is None


def test_a_number_that_becomes_known_but_is_taken_waits_for_an_editor(newspaper, tmp_path):
    write_pages(tmp_path, {"2024-12-06/02.txt": BRIDGE, "000_08d0.txt": SCHOOL})
    import_files(newspaper, tmp_path)
    ((_, result, reason, page),) = import_files(newspaper, tmp_path / "000_08d0.txt", date=DAY, number="2")
    page.refresh_from_db()
    assert result == "revised" and "版次未更新" in reason and (page.issue.date, page.number) == (DAY, "")
    assert "number_taken" in codes(page)


def test_an_address_that_another_page_left_is_the_new_pages_own(newspaper, editor, tmp_path, client):
    ((*_, page),) = import_files(newspaper, write_pages(tmp_path / "a", {"2024-12-06/02.txt": BRIDGE}))
    corrections.set_number(page=page, number="3", user=editor)
    import_files(newspaper, write_pages(tmp_path / "b", {"2024-12-06/02.txt": SCHOOL}))
    assert not FormerAddress.objects.exists()
    assert "木工课堂" in client.get("/qingyang/2024-12-06/2/").content.decode()


def test_the_number_of_an_issue_is_read_from_its_masthead(newspaper, tmp_path):
    write_pages(tmp_path, {"2024-12-06/01.txt": f"青杨日报 2024年12月6日 星期五 第8123期\n\n{BRIDGE}"})
    import_files(newspaper, tmp_path)
    assert Issue.objects.get().number == "8123"


def test_a_resplit_leaves_touched_pages_and_those_that_come_out_alike(newspaper, editor, tmp_path):
    folder = write_pages(tmp_path, {"2024-12-06/01.txt": BRIDGE, "2024-12-06/02.txt": SCHOOL, "2024-12-06/03.txt": BUS})
    _, touched, stale = (page for *_, page in import_files(newspaper, folder))
    edit(touched, editor)
    ids = set(Article.objects.values_list("pk", flat=True))
    # As an older program had split it: all of it one block of body.
    article = article_of(stale, "环湖公交")
    stale.blocks.exclude(start=0).delete()
    stale.blocks.update(role="body")
    outcomes = import_files(newspaper, folder, resplit=True)
    assert results(outcomes) == [("01.txt", "unchanged"), ("02.txt", "kept"), ("03.txt", "resplit")]
    article.refresh_from_db()
    assert article.headline == "环湖公交延长末班时间" and set(Article.objects.values_list("pk", flat=True)) == ids
    assert {r for _, r in results(import_files(newspaper, folder, resplit=True))} == {"unchanged", "kept"}


def test_a_resplit_of_linked_pages_changes_nothing(newspaper, tmp_path):
    folder = jumping_issue(tmp_path)
    import_files(newspaper, folder)
    before = dump()
    assert {r for _, r in results(import_files(newspaper, folder, resplit=True))} == {"unchanged"}
    assert dump() == before


def test_several_processes_write_the_same_rows_in_the_same_order(newspaper, tmp_path, django_user_model):
    folder = jumping_issue(tmp_path)
    write_pages(folder, {"x.txt": MARKET + "。", "empty.txt": ""})
    assert import_files(newspaper, folder, jobs=2)[0][1] == "created"
    parallel = dump(ids=False)
    for model in (Doubt, SearchDocument):
        model.objects.all().delete()
    Page.objects.all().delete()
    Article.objects.all().delete()
    Issue.objects.all().delete()
    import_files(newspaper, folder)
    assert dump(ids=False) == parallel
