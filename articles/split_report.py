"""A page's split as one JSON object or as text for a terminal: the same values, two readers.

1. 老街灯会今夜开幕
   引题 县文旅局   消息 · 文化 · 把握 93%
   署名 林小满（记者，本报）
     灯会持续至┊月底。                          ┊ where a column end cut the paragraph
未归入文章
   第 12–14 行  与第 3 行重复  本报讯 为迎接……
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from typing import Any

from .extraction.decoding import Decoded
from .extraction.values import Article, Block, PageSplit
from .models import Article as StoredArticle
from .models import Block as StoredBlock
from .models import Credit, Issue

JOIN = "┊"
_PREVIEW = 36  # characters of a passage that is set aside: enough to find it on the page

_STYLES = {"title": "1", "join": "36", "dim": "2", "warn": "33", "heading": "1;4"}


def split_as_json(source: str, decoded: Decoded, split: PageSplit) -> dict[str, Any]:
    """The object that `split --json` prints for one file."""
    date = split.date
    return {
        "source": source,
        "encoding": decoded.encoding,
        "date": {"value": date.value and date.value.isoformat(), "how": date.how, "evidence": date.evidence},
        "number": split.number,
        "blocks": [_block_as_json(block) for block in split.blocks],
        "articles": [_article_as_json(article) for article in split.articles],
        "doubts": [
            {"code": doubt.code, "article": doubt.article, "blocks": list(doubt.blocks), "text": doubt.text}
            for doubt in split.doubts
        ],
    }


def _block_as_json(block: Block) -> dict[str, Any]:
    return {
        "start": block.start,
        "end": block.end,
        "role": block.role,
        "article": block.article,
        "duplicate_of": block.duplicate_of and list(block.duplicate_of),
        "reason": block.reason,
    }


def _article_as_json(article: Article) -> dict[str, Any]:
    return {
        "column": article.column,
        "kicker": article.kicker,
        "headline": article.headline,
        "subheadline": article.subheadline,
        "kind": article.kind,
        "category": article.category,
        "authors": article.authors,
        "photographers": article.photographers,
        "continued_from": article.continued_from,
        "continued_on": article.continued_on,
        "part_of": article.part_of,
        "confidence": round(article.confidence, 4),
        "keywords": list(article.keywords),
        "paragraphs": [{"role": p.role, "blocks": list(p.blocks), "text": p.text} for p in article.paragraphs],
    }


class SplitReport:
    """The text of a split for people. `colour`: with ANSI colours, for a terminal."""

    def __init__(self, source: str, decoded: Decoded, split: PageSplit, *, colour: bool = False) -> None:
        self.source, self.decoded, self.split, self.colour = source, decoded, split, colour
        self._line_starts = [0, *(m.end() for m in re.finditer("\n", decoded.text))]

    def lines(self) -> Iterator[str]:
        yield from self._head()
        for number, article in enumerate(self.split.articles, 1):
            yield ""
            yield from self._article(number, article)
        yield from self._section("未归入文章", self._set_aside())
        yield from self._section("存疑", self._doubts())
        yield ""

    def _head(self) -> Iterator[str]:
        date = self.split.date
        parts = [self._paint("heading", self.source), self.decoded.encoding]
        if date.value:
            how = Issue.DateKnown(date.how).label if date.how else ""
            parts.append(f"{date.value.isoformat()}（{how}：{date.evidence}）" if date.evidence else str(date.value))
        else:
            parts.append("日期未知")
        if self.split.number:
            parts.append(f"第{self.split.number}版")
        if self.split.name:
            parts.append(self.split.name)
        yield "  ".join(parts)
        for count, words in (
            (self.decoded.replaced, "处字节损坏，显示为 �"),
            (self.decoded.controls, "个控制字符已去掉"),
        ):
            if count:
                yield self._paint("warn", f"  {count} {words}")
        aside = sum(block.article is None for block in self.split.blocks)
        yield self._paint(
            "dim", f"  {len(self.split.articles)} 篇文章，{aside} 段未归入，{len(self.split.doubts)} 处存疑"
        )

    def _article(self, number: int, article: Article) -> Iterator[str]:
        yield f"{number}. " + self._paint("title", article.headline or "（无标题）")
        titles = (("栏目", article.column), ("引题", article.kicker), ("副题", article.subheadline))
        for label, words in titles:
            if words:
                yield f"   {self._paint('dim', label)} {words}"
        facts = [StoredArticle.Kind(article.kind).label, article.category or "", f"把握 {article.confidence:.0%}"]
        if article.continued_from:
            facts.append(f"上接第{article.continued_from}版")
        if article.continued_on:
            facts.append(f"下转第{article.continued_on}版")
        if article.part_of is not None:
            facts.append(f"属第 {article.part_of + 1} 篇")
        yield "   " + self._paint("dim", " · ".join(fact for fact in facts if fact))
        if article.credits:
            people = "、".join(
                f"{c.name}（{Credit.Role(c.role).label}{'，' + c.unit if c.unit else ''}）" for c in article.credits
            )
            yield f"   {self._paint('dim', '署名')} {people}"
        if article.keywords:
            yield f"   {self._paint('dim', '关键词')} {' '.join(article.keywords)}"
        for paragraph in article.paragraphs:
            mark = "" if paragraph.role == "body" else f"【{StoredBlock.Role(paragraph.role).label}】"
            yield "     " + mark + self._paint("join", JOIN).join(self._text(i) for i in paragraph.blocks)

    def _set_aside(self) -> Iterator[str]:
        for i, block in enumerate(self.split.blocks):
            if block.article is not None:
                continue
            if block.duplicate_of:
                why = f"与{self._lines_of(*block.duplicate_of)}重复"
            else:
                why = StoredBlock.Reason(block.reason).label if block.reason else "原因不明"
            text = self._text(i)
            preview = text[:_PREVIEW] + ("……" if len(text) > _PREVIEW else "")
            yield f"{self._lines_of(block.start, block.end)}  {self._paint('warn', why)}  {preview}"

    def _doubts(self) -> Iterator[str]:
        for doubt in self.split.doubts:
            where = "" if doubt.article is None else f"第 {doubt.article + 1} 篇  "
            yield f"{self._lines_of(*doubt.span)}  {where}{self._paint('warn', doubt.text)}"

    def _section(self, heading: str, lines: Iterator[str]) -> Iterator[str]:
        for i, line in enumerate(lines):
            if i == 0:
                yield ""
                yield self._paint("heading", heading)
            yield f"   {line}"

    def _text(self, block: int) -> str:
        start, end = self.split.blocks[block].start, self.split.blocks[block].end
        return re.sub(r"\s*\n\s*", " ", self.decoded.text[start:end].strip())

    def _lines_of(self, start: int, end: int) -> str:
        first = bisect.bisect_right(self._line_starts, start)
        last = bisect.bisect_right(self._line_starts, max(start, end - 1))
        return f"第 {first} 行" if first == last else f"第 {first}–{last} 行"

    def _paint(self, style: str, text: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.colour else text
