"""Addresses that have changed lead to where things are now."""

from urllib.parse import quote, unquote

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import redirect

from ..models import FormerAddress, Page


def moved_to(url):
    """301, but asked for again each time: merges and renamings can be taken back."""
    return HttpResponsePermanentRedirect(url, headers={"Cache-Control": "no-cache"})


def redirect_misnamed(request, named):
    """A redirect when the name in the address is not what `named` is called now, else None."""
    url = named.get_absolute_url()
    if request.path == unquote(url):
        return None
    query = request.META.get("QUERY_STRING")
    return moved_to(f"{url}?{query}" if query else url)


def redirect_former(request):
    """To where the page that had this address is now, if it is public."""
    former = FormerAddress.objects.filter(path__in={request.path, quote(request.path)})
    page = Page.objects.visible_to(request.user).filter(former_addresses__in=former, issue__isnull=False).first()
    if page is None:
        raise Http404
    return redirect(page)
