"""Suggestions while somebody types: categories, columns, people and titles that have what is typed in their names.

Titles come from the search index, the newest first; a single character has too many. Of people and columns a bounded
number is looked at, those that begin with what is typed first, so that a suggestion costs the same in any archive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Q, When

from ..models import Article, Category, Column, Person
from . import search
from .folding import fold
from .query import Query, Term

LONGEST = 40  # characters that are looked for
CANDIDATES = 20
NAMES, TITLES = 3, 5

User = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class Suggestion:
    kind: str
    words: str
    address: str


def suggest(typed: str, user: User) -> list[Suggestion]:
    typed = typed.strip()[:LONGEST]
    folded = fold(typed)
    if not folded:
        return []
    return [
        *islice(_named("类别", Category, typed, folded, user), NAMES),
        *islice(_named("栏目", Column, typed, folded, user), NAMES),
        *islice(_named("人物", Person, typed, folded, user), NAMES),
        *_titles(typed, folded, user),
    ]


def _named(kind: str, model: Any, typed: str, folded: str, user: User) -> Iterator[Suggestion]:
    begins = Q(name__startswith=typed) | Q(name__startswith=folded)
    inside = Q(name__contains=typed) | Q(name__contains=folded)
    living = model.objects.living()
    found = list(living.filter(begins).order_by("name").values_list("pk", flat=True)[:CANDIDATES])
    if len(found) < CANDIDATES:
        more = living.filter(inside).exclude(pk__in=found).order_by()
        found += more.values_list("pk", flat=True)[: CANDIDATES - len(found)]
    places = Case(*(When(pk=pk, then=place) for place, pk in enumerate(found)), default=CANDIDATES)
    for row in model.objects.filter(pk__in=found).visible_to(user).order_by(places)[:NAMES] if found else ():
        yield Suggestion(kind, row.name, row.get_absolute_url())


def _titles(typed: str, folded: str, user: User) -> list[Suggestion]:
    term = Term(typed, folded, field="title")
    if not term.runs or len(folded) < 2:
        return []
    hits = search(Query(typed, ((term,),)), articles=Article.objects.visible_to(user), order="newest")[:TITLES]
    return [Suggestion("文章", hit.article.title, hit.article.get_absolute_url()) for hit in hits if hit.article]
