"""What editors call a topic: which words in the title and the lead of an article go with which category.

Naive Bayes over the cue words of the rules and the articles' own keywords, drawn to nothing while articles are few.
Only articles count whose category an editor has set, or that stand on pages that editors signed off.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator

from django.db.models import Q

from ..extraction.category_cues import STRONG, WEAK
from ..extraction.classify import LEAD
from ..models import Article, Newspaper

LEAST_ARTICLES, LEAST_OF_ONE = 20, 5
LEAST_SIGHTS = 3  # of a word
DRAWN = 8.0  # articles of a category that weigh as much as knowing nothing of it
POINTS = 1.5  # of the rules' scores, a unit of log-odds
MOST_POINTS = 3.0
LEAST_POINTS = 0.4
WORDS = 60  # of a category
_CUES = frozenset(cue for cues in (*STRONG.values(), *WEAK.values()) for cue in cues.split() if len(cue) > 1)


def fit_categories(newspaper: Newspaper | None, without: Collection[int] = ()) -> dict[str, dict[str, float]]:
    """Category -> word -> points, as `classify` adds them."""
    articles: Counter[str] = Counter()
    sights: Counter[str] = Counter()
    together: dict[str, Counter[str]] = {}
    for category, words in _read_articles(newspaper, without):
        articles[category] += 1
        sights.update(words)
        together.setdefault(category, Counter()).update(words)
    total = articles.total()
    if total < LEAST_ARTICLES:
        return {}
    fitted = {}
    for category, n in sorted(articles.items()):
        if n < LEAST_OF_ONE:
            continue
        points = {}
        for word, seen in sights.items():
            if seen >= LEAST_SIGHTS:
                common = seen / total
                odds = math.log((together[category][word] + DRAWN * common) / (n + DRAWN) / common)
                points[word] = round(max(-MOST_POINTS, min(MOST_POINTS, POINTS * odds)), 2)
        best = sorted(points, key=lambda word: (-abs(points[word]) * sights[word] ** 0.5, word))[:WORDS]
        fitted[category] = {word: points[word] for word in best if abs(points[word]) >= LEAST_POINTS}
    return fitted


def _read_articles(newspaper: Newspaper | None, without: Collection[int]) -> Iterator[tuple[str, set[str]]]:
    articles = Article.objects.living().filter(Q(reviewed=True) | ~Q(fixed=[]), category__isnull=False)
    if newspaper:
        articles = articles.filter(newspaper=newspaper)
    if without:
        articles = articles.exclude(page__in=without)
    fields = ("category__name", "fixed", "reviewed", "kicker", "headline", "subheadline", "body", "keywords")
    for category, fixed, reviewed, *titles, body, keywords in articles.order_by("pk").values_list(*fields).iterator():
        if reviewed or "category" in fixed:
            said = "\n".join((*titles, body[:LEAD]))
            yield category, {word for word in (*_CUES, *keywords) if word in said}
