"""What a page file is to the pages that the archive has: the same text, a better reading of one, or a new page."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Hashable, Sequence
from pathlib import PurePosixPath

from django.db.models import Q, QuerySet

from ..extraction.page_file import Prepared
from ..models import Page
from .likeness import are_alike
from .paths import shown_path
from .placing import Place, better_place, knows_day_better

LONGEST_PATH = 500


def source_path_of(path: str) -> str:
    """The path as pages keep it; of one too long the end, and a digest that tells it from others with that end."""
    if len(path) <= LONGEST_PATH:
        return path
    digest = hashlib.sha256(path.encode()).hexdigest()[:12]
    return f"…{digest}…{path[-(LONGEST_PATH - 14) :]}"


def find_new(pages: QuerySet[Page], files: Sequence[tuple[Prepared, Place]]) -> list[bool]:
    """Which of these files are plainly new pages: split, and of no text, bytes, path or place that a page of `pages` or
    an earlier one of the files has. Of any other there is more to ask."""
    split = [(prepared, place) for prepared, place in files if prepared.split is not None]
    taken = _marks_in(pages, split) if split else set()
    new = []
    for prepared, place in files:
        marks = _marks_of(prepared, place)
        new.append(prepared.split is not None and taken.isdisjoint(marks))
        taken |= marks
    return new


def _marks_of(prepared: Prepared, place: Place) -> set[Hashable]:
    path = source_path_of(prepared.name)
    return _marks(prepared.text_sha256, prepared.sha256, path, place.date, place.edition, place.number)


def _marks(
    text: str, original: str | None, path: str, date: datetime.date | None, edition: int | None, number: str
) -> set[Hashable]:
    """What tells a page from all others."""
    marks: set[Hashable] = {("text", text), ("original", original), ("path", path)}
    return marks | {(date, edition, number)} if date and number else marks


def _marks_in(pages: QuerySet[Page], files: Sequence[tuple[Prepared, Place]]) -> set[Hashable]:
    """Of the pages that share one with a file."""
    alike = (
        Q(text_sha256__in={prepared.text_sha256 for prepared, _ in files})
        | Q(original__in={prepared.sha256 for prepared, _ in files})
        | Q(source_path__in={source_path_of(prepared.name) for prepared, _ in files})
    )
    dates, numbers = ({getattr(place, name) for _, place in files} - {None, ""} for name in ("date", "number"))
    there = Q(issue__date__in=dates, number__in=numbers)  # asks nothing where either is empty
    fields = ("text_sha256", "original", "source_path", "issue__date", "issue__edition", "number")
    rows = [row for condition in (alike, there) for row in pages.filter(condition).values_list(*fields)]
    return set().union(*(_marks(*row) for row in rows))


def find_counterpart(pages: QuerySet[Page], prepared: Prepared, place: Place) -> Page | None:
    """The page that the file holds another text of: of its bytes, its place or its path, in this order.

    A day that is inferred is no place. Text that is quite another makes it another page, unless the very file of a
    place has changed: a page is never replaced by what only happens to bear its name.
    """
    source_path = source_path_of(prepared.name)
    for page in pages.filter(original=prepared.sha256).order_by("pk"):
        if not contradiction(page, place):
            return page
    if there := find_by_place(pages, place):
        same_file = there.source_path == source_path
        return there if same_file or are_alike(there.source_text, prepared.text) else None
    for page in pages.filter(source_path=source_path).order_by("-pk"):
        if not contradiction(page, place) and are_alike(page.source_text, prepared.text):
            return page
    return None


def find_by_place(pages: QuerySet[Page], place: Place) -> Page | None:
    if place.date is None or not (place.date_sure and place.number):
        return None
    return pages.filter(issue__date=place.date, issue__edition=place.edition, number=place.number).first()


def contradiction(page: Page, place: Place) -> str:
    """What is known of the file from outside and of the page that cannot both be true, in words; "" for nothing."""
    issue = page.issue
    if issue is not None and not page.date_inferred and place.date_outside and not knows_day_better(page, place):
        if issue.date != place.date:
            return f"日期却是{place.date}"
        if issue.edition != place.edition:
            return f"却是当日第{place.edition}期"
    if place.number_outside and page.number and page.number != place.number:
        return f"版次却是{place.number}"
    return ""


def why_duplicate(page: Page, prepared: Prepared, place: Place, met: Callable[[Page], bool]) -> str:
    """Why a file with just the text of `page` is not the page's own file; "" if it is, or tells of the page anew."""
    same_text = f"与{page}（{shown_path(page.source_path)}）文字相同，"
    if reason := contradiction(page, place):
        return f"{same_text}{reason}；未重复收录。"
    source_path = source_path_of(prepared.name)
    if page.source_path == source_path or better_place(page, place):
        return ""
    if PurePosixPath(page.source_path).name != PurePosixPath(source_path).name:
        return f"{same_text}只是文件名不同；未重复收录。"
    return f"{same_text}是同一版的另一份；未重复收录。" if met(page) else ""
