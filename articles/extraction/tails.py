"""Paragraphs that a column end cut: which pieces are tails, and how well a piece reads on from one.

    …昨夜下了一场大雪,公园里的长           a tail: no sentence ends here
    椅都白了。                           reads on: 长椅 is a word of the dictionary

Evidence, in the order of its weight: a word that spans the break; quotes and brackets opened before and closed behind
it; numbers and measures torn apart; a particle that cannot begin a sentence; the items of a list, which go on as they
began; against it, a beginning that opens paragraphs (a time, a name, a quotation) and a torn word that nothing takes
up. Points are log-odds.

    …送种子、送农具、 / 送技术              both items of the list begin with 送: so does the next, three times in four

    3月5日,青石县的三家织布厂             breaks off: a day and a place begin a paragraph, here cut after its first line
    把小事办好,才能把人心焐热             does not: a summary (提要), which is printed without a full stop
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from . import cues
from .segmentation import is_word, tag_words, word_frequency, words

# How much likelier this is, by its logarithm, where the head is the rest than where it is another paragraph:
WORD = 0.8  # per unit of log-probability gained by reading the break as inside a word
WORD_MOST = 8.0
UNKNOWN = -18.0  # log-probability of a character that is no word by itself
CORPUS = math.log(6.0e7)  # size of jieba's corpus
QUOTE = 2.6
NUMBER = 3.0
PARTICLE = 1.5
LATIN = 1.5
TORN = -1.3  # one character is left before the break, and no word takes it up behind
NAME = -1.3  # a name, a place or a time more often begins a paragraph than it goes on with one
ADVERB = -0.5  # and so does an adverb or a pronoun
ALIKE, UNLIKE = 2.0, -1.5  # three in four lists of items that begin or end alike go on so, which chance seldom does
LIST_CHARS = 40  # characters before the break that are read for the last items of a list
ITEM_CHARS = 10  # in which an item of such a list ends
OPENER = -3.0  # what opens paragraphs seldom goes on with one
WEAK_OPENER = -1.0  # in the middle of sentences these words are common, too
QUOTE_OPENER = -2.5  # quotes open paragraphs, and words
NEWS_START = -9.0  # a dateline always begins an article
ENDING = 80  # characters in which a sentence ends, with all that closes behind its stop
WINDOW = 12  # characters read for the word at the break
NEAR, NEAR_CHARS = 0.7, 3  # points for a comma or stop so near behind the break
CLAUSE_CHARS, LONG_CLAUSE = 16, -0.03  # for each character that the broken clause is longer
REST_CHARS, LENGTH = 60, -0.5  # for each e-fold of length over this
BEGINS_NEWS, BEGINS_QUOTE = 1.6, 1.4  # a summary (提要) begins with neither a day, a place, a name nor a quotation
ENDS_SHORT = 1.8  # a comma or so, and a word: nobody ends there
ENDS_UNFINISHED = 1.1  # nor on a preposition, a measure or an adverb
ENDS_ENUMERATION = -1.0  # but many on the last of an enumeration
_NAMES = frozenset(("ns", "nr", "nt", "nrfg", "nrt", "nz", "t", "s", "mq", "tg"))  # jieba's tags
_BINDING = frozenset(("p", "c", "uj"))
_UNFINISHED = frozenset(("p", "c", "d", "uj", "ul", "uz", "ud", "uv", "u", "q", "m", "r", "f"))
_NEWS_FIRST = re.compile(r"^(?:\d|[在近自据]|最近|当地)")
_LAST_CLAUSE_SHORT = re.compile(r"[,;][^,。、;:!?]{0,4}$")
_ENUMERATION = re.compile(r"、[^,。;:!?、]{2,6}$")
_LAST_ITEMS = re.compile(r"([^,。、;:!?“”]{2,})、([^,。、;:!?“”]{2,8})、([^,。、;:!?“”]*)$")
_CLAUSE_ENDS = ",。、;:!?"
_CLAUSE_END = re.compile(f"[{_CLAUSE_ENDS}]")
_HAN = "\u4e00-\u9fff"
_LAST = re.compile(rf"[{_HAN}]{{0,6}}$")
_FIRST = re.compile(rf"^[{_HAN}]{{0,6}}")
# Characters that hardly ever begin a sentence, and those that hardly ever end one.
# 的, 地, 了 and their like begin words too: 过去, 了解, 着力, 之后.
_NEVER_FIRST = re.compile(
    r"^(?:的(?!确)|地(?![处方铁点区上下面块])|得(?![益知到])|了(?!解|不起|却)|着(?![眼力手重])|过(?![去年后完往节冬度渡敏早期程路])|之(?![后前间所])"
    r"|不[过了得到住上起出清下开完动]的|[们、,。;:!?)”’》」』%]|等[,。、]|者|性|化)"
)
_NEVER_LAST = re.compile(
    r"[的和与及或在对把被将为向从以由于因并且而则更最很这那各每一两其该所不未没使让给是有要会能可应需须到至、,(《“‘:—-]$"
)
_WEAK_OPENER = re.compile(r"^(?:[在为他她]|通过|我们|第|不|有人)")
_MEASURE = re.compile(r"^(?:[\d.,%]|[年月日时分秒元万亿千百个名人户家件次位亩吨米平公条项辆台套所座间场余多])")
_CLOSERS = {"“": "”", "‘": "’", "《": "》", "(": ")", "「": "」", "『": "』"}
_PAIRED = re.compile("[“”‘’《》()「」『』]")


def is_cut(folded: str) -> bool:
    """Does this text stop before its sentence does?"""
    return not cues.SENTENCE_END.search(folded, max(0, len(folded) - ENDING))


@lru_cache(maxsize=4096)
def reads_on(tail: str, head: str) -> float:
    """How much speaks for `head` being the rest of `tail` (both width-folded), position aside; below 0: against."""
    if cues.DATELINE.match(head):
        return NEWS_START
    spanned = spanning_word(tail, head)
    score = spanned + _balance(tail, head) + _keeps_form(tail, head)
    if tail[-1:].isdigit() and _MEASURE.match(head):
        score += NUMBER
    if tail[-1:].isascii() and tail[-1:].isalpha() and head[:1].isascii() and head[:1].isalpha():
        score += LATIN
    if _NEVER_FIRST.match(head):
        score += PARTICLE
    elif cues.PARAGRAPH_OPENER.match(head) or cues.LATE_OPENER.match(head):
        score += WEAK_OPENER if _WEAK_OPENER.match(head) else OPENER
    elif cues.QUOTE_OPENER.match(head):
        score += QUOTE_OPENER
    elif not spanned:
        score += _first_word_points(head[:WINDOW])
    if not spanned and not _NEVER_LAST.search(tail) and _ends_torn(tail[-WINDOW:]):
        score += TORN
    return score


def fits(tail: str, head: str) -> float:
    """How well the lengths suit a paragraph cut here: the rest of one is short, and so is the clause the cut is in."""
    ahead = _CLAUSE_END.search(head)
    left = len(tail) - 1 - max(tail.rfind(c) for c in _CLAUSE_ENDS)
    right = ahead.start() if ahead else len(head)
    score = NEAR if right <= NEAR_CHARS else 0.0
    score += LONG_CLAUSE * max(0, left + right - CLAUSE_CHARS)
    return score + LENGTH * min(1.0, math.log(max(1, len(head)) / REST_CHARS))


def ends_unfinished(text: str) -> bool:
    """Does `text` end in a word that must have another behind it: a preposition, a conjunction, 的?"""
    return _last_tag(text[-WINDOW:]) in _BINDING


def breaks_off(text: str) -> float:
    """How much a short text without a full stop looks cut: by how it begins, like a paragraph, and how it ends."""
    score = 0.0
    if cues.NEWS_OPENER.match(text) or _NEWS_FIRST.match(text) or _first_tag(text[:WINDOW]) in _NAMES:
        score += BEGINS_NEWS
    elif cues.QUOTE_OPENER.match(text):
        score += BEGINS_QUOTE
    if _LAST_CLAUSE_SHORT.search(text):
        score += ENDS_SHORT
    if _NEVER_LAST.search(text) or _last_tag(text[-WINDOW:]) in _UNFINISHED:
        score += ENDS_UNFINISHED
    if _ENUMERATION.search(text):
        score += ENDS_ENUMERATION
    return score


@lru_cache(maxsize=4096)
def _first_tag(text: str) -> str:
    return next((tag for _, tag in tag_words(text)), "")


@lru_cache(maxsize=4096)
def _last_tag(text: str) -> str:
    word, tag = (tag_words(text) or (("", ""),))[-1]
    return "m" if word[:1].isdigit() else tag


def _first_word_points(text: str) -> float:
    tag = _first_tag(text)
    if tag in _NAMES:
        return NAME
    return ADVERB if tag in ("d", "r") else 0.0


@lru_cache(maxsize=4096)
def _ends_torn(text: str) -> bool:
    """Does `text` end in a word of one Chinese character?"""
    last = words(text)[-1:]
    return bool(last) and len(last[0]) == 1 and "\u4e00" <= last[0] <= "\u9fff"


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
    for c in _PAIRED.findall(text):
        if c in _CLOSERS:
            waiting.append(_CLOSERS[c])
        elif waiting and c == waiting[-1]:
            waiting.pop()
        elif c in waiting:
            del waiting[waiting.index(c) :]
    return "".join(waiting)


def _unopened(text: str) -> str:
    """The first closing mark in `text` that nothing opened, or ""."""
    waiting: list[str] = []
    for c in _PAIRED.findall(text):
        if c in _CLOSERS:
            waiting.append(_CLOSERS[c])
        elif c not in waiting:
            return str(c)
        else:
            del waiting[waiting.index(c) :]
    return ""


def _keeps_form(tail: str, head: str) -> float:
    """Does `head` go on with the list that `tail` breaks off in as its last two items were formed?"""
    items = _LAST_ITEMS.search(tail, max(0, len(tail) - LIST_CHARS))
    if not items:
        return 0.0
    first, last, begun = items.groups()
    if last[-1] == first[-1] and last[-1] not in begun:
        return ALIKE if last[-1] in head[:ITEM_CHARS] else UNLIKE
    if last[0] == first[-len(last) :][0] and not begun:
        return ALIKE if head.startswith(last[0]) else UNLIKE
    return 0.0


def _balance(tail: str, head: str) -> float:
    waiting, unopened = open_pairs(tail), _unopened(head)
    if waiting and unopened:
        return QUOTE if unopened in waiting else -QUOTE / 2
    if unopened:
        return -QUOTE
    if waiting and waiting[-1] in "》)":
        return -QUOTE / 2  # titles and brackets are short: the other half would be near
    return 0.0
