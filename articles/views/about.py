"""What the archive is, in its owner's words and in ours."""

from django.conf import settings
from django.views.decorators.http import require_safe

from ..models import Newspaper
from .answering import render


@require_safe
def about(request):
    context = {
        "words": settings.ABOUT_TEXT,
        "contact": settings.REPORT_CONTACT,
        "newspapers": Newspaper.objects.visible_to(request.user),
    }
    return render(request, "about.html", context)
