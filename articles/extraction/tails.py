"""Paragraphs that a column end cut: which pieces are tails, and how well a piece reads on from one.

    …昨夜下了一场大雪,公园里的长           a tail: no sentence ends here
    椅都白了。                           reads on: 长椅 is a word of the dictionary

Evidence, in the order of its weight: a word that spans the break; quotes and brackets opened before and closed behind
it; numbers and measures torn apart; a particle that cannot begin a sentence, or one that cannot end it; against it, a
beginning that opens paragraphs.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from . import cues
from .segmentation import is_word, word_frequency, words

WORD = 0.8  # per unit of log-probability gained by reading the break as inside a word
WORD_MOST = 8.0
UNKNOWN = -18.0  # log-probability of a character that is no word by itself
CORPUS = math.log(6.0e7)  # size of jieba's corpus
QUOTE = 2.6
NUMBER = 2.2
PARTICLE = 2.0
LATIN = 1.5
OPENER = -2.4  # what opens paragraphs seldom goes on with one
QUOTE_OPENER = -1.2  # quotes open paragraphs, and words
NEWS_START = -9.0  # a dateline always begins an article
_HAN = "\u4e00-\u9fff"
_LAST = re.compile(rf"[{_HAN}]{{0,6}}$")
_FIRST = re.compile(rf"^[{_HAN}]{{0,6}}")
# Characters that hardly ever begin a sentence, and those that hardly ever end one.
# 的, 地, 了 and their like begin words too: 过去, 了解, 着力, 之后.
_NEVER_FIRST = re.compile(
    r"^(?:的(?!确)|地(?![处方铁点区上下面块])|得(?![益知到])|了(?!解|不起|却)|着(?![眼力手重])|过(?![去年后完往节冬度渡敏早])|之(?![后前间所])"
    r"|[们、,。;:!?)”’》」』%]|等[,。、]|者|性|化)"
)
_NEVER_LAST = re.compile(
    r"[的和与及或在对把被将为向从以由于因并且而则更最很这那各每一两其该所不未没使让给是有要会能可应需须到至、,(《“‘:—-]$"
)
_MEASURE = re.compile(r"^(?:[\d.,%]|[年月日时分秒元万亿千百个名人户家件次位亩吨米平公条项辆台套所座间场余多])")
_PAIRS = (("“", "”"), ("‘", "’"), ("《", "》"), ("(", ")"), ("「", "」"), ("『", "』"))


def is_cut(folded: str) -> bool:
    """Does this text stop before its sentence does?"""
    return not cues.SENTENCE_END.search(folded)


def reads_on(tail: str, head: str) -> float:
    """How much speaks for `head` being the rest of `tail` (both width-folded), position aside; below 0: against."""
    if cues.DATELINE.match(head):
        return NEWS_START
    score = spanning_word(tail, head) + _balance(tail, head)
    if tail[-1:].isdigit() and _MEASURE.match(head):
        score += NUMBER
    if tail[-1:].isascii() and tail[-1:].isalpha() and head[:1].isascii() and head[:1].isalpha():
        score += LATIN
    if _NEVER_FIRST.match(head):
        score += PARTICLE
    elif cues.PARAGRAPH_OPENER.match(head):
        # After 的 or 在 even an opener may go on: what was cut there had to.
        score += OPENER / 2 if _NEVER_LAST.search(tail) else OPENER
    elif cues.QUOTE_OPENER.match(head):
        score += 0.0 if _NEVER_LAST.search(tail) else QUOTE_OPENER
    return score


def spanning_word(tail: str, head: str) -> float:
    """Gain of reading the break as inside a word, by jieba's dictionary."""
    left, right = _LAST.search(tail), _FIRST.match(head)
    a, b = (left[0] if left else ""), (right[0] if right else "")
    if not a or not b:
        return 0.0
    spans = any(is_word(a[-i:] + b[:j]) for i in (1, 2, 3) for j in (1, 2, 3) if i <= len(a) and j <= len(b))
    if not spans:
        return 0.0
    gain = _probability(a + b) - _probability(a) - _probability(b)
    return max(0.0, min(WORD_MOST, WORD * gain))


@lru_cache(maxsize=4096)
def _probability(text: str) -> float:
    """Log-probability of the best segmentation of a short run of Chinese characters."""
    total = 0.0
    for word in words(text):
        frequency = word_frequency(word)
        total += math.log(frequency) - CORPUS if frequency else UNKNOWN
    return total


def open_pairs(text: str) -> str:
    """The closing marks that `text` still waits for, outermost first."""
    waiting: list[str] = []
    closers = dict(_PAIRS)
    for c in text:
        if c in closers:
            waiting.append(closers[c])
        elif waiting and c == waiting[-1]:
            waiting.pop()
        elif c in closers.values() and c in waiting:
            del waiting[waiting.index(c) :]
    return "".join(waiting)


def _unopened(text: str) -> str:
    """The first closing mark in `text` that nothing opened, or ""."""
    waiting: list[str] = []
    closers = dict(_PAIRS)
    for c in text:
        if c in closers:
            waiting.append(closers[c])
        elif c in closers.values():
            if c not in waiting:
                return c
            del waiting[waiting.index(c) :]
    return ""


def _balance(tail: str, head: str) -> float:
    waiting, unopened = open_pairs(tail), _unopened(head)
    if waiting and unopened:
        return QUOTE if unopened in waiting else -QUOTE / 2
    if unopened:
        return -QUOTE
    if waiting and waiting[-1] in "》)":
        return -QUOTE / 2  # titles and brackets are short: the other half would be near
    return 0.0
