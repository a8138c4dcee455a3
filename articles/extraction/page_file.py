"""The part of an import that needs no database: bytes of a page file -> text -> split, in any process."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, replace

from .decoding import Decoded, UndecodableText, decode_page
from .knowledge import EMPTY, Knowledge
from .ocr import Line, is_layout_name, read_layout
from .split import split_page
from .values import PageSplit

# Raised whenever the split of some page may come out otherwise; pages remember the one that split them.
EXTRACTOR = "6"
# The fullest page has some hundred lines, or one for each of its 15,000 characters; splitting takes their square.
MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page file decoded and split; or only `error`, in words for whoever imports it."""

    name: str
    sha256: str
    packed: bytes = b""
    size: int = 0
    text: str = ""
    encoding: str = ""
    notes: tuple[str, ...] = ()  # damage found while decoding
    split: PageSplit | None = None
    lines: tuple[Line, ...] = ()  # where its lines stand on the picture, of a file that says it
    error: str = ""

    @property
    def text_sha256(self) -> str:
        return hash_text(self.text)


def hash_text(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def decode_file(name: str, data: bytes, encoding: str | None = None) -> tuple[Decoded, tuple[Line, ...]]:
    """The text of a page file and the places of its lines, if it has any; raises UndecodableText."""
    decoded = decode_page(data, encoding)
    if not is_layout_name(name):
        return decoded, ()
    try:
        text, lines = read_layout(decoded.text)
    except ValueError as error:
        raise UndecodableText(str(error)) from error
    return replace(decoded, text=text), lines


def split_text(text: str, knowledge: Knowledge = EMPTY) -> PageSplit | str:
    """The split of a page's text; or what went wrong, in words."""
    try:
        return split_page(text, knowledge=knowledge)
    except Exception as error:  # a fault of ours; it must not stop the other pages
        return f"拆分时程序出错（{type(error).__name__}: {error}），请报告给开发者。"


def prepare_page(name: str, data: bytes, encoding: str | None = None, knowledge: Knowledge = EMPTY) -> Prepared:
    """Never raises: whatever is wrong with a file is said of it in `error`. `knowledge`: of its archive."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        decoded, lines = decode_file(name, data, encoding)
    except UndecodableText as error:
        return Prepared(name, sha256, error=str(error))
    except Exception as error:  # some codecs that a caller can name raise what they like
        return Prepared(name, sha256, error=f"无法按编码“{encoding}”读取文件（{error}）。")
    if not any(c.isalnum() for c in decoded.text):
        return Prepared(name, sha256, error="文件里只有标点符号，没有文字。")
    if (breaks := decoded.text.count("\n")) > MOST_LINES:
        return Prepared(name, sha256, error=f"文件有 {breaks} 行，超过上限 {MOST_LINES} 行，不像一版的文字。")
    notes = []
    if decoded.replaced:
        notes.append(f"{decoded.replaced} 处字节损坏，原位显示为 \ufffd")
    if decoded.controls:
        notes.append(f"去掉了 {decoded.controls} 个控制字符")
    split = split_text(decoded.text, knowledge)
    if isinstance(split, str):
        return Prepared(name, sha256, error=split)
    return Prepared(
        name=name,
        sha256=sha256,
        packed=zlib.compress(data),
        size=len(data),
        text=decoded.text,
        encoding=decoded.encoding,
        notes=tuple(notes),
        split=split,
        lines=lines,
    )
