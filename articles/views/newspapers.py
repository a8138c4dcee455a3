"""A newspaper by year and month, and an issue."""

import calendar
from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ..models import Issue, Newspaper, Page
from ..reading.gaps import YEAR, missing_days, missing_pages
from .answering import render
from .listings import list_pages


class Day(NamedTuple):
    """A square of the calendar: the day of the month, 0 outside it, with its issues or whether one is missing."""

    number: int
    issues: list[Issue]
    missing: bool


@require_safe
def newspaper(request, slug, year=None):
    paper = get_object_or_404(Newspaper.objects.visible_to(request.user), slug=slug)
    issues = Issue.objects.visible_to(request.user).filter(newspaper=paper)
    years = list(issues.values_list("date__year").annotate(Count("pk")).order_by("-date__year"))
    if year is None:
        year = years[0][0] if years else None
    elif year not in dict(years):
        raise Http404
    context = {"newspaper": paper, "years": years, "year": year}
    if year:
        context |= year_of(issues, year, Page.objects.visible_to(request.user))
    return render(request, "newspaper_detail.html", context)


def year_of(issues, year, pages):
    """The months of a year with what is held and what is missing of them."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    margin = timedelta(days=YEAR)
    around = issues.filter(date__range=(max(date.min + margin, first) - margin, last + margin))
    held = dict(around.order_by("-edition").values_list("date", "number"))
    missing = missing_days(held, (first + timedelta(days=n) for n in range((last - first).days + 1)))
    mine = list(issues.filter(date__range=(first, last)).select_related("newspaper").order_by("date", "edition"))
    numbers = defaultdict(list)
    for issue, number in pages.filter(issue__in=mine).values_list("issue", "number"):
        numbers[issue].append(number)
    for issue in mine:
        issue.lacking = missing_pages(numbers[issue.pk])
    return {
        "months": list_months(year, mine, missing),
        "missing": sorted(missing),
        "incomplete": [issue for issue in mine if issue.lacking],
    }


def list_months(year, issues, missing):
    """[(month, weeks of seven Days)] of the months with an issue or a missing day."""
    by_day = defaultdict(list)
    for issue in issues:
        by_day[issue.date.month, issue.date.day].append(issue)
    lacking = {(day.month, day.day) for day in missing}

    def square(month, number):
        return Day(number, by_day.get((month, number), []), (month, number) in lacking)

    return [
        (month, [[square(month, number) for number in week] for week in calendar.monthcalendar(year, month)])
        for month in sorted({month for month, _ in (*by_day, *lacking)})
    ]


@require_safe
def issue(request, slug, label):
    visible = Issue.objects.visible_to(request.user).select_related("newspaper")
    this = visible.filter(newspaper__slug=slug, date=label.date, edition=label.edition).first()
    if this is None:
        raise Http404
    pages = list(Page.objects.visible_to(request.user).filter(issue=this).for_lists().in_order())
    context = {
        "issue": this,
        "pages": pages,
        "lacking": missing_pages([page.number for page in pages]),
        "listings": list_pages(pages, request.user),
        "earlier": visible.before(this).first(),
        "later": visible.after(this).first(),
    }
    return render(request, "issue_detail.html", context)
