"""Where the hits are in the text as printed, as fragments that a template marks. Never HTML.

Hits are looked for in the folded text and led back by its offsets, so that they are found across line breaks, widths
and scripts, exactly where the search found them.
"""

from __future__ import annotations

from dataclasses import dataclass

from .folding import fold_with_offsets
from .query import Query

PASSAGE = 100  # characters of text in a passage, about three lines of a list
MAX_HITS = 500  # hits looked at in one text; a passage is chosen among them
ELLIPSIS = "……"
SENTENCE_ENDS = "。！？；\n"


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of text, or of a hit."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A hit in the original text, end exclusive; `term` is its index in the query."""

    start: int
    end: int
    term: int


def mark(text: str, query: Query) -> tuple[Fragment, ...]:
    """The whole of `text` with its hits marked: titles."""
    return _fragments(text, 0, len(text), find_hits(text, query))


def passages(text: str, query: Query, limit: int = 2) -> tuple[tuple[Fragment, ...], ...]:
    """Up to `limit` windows of about PASSAGE characters in the order of the text; () where nothing is hit.

    First the window that holds the most different terms, then windows that add hits outside of those chosen.
    """
    hits = find_hits(text, query)
    left = hits
    windows: list[tuple[int, int]] = []
    while left and len(windows) < limit:
        start, end = _best_window(text, left)
        # A window must not tell again what another tells.
        start = max([start] + [other[1] for other in windows if other[0] <= start])
        end = min([end] + [other[0] for other in windows if other[0] >= start])
        windows.append((start, end))
        left = [hit for hit in left if not any(s < hit.end and hit.start < e for s, e in windows)]
    return tuple(_passage(text, start, end, hits) for start, end in sorted(windows))


def opening(text: str) -> tuple[Fragment, ...]:
    """The first words, unmarked: the passage of a text that is hit only in its title."""
    return _passage(text, 0, min(len(text), PASSAGE), [])


def find_hits(text: str, query: Query) -> list[Span]:
    """Every hit of every term, by position; at most MAX_HITS for a term."""
    if query.is_empty or not text:
        return []
    folded, offsets = fold_with_offsets(text)
    spans = []
    for index, term in enumerate(query.terms):
        for count, match in enumerate(term.pattern.finditer(folded)):
            if count == MAX_HITS:
                break
            spans.append(Span(offsets[match.start()], offsets[match.end() - 1] + 1, index))
    return sorted(spans, key=lambda span: (span.start, span.end))


def _best_window(text: str, hits: list[Span]) -> tuple[int, int]:
    """The window of PASSAGE characters with the most different terms, then the most hits, then the earliest."""
    best: tuple[tuple[int, int], int, int] | None = None
    last = 0
    for first, hit in enumerate(hits):
        last = max(last, first)
        while last + 1 < len(hits) and hits[last + 1].end <= hit.start + PASSAGE:
            last += 1
        inside = hits[first : last + 1]
        worth = (len({span.term for span in inside}), len(inside))
        if best is None or worth > best[0]:
            best = worth, hit.start, max(span.end for span in inside)
    assert best is not None
    _, start, end = best
    return _widen(text, start, end)


def _widen(text: str, start: int, end: int) -> tuple[int, int]:
    """Room around the hits up to PASSAGE characters, more of it behind; from a sentence's beginning if one is near."""
    room = max(0, PASSAGE - (end - start))
    begin = max(0, start - room // 3)
    sentence = max(text.rfind(stop, begin, start) for stop in SENTENCE_ENDS)
    if sentence >= 0:
        begin = sentence + 1
    return begin, min(len(text), max(end, begin + PASSAGE))


def _passage(text: str, start: int, end: int, hits: list[Span]) -> tuple[Fragment, ...]:
    fragments = list(_fragments(text, start, end, hits))
    if text[:start].strip():
        fragments.insert(0, Fragment(ELLIPSIS))
    if text[end:].strip():
        fragments.append(Fragment(ELLIPSIS))
    return tuple(fragments)


def _fragments(text: str, start: int, end: int, hits: list[Span]) -> tuple[Fragment, ...]:
    """text[start:end] cut at the hits, overlapping hits run together; hits are ordered by position."""
    fragments = []
    done = start
    for first, last in _merge(hits):
        first, last = max(first, start), min(last, end)
        if first >= last:
            continue
        if first > done:
            fragments.append(Fragment(text[done:first]))
        fragments.append(Fragment(text[first:last], marked=True))
        done = last
    if done < end:
        fragments.append(Fragment(text[done:end]))
    return tuple(fragments)


def _merge(hits: list[Span]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for hit in hits:
        if merged and hit.start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], hit.end)
        else:
            merged.append((hit.start, hit.end))
    return merged
