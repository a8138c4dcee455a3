"""The front door: the latest issue of each newspaper."""

from django.views.decorators.http import require_safe

from ..models import Issue, Newspaper, Page
from .answering import render
from .listings import list_pages


@require_safe
def home(request):
    issues = Issue.objects.visible_to(request.user).latest_of_each_newspaper().select_related("newspaper")
    pages = Page.objects.visible_to(request.user).filter(issue__in=issues).for_lists().in_order()
    listings = list_pages(pages, request.user)
    latest = [(issue, [x for x in listings if x.page.issue_id == issue.pk]) for issue in issues]
    newspapers = Newspaper.objects.visible_to(request.user)
    return render(request, "home.html", {"latest": latest, "newspapers": newspapers})
