"""Looser queries for one that finds nothing: the words of its long terms, each wherever it stands; then most of them.

Literal search never loses what is printed; it finds nothing where a reader puts words together that the paper has
apart. What is found so is said to be found so: it is never mixed with literal hits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import comb

from .folding import is_han
from .query import MAX_TERMS, Part, Query, Term, as_typed, with_implied

WORD = 2  # characters; shorter ones are mostly particles
# What a question asks with: an answer does not say it.
ASKING = frozenset(
    "什么 什么时候 时候 怎么 怎么办 怎么样 怎样 如何 为何 为什么 多少 多久 几点 何时 哪里 哪儿 哪些 哪个 是否 是不是 "
    "有没有 能不能".split()
)
ABSENT = 3  # one word in so many may be absent
CONDITIONS = 70  # that a query may ask an engine for


def relaxations(query: Query) -> Iterator[Query]:
    """Looser and looser queries. Who quotes knows what is printed: words are not left out then."""
    words = relax(query)
    if words is None:
        return
    yield words
    count = len(words.groups)
    most = 0 if any(term.quoted for term in words.terms) else count // ABSENT
    for missing in range(1, most + 1):
        if comb(count, missing + 1) <= CONDITIONS:
            yield replace(words, missing=missing)


def relax(query: Query) -> Query | None:
    """The query with its unquoted terms taken apart into words by jieba; None where nothing can be taken apart."""
    wanted: list[tuple[Part, ...]] = []
    for group in query.wanted:
        typed = as_typed(group)
        words = _words(typed[0]) if len(typed) == 1 else ()
        wanted += [tuple(with_implied([word])) for word in words] or [group]
    wanted = list(dict.fromkeys(wanted))
    if wanted == list(query.wanted) or len(wanted) > MAX_TERMS:
        return None
    return replace(query, wanted=tuple(wanted))


def _words(part: Part) -> tuple[Term, ...]:
    """The words of a term, at least two; a quotation is meant as it stands."""
    from ..extraction.segmentation import words

    if not isinstance(part, Term) or part.quoted or not any(map(is_han, part.folded)):
        return ()
    long = [word for run in part.runs for word in words(run, guess=True) if len(word) >= WORD and word not in ASKING]
    found = tuple(Term(word, word, field=part.field) for word in dict.fromkeys(long))
    return found if len(found) > 1 or (found and found[0].folded != part.folded) else ()
