"""One page file not yet read: its name, how to read it, the picture that goes with it, or what is wrong with it.

Whatever is wrong with a file (unreadable, far too large, damaged) is said of that one and stops no other.
"""

from __future__ import annotations

import os
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO

from ..extraction.ocr import LAYOUT_SUFFIXES, is_layout_name, looks_like_layout

TEXT_SUFFIXES = (".txt", ".md", ".text")
PAGE_SUFFIXES = (*TEXT_SUFFIXES, *LAYOUT_SUFFIXES)
# The last three are no pictures for the web: looked at so that whoever has them is told.
PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp")
# The fullest broadsheet page is some 15,000 characters, 45 KB; a file forty times that is no page.
MAX_TEXT_BYTES = 2 * 2**20
MAX_LAYOUT_BYTES = 16 * 2**20  # the same with some hundred bytes of places to a character
MAX_PICTURE_BYTES = 64 * 2**20
_ABOUT = ("README", "LICENSE", "CHANGELOG", "CONTRIBUTING")  # files about a folder, not pages of it
UNSEEN = "系统留下的或隐藏的文件。"
NO_TEXT = "图片没有主名相同的版面文字。"
HAS_LAYOUT = "同名的 ALTO 或 hOCR 文件已采用，这里的文字没有另收。"
_SNIFFED = 8192
MOST_NAMED = 200
_UNSEEN = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


class UnreadableSource(Exception):
    """A file that cannot be read as a page; the message says why and what to do."""


@dataclass
class Source:
    """A page file not yet read. `name` is its path as given, with `/`, zip entries behind their archive's name."""

    name: str
    size: int = 0
    opener: Callable[[], IO[bytes]] | None = None
    picture: Source | None = None
    error: str = ""
    root: str = ""  # the folder that holds what was given

    def __post_init__(self) -> None:
        self.name = readable(self.name)

    @property
    def path(self) -> str:
        """The whole path: it tells the same file of another day, and the folders above may name the day."""
        return f"{self.root}/{self.name}" if self.root else self.name

    @property
    def limit(self) -> int:
        return MAX_LAYOUT_BYTES if is_layout_name(self.name) else MAX_TEXT_BYTES

    def is_page(self) -> bool:
        """Is it a page file, and not other XML or HTML that lies beside them? One with an error is left to say so."""
        if not is_layout_name(self.name) or self.error or self.opener is None:
            return True
        try:
            with self.opener() as file:
                return looks_like_layout(file.read(_SNIFFED))
        except Exception:  # as in read(), which says what is wrong
            return True

    def read(self, limit: int = 0) -> bytes:
        limit = limit or self.limit
        if self.error or self.opener is None:
            raise UnreadableSource(self.error)
        if self.size > limit:
            raise UnreadableSource(f"文件有 {self.size / 2**20:.0f} MB，超过上限 {limit // 2**20} MB，不像一版的文字。")
        try:
            with self.opener() as file:
                data = file.read(limit + 1)
        except Exception as error:  # a crafted archive can provoke almost any
            raise UnreadableSource(words_for(error)) from error
        if len(data) > limit:
            raise UnreadableSource(f"文件超过上限 {limit // 2**20} MB。")
        return data


@dataclass
class Found:
    """What a walk has passed over: counted by suffix, for the summary; the first of them by name, with the reason."""

    ignored: Counter[str] = field(default_factory=Counter)
    named: list[tuple[str, str]] = field(default_factory=list)
    seen_folders: set[tuple[int, int]] = field(default_factory=set)

    def ignore(self, name: str, reason: str = "不是版面文字（.txt、.md、ALTO、hOCR）。") -> None:
        self.tell(name, reason)
        suffix = PurePosixPath(name).suffix.lower()[:10]
        self.ignored[readable(suffix) if len(self.ignored) < 20 else ""] += 1

    def tell(self, name: str, reason: str = UNSEEN) -> None:
        if len(self.named) < MOST_NAMED:
            self.named.append((readable(name), reason))


def readable(name: str) -> str:
    """A file's name fit for a database and a line of output.

    Bytes that are no UTF-8 are read as GB18030, as old Windows archives hold them; what breaks a line is escaped.
    """
    if any("\ud800" <= c <= "\udfff" for c in name):
        raw = name.encode("utf-8", "surrogateescape" if name.isascii() or _is_escaped(name) else "surrogatepass")
        try:
            name = raw.decode("gb18030")
        except UnicodeDecodeError:
            name = raw.decode("utf-8", "backslashreplace")
    return "".join(
        c.encode("unicode_escape").decode() if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c for c in name
    )


def _is_escaped(name: str) -> bool:
    return all("\udc80" <= c <= "\udcff" for c in name if "\ud800" <= c <= "\udfff")


def is_page_name(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() in PAGE_SUFFIXES and path.stem.upper() not in _ABOUT


def stems_with_layout(sources: Iterable[Source]) -> set[str]:
    """The names, without suffixes, of those that have their text with its places: a plain text beside adds nothing."""
    return {
        str(PurePosixPath(source.name).with_suffix(""))
        for source in sources
        if is_layout_name(source.name) and not source.error and source.is_page()
    }


def is_unseen(part: str) -> bool:
    """Names that systems leave behind, and hidden ones."""
    return part in _UNSEEN or (part.startswith(".") and part != "..")


def words_for(error: BaseException) -> str:
    if isinstance(error, PermissionError):
        return "没有读取权限，请检查文件的权限。"
    if isinstance(error, FileNotFoundError):
        return "找不到这个文件。"
    if isinstance(error, zipfile.BadZipFile | EOFError | zlib.error):
        return "不是完好的 ZIP 压缩包，请重新打包。"
    if isinstance(error, NotImplementedError):
        return "压缩包用了不支持的压缩方法，请用普通的 ZIP 方式重新打包。"
    if isinstance(error, OSError) and error.errno:
        return f"读不出来：{os.strerror(error.errno)}。"
    return f"读不出来：{error}"
