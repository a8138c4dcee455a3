"""What a page opened from a search says of it."""

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import escape
from django.utils.safestring import mark_safe

from ..search import parse_query
from ..search.highlight import mark
from ..views.search import trail

register = template.Library()


@register.simple_tag(takes_context=True)
def search_trail(context):
    return trail(context["request"]) if "request" in context else None


@register.simple_tag(takes_context=True)
def searched(context):
    """The query of the search that the page was opened from; None if it was not."""
    asked = context["request"].GET if "request" in context else {}
    return parse_query(asked["q"]) if "q" in asked and "n" in asked else None


@register.filter
def marked(text, query):
    """The text with what was searched for marked, everything escaped, and its lines."""
    if query is None or query.is_empty:
        return linebreaksbr(text)
    parts = ((escape(fragment.text), fragment.marked) for fragment in mark(text, query))
    html = "".join(f"<mark>{words}</mark>" if hit else words for words, hit in parts)
    return mark_safe(html.replace("\n", "<br>"))
