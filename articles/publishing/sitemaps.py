"""Sitemaps (sitemaps.org): what strangers may see, a range of ids a file, so that no file needs to count or to skip.

A file has at most as many addresses as its range has ids, fewer where some are hidden; ranges with none are not listed.
"""

from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from django.db.models import Exists, Max, OuterRef, Subquery
from django.urls import reverse

from ..models import Article, Category, Column, Issue, Newspaper, Page, Person

ASKED = 500  # ranges in one question: databases answer with at most 1,600 columns or so
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@dataclass(frozen=True)
class Section:
    """`rows()`: what is listed; `entries(rows)`: (path, when it last changed or None) of each."""

    rows: Any
    size: int
    entries: Any


def changed(**where):
    """When the newest of the articles there that strangers see was changed."""
    articles = Article.objects.visible_to(None).filter(**where).order_by().values(*where)
    return Subquery(articles.annotate(at=Max("changed_at")).values("at"))


def article_entries(rows):
    base = reverse("article-list")
    return ((f"{base}{pk}/", at) for pk, at in rows.values_list("pk", "changed_at"))


def issue_entries(rows):
    issues = rows.select_related("newspaper").annotate(at=changed(issue=OuterRef("pk")))
    return ((issue.get_absolute_url(), issue.at) for issue in issues)


def page_entries(rows):
    pages = rows.for_lists().annotate(at=changed(page=OuterRef("pk")))
    return ((page.get_absolute_url(), page.at) for page in pages)


def named_entries(rows):
    return ((named.get_absolute_url(), None) for named in rows)


SECTIONS = {
    "articles": Section(lambda: Article.objects.visible_to(None), 10_000, article_entries),
    "pages": Section(lambda: Page.objects.visible_to(None), 2_000, page_entries),
    "issues": Section(lambda: Issue.objects.visible_to(None), 2_000, issue_entries),
    "people": Section(lambda: Person.objects.living().visible_to(None), 10_000, named_entries),
    "columns": Section(lambda: Column.objects.living().visible_to(None), 10_000, named_entries),
    "categories": Section(lambda: Category.objects.living().visible_to(None), 10_000, named_entries),
}


def list_parts(section):
    """The numbers of the ranges that have anything in them, in two queries, or one more for each further ASKED."""
    rows = section.rows().order_by("pk")
    last = rows.values_list("pk", flat=True).last()
    if last is None:
        return []
    found = []
    for numbers in batched(range(last // section.size + 1), ASKED):
        asked = [Exists(in_part(rows, section, n)) for n in numbers]
        answers = Newspaper.objects.order_by().values_list(*asked)[0]
        found += [n for n, present in zip(numbers, answers, strict=True) if present]
    return found


def batched(numbers, size):
    return (numbers[start : start + size] for start in range(0, len(numbers), size))


def in_part(rows, section, number):
    return rows.filter(pk__gte=number * section.size, pk__lt=(number + 1) * section.size)


def write_index(site):
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex {XMLNS}>\n'
    yield element("sitemap", site, reverse("sitemap-part", args=["site", 0]), None)
    for name, section in SECTIONS.items():
        for number in list_parts(section):
            yield element("sitemap", site, reverse("sitemap-part", args=[name, number]), None)
    yield "</sitemapindex>\n"


def write_part(site, entries):
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {XMLNS}>\n'
    for path, at in entries:
        yield element("url", site, path, at)
    yield "</urlset>\n"


def read_part(name, number):
    """The entries of a file, None if there is no such file."""
    if name == "site":
        lists = ("home", "article-list", "category-list", "column-list", "person-list")
        papers = named_entries(Newspaper.objects.visible_to(None))
        return [*((reverse(route), None) for route in lists), *papers] if number == 0 else None
    if name not in SECTIONS:
        return None
    section = SECTIONS[name]
    rows = in_part(section.rows().order_by("pk"), section, number)
    return section.entries(rows) if rows.exists() else None


def element(name, site, path, at):
    when = f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else ""
    return f"<{name}><loc>{escape(site.absolute(path))}</loc>{when}</{name}>\n"
