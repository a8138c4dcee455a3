"""What browsers and crawlers look for: sitemaps, robots.txt, the description of the search."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..publishing.site import Site, json_address
from ..publishing.sitemaps import read_part, write_index, write_part

# Searches and filters are endless, and all they find is in the sitemap.
NOT_CRAWLED = ("/admin/", "/search/?", "/search.json", "/articles/?", "/articles.json?")


@require_safe
def sitemap(request):
    return HttpResponse(write_index(Site(request)), content_type="application/xml")


@require_safe
def sitemap_part(request, name, number):
    entries = read_part(name, number)
    if entries is None:
        raise Http404
    return HttpResponse(write_part(Site(request), entries), content_type="application/xml")


@require_safe
def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_CRAWLED), ""]
    lines.append(f"Sitemap: {Site(request).absolute(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def opensearch(request):
    site, address = Site(request), reverse("search")
    context = {
        "name": settings.SITE_NAME,
        "html": site.absolute(address),
        "json": site.absolute(json_address(address)),
        "self": site.absolute(reverse("opensearch")),
        "icon": site.absolute("/favicon.ico"),
    }
    return render(request, "opensearch.xml", context, content_type="application/opensearchdescription+xml")
