"""What a page's head tells machines, and how its article is cited."""

import json

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.safestring import mark_safe

from ..publishing.feeds import feed_path
from ..publishing.pages import PAGES
from ..publishing.references import SHOWN, cite_article, describe_article
from ..publishing.site import Site, asked_for, json_address
from .reading import opening

register = template.Library()

# By the name of a page's address: where the context has what the page is of.
SUBJECTS = {
    "newspaper": "newspaper",
    "newspaper-year": "newspaper",
    "issue": "issue",
    "page": "page",
    "article": "article",
    "category": "category",
    "column": "column",
    "person": "person",
}
FOLLOWED = ("newspaper", "newspaper-year", "category", "column", "person")
# The end of the block and of comments must not stand in it.
IN_SCRIPT = str.maketrans({"<": r"\u003c", ">": r"\u003e", "&": r"\u0026"})


@register.inclusion_tag("_machines.html", takes_context=True)
def machines(context):
    """The head's lines for a page; none where there is no request, or no page of ours."""
    request = context.get("request")
    match = request and request.resolver_match
    if match is None:
        return {}
    name, site = match.url_name, Site(request)
    subject = context.get(SUBJECTS.get(name))
    path, number = escape_uri_path(request.path), context.get("page_obj") and context["page_obj"].number
    facts = {
        "site_name": settings.SITE_NAME,
        "title": str(subject or settings.SITE_NAME),
        "canonical": site.absolute(f"{path}?page={number}" if number and number > 1 else path),
        "feeds": [(settings.SITE_NAME, reverse("feed"))],
    }
    if name in PAGES:
        facts["json"] = json_address(asked_for(request))
    if name == "search":
        facts["canonical"] = None
    if name in FOLLOWED:
        facts["feeds"].append((subject, feed_path(subject.get_absolute_url())))
    if name == "article" and subject.issue:
        facts |= article_facts(subject, context["pages"], site)
    return facts


def article_facts(article, pages, site):
    described = describe_article(article, pages, site)
    return {
        "article": article,
        "description": opening(article.body),
        "data": mark_safe(json.dumps(described, ensure_ascii=False).translate(IN_SCRIPT)),
    }


@register.simple_tag(takes_context=True)
def references(context):
    """[(name, reference)] of the page's article."""
    cited = cite_article(context["article"], context["pages"], Site(context["request"]))
    return [(name, cite(cited)) for name, cite in SHOWN]
