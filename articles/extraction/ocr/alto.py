"""ALTO XML (https://www.loc.gov/standards/alto/) -> blocks of lines of words, in reading order.

The order is that of ReadingOrder where there is one, else that of the file, in which a block that another names as its
IDNEXT follows it. A word that a hyphen cuts (SUBS_CONTENT) is whole where it begins. Read by expat, which fetches
nothing; a document type, and with it every entity, is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from .lines import Box, Word, around, box_of

Block = list[list[Word]]


class NotALayout(ValueError):
    """The file is not what its name says; the message is for whoever imports it."""


@dataclass
class Page:
    """What was read of a page."""

    blocks: list[Block] = field(default_factory=list)
    box: Box | None = None


@dataclass
class _Reader:
    pages: int = 0
    box: Box | None = None
    blocks: dict[str, Block] = field(default_factory=dict)
    follows: dict[str, str] = field(default_factory=dict)  # IDNEXT
    order: list[str] = field(default_factory=list)  # ReadingOrder
    lines: Block | None = None
    root: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        self.root = self.root or name
        if name == "Page":
            self.pages += 1
            self.box = box_of(0, 0, attributes.get("WIDTH"), attributes.get("HEIGHT"))
        elif name == "TextBlock":
            key = attributes.get("ID") or f"#{len(self.blocks)}"
            self.lines = self.blocks.setdefault(key, [])
            if following := attributes.get("IDNEXT"):
                self.follows[key] = following
        elif name == "ElementRef":
            self.order.append(attributes.get("REF", ""))
        elif self.lines is not None:
            self._in_block(name, attributes)

    def _in_block(self, name: str, attributes: dict[str, str]) -> None:
        assert self.lines is not None
        if name == "TextLine" or not self.lines:
            self.lines.append([])
        if name not in ("String", "HYP"):
            return
        kind, whole = attributes.get("SUBS_TYPE"), attributes.get("SUBS_CONTENT")
        if whole and kind == "HypPart2":
            return
        if name == "HYP" and self.lines[-1] and isinstance(self.lines[-1][-1], _Whole):
            return
        box = box_of(*(attributes.get(key) for key in ("HPOS", "VPOS", "WIDTH", "HEIGHT")))
        cut = whole and kind == "HypPart1"
        self.lines[-1].append(_Whole(whole, box) if cut and whole else Word(attributes.get("CONTENT", ""), box))

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] == "TextBlock":
            self.lines = None

    def in_order(self) -> Iterator[Block]:
        left = dict(self.blocks)
        named = set(self.follows.values())
        first = [key for key in self.order if key in left] or [key for key in left if key not in named]
        for key in [*first, *self.blocks]:
            following: str | None = key
            while following is not None and following in left:
                yield left.pop(following)
                following = None if self.order else self.follows.get(following)


class _Whole(Word):
    """A word that a hyphen cuts in print."""


def read_alto(text: str) -> Page:
    """Raises NotALayout."""
    reader = _Reader()
    parser = ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(text.encode(), True)
    except ExpatError as error:
        raise NotALayout(f"XML 有错（第 {error.lineno} 行），可能没有传完。") from error
    if reader.root != "alto":
        raise NotALayout("不是 ALTO XML。")
    if reader.pages != 1:
        raise NotALayout(f"ALTO 文件里有 {reader.pages} 版，请一版一个文件。")
    blocks = list(reader.in_order())
    return Page(blocks, reader.box or around(w.box for block in blocks for line in block for w in line))


def _refuse(*declaration: Any) -> None:
    raise NotALayout("XML 里有文档类型声明，已拒绝。")
