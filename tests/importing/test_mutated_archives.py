"""Any bytes for an archive: page files or words, in bounded time and memory, never an error of the program."""

import io
import struct
import zipfile

from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.importing.archives import MAX_ZIP_RATIO, directory_size, open_zip
from articles.importing.sources import MAX_TEXT_BYTES, Found, UnreadableSource

TEXT = "老堤合龙\n\n入冬以来，堤上每天都有人值守。\n".encode()


def archive(method=zipfile.ZIP_DEFLATED):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as made:
        made.writestr("2024-12-06/02.txt", TEXT)
        made.writestr("2024-12-06/02.jpg", b"\xff\xd8\xff" + b"0" * 60)
        made.writestr("说明.pdf", b"%PDF")
        made.writestr("2024-12-06/03.md", TEXT * 3)
    return data.getvalue()


WHOLE = [archive(), archive(zipfile.ZIP_STORED), archive(zipfile.ZIP_LZMA)]
CHANGES = st.lists(
    st.tuples(st.integers(0, len(WHOLE[2]) - 1), st.sampled_from([0, 1, 0x7F, 0x80, 0xFF, ord("/"), ord(".")])),
    max_size=8,
)


def read_all(path, data):
    path.write_bytes(data)
    texts = []
    for source in open_zip(path, "日.zip", Found()):
        for each in filter(None, (source, source.picture)):
            try:
                texts.append(each.read())
            except UnreadableSource as error:
                assert str(error)
    return texts


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(WHOLE), CHANGES, st.integers(0, 60), st.binary(max_size=20))
@example(WHOLE[0], [], 0, b"")
def test_a_damaged_archive_gives_texts_or_words(tmp_path_factory, whole, changes, cut, tail):
    data = bytearray(whole)
    for at, byte in changes:
        data[at % len(data)] = byte
    texts = read_all(tmp_path_factory.getbasetemp() / "mutated.zip", bytes(data[: len(data) - cut]) + tail)
    assert all(len(text) <= MAX_TEXT_BYTES for text in texts)
    if not changes and not cut:
        assert TEXT in texts and TEXT * 3 in texts


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_no_archive(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "bytes.zip"
    read_all(path, b"PK\x03\x04" + data)
    assert directory_size(path) >= 0


def test_sizes_that_an_archive_lies_about_are_not_believed(tmp_path):
    """An entry says that it is small, and unpacks to more than a page may have."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("02.txt", b"0" * (MAX_TEXT_BYTES * 3))
    lying, real = bytearray(data.getvalue()), struct.pack("<L", MAX_TEXT_BYTES * 3)
    while (at := lying.find(real)) >= 0:
        lying[at : at + 4] = struct.pack("<L", 10)
    assert all(len(text) <= 10 for text in read_all(tmp_path / "lying.zip", bytes(lying)))


def test_a_bomb_is_refused_by_its_ratio_and_unread(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("02.txt", b"0" * (MAX_TEXT_BYTES + 1))
    (source,) = open_zip(path, "bomb.zip", Found())
    assert path.stat().st_size * MAX_ZIP_RATIO < MAX_TEXT_BYTES * 2 and "炸弹" in source.error


def test_what_overlaps_in_an_archive_is_read_once(tmp_path):
    """Entries that all point at the same bytes (an overlap bomb) are refused."""
    with zipfile.ZipFile(tmp_path / "one.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("00.txt", TEXT)
        info = made.infolist()[0]
        for number in range(1, 50):
            twin = zipfile.ZipInfo(f"{number:02}.txt")
            for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset", "create_version"):
                setattr(twin, name, getattr(info, name))
            twin.external_attr, twin.flag_bits = info.external_attr, info.flag_bits
            made.filelist.append(twin)
            made.NameToInfo[twin.filename] = twin
    texts = read_all(tmp_path / "again.zip", (tmp_path / "one.zip").read_bytes())
    assert texts == [TEXT]
