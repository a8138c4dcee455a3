"""Files in one zip archive, each with its SHA-256: a bag (BagIt, RFC 8493), whether it is a backup or an issue.

    <name>/bagit.txt  bag-info.txt  manifest-sha256.txt  tagmanifest-sha256.txt  data/…

A bag is written from its beginning to its end and read member by member, so that neither needs memory for more than a
part of one. The same contents make the same bytes: no time of day is in it. Of a bag that is read, nothing is believed
before check(): each file that is there is named in a manifest and has the digest it gives, and none is missing.
"""

from __future__ import annotations

import hashlib
import re
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

PAYLOAD, MANIFEST, TAG_MANIFEST = "data/", "manifest-sha256.txt", "tagmanifest-sha256.txt"
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_TAGS = {"bagit.txt", "bag-info.txt", MANIFEST, TAG_MANIFEST}
_TAG_BYTES = 256 * 2**20  # of a manifest: two million files
_LINE = re.compile(r"([0-9a-f]{64}) [ *](\S.*)")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CHUNK = 2**20
_ENCRYPTED = 0x1

Progress = Callable[[str], None]  # the name of the member at hand


class BadBag(Exception):
    """An archive that is no bag, or not whole; the message says what is wrong."""


class _ZipWriter(zipfile.ZipFile):
    def __del__(self) -> None:
        """One that was not closed is given up: its file is closed already, on a disk that took no more."""


class BagWriter:
    """Writes a bag into a file that is open for writing; close() makes it one."""

    def __init__(self, file: IO[bytes], name: str):
        self.name, self.size, self.sums = name, 0, dict[str, str]()
        self._zip = _ZipWriter(file, "w")

    @contextmanager
    def open(self, name: str, packed: bool = True) -> Iterator[Hashed]:
        """A file of the payload, to be written. Not `packed`: what is packed already, such as a picture."""
        with self._open(PAYLOAD + name, packed) as member:
            yield member
        self.sums[PAYLOAD + name] = member.digest
        self.size += member.size

    def add(self, name: str, data: bytes, packed: bool = True) -> None:
        with self.open(name, packed) as member:
            member.write(data)

    def close(self) -> None:
        info = f"Payload-Oxum: {self.size}.{len(self.sums)}\n"
        tags = {"bagit.txt": _DECLARATION, "bag-info.txt": info, MANIFEST: _manifest(self.sums)}
        digests = {}
        for name, text in tags.items():
            with self._open(name, True) as member:
                member.write(text.encode())
            digests[name] = member.digest
        with self._open(TAG_MANIFEST, True) as member:
            member.write(_manifest(digests).encode())
        self._zip.close()

    @contextmanager
    def _open(self, name: str, packed: bool) -> Iterator[Hashed]:
        entry = zipfile.ZipInfo(f"{self.name}/{name}", _EPOCH)
        entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        entry.external_attr = (stat.S_IFREG | 0o644) << 16
        with self._zip.open(entry, "w", force_zip64=True) as file:
            yield Hashed(file)


class Hashed:
    """A member that is being written, with the digest of what has been."""

    def __init__(self, file: IO[bytes]):
        self._file, self._hash, self.size = file, hashlib.sha256(), 0

    def write(self, data: bytes) -> None:
        self._hash.update(data)
        self.size += len(data)
        self._file.write(data)

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()


def _manifest(sums: dict[str, str]) -> str:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))


