"""What may help where nothing is found: each word alone with its hits, and names that differ by one character.

A name is near a word when one character put in, left out or replaced makes them the same, and two are shared at least.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import connections
from django.db.models import Q
from django.db.models.functions import Length

from ..models import Column, Person
from ..querysets import ArticleQuerySet, PageQuerySet
from .query import Part, Query, Term, as_typed
from .results import COUNTED, Results

WORDS = 6  # that are counted alone
NAMES = 6
LONGEST = 12  # characters of a word that names are compared with
SHARED = 2


@dataclass(frozen=True, slots=True)
class Alone:
    """A word of the query: how it was typed, and its hits without the others (COUNTED + 1: more)."""

    text: str
    count: int

    @property
    def words(self) -> str:
        return f"{COUNTED}多" if self.count > COUNTED else f"{self.count}"


def words_alone(query: Query, articles: ArticleQuerySet, pages: PageQuerySet | None) -> list[Alone]:
    """Each of several words, with its hits among these; counted in one query."""
    groups = [group for group in query.wanted if any(isinstance(part, Term) for part in group)][:WORDS]
    if len(groups) < 2:
        return []
    alone = [Results(replace(query, wanted=(group,), unwanted=()), articles, pages, "newest") for group in groups]
    found = [results.backend.match(results.query).filter(results._seen).order_by()[: COUNTED + 1] for results in alone]
    return [Alone(_typed(group), n) for group, n in zip(groups, count_each(found), strict=True) if n]


def count_each(querysets: Sequence[object]) -> Sequence[int]:
    """How many rows each has, in one query."""
    compiled = [rows.values("key").query.sql_with_params() for rows in querysets]  # type: ignore[attr-defined]
    counts = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) AS found)" for sql, _ in compiled)
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT {counts}", [parameter for _, parameters in compiled for parameter in parameters])
        found: Sequence[int] = cursor.fetchone()
    return found


def _typed(group: Iterable[Part]) -> str:
    return "|".join(
        f"“{term.typed}”" if term.quoted else term.typed for term in as_typed(group) if isinstance(term, Term)
    )


def near_names(query: Query, user: AbstractBaseUser | AnonymousUser) -> list[tuple[str, str]]:
    """[(name, the query with it in place of what is near it)] of people, then of columns, that the user sees."""
    typed = [term.typed for term in as_typed(query.terms) if SHARED <= len(term.typed) <= LONGEST]
    if not typed:
        return []
    near = Q(pk__in=[])
    for word in typed:
        near |= _near(word)
    names: list[str] = []
    for model in (Person, Column):
        rows = model.objects.living().annotate(length=Length("name")).filter(near).visible_to(user)
        names += rows.order_by("name").values_list("name", flat=True).distinct()[:NAMES]
    return [
        (name, query.text.replace(word, name, 1)) for name in dict.fromkeys(names) for word in _first_near(name, typed)
    ]


def _near(word: str) -> Q:
    """Names one edit away; nothing may be looked for by less than SHARED characters."""
    near = Q(pk__in=[])
    for place in range(len(word) + 1):
        near |= _framed(word[:place], word[place:], len(word) + 1)
        if place < len(word) and len(word) > SHARED:
            near |= _framed(word[:place], word[place + 1 :], len(word)) | Q(name=word[:place] + word[place + 1 :])
    return near & ~Q(name=word)


def _framed(start: str, end: str, length: int) -> Q:
    return Q(name__startswith=start, name__endswith=end, length=length)


def _first_near(name: str, typed: Sequence[str]) -> list[str]:
    return [word for word in typed if is_near(name, word)][:1]


def is_near(one: str, other: str) -> bool:
    """Does one edit make them the same?"""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or one == other:
        return False
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return long[start + 1 :] == short[start + (len(long) == len(short)) :]
