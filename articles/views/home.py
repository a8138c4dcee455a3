"""The front door: the latest issue of each newspaper, and this day in earlier years."""

from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from ..models import Article, Issue, Newspaper, Page
from .answering import render
from .listings import list_pages

REMEMBERED = 6  # earlier years that are shown


@require_safe
def home(request):
    visible = Issue.objects.visible_to(request.user).select_related("newspaper")
    issues = visible.latest_of_each_newspaper()
    pages = Page.objects.visible_to(request.user).filter(issue__in=issues).for_lists().in_order()
    listings = list_pages(pages, request.user)
    context = {
        "latest": [(issue, [x for x in listings if x.page.issue_id == issue.pk]) for issue in issues],
        "newspapers": Newspaper.objects.visible_to(request.user),
        "today": (today := localdate()),
        "remembered": remember(today, visible, Article.objects.visible_to(request.user)),
    }
    return render(request, "home.html", context)


def remember(today, issues, articles):
    """[(issue, its lead article)] of this day in earlier years, newest first, spread over all years that there are."""
    found = list(issues.of_earlier_years(today).with_lead(articles))
    chosen = found[:: -(-len(found) // REMEMBERED) or 1]
    leads = articles.for_links().in_bulk([issue.lead for issue in chosen])
    return [(issue, leads[issue.lead]) for issue in chosen]
