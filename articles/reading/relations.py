"""What an article is read along with, and why: its series, the same text elsewhere, what speaks of the same things.

The search index finds candidates in two queries, whatever the size of the archive; a third reads them, and the rules
of `series` and `repeats` decide. All keep to a year on either side, so that the index looks through two
years only, and a series keeps to one newspaper. What is of it or the same text is not told again as related.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import NamedTuple

from ..models import Article
from ..querysets import ArticleQuerySet
from ..search.backends import get_backend
from ..search.folding import fold
from ..search.query import Days, Query, Term
from ..search.related import KEYWORDS, related_keys
from ..search.results import in_days
from .repeats import is_same_text, stretches, words_of
from .series import Part, read_part

YEAR = timedelta(days=365)
RELATED, SHARED = 5, 3  # articles shown, and words given as the reason for each
CANDIDATES = 40  # documents looked at, of each kind


class Related(NamedTuple):
    article: Article
    words: list[str]


class Member(NamedTuple):
    article: Article
    part: Part


@dataclass(slots=True)
class Relations:
    series: list[Member] = field(default_factory=list)  # with the article itself, in printed order
    repeats: list[Article] = field(default_factory=list)
    related: list[Related] = field(default_factory=list)


def find_relations(article: Article, visible: ArticleQuerySet) -> Relations:
    """Those of `visible` that belong with `article`."""
    part, probes = part_of(article), stretches(article.body)
    kin, related = _kin_keys(article, part, probes), related_keys(article, CANDIDATES)
    keys = {*kin, *related} - {article.sort_key}
    if not keys:
        return Relations()
    texts = ("search_document__title", "search_document__body")
    found = visible.filter(sort_key__in=keys).for_links(*texts).select_related("search_document")
    others = {other.sort_key: other for other in found}
    akin = [others[key] for key in kin if key in others]
    relations = Relations(
        series=_series(article, part, akin) if part else [],
        repeats=_repeats(article, akin) if probes else [],
    )
    told = {other.pk for other in (*relations.repeats, *(member.article for member in relations.series))}
    near = (others[key] for key in related if key in others and others[key].pk not in told)
    relations.related = [Related(other, _shared_words(article, other)) for other in islice(near, RELATED)]
    return relations


def part_of(article: Article) -> Part | None:
    return read_part(article.headline, article.kicker, article.subheadline)


def _kin_keys(article: Article, part: Part | None, probes: list[str]) -> list[int]:
    """Keys of documents with the series' name in their headlines or with one of the probes, the newest first."""
    terms = [Term(words, words) for words in probes]
    if part:
        terms.append(Term(part.name, part.name, field="title"))
    if article.issue is None or not terms:
        return []
    day = article.issue.date
    query = Query(wanted=(tuple(terms), (Days(day - YEAR, day + YEAR),)))
    found = get_backend().match(query).filter(in_days(query), article__isnull=False)
    return list(found.order_by("-key").values_list("key", flat=True)[:CANDIDATES])


def _series(article: Article, part: Part, others: list[Article]) -> list[Member]:
    """The parts of the article's series, by day and number; none where it is the only one."""
    members = [Member(article, part)]
    for other in others:
        its = part_of(other)
        if its and its.name == part.name and other.newspaper_id == article.newspaper_id:
            members.append(Member(other, its))
    if len({member.part.number for member in members}) < 2:
        return []
    return sorted(members, key=lambda member: (member.article.issue.date, member.part.number, member.article.pk))


def _repeats(article: Article, others: list[Article]) -> list[Article]:
    """Those with the same text, the oldest first."""
    mine = words_of(fold(article.body))
    return [other for other in reversed(others) if is_same_text(mine, words_of(other.search_document.body))]


def _shared_words(article: Article, other: Article) -> list[str]:
    """The article's keywords that the other speaks of too, the weightiest first."""
    said = other.search_document
    words = [word for word in article.keywords[:KEYWORDS] if fold(word) in f"{said.title} {said.body}"]
    return words[:SHARED]
