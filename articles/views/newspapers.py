"""A newspaper by year and month, and an issue."""

import calendar
from collections import defaultdict

from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ..models import Issue, Newspaper, Page
from .answering import render
from .listings import list_pages


@require_safe
def newspaper(request, slug, year=None):
    paper = get_object_or_404(Newspaper.objects.visible_to(request.user), slug=slug)
    issues = Issue.objects.visible_to(request.user).filter(newspaper=paper)
    years = list(issues.values_list("date__year").annotate(Count("pk")).order_by("-date__year"))
    if year is None:
        year = years[0][0] if years else None
    elif year not in dict(years):
        raise Http404
    months = list_months(year, issues.filter(date__year=year).select_related("newspaper")) if year else []
    context = {"newspaper": paper, "years": years, "year": year, "months": months}
    return render(request, "newspaper_detail.html", context)


def list_months(year, issues):
    """[(month, weeks)]; a week is seven (day of month, or 0 outside the month; issues of that day)."""
    by_day = defaultdict(list)
    for issue in issues.order_by("date", "edition"):
        by_day[issue.date.month, issue.date.day].append(issue)
    return [
        (month, [[(day, by_day.get((month, day), [])) for day in week] for week in calendar.monthcalendar(year, month)])
        for month in sorted({month for month, _ in by_day})
    ]


@require_safe
def issue(request, slug, label):
    visible = Issue.objects.visible_to(request.user).select_related("newspaper")
    this = visible.filter(newspaper__slug=slug, date=label.date, edition=label.edition).first()
    if this is None:
        raise Http404
    pages = Page.objects.visible_to(request.user).filter(issue=this).for_lists().in_order()
    context = {
        "issue": this,
        "listings": list_pages(pages, request.user),
        "previous": visible.before(this).first(),
        "next": visible.after(this).first(),
    }
    return render(request, "issue_detail.html", context)
