"""Parts of addresses: a newspaper's slug, an issue's day, a year, a page's label."""

import datetime
from typing import NamedTuple

from .models.newspapers import RESERVED_SLUGS


class IssueLabel(NamedTuple):
    """`2024-12-06`, or `2024-12-06_2` for a further edition of the day (Issue.label)."""

    date: datetime.date
    edition: int

    def __str__(self):
        return self.date.isoformat() + ("" if self.edition == 1 else f"_{self.edition}")


class NewspaperSlug:
    """Any word in any script that is not the site's own."""

    regex = r"[\w-]+"

    def to_python(self, value):
        if value.lower() in RESERVED_SLUGS:
            raise ValueError(f"{value} is the site's own")
        return value

    def to_url(self, value):
        return str(value)


class IssueLabelConverter:
    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:_[1-9][0-9]{0,3})?"

    def to_python(self, value):
        day, _, edition = value.partition("_")
        label = IssueLabel(datetime.date.fromisoformat(day), int(edition or 1))
        if str(label) != value:
            raise ValueError("the first edition of a day has no number")
        return label

    def to_url(self, value):
        return str(value)


class Year:
    regex = r"[12][0-9]{3}"
    to_python = staticmethod(int)

    def to_url(self, value):
        return f"{int(value):04d}"


class PageAddress:
    """`2`, `A02`, or `page-17` while the page's number is unknown (Page.address)."""

    regex = r"[^/\x00-\x1f]+"
    to_python = to_url = staticmethod(str)
