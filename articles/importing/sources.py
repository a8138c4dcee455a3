"""Files, folders and zip archives -> page files, one at a time, with the picture that goes with each.

Whatever is wrong with one of them (unreadable, far too large, a path that leaves its archive) is said of that one and
stops no other. Nothing is unpacked to disk.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

TEXT_SUFFIXES = (".txt", ".md", ".text")
PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
PICTURE_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
# The fullest broadsheet page is some 15,000 characters, 45 KB; a file a hundred times that is no page.
MAX_TEXT_BYTES = 4 * 2**20
MAX_PICTURE_BYTES = 64 * 2**20
# A page of text packs some three times; what packs a thousand times is made to fill a disk.
MAX_ZIP_RATIO = 200
MAX_ZIP_ENTRIES = 200_000
_UNSEEN = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
_ABOUT = ("README", "LICENSE", "CHANGELOG", "CONTRIBUTING")  # files about a folder, not pages of it


class UnreadableSource(Exception):
    """A file that cannot be read as a page; the message says why and what to do."""


@dataclass
class Source:
    """A page file not yet read. `name` is its path as given, with `/`, zip entries behind their archive's name."""

    name: str
    size: int = 0
    opener: object = None  # () -> binary file
    picture: Source | None = None
    error: str = ""
    root: str = ""  # the folder that holds what was given

    @property
    def path(self) -> str:
        """The whole path: it tells the same file of another day, and the folders above may name the day."""
        return f"{self.root}/{self.name}" if self.root else self.name

    def read(self, limit: int = MAX_TEXT_BYTES) -> bytes:
        if self.error:
            raise UnreadableSource(self.error)
        if self.size > limit:
            raise UnreadableSource(f"文件有 {self.size / 2**20:.0f} MB，超过上限 {limit // 2**20} MB，不像一版的文字。")
        try:
            with self.opener() as file:  # type: ignore[operator]
                data = file.read(limit + 1)
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
            raise UnreadableSource(_words_for(error)) from error
        except Exception as error:  # zlib.error and whatever else a crafted archive provokes
            raise UnreadableSource(f"读不出来：{error}") from error
        if len(data) > limit:
            raise UnreadableSource(f"文件超过上限 {limit // 2**20} MB。")
        return data

    def read_picture(self) -> tuple[bytes, str] | None:
        """The picture of the same stem and its suffix; None without one. Raises UnreadableSource."""
        if self.picture is None:
            return None
        data = self.picture.read(MAX_PICTURE_BYTES)
        if not data.startswith(PICTURE_MAGIC):
            raise UnreadableSource(f"{PurePosixPath(self.picture.name).name} 不是 JPEG、PNG 或 WebP 图片，未采用。")
        return data, PurePosixPath(self.picture.name).suffix.lower()


@dataclass
class Found:
    """What a walk has passed over: counted, for the summary."""

    ignored: int = 0
    seen_folders: set[tuple[int, int]] = field(default_factory=set)


def find_sources(paths: list[Path], found: Found | None = None) -> Iterator[Source]:
    """Every page file under `paths`, in order of name. A path that is missing yields a source with an error."""
    found = found if found is not None else Found()
    for path in paths:
        root = str(path.resolve().parent)
        for source in _find_in(path, found):
            source.root = root
            yield source


def _find_in(path: Path, found: Found) -> Iterator[Source]:
    if path.is_dir():
        yield from _walk(path, path.resolve().name, found)
    elif path.suffix.lower() == ".zip":
        yield from _open_zip(path, path.name, found)
    elif path.is_file():
        yield _of_file(path, path.name, _picture_beside(path))
    else:
        yield Source(str(path), error="不是普通文件。" if os.path.lexists(path) else "找不到这个文件或文件夹。")


