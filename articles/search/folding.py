"""Folding: what makes two spellings of the same words the same text to search.

    fold("ＣＯＤ　李　明：發展")  -> "cod李明:发展"
    pieces("cod李明:发展")        -> "co od d李 李明 明 发展 展"

Characters are folded one by one (NFKC, case, diacritics, simplified for traditional and other variants); control and
format characters disappear. White space and middle dots disappear beside Han characters and are one space elsewhere.
Stored texts are folded texts: raise FOLD_VERSION with every change of the rule or of variants.txt, and reindex.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

FOLD_VERSION = 1
VARIANTS = Path(__file__).with_name("variants.txt")

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_GAP = re.compile(r"[\s·•‧∙⋅・]+")
_A_HAN = re.compile(f"[{_HAN}]")
_RUN = re.compile(r"[^\W_]+")
# Marks, controls, format characters (zero-width spaces, soft hyphens) and halves of surrogate pairs.
_DROPPED = frozenset(("Mn", "Cc", "Cf", "Cs"))


def fold(text: str) -> str:
    """`text` as search compares it. Folding a folded text changes nothing."""
    return _GAP.sub(_close_gap, text.translate(_folds()))


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """fold(text), and for each of its characters the index in `text` of the character that it comes from.

    Offsets never decrease: a character that folds to several gives its index to each.
    """
    folds = _folds()
    mapped: list[str] = []
    origins: list[int] = []
    for index, char in enumerate(text):
        for folded in folds[ord(char)]:
            mapped.append(folded)
            origins.append(index)
    joined = "".join(mapped)
    kept: list[str] = []
    offsets: list[int] = []
    done = 0
    for gap in _GAP.finditer(joined):
        space = _close_gap(gap)
        kept += [joined[done : gap.start()], space]
        offsets += origins[done : gap.start()]
        offsets += origins[gap.start() : gap.start() + len(space)]
        done = gap.end()
    return "".join(kept) + joined[done:], offsets + origins[done:]


def runs(folded: str) -> tuple[str, ...]:
    """The stretches of letters, digits and characters in a folded text; whatever is between them is a barrier."""
    return tuple(_RUN.findall(folded))


def pieces(folded: str) -> str:
    """The pieces that an engine indexes: of each run its pairs of neighbours, then its last character alone.

    The lone last character keeps a phrase of pieces from running on across a barrier.
    """
    return " ".join(" ".join((*pairs(run), run[-1])) for run in runs(folded))


def pairs(run: str) -> tuple[str, ...]:
    """Overlapping two-character pieces; none of a run of one character."""
    return tuple(map("".join, pairwise(run)))


def is_han(char: str) -> bool:
    return _A_HAN.match(char) is not None


def _close_gap(gap: re.Match[str]) -> str:
    """What is left of white space and middle dots: nothing beside a Han character or at either end of the text.

    Typesetters and PDF text put blanks between Han characters and figures at will: 12 月 4 日.
    """
    text = gap.string
    if gap.start() == 0 or gap.end() == len(text):
        return ""
    return "" if is_han(text[gap.start() - 1]) or is_han(text[gap.end()]) else " "


class _Folds(dict[int, str]):
    """Code point -> what it folds to, found at first sight and kept: str.translate asks for one character at a time."""

    def __init__(self, variants: dict[str, str]):
        super().__init__()
        self.variants = variants

    def __missing__(self, code: int) -> str:
        folded, previous = chr(code), None
        while folded != previous:
            folded, previous = self.step(folded), folded
        self[code] = folded
        return folded

    def step(self, text: str) -> str:
        if text.isspace():
            return " "
        # Decomposed, without marks, composed again: é folds to e, but a Hangul syllable stays whole.
        decomposed = unicodedata.normalize("NFKD", text.casefold())
        letters = "".join(c for c in decomposed if c.isspace() or unicodedata.category(c) not in _DROPPED)
        return "".join(self.variants.get(c, c) for c in unicodedata.normalize("NFKC", letters))


_lock = threading.Lock()


def _folds() -> _Folds:
    with _lock:
        return _load_folds()


@lru_cache(maxsize=1)
def _load_folds() -> _Folds:
    return _Folds(read_variants())


def read_variants() -> dict[str, str]:
    """Each variant character with the one that it folds to."""
    lines = [line for line in VARIANTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return dict(zip(*lines, strict=True))
