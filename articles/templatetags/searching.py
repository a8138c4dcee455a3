"""What a page opened from a search says of it."""

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import escape
from django.utils.safestring import mark_safe

from ..search.highlight import mark
from ..views.search import trail

register = template.Library()


@register.simple_tag(takes_context=True)
def search_trail(context):
    """The search that the page was opened from (articles.views.search.trail); None if it was not."""
    return trail(context["request"]) if "request" in context else None


@register.filter
def marked(text, trail):
    """The text with what a trail's search is for marked, everything escaped, and its lines."""
    if not trail or trail["query"].is_empty:
        return linebreaksbr(text)
    parts = ((escape(fragment.text), fragment.marked) for fragment in mark(text, trail["query"]))
    html = "".join(f"<mark>{words}</mark>" if hit else words for words, hit in parts)
    return mark_safe(html.replace("\n", "<br>"))
