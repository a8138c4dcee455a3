"""Zip archives -> page files, read entry by entry. Nothing is unpacked to disk.

An entry that leaves the archive, is encrypted, is an archive or a link itself, or is packed to fill a disk is refused
by itself; the others are read.
"""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from ..extraction.ocr import is_layout_name
from .sources import (
    HAS_LAYOUT,
    MAX_TEXT_BYTES,
    NO_TEXT,
    PICTURE_SUFFIXES,
    Found,
    Source,
    is_page_name,
    is_unseen,
    stems_with_layout,
    words_for,
)

# A page of text packs some three times; what packs a thousand times is made to fill a disk.
MAX_ZIP_RATIO = 200
MAX_ZIP_ENTRIES = 200_000
# The directory of an archive is read into memory whole: some 50 bytes an entry and its name, in several objects.
MAX_ZIP_DIRECTORY = 16_000_000
OURS = ("/data/issue.json", "/data/backup.json")  # what this program writes itself (articles.keeping)
_END, _END_CHARS = struct.Struct("<4s4H2LH"), 22 + 65_535  # end record, and the longest comment behind it
_UTF8, _ENCRYPTED = 0x800, 0x1


def open_zip(path: Path, name: str, found: Found) -> Iterator[Source]:
    """The page files of an archive, in order of name."""
    try:
        if directory_size(path) > MAX_ZIP_DIRECTORY:
            yield Source(name, error=f"压缩包里的文件太多，超过上限 {MAX_ZIP_ENTRIES} 个，请分成几个。")
            return
        archive = zipfile.ZipFile(path)
    except Exception as error:  # a crafted directory of entries can provoke almost any
        yield Source(name, error=words_for(error))
        return
    with archive:
        entries = [e for e in archive.infolist() if not e.is_dir()]
        if len(entries) > MAX_ZIP_ENTRIES:
            yield Source(name, error=f"压缩包里有 {len(entries)} 个文件，超过上限 {MAX_ZIP_ENTRIES}，请分成几个。")
            return
        named = sorted(((entry_name(e), e) for e in entries), key=lambda pair: pair[0])
        if any(n.endswith("/bagit.txt") for n, _ in named) and any(n.endswith(OURS) for n, _ in named):
            yield Source(name, error="这是导出的一期或备份，不是版面文件。请用 manage.py import_issue 或 restore。")
            return
        pictures = {_stem(n): (n, e) for n, e in named if PurePosixPath(n).suffix.lower() in PICTURE_SUFFIXES}
        layouts = stems_with_layout(_of_entry(archive, e, n) for n, e in named if is_layout_name(n))
        used = set()
        for own, entry in named:
            if any(is_unseen(part) for part in PurePosixPath(own).parts):
                found.tell(f"{name}/{own}")
                continue
            if is_page_name(own) or own.lower().endswith(".zip"):
                source = _of_entry(archive, entry, f"{name}/{own}")
                if not source.is_page():
                    found.ignore(f"{name}/{own}")
                    continue
                if _stem(own) in layouts and not is_layout_name(own):
                    found.ignore(f"{name}/{own}", HAS_LAYOUT)
                    continue
                if picture := pictures.get(_stem(own)):
                    used.add(_stem(own))
                    source.picture = _of_entry(archive, picture[1], f"{name}/{picture[0]}")
                yield source
            elif PurePosixPath(own).suffix.lower() not in PICTURE_SUFFIXES:
                found.ignore(f"{name}/{own}")
        for stem in pictures.keys() - used:
            found.ignore(f"{name}/{pictures[stem][0]}", NO_TEXT)


def directory_size(path: Path) -> int:
    """Bytes of an archive's directory by its end record (APPNOTE 4.3.16), before anything is read into memory.

    An archive without one is left to `zipfile`, which refuses it; one whose record says "see the 64-bit record" has a
    directory far beyond the limit, or lies.
    """
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _END_CHARS))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    return int(_END.unpack_from(tail, at)[5]) if 0 <= at <= len(tail) - _END.size else 0


def _stem(name: str) -> str:
    return str(PurePosixPath(name).with_suffix(""))


def entry_name(entry: zipfile.ZipInfo) -> str:
    """The name as meant: without the format's mark for UTF-8, macOS writes UTF-8 all the same, Chinese Windows GBK."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return name.replace("\\", "/")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _of_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Source:
    own = entry_name(entry)
    if own.startswith("/") or ".." in PurePosixPath(own).parts or own[1:2] == ":":
        return Source(name, error="压缩包里的路径指向包外，已拒绝。")
    if own.lower().endswith(".zip"):
        return Source(name, error="压缩包里还有压缩包，请先解开。")
    if stat.S_ISLNK(entry.external_attr >> 16):
        return Source(name, error="压缩包里的这一项是链接，不是文件，已拒绝。")
    if entry.flag_bits & _ENCRYPTED:
        return Source(name, error="压缩包加了密码，请先解开。")
    if entry.file_size > MAX_TEXT_BYTES and entry.file_size > MAX_ZIP_RATIO * max(1, entry.compress_size):
        return Source(name, error="解开后大得不合常理（疑为压缩炸弹），已拒绝。")

    def open_entry() -> IO[bytes]:
        if archive.fp is None:  # the walk has moved on from this archive
            with zipfile.ZipFile(str(archive.filename)) as again:
                return again.open(entry)
        return archive.open(entry)

    return Source(name, entry.file_size, open_entry)
