"""How much the archive holds, by newspaper and year, and by category: counted from indexes, kept until it changes.

At a million articles counting takes some tenths of a second; the page says when it was done.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db.models import Count, F
from django.db.models.functions import Substr
from django.utils import timezone

from ..models import Article, Issue, Newspaper, Page, Person
from ..models.articles import YEAR
from ..publishing.freshness import read_stamp
from ..querysets import sees_everything

KEPT = 3600  # seconds, if nothing changes


@dataclass
class Tally:
    issues: int = 0
    pages: int = 0
    pages_reviewed: int = 0
    articles: int = 0
    articles_reviewed: int = 0

    @property
    def share_reviewed(self):
        """Of the pages, in whole percent; only all of them are 100."""
        return self.pages_reviewed * 100 // self.pages if self.pages else 0

    def add(self, other):
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass
class Tallies:
    """newspaper -> year -> Tally, for the newspapers that have anything."""

    counted_at: object
    newspapers: dict = field(default_factory=dict)

    def by_year(self, newspaper=None):
        """[(year, Tally)] of a newspaper, or of all together, the earliest first."""
        years = defaultdict(Tally)
        for paper, found in self.newspapers.items():
            if newspaper in (None, paper):
                for year, tally in found.items():
                    years[year].add(tally)
        return sorted(years.items())


def with_counts(categories, user):
    """The categories, each with `article_count` as it is kept."""

    def count_them():
        articles = Article.objects.visible_to(user).filter(category__isnull=False).order_by()
        return dict(articles.values_list("category").annotate(Count("pk")))

    counts = cache.get_or_set(f"categories-{_as_of(user)}", count_them, KEPT)
    for category in categories:
        category.article_count = counts.get(category.pk, 0)
    return categories


def common_initials(user, most):
    """The first characters that most of the people whom the user sees have, as they are kept, in no order."""

    def count_them():
        first = Substr("name", 1, 1)
        people = Person.objects.living().visible_to(user).order_by()
        return [each for each, _ in people.values_list(first).annotate(n=Count("pk")).order_by("-n", first)[:most]]

    return cache.get_or_set(f"initials-{_as_of(user)}", count_them, KEPT)


def _as_of(user):
    """What is kept is kept until anything public changes, for those who see the same."""
    return f"{sees_everything(user)}-{read_stamp()[0]}"


def tally(user):
    """What is kept, or counted anew."""
    key = f"tallies-{_as_of(user)}"
    return cache.get_or_set(key, lambda: count(user), KEPT)


def count(user):
    by_paper = defaultdict(lambda: defaultdict(Tally))
    count_pages(user, by_paper)
    count_articles(user, by_paper)
    papers = Newspaper.objects.in_bulk(list(by_paper))
    named = sorted(by_paper, key=lambda pk: papers[pk].name)
    return Tallies(timezone.now(), {papers[pk]: dict(sorted(by_paper[pk].items())) for pk in named})


def count_pages(user, by_paper):
    years = dict(Issue.objects.order_by().values_list("pk", "date"))
    pages = Page.objects.visible_to(user).filter(issue__isnull=False).order_by()
    seen = set()
    for paper, issue, state, n in pages.values_list("newspaper", "issue", "state").annotate(Count("pk")):
        mine = by_paper[paper][years[issue].year]
        mine.pages += n
        mine.pages_reviewed += n if state == Page.State.REVIEWED else 0
        mine.issues += issue not in seen
        seen.add(issue)


def count_articles(user, by_paper):
    articles = Article.objects.visible_to(user).filter(sort_key__isnull=False).order_by()
    for paper, year, reviewed, n in articles.values_list("newspaper", F("sort_key") / YEAR, "reviewed").annotate(
        Count("pk")
    ):
        mine = by_paper[paper][year]
        mine.articles += n
        mine.articles_reviewed += n if reviewed else 0
