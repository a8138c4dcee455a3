"""What the public pages say in words."""

import re

from django import template
from django.conf import settings

register = template.Library()

OPENING_LENGTH = 90
ENDINGS = tuple("。！？…；：”’」』）")
SENTENCE_END = re.compile(r"[。！？；][”’」』）]*")


@register.simple_tag
def site_name():
    return settings.SITE_NAME


@register.filter
def opening(text, length=OPENING_LENGTH):
    """The first words of a text, to the end of a sentence where one ends late enough."""
    lines = text.split("\n")
    # A line that no sentence ends is a subheading or a signature; it is kept only where there is nothing else.
    text = "　".join([line for line in lines if line.endswith(ENDINGS)] or lines)
    if len(text) <= length:
        return text
    ends = [match.end() for match in SENTENCE_END.finditer(text, length // 2, length)]
    return text[: ends[-1]] if ends else text[:length].rstrip("，、：“‘（《 ") + "……"


@register.filter
def page_label(number):
    """A page as a jump names it: `3` -> 第3版, `A03` -> A03版."""
    return f"第{number}版" if number.isdigit() else f"{number}版"


@register.filter
def written_name(user):
    """A user's name as Chinese is written; never the login name, which is nobody's business."""
    if user is None:
        return ""
    names = [user.last_name, user.first_name]
    if "".join(names).isascii():
        return user.get_full_name()
    return "".join(names)
