"""What the public pages say in words."""

import re
from itertools import groupby

from django import template
from django.conf import settings

register = template.Library()

OPENING_LENGTH = 90
ENDINGS = tuple("。！？…；：”’」』）")
SENTENCE_END = re.compile(r"[。！？；][”’」』）]*")


@register.simple_tag
def site_name():
    return settings.SITE_NAME


@register.inclusion_tag("_legal.html")
def legal():
    """What the law wants at the foot of a site in China, as far as it is set."""
    return {
        "copyright": settings.COPYRIGHT,
        "icp": settings.ICP_NUMBER,
        "police": settings.POLICE_NUMBER,
        "police_code": "".join(re.findall("[0-9]", settings.POLICE_NUMBER)),
        "report": settings.REPORT_CONTACT,
        "report_address": contact_address(settings.REPORT_CONTACT),
    }


def contact_address(contact):
    """What a link to a contact leads to: a page, a mailbox or a telephone; "" for anything else."""
    if re.fullmatch(r"https?://\S+", contact):
        return contact
    if re.fullmatch(r"[^@\s]+@[^@\s]+", contact):
        return f"mailto:{contact}"
    return f"tel:{re.sub('[^0-9+]', '', contact)}" if re.fullmatch(r"\+?[0-9][0-9 -]{2,19}", contact) else ""


# Marks of an OCR model before a subheading.
MARKS = re.compile(r"^[#*\s]+")


@register.filter
def opening(text, length=OPENING_LENGTH):
    """The first words of a text, to the end of a sentence where one ends late enough."""
    lines = [MARKS.sub("", line) for line in text.split("\n")]
    # A line that no sentence ends is a subheading or a signature; it is kept only where there is nothing else.
    text = "　".join([line for line in lines if line.endswith(ENDINGS)] or lines)
    if len(text) <= length:
        return text
    ends = [match.end() for match in SENTENCE_END.finditer(text, length // 3, length)]
    return text[: ends[-1]] if ends else text[:length].rstrip("，、：“‘（《 ") + "……"


@register.filter
def page_label(number):
    """A page as a jump names it: `3` -> 第3版, `A03` -> A03版."""
    return f"第{number}版" if number.isdigit() else f"{number}版"


@register.filter
def issue_number(number):
    """A bare number as it is said: `9126` -> 第9126期."""
    return f"第{number}期" if number.isdigit() else number


@register.filter
def by_role(credits):
    """[(what they are, credits)] of neighbours alike: 本报记者, 市水务局通讯员; of an author the unit says enough."""

    def label(credit):
        if credit.unit and credit.role == credit.Role.AUTHOR:
            return credit.unit
        return f"{credit.unit}{credit.get_role_display()}"

    return [(words, list(same)) for words, same in groupby(credits, label)]


@register.filter
def written_name(user):
    """A user's name as Chinese is written; never the login name, which is nobody's business."""
    if user is None:
        return ""
    names = [user.last_name, user.first_name]
    if "".join(names).isascii():
        return user.get_full_name()
    return "".join(names)
