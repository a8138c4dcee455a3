"""hOCR (http://kba.github.io/hocr-spec/1.2/) -> blocks of lines of words, in the order of the file.

HTML, read as tokens by the standard library: nothing is fetched, run or expanded. A paragraph (ocr_par) is a
block; where there is none, an area (ocr_carea) is.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from .alto import NotALayout, Page
from .lines import Box, Word, around, box_of

_LINES = {"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat", "ocrx_line"}
_BLOCKS = {"ocr_par", "ocrx_block", "ocr_carea"}
_BBOX = re.compile(r"\bbbox\s+([-\d.]+)\s+([-\d.]+)\s+([-\d.]+)\s+([-\d.]+)")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_UNREAD = {"script", "style", "title", "head"}
_DEEPEST = 200


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.pages = Page(), 0
        self.open: list[tuple[str, str]] = []  # tag, and what it is: page, block, line, word, unread or nothing
        self.box: Box | None = None  # of the word, or of the line outside of words
        self.boxes: list[Box | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        if len(self.open) > _DEEPEST:
            raise NotALayout("HTML 套得太深，已拒绝。")
        said = {name: value or "" for name, value in attrs}
        what = _what_is(set(said.get("class", "").split())) or ("unread" if tag in _UNREAD else "")
        box = _box_in(said.get("title", ""))
        if what == "page":
            self.pages += 1
            self.page.box = box
        elif what == "block":
            self.page.blocks.append([])
        elif what == "line":
            if not self.page.blocks:
                self.page.blocks.append([])
            self.page.blocks[-1].append([])
        self.boxes.append(box if what in ("line", "word") else (self.boxes[-1] if self.boxes else None))
        self.open.append((tag, what))

    def handle_endtag(self, tag: str) -> None:
        if tag in (name for name, _ in self.open):
            while self.open:
                self.boxes.pop()
                if self.open.pop()[0] == tag:
                    break

    def handle_data(self, data: str) -> None:
        kinds = [what for _, what in self.open]
        if "line" in kinds and "unread" not in kinds and data.strip():
            self.page.blocks[-1][-1].append(Word(" ".join(data.split()), self.boxes[-1]))


def _what_is(classes: set[str]) -> str:
    if "ocr_page" in classes:
        return "page"
    if classes & _BLOCKS:
        return "block"
    return "line" if classes & _LINES else "word" if "ocrx_word" in classes else ""


def _box_in(title: str) -> Box | None:
    found = _BBOX.search(title)
    if not found:
        return None
    try:
        left, top, right, bottom = map(float, found.groups())
    except ValueError:
        return None
    return box_of(left, top, right - left, bottom - top)


def read_hocr(text: str) -> Page:
    """Raises NotALayout."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.pages != 1:
        raise NotALayout(f"hOCR 文件里有 {reader.pages} 版，请一版一个文件。" if reader.pages else "不是 hOCR。")
    page = reader.page
    page.box = page.box or around(word.box for block in page.blocks for line in block for word in line)
    return page
