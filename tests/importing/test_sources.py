"""Files, folders and archives as they come: every file is found once, and what cannot be read says why."""

import os
import zipfile

import pytest

from articles.importing.sources import MAX_TEXT_BYTES, Found, UnreadableSource, readable
from articles.importing.walking import find_sources
from tests.importing.paper import BRIDGE, SCHOOL, write_pages, write_zip

ROOT = os.geteuid() == 0


def found_in(*paths):
    """{name: text, or the words of what is wrong}."""
    seen = {}
    for source in find_sources(list(paths)):
        try:
            seen[source.name] = source.read().decode()
        except UnreadableSource as error:
            seen[source.name] = f"! {error}"
    return seen


def said_of(path):
    (words,) = found_in(path).values()
    return words


def test_pages_are_found_in_order_of_name_and_the_rest_is_counted(tmp_path):
    write_pages(tmp_path / "in", {"b.txt": "乙", "a/c.md": "丙", "x.pdf": b"", "README.md": "", ".hidden.txt": "无"})
    found = Found()
    assert [s.name for s in find_sources([tmp_path / "in"], found)] == ["in/a/c.md", "in/b.txt"]
    assert found.ignored == {".pdf": 1, ".md": 1}


def test_a_file_given_by_name_is_a_page_whatever_its_suffix(tmp_path):
    write_pages(tmp_path, {"page.ocr": "甲"})
    assert found_in(tmp_path / "page.ocr") == {"page.ocr": "甲"}


def test_archives_are_read_in_place(tmp_path):
    path = write_zip(tmp_path / "week.zip", {"2024-12-06/02.txt": "甲", "2024-12-06/01.txt": "乙", "x.json": "{}"})
    assert found_in(tmp_path) == {
        f"{tmp_path.name}/week.zip/2024-12-06/01.txt": "乙",
        f"{tmp_path.name}/week.zip/2024-12-06/02.txt": "甲",
    }
    assert list(tmp_path.iterdir()) == [path]


def test_a_picture_of_the_same_stem_belongs_to_the_page(tmp_path):
    write_pages(tmp_path / "in", {"02.txt": "甲", "02.JPG": b"\xff\xd8\xff", "03.txt": "乙"})
    pictures = {s.name: s.picture and s.picture.name for s in find_sources([tmp_path / "in"])}
    assert pictures == {"in/02.txt": "in/02.JPG", "in/03.txt": None}


def test_a_picture_in_an_archive_can_be_read_after_the_archive(tmp_path):
    path = write_zip(tmp_path / "a.zip", {"02.txt": "甲", "02.png": b"\x89PNG\r\n\x1a\n"})
    (source,) = list(find_sources([path]))
    assert source.picture.read().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["../../etc/x.txt", "/etc/x.txt", "C:\\x.txt", "a/../../x.txt", "..\\x.txt"])
def test_a_path_that_leaves_its_archive_is_refused(tmp_path, name):
    path = write_zip(tmp_path / "a.zip", {name: "甲", "ok.txt": "乙"})
    words = found_in(path)
    assert sorted(words.values()) == ["! 压缩包里的路径指向包外，已拒绝。", "乙"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip"]


def test_a_zip_bomb_is_refused(tmp_path):
    path = write_zip(tmp_path / "bomb.zip", {"02.txt": b"\0" * (300 * 2**20), "03.txt": "乙"})
    assert list(found_in(path).values()) == ["! 解开后大得不合常理（疑为压缩炸弹），已拒绝。", "乙"]


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path):
    path = write_zip(tmp_path / "bomb.zip", {"02.txt": b"\0" * (30 * 2**20)})
    data = path.read_bytes()
    path.write_bytes(data.replace((30 * 2**20).to_bytes(4, "little"), (30).to_bytes(4, "little")))
    assert said_of(path).startswith("! 不是完好的 ZIP")


def test_an_encrypted_entry_is_refused(tmp_path):
    path = write_zip(tmp_path / "a.zip", {"02.txt": "甲"})
    data = bytearray(path.read_bytes())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + offset] |= 1
    path.write_bytes(data)
    assert said_of(path) == "! 压缩包加了密码，请先解开。"


def test_an_archive_in_an_archive_is_refused(tmp_path):
    inner = write_zip(tmp_path / "inner.zip", {"02.txt": "甲"})
    path = write_zip(tmp_path / "outer.zip", {"inner.zip": inner.read_bytes()})
    assert said_of(path) == "! 压缩包里还有压缩包，请先解开。"


def test_a_link_in_an_archive_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        entry = zipfile.ZipInfo("02.txt")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    assert "链接" in said_of(tmp_path / "a.zip")


