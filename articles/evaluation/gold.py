"""Gold files: NNN.json beside NNN.txt, what a careful editor makes of the page (its form: tests/golden/README.md)."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..extraction.decoding import decode_page
from .truth import TrueArticle, TruePage

BY_HAND = "by hand"
TOLD_BY_PROGRAMS = ("photo", "continuation")  # what a program that lays pages out knows of kinds


class BadGold(Exception):
    """A gold file cannot be read; says why in Chinese."""


def find_gold(paths: Iterable[Path]) -> Iterator[Path]:
    """The gold files named, and those in folders named, in order. Raises BadGold for what is neither."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*.json") if p.with_suffix(".txt").is_file())
        elif path.suffix == ".txt" and path.with_suffix(".json").is_file():
            yield path.with_suffix(".json")
        elif path.is_file():
            yield path
        else:
            raise BadGold(f"{path}：没有这个文件或文件夹。")


def read_gold_file(path: Path) -> tuple[str, TruePage]:
    """(text, truth) of a page. Raises BadGold."""
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = decode_page(path.with_suffix(".txt").read_bytes()).text
    except FileNotFoundError as error:
        raise BadGold(f"{path}：旁边没有 {path.with_suffix('.txt').name}。") from error
    except OSError as error:
        raise BadGold(f"{path}：读取失败（{error.strerror}）。") from error
    except ValueError as error:
        raise BadGold(f"{path}：不是 UTF-8 的 JSON（{error}）。") from error
    try:
        return text, read_gold(gold, text)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise BadGold(f"{path}：不是金标准文件的格式（{type(error).__name__}: {error}）。") from error


def read_gold(gold: dict[str, Any], text: str) -> TruePage:
    """The truth of a page from its gold; passages are the page's lines that are not blank."""
    passages: list[tuple[int, int]] = []
    index: dict[int, int] = {}
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            index[number] = len(passages)
            passages.append((at, at + len(line)))
        at += len(line) + 1
    by_hand = gold.get("made") == BY_HAND
    days = gold.get("date_between")
    return TruePage(
        passages=tuple(passages),
        articles=tuple(_read_article(article, index, by_hand) for article in gold["articles"]),
        repeats=frozenset(index[repeat["line"]] for repeat in gold["duplicates"]),
        neutral=frozenset(index[line] for line in gold.get("neutral_lines", ())),
        days=(datetime.date.fromisoformat(days[0]), datetime.date.fromisoformat(days[1])) if days else None,
        subheadings_told=by_hand,
        woven=bool(gold.get("woven")),
    )


def _read_article(gold: dict[str, Any], index: dict[int, int], by_hand: bool) -> TrueArticle:
    def accepted(value: Any, others: str) -> tuple[Any, ...]:
        return (value, *gold.get(others, ())) if value else ()

    people: tuple[frozenset[str], ...] = ()
    if gold["authors"] is not None:
        named = gold["authors"] + gold["photographers"]
        people = tuple(map(frozenset, (named, *gold.get("accept_authors", ()))))
    kinds = (gold["kind"], *gold.get("accept_kinds", ())) if by_hand or gold["kind"] in TOLD_BY_PROGRAMS else ()
    return TrueArticle(
        name=gold["headline"] or "",
        paragraphs=tuple(tuple(index[line] for line in p) for p in gold["paragraphs"]),
        subheadings=tuple(index[line] for line in gold.get("subheading_lines") or ()),
        bylines=tuple(index[line] for line in gold.get("byline_lines") or ()),
        headlines=accepted(gold["headline"], "accept_headlines"),
        columns=accepted(gold["column"], "accept_columns"),
        kicker=gold["kicker"] or "",
        subheadline=gold["subheadline"] or "",
        people=people,
        kinds=frozenset(kinds),
        continued_from=str(gold["continued_from"] or ""),
        categories=frozenset(gold.get("categories") or ()),
    )
