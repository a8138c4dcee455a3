"""A looser query for one that finds nothing: the words of its long terms, each wherever it stands.

Literal search never loses what is printed; it finds nothing where a reader puts words together that the paper has
apart. What is found so is said to be found so: it is never mixed with literal hits.
"""

from __future__ import annotations

from dataclasses import replace

from .folding import is_han
from .query import MAX_TERMS, Part, Query, Term

WORD = 2  # characters; shorter ones are mostly particles


def relax(query: Query) -> Query | None:
    """The query with its unquoted terms taken apart into words by jieba; None where nothing can be taken apart."""
    wanted: list[tuple[Part, ...]] = []
    for group in query.wanted:
        words = _words(group[0]) if len(group) == 1 else ()
        wanted += [(word,) for word in words] or [group]
    wanted = list(dict.fromkeys(wanted))
    if wanted == list(query.wanted) or len(wanted) > MAX_TERMS:
        return None
    return replace(query, wanted=tuple(wanted))


def _words(part: Part) -> tuple[Term, ...]:
    """The words of a term, at least two; a quotation is meant as it stands."""
    from ..extraction.segmentation import words

    if not isinstance(part, Term) or part.quoted or not any(map(is_han, part.folded)):
        return ()
    long = [word for run in part.runs for word in words(run, guess=True) if len(word) >= WORD]
    found = tuple(Term(word, word, field=part.field) for word in dict.fromkeys(long))
    return found if len(found) > 1 or (found and found[0].folded != part.folded) else ()