@pytest.mark.parametrize("damage", [lambda d: b"PK\x03\x04 no zip", lambda d: d[: len(d) // 2], lambda d: b""])
def test_a_corrupt_archive_says_so(tmp_path, damage):
    path = write_zip(tmp_path / "a.zip", {"02.txt": BRIDGE, "03.txt": SCHOOL})
    path.write_bytes(damage(path.read_bytes()))
    assert said_of(path) == "! 不是完好的 ZIP 压缩包，请重新打包。"


def test_one_corrupt_entry_leaves_the_others(tmp_path):
    path = write_zip(tmp_path / "a.zip", {"02.txt": BRIDGE, "03.txt": SCHOOL})
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    words = found_in(path)
    assert words["a.zip/02.txt"] == "! 不是完好的 ZIP 压缩包，请重新打包。" and words["a.zip/03.txt"] == SCHOOL


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_in_archives_made_on_chinese_systems_are_read(tmp_path, encoding):
    raw = "长街版.txt".encode(encoding)
    path = write_zip(tmp_path / "a.zip", {"x" * len(raw): "甲"})
    path.write_bytes(path.read_bytes().replace(b"x" * len(raw), raw))
    path.rename(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert not archive.infolist()[0].flag_bits & 0x800
    assert list(found_in(tmp_path / "b.zip")) == ["b.zip/长街版.txt"]


def test_a_folder_that_links_back_is_walked_once(tmp_path):
    write_pages(tmp_path / "in", {"a/02.txt": "甲"})
    (tmp_path / "in/a/back").symlink_to(tmp_path / "in")
    (tmp_path / "in/self.txt").symlink_to(tmp_path / "in/self.txt")
    words = found_in(tmp_path / "in", tmp_path / "in")
    assert words == {"in/a/02.txt": "甲", "in/self.txt": "! 不是普通文件，或链接指向的文件不存在。"}


def test_folders_in_folders_without_end_are_left(tmp_path):
    deep = tmp_path / "in"
    for _ in range(80):
        deep = deep / "d"
    write_pages(deep, {"02.txt": "甲"})
    assert "60 层" in said_of(tmp_path / "in")


@pytest.mark.skipif(ROOT, reason="root reads everything")
def test_a_file_without_permission_says_so(tmp_path):
    write_pages(tmp_path, {"02.txt": "甲"})
    (tmp_path / "02.txt").chmod(0)
    assert said_of(tmp_path / "02.txt") == "! 没有读取权限，请检查文件的权限。"


@pytest.mark.skipif(not os.path.exists("/proc/self/mem"), reason="no file here fails to be read")
def test_a_file_that_fails_while_it_is_read_says_so(tmp_path):
    (tmp_path / "02.txt").symlink_to("/proc/self/mem")
    write_pages(tmp_path, {"03.txt": "甲"})
    words = list(found_in(tmp_path).values())
    assert words[0].startswith("! 读不出来：") and words[1] == "甲"


def test_what_is_no_plain_file_says_so(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    os.mkfifo(tmp_path / "pipe.zip")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    assert set(found_in(tmp_path).values()) == {"! 不是普通文件，或链接指向的文件不存在。"}
    assert said_of(tmp_path / "pipe.zip") == "! 不是普通文件。"
    assert said_of(tmp_path / "nothing.txt") == "! 找不到这个文件或文件夹。"


def test_a_name_that_no_disk_can_hold_says_so(tmp_path):
    assert said_of(tmp_path / ("长" * 300)).startswith("! ")


def test_a_folder_named_like_a_page_is_a_folder(tmp_path):
    write_pages(tmp_path / "in", {"02.txt/03.txt": "甲", "04.zip/05.txt": "乙"})
    assert found_in(tmp_path / "in") == {"in/02.txt/03.txt": "甲", "in/04.zip/05.txt": "乙"}


def test_a_huge_file_is_refused_without_being_read(tmp_path):
    with (tmp_path / "02.txt").open("wb") as file:
        file.truncate(200 * 2**20)
    assert said_of(tmp_path / "02.txt") == "! 文件有 200 MB，超过上限 2 MB，不像一版的文字。"


def test_the_largest_page_is_read(tmp_path):
    write_pages(tmp_path, {"02.txt": b"a" * MAX_TEXT_BYTES})
    assert len(said_of(tmp_path / "02.txt")) == MAX_TEXT_BYTES


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("第二版 🙂.txt", "第二版 🙂.txt"),
        ("a\nb\x1b[31m.txt", "a\\nb\\x1b[31m.txt"),
        (os.fsdecode("长街.txt".encode("gb18030")), "长街.txt"),
        (os.fsdecode(b"\xff\xfe.txt"), "\\xff\\xfe.txt"),
        ("\ud83d.txt", "\\xed\\xa0\\xbd.txt"),
    ],
)
def test_any_name_can_be_written_down(name, words):
    assert readable(name).encode().decode() == words
