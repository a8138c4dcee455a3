"""What the editors' screens show on the admin's first screen."""

from django import template

from ..admin.queue import queue_front as front

register = template.Library()


@register.inclusion_tag("admin/desk/_front.html", takes_context=True)
def queue_front(context):
    user = context["request"].user
    return front(user) | {"user": user} if user.has_perm("articles.view_page") else {"rows": None}