def is_page_name(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() in TEXT_SUFFIXES and path.stem.upper() not in _ABOUT


def _walk(folder: Path, name: str, found: Found) -> Iterator[Source]:
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError as error:
        yield Source(name, 0, error=_words_for(error))
        return
    if (status.st_dev, status.st_ino) in found.seen_folders:
        return  # a link that leads back
    found.seen_folders.add((status.st_dev, status.st_ino))
    pictures = {Path(e.name).stem: e for e in entries if Path(e.name).suffix.lower() in PICTURE_SUFFIXES}
    used = set()
    for entry in entries:
        path, label = Path(entry.path), f"{name}/{entry.name}"
        if entry.name.startswith(".") or entry.name in _UNSEEN:
            continue
        if entry.is_dir():
            yield from _walk(path, label, found)
        elif path.suffix.lower() == ".zip":
            yield from _open_zip(path, label, found)
        elif is_page_name(path.name):
            picture = pictures.get(path.stem)
            used.add(path.stem)
            yield _of_file(path, label, _of_file(Path(picture.path), f"{name}/{picture.name}") if picture else None)
        elif path.suffix.lower() not in PICTURE_SUFFIXES:
            found.ignored += 1
    found.ignored += len(pictures.keys() - used)


def _of_file(path: Path, name: str, picture: Source | None = None) -> Source:
    try:
        if not path.is_file():
            return Source(name, 0, error="不是普通文件，或链接指向的文件不存在。")
        size = path.stat().st_size
    except OSError as error:
        return Source(name, 0, error=_words_for(error))
    return Source(name, size, lambda: path.open("rb"), picture)


def _picture_beside(path: Path) -> Source | None:
    for suffix in PICTURE_SUFFIXES:
        for candidate in (path.with_suffix(suffix), path.with_suffix(suffix.upper())):
            if candidate.is_file():
                return _of_file(candidate, candidate.name)
    return None


def _open_zip(path: Path, name: str, found: Found) -> Iterator[Source]:
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        yield Source(name, 0, error=_words_for(error))
        return
    with archive:
        entries = [e for e in archive.infolist() if not e.is_dir()]
        if len(entries) > MAX_ZIP_ENTRIES:
            yield Source(name, 0, error=f"压缩包里有 {len(entries)} 个文件，超过上限 {MAX_ZIP_ENTRIES}，请分成几个。")
            return
        named = sorted(((_entry_name(e), e) for e in entries), key=lambda pair: pair[0])
        pictures = {
            str(PurePosixPath(n).with_suffix("")): _of_entry(archive, e, f"{name}/{n}")
            for n, e in named
            if PurePosixPath(n).suffix.lower() in PICTURE_SUFFIXES
        }
        for entry_name, entry in named:
            parts = PurePosixPath(entry_name).parts
            if any(part in _UNSEEN or (part.startswith(".") and part != "..") for part in parts):
                continue
            suffix = PurePosixPath(entry_name).suffix.lower()
            if is_page_name(PurePosixPath(entry_name).name) or suffix == ".zip":
                yield _of_entry(archive, entry, f"{name}/{entry_name}", pictures)
            elif suffix not in PICTURE_SUFFIXES:
                found.ignored += 1


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """The name as meant: archives made on Chinese Windows hold GBK names that the format calls cp437."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = entry.filename
    return name.replace("\\", "/")


def _of_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, pictures: dict[str, Source] | None = None
) -> Source:
    own = _entry_name(entry)
    if own.startswith("/") or ".." in PurePosixPath(own).parts or (len(own) > 1 and own[1] == ":"):
        return Source(name, 0, error="压缩包里的路径指向包外，已拒绝。")
    if own.lower().endswith(".zip"):
        return Source(name, 0, error="压缩包里还有压缩包，请先解开。")
    if entry.flag_bits & 0x1:
        return Source(name, 0, error="压缩包加了密码，请先解开。")
    if entry.file_size > MAX_TEXT_BYTES and entry.file_size > MAX_ZIP_RATIO * max(1, entry.compress_size):
        return Source(name, 0, error="解开后大得不合常理（疑为压缩炸弹），已拒绝。")

    def open_entry() -> IO[bytes]:
        return archive.open(entry)

    picture = (pictures or {}).get(str(PurePosixPath(own).with_suffix("")))
    return Source(name, entry.file_size, open_entry, picture)


def _words_for(error: BaseException) -> str:
    if isinstance(error, PermissionError):
        return "没有读取权限，请检查文件的权限。"
    if isinstance(error, FileNotFoundError):
        return "找不到这个文件。"
    if isinstance(error, zipfile.BadZipFile | EOFError):
        return "不是完好的 ZIP 压缩包，请重新打包。"
    if isinstance(error, OSError) and error.strerror:
        return f"读不出来：{error.strerror}。"
    return f"读不出来：{error}"
