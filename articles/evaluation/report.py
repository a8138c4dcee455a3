"""The figures of an evaluation as a text for a terminal, in Chinese."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from .figures import KIND_NAMES, SHARES
from .reliability import FEW, Bin, tell_range

FEW_PAGES = 30  # below which a page more or less moves the figures visibly
Rows = list[tuple[str, ...]]


def tell_figures(figures: dict[str, Any]) -> Iterator[str]:
    pages = figures["pages"]
    yield f"每版要改 {figures['touches_a_page']:.2f} 处（{pages} 版，共 {figures['touches']} 处）"
    if woven := figures["woven_pages"]:
        plain = (figures["touches"] - figures["woven_touches"]) / max(1, pages - woven)
        yield f"  其中穿插排列的 {woven} 版每版 {figures['woven_touches'] / woven:.2f} 处，其余每版 {plain:.2f} 处"
    yield f"不用改的文章 {tell_share(figures['clean'], figures['articles'])}"
    if figures["top_half"] is not None:
        yield f"把握较大的一半文章里不用改的占 {figures['top_half']:.0%}"
    if figures["broken"]:
        yield f"丢失或多出文字的版面 {figures['broken']} 版，请报告给开发者"
    if pages < FEW_PAGES:
        yield f"只有 {pages} 版，上面的数字只能当作参考。"
    if figures["kinds"]:
        yield ""
        rows: Rows = [(KIND_NAMES[kind], str(n), f"{n / pages:.2f}") for kind, n in figures["kinds"].items()]
        yield from lay_table(("要改的", "处", "每版"), rows)
    yield ""
    rows = [(name, tell_share(*figures["shares"][key])) for key, name in SHARES if figures["shares"][key][1]]
    rows.append(("接段（F1）", f"{figures['joins_f1']:.3f}"))
    rows.append(("重复（F1）", f"{figures['repeats_f1']:.3f}"))
    yield from lay_table(("读对的", "篇或处"), rows)
    if figures["reliability"]:
        yield ""
        yield from lay_table(("把握", "文章", "不用改", "比例"), [_tell_bin(Bin(**b)) for b in figures["reliability"]])
        if any(b["articles"] < FEW for b in figures["reliability"]):
            yield f"（*）不到 {FEW} 篇，比例不可靠。"
    if figures["months"]:
        yield ""
        rows = [
            (m["month"], str(m["pages"]), str(m["touches"]), f"{m['touches'] / m['pages']:.2f}")
            for m in figures["months"]
        ]
        yield from lay_table(("导入月份", "版", "要改的", "每版"), rows)


def _tell_bin(one: Bin) -> tuple[str, str, str, str]:
    return tell_range(one), str(one.articles), str(one.clean), f"{one.share:.0%}" + "*" * (one.articles < FEW)


def tell_share(right: int, of: int) -> str:
    return f"{right}/{of}（{right / of:.0%}）" if of else "没有"


def lay_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns aligned for a terminal, where a Chinese character is two wide; all but the first to the right."""
    widths = [max(_columns(row[n]) for row in (head, *rows)) for n in range(len(head))]
    for row in (head, *rows):
        cells = [row[0] + " " * (widths[0] - _columns(row[0]))]
        cells += [" " * (width - _columns(cell)) + cell for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  " + "  ".join(cells).rstrip()


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
