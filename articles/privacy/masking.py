"""What of a text readers do not get: the numbers of persons that the program finds, and what editors decided.

A text and what is hidden of it are as long as each other: a mask is a `bytes` with 1 for each character that is
covered, so that every offset and span of source text stays right. Editors decide on spans of a page's source text;
a decision counts for more than what the program finds. Where a passage was corrected, what is hidden, or decided, of
either text is carried over to the other by what they have in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from .numbers import find_numbers

MASK = "＊"
RUN = re.compile(r"x(?: *x)*")
HIDDEN, SHOWN = 1, 2  # what an editor decided of a character; 0: nothing

Decision = Sequence[int]  # start, end, HIDDEN or SHOWN


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage: as printed, as corrected, what the page as a whole hides of the print and what editors decided of it;
    `joins`: it runs on from the piece before it."""

    source: str
    text: str
    hidden: bytes
    decided: bytes
    joins: bool = False


@lru_cache(maxsize=64)
def find_hidden(text: str) -> bytes:
    """What the program hides of a text."""
    hidden = bytearray(len(text))
    for number in find_numbers(text):
        for i in range(number.hidden, number.end):
            hidden[i] = not text[i].isspace()
    return bytes(hidden)


def spread(decisions: Iterable[Decision], length: int) -> bytes:
    """Decisions on spans as one on each character."""
    decided = bytearray(length)
    for start, end, what in decisions:
        decided[start:end] = bytes([what]) * (min(end, length) - start)
    return bytes(decided)


def cut_piece(
    source: str, start: int, end: int, text: str | None, decisions: Sequence[Decision], joins: bool = False
) -> Piece:
    """The passage from `start` to `end` of a page's text, without the white space around it. `text`: its correction."""
    raw = source[start:end]
    start += len(raw) - len(raw.lstrip())
    printed = raw.strip()
    end = start + len(printed)
    decided = spread(decisions, len(source))[start:end] if decisions else bytes(end - start)
    return Piece(printed, printed if text is None else text, find_hidden(source)[start:end], decided, joins)


def mask_pieces(pieces: Sequence[Piece]) -> Iterator[tuple[bytes, bytes]]:
    """What is hidden of the print and of the text of each of the pieces, which are read in this order."""
    together = "".join(("" if piece.joins or not i else "\n") + piece.text for i, piece in enumerate(pieces))
    found, at = find_hidden(together), 0
    for i, piece in enumerate(pieces):
        at += not (piece.joins or not i)
        yield _mask(piece, found[at : at + len(piece.text)])
        at += len(piece.text)


def _mask(piece: Piece, found: bytes) -> tuple[bytes, bytes]:
    if piece.text == piece.source:
        hidden = _decide(_either(piece.hidden, found), piece.decided)
        return hidden, hidden
    if not (any(piece.hidden) or any(found) or any(piece.decided)):
        return piece.hidden, found
    printed = _either(piece.hidden, carry(found, piece.text, piece.source))
    text = _either(found, carry(piece.hidden, piece.source, piece.text))
    return _decide(printed, piece.decided), _decide(text, carry(piece.decided, piece.source, piece.text))


def _either(one: bytes, other: bytes) -> bytes:
    return bytes(a | b for a, b in zip(one, other, strict=True))


def _decide(hidden: bytes, decided: bytes) -> bytes:
    if not any(decided):
        return hidden
    return bytes(h if not d else d == HIDDEN for h, d in zip(hidden, decided, strict=True))


def carry(values: bytes, one: str, other: str) -> bytes:
    """What is said of each character of `one`, of `other`: what was put in the place of something hidden is hidden."""
    carried = bytearray(len(other))
    for same, i, end, j, other_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if same == "equal":
            carried[j:other_end] = values[i:end]
        else:
            carried[j:other_end] = bytes([_of_these(values, i, end)]) * (other_end - j)
    return bytes(carried)


def _of_these(values: bytes, start: int, end: int) -> int:
    """What is said of what was put in the place of some characters; of none, what those on either side agree in."""
    if start == end:
        return values[start] if 0 < start < len(values) and values[start - 1] == values[start] else 0
    said = set(values[start:end])
    return HIDDEN if HIDDEN in said else said.pop() if len(said) == 1 else 0


def runs_of(text: str, hidden: bytes) -> list[tuple[int, int]]:
    """Where a text is hidden, the blanks inside with it."""
    shape = "".join("x" if h else " " if c.isspace() else "-" for c, h in zip(text, hidden, strict=True))
    return [match.span() for match in RUN.finditer(shape)]


def cover(text: str, hidden: bytes) -> str:
    """The text as readers get it."""
    if not any(hidden):
        return text
    return "".join(MASK if h else c for c, h in zip(text, hidden, strict=True))


def hide_numbers(text: str) -> str:
    """A text that stands by itself, as readers get it."""
    return cover(text, find_hidden(text))
