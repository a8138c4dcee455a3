"""What was typed into the search box, read once into a frozen value. Nothing typed is ever an error.

    经济 发展              both, each wherever it stands
    "经济发展" “…” 「…」     word for word, punctuation too
    经济 -广告 －"招聘启事"   not these

A word is found as typed, however long, punctuation in it matching any punctuation. Quotes and minus signs count at the
beginning of a word; elsewhere they are part of what is looked for: a headline can be pasted as it was printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .folding import fold, runs

MAX_LENGTH = 200  # characters; longer than any headline
MAX_TERMS = 12

_QUOTES = ('"“”＂', '"“”＂'), ("「", "」"), ("『", "』")
_QUOTED = "|".join(f"[{opening}]([^{opening}{closing}]+)[{closing}]" for opening, closing in _QUOTES)
_OPENING = "".join(opening for opening, _ in _QUOTES)
# A quotation is a phrase when it is all of its word: “双减”政策 is a word that holds quotes.
_TOKEN = re.compile(rf"(?P<minus>[-－−])?(?:(?:{_QUOTED})(?=\s|\Z|[{_OPENING}])|(?P<word>\S+))")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to find. `folded` is `typed` as search compares it."""

    typed: str
    folded: str
    quoted: bool = False

    @property
    def runs(self) -> tuple[str, ...]:
        """Its stretches of word characters: in a text they follow each other across any punctuation or space."""
        return runs(self.folded)

    @property
    def literal(self) -> str | None:
        """What must stand in the text letter by letter: a quotation with punctuation in it."""
        return self.folded if self.quoted and self.runs != (self.folded,) else None

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds the term in a folded text."""
        return literal_pattern(self.literal) if self.literal else runs_pattern(" ".join(self.runs))


@lru_cache(maxsize=256)
def runs_pattern(spaced: str) -> re.Pattern[str]:
    """Finds runs, given with single spaces between them, that follow each other across barriers."""
    return re.compile(r"[\W_]+".join(map(re.escape, spaced.split(" "))))


@lru_cache(maxsize=256)
def literal_pattern(folded: str) -> re.Pattern[str]:
    return re.compile(re.escape(folded))


@dataclass(frozen=True, slots=True)
class Query:
    """All of `terms`, none of `excluded`. `notes` tell in Chinese what of the text typed was not used."""

    text: str = ""
    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing to find: such a query has no hits. Exclusions alone find nothing."""
        return not self.terms

    def explain(self) -> str:
        """The query in Chinese words, for the head of a list of hits."""
        if self.is_empty:
            return "没有可检索的词"
        parts = [("同时含有" if len(self.terms) > 1 else "含有") + "、".join(map(_name, self.terms))]
        if self.excluded:
            parts.append("不含" + "、".join(map(_name, self.excluded)))
        return "，".join(parts)


def parse_query(text: str) -> Query:
    """Read what was typed; more than MAX_LENGTH characters or MAX_TERMS terms are cut, and the notes say so."""
    notes = []
    typed = text.strip()
    if len(typed) > MAX_LENGTH:
        typed = typed[:MAX_LENGTH]
        notes.append(f"检索词过长，只用了前{MAX_LENGTH}个字。")
    wanted: dict[tuple[str, bool], Term] = {}
    unwanted: dict[tuple[str, bool], Term] = {}
    ignored, surplus = [], []
    for match in _TOKEN.finditer(typed):
        term = _read_term(match)
        side = unwanted if match["minus"] else wanted
        key = (term.folded, term.literal is not None)
        if not term.runs:
            ignored.append(match[0])
        elif len(wanted) + len(unwanted) >= MAX_TERMS and key not in side:
            surplus.append(match[0])
        else:
            side.setdefault(key, term)
    if ignored:
        notes.append(f"单独的标点不作检索词：{' '.join(ignored)}")
    if surplus:
        notes.append(f"检索词过多，只用了前{MAX_TERMS}个，未用：{' '.join(surplus)}")
    if unwanted and not wanted:
        notes.append("只有要排除的词，没有要找的词。")
    return Query(typed, tuple(wanted.values()), tuple(unwanted.values()), tuple(notes))


def _read_term(match: re.Match[str]) -> Term:
    word = match["word"]
    if word is not None:
        return Term(word, fold(word))
    quoted = next(group for group in match.groups()[1:] if group is not None)
    return Term(quoted, fold(quoted), quoted=True)


def _name(term: Term) -> str:
    return f"原文“{term.typed}”" if term.literal else f"“{term.typed}”"
