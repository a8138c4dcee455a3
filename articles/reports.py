"""What the chief editor asks of the archive: how far it is, what is missing from it, who wrote what.

Each report costs a fixed number of queries. Nothing here ranks people: names come in the order of the alphabet.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear, TruncMonth

from .models import Article, Correction, Credit, Issue, Page
from .models.pages import BESIDE_THE_PAGE

WEEKDAYS = "一二三四五六日"
USUAL = 0.5  # of the weeks with any issue: a weekday that has one in so many is one on which the paper appears
WEEKS_KNOWN = 3  # with fewer weeks the rhythm of a year is taken from all years
REDONE = 4  # how often an act may have been undone and done again
# Acts that mend nothing of the split.
NO_TOUCH = ("send_to_review", "sign_off", "reopen", "mark_unfixable", *BESIDE_THE_PAGE)


def in_force(rows):
    """Entries of the journal that are neither an undo nor undone, or done again since."""
    wanted, path = Q(), "undone_by"
    for _ in range(REDONE):
        earlier = path.removesuffix("__undone_by") if "__" in path else ""
        stands = Q(**{f"{path}__isnull": True})
        wanted |= stands & Q(**{f"{earlier}__isnull": False}) if earlier else stands
        path += "__undone_by__undone_by"
    return rows.filter(wanted, undoes__isnull=True)


def pages_by_month(newspaper=None):
    """[(month or None, {state: pages}, {"all", "reviewed", "withdrawn": articles})], newest first, undated last."""
    own = {"newspaper": newspaper} if newspaper else {}
    month = TruncMonth("issue__date")
    found = defaultdict(lambda: (Counter(), Counter()))
    pages = Page.objects.filter(**own).order_by().values_list(month, "state").annotate(n=Count("pk"))
    for when, state, n in pages:
        found[when][0][state] += n
    articles = Article.objects.living().filter(**own).order_by().values_list(month)
    counts = (Count("pk"), Count("pk", filter=Q(reviewed=True)), Count("pk", filter=Q(state="withdrawn")))
    for when, *numbers in articles.annotate(all=counts[0], signed=counts[1], gone=counts[2]):
        found[when][1].update(dict(zip(("all", "reviewed", "withdrawn"), numbers, strict=True)))
    return [(when, *found[when]) for when in sorted(found, key=lambda m: m or date.min, reverse=True)]


def touches_by_month(newspaper=None):
    """[(month, pages touched, touches)]: entries in force that mended something, in the month they were made."""
    rows = in_force(Correction.objects.filter(pages__isnull=False)).exclude(action__in=NO_TOUCH)
    if newspaper:
        rows = rows.filter(pages__newspaper=newspaper)
    months = (
        rows.order_by().values_list(TruncMonth("at")).annotate(n=Count("pages", distinct=True), touches=Count("pk"))
    )
    return sorted(((when.date(), n, touches) for when, n, touches in months), reverse=True)


def acts_by_person(year=None):
    """[(account, name, [(action, entries)])] of acts in force, people and kinds of act in alphabetical order."""
    rows = in_force(Correction.objects.filter(user__isnull=False))
    if year:
        rows = rows.filter(at__year=year)
    found = defaultdict(list)
    names = ("user__username", "user__first_name", "user__last_name", "action")
    for account, first, last, action, n in rows.order_by().values_list(*names).annotate(n=Count("pk")).order_by(*names):
        found[account, f"{first} {last}".strip() or account].append((action, n))
    return [(account, name, acts) for (account, name), acts in found.items()]


def years_of_acts():
    return list(
        Correction.objects.order_by().values_list(ExtractYear("at"), flat=True).distinct().order_by("-at__year")
    )


@dataclass(frozen=True, slots=True)
class Missing:
    """A day without an issue (then `number` is empty), or a page that an issue lacks."""

    newspaper: str
    day: date
    number: str = ""

    @property
    def weekday(self):
        return "星期" + WEEKDAYS[self.day.weekday()]

    @property
    def what(self):
        return f"缺第{self.number}版" if self.number.isdigit() else f"缺{self.number}版" if self.number else "缺整期"


def find_missing(newspaper=None):
    """Every Missing between the first and the last issue of each newspaper, in order of newspaper and day."""
    own = {"newspaper": newspaper} if newspaper else {}
    days = defaultdict(set)
    for name, day in Issue.objects.filter(**own).order_by().values_list("newspaper__name", "date").iterator():
        days[name].add(day)
    found = [Missing(name, day) for name in days for day in missing_days(days[name])]
    numbers = defaultdict(list)
    pages = Page.objects.filter(issue__isnull=False, **own).exclude(number="").order_by()
    fields = ("newspaper__name", "issue__date", "issue__edition", "number")
    for name, day, edition, number in pages.values_list(*fields).iterator():
        numbers[name, day, edition].append(number)
    for (name, day, _), labels in numbers.items():
        found += [Missing(name, day, label) for label in missing_numbers(labels)]
    return sorted(found, key=lambda m: (m.newspaper, m.day, bool(m.number), len(m.number), m.number))


def missing_days(days):
    """Days between the first and the last on which the paper should have appeared, by its own rhythm in that year.

    A year's rhythm is the weekdays that have an issue in half of the weeks that have any: weeks wholly missing do not
    make a daily look like a weekly.
    """
    rhythms = {
        year: weekdays for year in {d.year for d in days} if (weekdays := rhythm_of(d for d in days if d.year == year))
    }
    always = rhythm_of(days)
    day, last = min(days), max(days)
    while day <= last:
        if day not in days and day.weekday() in rhythms.get(day.year, always):
            yield day
        day += timedelta(days=1)


def rhythm_of(days):
    """The weekdays (Monday 0) on which issues of these days usually appear; none while too few weeks are known."""
    days = set(days)
    weeks = len({day.isocalendar()[:2] for day in days})
    if weeks < WEEKS_KNOWN:
        return set()
    counts = Counter(day.weekday() for day in days)
    return {weekday for weekday, n in counts.items() if n / weeks >= USUAL}


def missing_numbers(labels):
    """Page labels that a run from 1 to the highest lacks, for each letter: 1 2 4 -> 3; A01 A03 -> A02."""
    runs = defaultdict(dict)
    for label in labels:
        if match := re.fullmatch(r"(\D*)(\d+)", label):
            runs[match[1]][int(match[2])] = len(match[2]) if match[2].startswith("0") else 0
    for letter, run in sorted(runs.items()):
        width = max(run.values())
        for number in range(1, max(run)):
            if number not in run:
                yield f"{letter}{number:0{width}d}"


def years_of_articles():
    years = Article.objects.visible_to(None).order_by().values_list("issue__date__year", flat=True).distinct()
    return sorted(years, reverse=True)


def count_contributions(year, newspaper=None):
    """(name, note, role, articles) of a year's public articles, by name: each article once a person and role."""
    articles = Article.objects.visible_to(None).filter(issue__date__year=year)
    if newspaper:
        articles = articles.filter(newspaper=newspaper)
    fields = ("person__name", "person__note", "role")
    rows = Credit.objects.filter(article__in=articles, person__isnull=False).order_by().values(*fields, "person")
    return rows.annotate(articles=Count("article", distinct=True)).order_by(*fields, "person")