class Bag:
    """A bag that is read. Raises BadBag for what is none, at any time while it is read."""

    def __init__(self, path: Path):
        with telling_what_is_bad():
            self._zip = zipfile.ZipFile(path)
            self._entries = dict(self._name_all(self._zip.infolist()))
        self.sums: dict[str, str] = {}

    def __enter__(self) -> Bag:
        return self

    def __exit__(self, *exception: Any) -> None:
        self._zip.close()

    @property
    def names(self) -> list[str]:
        """The files of its payload."""
        return [name.removeprefix(PAYLOAD) for name in self._entries if name.startswith(PAYLOAD)]

    def __contains__(self, name: str) -> bool:
        return PAYLOAD + name in self._entries

    def size(self, name: str) -> int:
        return self._entries[PAYLOAD + name].file_size

    @property
    def packed_size(self) -> int:
        return sum(entry.compress_size for entry in self._entries.values())

    @property
    def unpacked_size(self) -> int:
        return sum(entry.file_size for entry in self._entries.values())

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        if name not in self:
            raise BadBag(f"缺少 {name}。")
        with telling_what_is_bad(), self._zip.open(self._entries[PAYLOAD + name]) as file:
            yield file

    def read(self, name: str, limit: int) -> bytes:
        with self.open(name) as file:
            return _all_of(file, name, limit)

    def check(self, progress: Progress | None = None) -> None:
        """Read the whole bag: every file is named, is there and has its digest."""
        if missing := _TAGS - self._entries.keys():
            raise BadBag(f"缺少 {'、'.join(sorted(missing))}，不是完整的文件。")
        with telling_what_is_bad():
            tags = self._read_manifest(TAG_MANIFEST)
            for name in _TAGS - {TAG_MANIFEST}:
                self._check_one(name, tags.get(name))
            if "BagIt-Version: 1.0" not in self._read_tag("bagit.txt"):
                raise BadBag("bagit.txt 不是 BagIt 1.0 的。")
            self.sums = self._read_manifest(MANIFEST)
            if missing := self.sums.keys() - self._entries.keys():
                raise BadBag(f"缺少清单里的 {min(missing)}。")
            for name in self._entries.keys() - _TAGS:
                if progress:
                    progress(name)
                self._check_one(name, self.sums.get(name))

    def digest(self, name: str) -> str:
        """What check() has found true."""
        return self.sums[PAYLOAD + name]

    def _check_one(self, name: str, digest: str | None) -> None:
        if digest is None:
            raise BadBag(f"清单里没有 {name}。")
        with self._zip.open(self._entries[name]) as file:
            found = hashlib.sha256()
            while chunk := file.read(_CHUNK):
                found.update(chunk)
        if found.hexdigest() != digest:
            raise BadBag(f"{name} 的校验和不符。")

    def _read_tag(self, name: str) -> str:
        with self._zip.open(self._entries[name]) as file:
            return _all_of(file, name, _TAG_BYTES).decode("utf-8")

    def _read_manifest(self, name: str) -> dict[str, str]:
        sums: dict[str, str] = {}
        for line in self._read_tag(name).splitlines():
            found = _LINE.fullmatch(line)
            if not found or found[2] in sums:
                raise BadBag(f"{name} 里有一行不对。")
            sums[found[2]] = found[1]
        return sums

    def _name_all(self, entries: Iterable[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
        """The files below the one folder that a bag is, by their paths in it."""
        seen, root = set[str](), None
        for entry in entries:
            if entry.is_dir():
                continue
            name = entry.filename
            parts = PurePosixPath(name).parts
            if "\\" in name or name != "/".join(parts) or len(parts) < 2 or set(parts) & {"..", ".", "/"}:
                raise BadBag(f"里面的路径 {name!r} 不对。")
            if root not in (None, parts[0]):
                raise BadBag("里面的文件不在同一个文件夹里。")
            if stat.S_ISLNK(entry.external_attr >> 16) or entry.flag_bits & _ENCRYPTED:
                raise BadBag(f"{name} 是链接，或加了密码。")
            if name in seen:
                raise BadBag(f"{name} 有两份。")
            seen.add(name)
            root = parts[0]
            yield "/".join(parts[1:]), entry


def _all_of(file: IO[bytes], name: str, limit: int) -> bytes:
    data = file.read(limit + 1)
    if len(data) > limit:
        raise BadBag(f"{name} 太大，超过上限 {limit // 2**20} MB。")
    return data


@contextmanager
def telling_what_is_bad() -> Iterator[None]:
    try:
        yield
    except (BadBag, OSError):
        raise
    except UnicodeDecodeError as error:
        raise BadBag("里面的文字不是 UTF-8。") from error
    except Exception as error:  # a crafted archive can provoke almost any
        raise BadBag(f"文件不完整或已损坏（{error}）。") from error
