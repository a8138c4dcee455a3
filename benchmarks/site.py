"""`python -m benchmarks.site SMALL LARGE`: do the pages of the site cost more in a large archive than in a small one?

SMALL and LARGE are folders in which benchmarks.search has kept an archive. Each is served by a process of its own; both
are asked for the same pages in turn, and every figure is the median of the rounds: milliseconds of the processor, their
ratio, and how many queries a page takes.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.search import ROOT, load, milliseconds

LINE = "{:24}{:>9}{:>9}{:>8}{:>12}{:>9}"
HOT, RARE = "经济", "白石县"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("small", type=Path)
    parser.add_argument("large", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if options.large is None:
        return serve(options.small)
    sites = [Site(folder) for folder in (options.small, options.large)]
    print(f"{sites[0].articles} and {sites[1].articles} articles, {load()}")
    rounds = [[site.visit() for site in sites] for _ in range(options.rounds)]
    print(LINE.format("p50, ms", "small", "large", "ratio", "queries", "as many"))
    for name in rounds[0][0]:
        small, large = (statistics.median(visits[n][name]["ms"] for visits in rounds) for n in range(2))
        few, many = (rounds[0][n][name]["queries"] for n in range(2))
        as_many = "yes" if few == many else "no"
        print(LINE.format(name, f"{small:.1f}", f"{large:.1f}", f"{large / small:.2f}", f"{few}, {many}", as_many))
    print(load())


class Site:
    """An archive in a process of its own."""

    def __init__(self, folder):
        command = [sys.executable, "-m", "benchmarks.site", str(folder)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.articles = self.answer()

    def visit(self):
        """{page: {"ms": …, "queries": …}}"""
        print("visit", file=self.process.stdin, flush=True)
        return self.answer()

    def answer(self):
        return json.loads(self.process.stdout.readline())


def serve(folder):
    """Visit every page for each line that comes in."""
    os.environ.update(NEWSROOM_VAR=str(folder), DJANGO_SETTINGS_MODULE="newsroom.settings", DEBUG="0")
    os.environ.pop("DATABASE_URL", None)
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from articles.extraction import segmentation
    from articles.models import Article
    from benchmarks.archive import file_articles

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.LIMITS = {}
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    segmentation.preload()
    file_articles()
    client, pages = Client(), addresses()
    for address in pages.values():
        client.get(address)  # what is loaded once
    print(Article.objects.count(), flush=True)
    for _ in sys.stdin:
        print(json.dumps({name: visit(client, address) for name, address in pages.items()}), flush=True)


def visit(client, address):
    from django.db import connection

    asked = []
    with connection.execute_wrapper(lambda execute, sql, *rest: asked.append(sql) or execute(sql, *rest)):
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return {"ms": milliseconds(lambda: client.get(address)), "queries": len(asked)}


def addresses():
    """{what: address}; of things of which there are many, one from the middle of the archive."""
    from django.urls import reverse

    from articles.models import Article, Category, Column, Issue, Newspaper

    newspaper = Newspaper.objects.get(slug="trial")
    issue = Issue.objects.order_by("date")[Issue.objects.count() // 2]
    article = Article.objects.filter(issue=issue, page__isnull=False).order_by("pk").first()
    search = reverse("search")
    return {
        "home": reverse("home"),
        "newspaper": newspaper.get_absolute_url(),
        "year": reverse("newspaper-year", args=[newspaper.slug, issue.date.year]),
        "issue": issue.get_absolute_url(),
        "page": article.page.get_absolute_url(),
        "article": article.get_absolute_url(),
        "articles": reverse("article-list"),
        "articles of a topic": reverse("article-list") + f"?category={Category.objects.first().slug}",
        "articles since a day": reverse("article-list") + f"?since={issue.date}",
        "categories": reverse("category-list"),
        "category": Category.objects.first().get_absolute_url(),
        "columns": reverse("column-list"),
        "column": Column.objects.first().get_absolute_url(),
        "people": reverse("person-list"),
        "person": article.credits.get().person.get_absolute_url(),
        "search": f"{search}?q={HOT}",
        "search, newest": f"{search}?q={HOT}&order=newest",
        "search, few hits": f"{search}?q={RARE}",
        "search, two words": f"{search}?q={HOT}+发展",
        "search, of a topic": f"{search}?q={HOT}&category={Category.objects.last().slug}",
        "search, until a day": f"{search}?q={HOT}&until={issue.date}",
    }


if __name__ == "__main__":
    main()
