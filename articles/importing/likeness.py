"""How much text two texts share: runs of characters that stand in both, whatever the order and the line ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

SHINGLE = 6  # characters; long enough that two articles of a page share few by accident
# A second reading of a page by another OCR program shares over a quarter even where each errs in one character of ten;
# two pages of one newspaper share their standing lines, some hundredths.
LEAST_ALIKE = 0.2


def shingles(text: str) -> set[str]:
    solid = "".join(text.split())
    return {solid[i : i + SHINGLE] for i in range(max(1, len(solid) - SHINGLE + 1))} if solid else set()


def count_shared(old: Mapping[int, str], new: Sequence[str]) -> Counter[tuple[int, int]]:
    """(id of an old text, index of a new one) -> how many shingles they share, where that is worth speaking of."""
    where: dict[str, set[int]] = {}
    for index, text in enumerate(new):
        for shingle in shingles(text):
            where.setdefault(shingle, set()).add(index)
    shared: Counter[tuple[int, int]] = Counter()
    for pk, text in old.items():
        for shingle in shingles(text):
            for index in where.get(shingle, ()):
                shared[pk, index] += 1
    return Counter({(pk, i): n for (pk, i), n in shared.items() if share_text(n, old[pk], new[i])})


def share_text(shared: int, first: str, second: str) -> bool:
    """Is `shared` shingles more than texts have in common by a byline or a phrase?"""
    return shared >= LEAST_ALIKE * min(len(shingles(first)), len(shingles(second)))


def are_alike(first: str, second: str) -> bool:
    """Are these readings of one page?"""
    return share_text(len(shingles(first) & shingles(second)), first, second)
