"""The same text printed again: reprints, further insertions of a notice, a story carried by two newspapers.

An article is looked for by its two longest unbroken stretches of words, one in each half, so that a slip of the OCR in
one does not hide it. What is found so counts as the same text when of the distinct stretches of five characters in the
two bodies at least 60 in 100 are in both. Bodies shorter than 20 characters are not compared.
"""

from __future__ import annotations

from ..search.folding import fold, runs

SHORTEST = 20  # characters of words
STRETCH = 24  # characters looked for; a longer one is rarer already
SHINGLE = 5
ALIKE = 0.6
READ = 6000  # characters of a body that are compared


def words_of(folded: str) -> str:
    """A folded text without what is no word character."""
    return "".join(runs(folded[:READ]))


def stretches(body: str) -> list[str]:
    """What to look for to find this body again: none where it is too short."""
    found = runs(fold(body[:READ]))
    if sum(map(len, found)) < SHORTEST:
        return []
    half = len(found) // 2
    return list(dict.fromkeys(max(part, key=len)[:STRETCH] for part in (found[:half], found[half:]) if part))


def is_same_text(one: str, other: str) -> bool:
    """Are these, which words_of() gave, the same text but for slips?"""
    if min(len(one), len(other)) < SHORTEST:
        return False
    a, b = _shingles(one), _shingles(other)
    return len(a & b) >= ALIKE * len(a | b)


def _shingles(text: str) -> set[str]:
    return {text[i : i + SHINGLE] for i in range(len(text) - SHINGLE + 1)}
