"""What is shown when there is nothing to show."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string


def page_not_found(request, exception):
    return render(request, "404.html", status=404)


def server_error(request):
    # Without a request: what failed may be the session or the database.
    return HttpResponseServerError(render_to_string("500.html"))


def gone(request, article=None):
    """410: the article was withdrawn, for a reason that readers are told, or no longer exists."""
    return render(request, "article_gone.html", {"article": article}, status=410)
