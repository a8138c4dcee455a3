"""What a page opened from a search says of it."""

from django import template

from ..views.search import trail

register = template.Library()


@register.simple_tag(takes_context=True)
def search_trail(context):
    return trail(context["request"]) if "request" in context else None
