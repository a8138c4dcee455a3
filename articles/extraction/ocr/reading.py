"""A file with places, by what it begins with: ALTO or hOCR."""

from __future__ import annotations

import re

from .alto import NotALayout, read_alto
from .hocr import read_hocr
from .lines import Line, compose

SNIFFED = 8192  # bytes that tell what a file is
_ALTO = re.compile(rb"<(?:[\w.-]+:)?alto[\s/>]")


def looks_like_layout(head: bytes) -> bool:
    """Does a file that begins so say that it is one of these? Other XML and HTML often lies beside pages."""
    said = head.replace(b"\0", b"")  # UTF-16
    return bool(_ALTO.search(said)) or b"ocr_page" in said or b"ocr-system" in said


def read_layout(text: str) -> tuple[str, tuple[Line, ...]]:
    """Raises NotALayout."""
    head = text[:SNIFFED].encode("utf-8", "replace")
    if not looks_like_layout(head):
        raise NotALayout("不是 ALTO XML，也不是 hOCR。")
    page = read_alto(text) if _ALTO.search(head) else read_hocr(text)
    said, lines = compose(page.blocks, page.box)
    if not said:
        raise NotALayout("里面没有文字。")
    return said, lines
