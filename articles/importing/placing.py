"""Which newspaper, day, number and name a page file is of, by the best that is known."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..extraction import PageSplit
from ..extraction.numbering import page_label
from ..models import Issue, Newspaper, Page
from .paths import PathFacts

GIVEN, PATH, MASTHEAD, INFERRED = "given", "path", "masthead", "inferred"
SURENESS = (INFERRED, MASTHEAD, PATH, GIVEN)


@dataclass(frozen=True, slots=True)
class GivenPlace:
    """What an editor says of one file who has seen what was found for it; None and "" for unknown."""

    date: datetime.date | None = None
    number: str = ""
    page_name: str = ""

    def over(self, place: Place) -> Place:
        """The place with what the editor says otherwise; what was found and left alone is known as it was."""
        if self.date != place.date:
            place = replace(place, date=self.date, date_how=GIVEN if self.date else "", evidence="")
        if self.number != place.number:
            place = replace(place, number=self.number, number_how=GIVEN if self.number else "")
        return replace(place, name=self.page_name)


@dataclass(frozen=True, slots=True)
class Options:
    """What whoever imports says of all the files; `places` of each by its name."""

    date: datetime.date | None = None
    edition: int | None = None
    number: str = ""
    page_name: str = ""
    encoding: str | None = None
    resplit: bool = False
    jobs: int = 1
    dry_run: bool = False
    places: Mapping[str, GivenPlace] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page belongs; `date_how` and `number_how` say how that is known, "" for not at all."""

    date: datetime.date | None
    date_how: str
    evidence: str
    edition: int
    number: str
    number_how: str
    name: str
    issue_number: str = ""
    newspaper: str = ""  # as a masthead names it

    @property
    def date_sure(self) -> bool:
        return self.date_how in (GIVEN, PATH, MASTHEAD)

    @property
    def date_outside(self) -> bool:
        """Is the day known from elsewhere than the page's own text?"""
        return self.date_how in (GIVEN, PATH)

    @property
    def number_outside(self) -> bool:
        return self.number_how in (GIVEN, PATH)


def place_page(options: Options, facts: PathFacts, split: PageSplit | None) -> Place:
    """Options before the path, the path before a masthead line, that before what the text speaks of."""
    date, how, evidence = None, "", ""
    if options.date:
        date, how = options.date, GIVEN
    elif facts.date:
        date, how = facts.date, PATH
    elif split and split.date.value:
        date, how = split.date.value, str(split.date.how or INFERRED)
        evidence = split.date.evidence if how == INFERRED else ""
    number, number_how = "", ""
    if options.number:
        number, number_how = page_label(options.number), GIVEN
    elif facts.number:
        number, number_how = facts.number, PATH
    elif split and split.number:
        number, number_how = page_label(split.number), MASTHEAD
    return Place(
        date=date,
        date_how=how,
        evidence=(evidence or "文中日期")[:200] if how == INFERRED else "",
        edition=options.edition or facts.edition,
        number=number,
        number_how=number_how if number else "",
        name=(options.page_name or facts.name or (split.name if split else "") or "")[:50],
        issue_number=((split.issue_number if split else "") or "")[:30],
        newspaper=((split.newspaper if split else "") or "")[:50],
    )


Day = tuple[datetime.date, int]  # and edition


def find_issue(newspaper: Newspaper, place: Place, known: Mapping[Day, Issue] | None = None) -> Issue | None:
    """The issue of that day, made when new; what is now known better of it is written. `known`: those found before."""
    if place.date is None:
        return None
    known = find_issues(newspaper, [place]) if known is None else known
    issue = known[place.date, place.edition]
    changed = []
    if SURENESS.index(issue.date_known) < min(SURENESS.index(place.date_how), SURENESS.index(PATH)):
        issue.date_known = place.date_how
        changed.append("date_known")
    if place.issue_number and not issue.number:
        issue.number = place.issue_number
        changed.append("number")
    if changed:
        issue.save(update_fields=changed)
    return issue


def find_issues(newspaper: Newspaper, places: Iterable[Place]) -> dict[Day, Issue]:
    """The issues of these days, those that are new made in their order."""
    days: dict[Day, Place] = {}
    for place in places:
        if place.date is not None:
            days.setdefault((place.date, place.edition), place)
    known = _issues_on(newspaper, days)
    new = [
        Issue(newspaper=newspaper, date=day, edition=edition, date_known=place.date_how, number=place.issue_number)
        for (day, edition), place in days.items()
        if (day, edition) not in known
    ]
    if new:
        Issue.objects.bulk_create(new, ignore_conflicts=True)
        known |= _issues_on(newspaper, days)
    return known


def _issues_on(newspaper: Newspaper, days: Iterable[Day]) -> dict[Day, Issue]:
    issues = newspaper.issues.filter(date__in={date for date, _ in days}).order_by()
    return {(issue.date, issue.edition): issue for issue in issues}


def knows_day_better(page: Page, place: Place) -> bool:
    """Is the place's day known from a better source than the page's is?"""
    if place.date is None:
        return False
    if page.issue is None or (page.date_inferred and place.date_sure):
        return True
    read_by_machine = page.issue.date_known in (INFERRED, MASTHEAD)
    return read_by_machine and place.date_outside and page.issue.date != place.date


def number_is_taken(page: Page, place: Place) -> bool:
    """Has another page the place's number on the day that the page has, or will have there?"""
    if not place.number:
        return False
    same_number = Page.objects.filter(number=place.number).exclude(pk=page.pk)
    if page.pk is None or knows_day_better(page, place):
        if place.date is None:
            return False
        return same_number.filter(
            newspaper=page.newspaper_id, issue__date=place.date, issue__edition=place.edition
        ).exists()
    return page.issue_id is not None and same_number.filter(issue=page.issue_id).exists()


def better_place(page: Page, place: Place) -> list[str]:
    """What the file says better than the page has it, in words."""
    better = []
    if knows_day_better(page, place):
        better.append("日期")
    if place.number and not page.number:
        better.append("版次")
    if place.name and not page.name:
        better.append("版名")
    return better
