"""Uploads that mean harm, or that nobody could import: each is refused in words, and the rest goes on."""

import io
import zipfile

import pytest

from articles.importing import uploads
from articles.importing.uploads import UploadRefused, name_files, receive, safe_name
from articles.models import Upload
from tests.importing.paper import BRIDGE, BUS, MARKET, SCHOOL
from tests.importing.sending import PNG, State, look_at, sent, take_in, zipped


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR


def test_a_zip_is_read_entry_by_entry_and_what_is_hostile_in_it_refused(newspaper, var):
    with pytest.warns(UserWarning, match="Duplicate"):
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("2024-12-06/02.txt", BRIDGE)
            archive.writestr("2024-12-06/02.txt", SCHOOL)
            archive.writestr("../../逃.txt", MARKET)
            archive.writestr("/etc/绝对.txt", MARKET)
            archive.writestr("炸弹.txt", b"0" * (40 * 2**20))
            archive.writestr("套.zip", zipped({"a.txt": BUS}))
    upload = look_at(newspaper, sent("日.zip", data.getvalue()))
    reasons = {f.name: f.reason for f in upload.files.filter(result="failed")}
    assert upload.files.filter(result="created").count() == 1 and len(reasons) == 5
    assert any("炸弹" in r for r in reasons.values()) and any("包外" in r for r in reasons.values())
    assert any("同名" in r for r in reasons.values()) and any("先解开" in r for r in reasons.values())
    assert {p.name for p in var.rglob("*") if p.is_file()} == {"日.zip"}
    assert {o.result for o in take_in(upload).values()} == {"created"}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("运行.exe", b"MZ", "不收这种文件"),
        ("页.svg", b"<script>", "不收这种文件"),
        ("大.txt", b"0" * (2 * 2**20 + 1), "上限 2 MB"),
        ("02.jpg", PNG, "没有版面文字"),
    ],
)
def test_what_no_page_can_come_of_is_refused_with_nothing_kept(newspaper, var, name, content, words):
    with pytest.raises(UploadRefused, match=words):
        receive(newspaper=newspaper, files=[sent(name, content)])
    assert not Upload.objects.exists() and not list(var.rglob("*"))


def test_an_upload_larger_than_the_limit_is_refused(newspaper, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_UPLOAD_BYTES", 100)
    with pytest.raises(UploadRefused, match="上限"):
        receive(newspaper=newspaper, files=[sent("a.txt"), sent("b.txt")])


def test_two_thousand_files_are_refused_with_the_way_to_import_them(newspaper):
    many = {f"{n}.txt": f"第{n}号" for n in range(2000)}
    with pytest.raises(UploadRefused, match="import_pages"):
        receive(newspaper=newspaper, files=[sent(*item) for item in many.items()])
    upload = look_at(newspaper, sent("多.zip", zipped(many)))
    assert upload.state == State.FAILED and "import_pages" in upload.error and not upload.files.exists()


@pytest.mark.parametrize("data", [zipped({}), zipped({"说明.pdf": b"%PDF"}), b""])
def test_an_archive_without_pages_fails_in_words(newspaper, data):
    upload = look_at(newspaper, sent("空.zip", data))
    words = upload.error or upload.files.get().reason
    assert "没有版面文字" in words or "不是完好的" in words


def test_an_archive_whose_texts_would_fill_the_memory_fails_in_words(newspaper, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_TEXT_IN_ALL", 1000)
    upload = look_at(newspaper, sent("大.zip", zipped({f"{n}.txt": BRIDGE for n in range(9)})))
    assert upload.state == State.FAILED and "解开后" in upload.error


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\系统.txt", "系统.txt"),
        ("C:\\a:b.txt", "a-b.txt"),
        ("...txt", "txt"),
        ("a\x00b\n.txt", "a-x00b-n.txt"),
        ("", "_"),
    ],
)
def test_names_stay_in_their_folder(given, safe):
    assert safe_name(given) == safe


def test_long_names_and_twice_the_same_name_are_told_apart():
    long = "报" * 200 + ".txt"
    names = [name for name, _ in name_files([sent("02.txt"), sent("02.TXT"), sent(long), sent(".DS_Store", b"x")])]
    assert names[:2] == ["02.txt", "02~2.TXT"] and len(names) == 3
    assert len(names[2].encode()) <= 200 and names[2].endswith(".txt")


def test_an_archive_of_too_many_files_is_refused_unread(newspaper, var, monkeypatch):
    monkeypatch.setattr("articles.importing.archives.MAX_ZIP_DIRECTORY", 100)
    upload = look_at(newspaper, sent("满.zip", zipped({f"2024-12-06/{n:02}.txt": BUS for n in range(1, 9)})))
    assert "文件太多" in " ".join(file.reason for file in upload.files.all())


def test_a_text_of_lines_without_end_is_refused_before_it_is_split(newspaper):
    upload = look_at(newspaper, sent("02.txt", "甲\n" * 20_001), sent("2024-12-06-03.txt"))
    assert {f.name: f.result for f in upload.files.all()} == {"02.txt": "failed", "2024-12-06-03.txt": "created"}
    assert "超过上限 20000 行" in upload.files.get(result="failed").reason


def test_a_picture_larger_than_the_limit_is_refused(newspaper, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_PICTURE_BYTES", 20)
    with pytest.raises(UploadRefused, match="版面图的上限"):
        receive(newspaper=newspaper, files=[sent("02.txt"), sent("02.jpg", PNG)])


def test_archives_in_archives_are_not_opened_however_deep(newspaper):
    data = zipped({"2024-12-06/02.txt": BUS})
    for depth in range(5):
        data = zipped({f"{depth}.zip": data})
    upload = look_at(newspaper, sent("套.zip", data))
    assert [(f.result, "先解开" in f.reason) for f in upload.files.all()] == [("failed", True)]


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"<html><script>alert(1)</script>", b"GIF89a", b""])
def test_what_is_no_picture_becomes_no_facsimile(newspaper, content):
    upload = take_in(look_at(newspaper, sent("2024-12-06-02.txt"), sent("2024-12-06-02.jpg", content)))
    (outcome,) = upload.values()
    assert outcome.result == "created" and not outcome.page.facsimile
