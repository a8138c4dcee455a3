"""The order of hits by relevance: BM25, then titles and whole words first among the best.

A literal hit need not be a word: 和平 stands in 和平时一样. On newspaper text one hit of two characters in six is such
an accident; jieba, shown ten characters on either side, tells nineteen of twenty of them from words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import exp, log

from .folding import is_han
from .query import Query, Term

# A hit in a field counts as so many in the body; in the order of a document's fields. Most names stand twice among the
# people, as printed and as a credit.
WEIGHTS = {"title": 8.0, "people": 2.0, "column_name": 4.0, "body": 1.0}
K1, B = 1.2, 0.75  # as in SQLite's bm25()

BOOSTED = 100  # the best hits, whose texts are looked at
TITLE_BOOST = 0.5  # for all groups of terms in the title; for some of them, so much less
WORD_BOOST = 0.5  # for all terms standing as words
AROUND = 10  # characters on either side that decide what is a word
WORD_LENGTH = 4  # longer terms are words, or several, nearly always
PLACES = 3  # places of a term that are looked at in one text

PAGE = 0.3  # what is left of the score of a page's other passages: BM25 takes their brevity for weight
RECENCY = 0.1  # the newest hit gains so much over one of long ago
RECENCY_YEARS = 10.0  # by when most of that is gone

Text = tuple[int, str, str, str, str]  # key, and the fields of WEIGHTS


def bm25(terms: Sequence[Term], texts: Sequence[Text]) -> dict[int, float]:
    """Key -> score, by the formula of SQLite's bm25(); how rare a term is, is taken from `texts` themselves."""
    counts = {key: [_weigh(term, fields) for term in terms] for key, *fields in texts}
    lengths = {key: sum(map(len, fields)) for key, *fields in texts}
    mean = sum(lengths.values()) / len(lengths) if lengths else 1.0
    having = [sum(1 for row in counts.values() if row[i]) for i in range(len(terms))]
    rarity = [log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for n in having]
    return {
        key: sum(
            weight * count * (K1 + 1) / (count + K1 * (1 - B + B * lengths[key] / (mean or 1.0)))
            for weight, count in zip(rarity, row, strict=True)
        )
        for key, row in counts.items()
    }


def _weigh(term: Term, texts: Sequence[str]) -> float:
    """How often the term stands in the fields where it is looked for, by their weights."""
    fields = zip(WEIGHTS.items(), texts, strict=True)
    return sum(weight * _count(term.pattern, text) for (name, weight), text in fields if term.field in (None, name))


def boost(query: Query, title: str, texts: Sequence[str]) -> float:
    """The factor for a document's score, 1 to (1 + TITLE_BOOST) * (1 + WORD_BOOST). `texts`: all that it says."""
    if not query.groups:
        return 1.0
    in_title = sum(any(term.pattern.search(title) for term in group) for group in query.groups)
    as_words = sum(any(_is_word_in(term, texts) for term in group) for group in query.groups)
    share = 1 / len(query.groups)
    return (1 + TITLE_BOOST * in_title * share) * (1 + WORD_BOOST * as_words * share)


def recency(years: float) -> float:
    """The factor for a hit that is so many years older than the newest."""
    return 1 + RECENCY * exp(-years / RECENCY_YEARS)


def _is_word_in(term: Term, texts: Iterable[str]) -> bool:
    """Does the term begin and end where words do, at one of its first places in one of the texts?"""
    if len(term.runs) > 1 or len(term.folded) > WORD_LENGTH or not all(map(is_han, term.folded)):
        return True
    return any(
        _is_word_at(text, match.start(), match.end())
        for text in texts
        for match, _ in zip(term.pattern.finditer(text), range(PLACES), strict=False)
    )


def _is_word_at(text: str, start: int, end: int) -> bool:
    from ..extraction.segmentation import words

    first = max(0, start - AROUND)
    position, edges = first, {first}
    for word in words(text[first : end + AROUND], guess=True):
        position += len(word)
        edges.add(position)
    return start in edges and end in edges


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))
