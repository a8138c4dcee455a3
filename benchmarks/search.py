"""`python -m benchmarks.search --articles N`: search over an invented archive of N articles.

Are the hits those of a plain scan of the folded text, and what does a search cost beside the bare SQL of the same index
and beside Django's icontains? Every figure of time is a ratio, or milliseconds printed with the machine's load. The
archive is kept in --keep DIR, to be measured again; DATABASE_URL names another database than SQLite, an empty one.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path
from typing import NamedTuple

SHOWN = 20
ROOT = Path(__file__).resolve().parent.parent
LINE = "{:22}{:>7}{:>9}{:>9}{:>9}{:>11}{:>9}{:>11}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=500, help="of all kinds together")
    parser.add_argument("--scans", type=int, default=3, help="icontains queries of a kind that are timed")
    parser.add_argument("--keep", type=Path, help="the folder where the archive stays")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as var:
        os.environ.update(NEWSROOM_VAR=str(options.keep or var), DJANGO_SETTINGS_MODULE="newsroom.settings")
        sys.path.insert(0, str(ROOT))
        report(options)


def report(options):
    import django

    django.setup()
    from django.core.management import call_command

    from articles.extraction import segmentation
    from articles.models import SearchDocument

    call_command("migrate", verbosity=0)
    fill(options.articles)
    queries = make_queries(options.queries)
    print(f"{SearchDocument.objects.count()} documents, {sum(map(len, queries.values()))} queries, {load()}")
    compare_with_scan(queries)
    print(f"adding one document {add_one():.2f} ms")
    print(LINE.format("p95, ms", "hits", "bare", "newest", "/ bare", "relevance", "count", "icontains"))
    segmentation.preload()  # of which a server's first search by relevance would pay the cost
    timed = {kind: time_kind(texts, options.scans) for kind, texts in queries.items()}
    for kind, times in timed.items():
        print(line(kind, times))
    print(line("all", Times(*([*chain(*figures)] for figures in zip(*timed.values(), strict=True)))))
    print(load())


def load():
    return f"load {os.getloadavg()[0]:.1f}"


def fill(articles):
    from articles.models import Newspaper
    from benchmarks.archive import write_archive

    if Newspaper.objects.exists():
        return
    started = time.perf_counter()
    write_archive(articles, progress=lambda done, of: print(f"\r{done} of {of}", end="", file=sys.stderr, flush=True))
    spent = time.perf_counter() - started
    print(f"\nwritten in {spent:.0f} s, {1000 * spent / max(1, articles):.2f} ms an article", file=sys.stderr)


def make_queries(count, seed=7):
    """{kind: texts}, out of the archive's own articles."""
    from articles.models import Article
    from articles.search.folding import read_variants
    from benchmarks.archive import LATIN, Writer

    chance, writer = random.Random(seed), Writer(1)
    traditional = str.maketrans({simple: variant for variant, simple in read_variants().items()})
    ids = list(Article.objects.order_by("pk").values_list("pk", flat=True)[:: max(1, Article.objects.count() // 400)])
    bodies = list(Article.objects.filter(pk__in=ids).values_list("body", flat=True))

    def cut(least, most):
        body = chance.choice(bodies)
        start = chance.randrange(max(1, len(body) - most))
        return body[start : start + chance.randint(least, most)]

    def word(length):
        return lambda: next(w for w in iter(writer.word, None) if len(w) == length)

    makers = {
        "words of 2": word(2),
        "words of 3": word(3),
        "words of 4": word(4),
        "names": lambda: chance.choice(writer.names),
        "given names": lambda: chance.choice([n for n in writer.names[:500] if len(n) == 3])[1:],
        "place chains": lambda: chance.choice(writer.places),
        "places without level": lambda: chance.choice(writer.places)[:2],
        "substrings of 2 to 6": lambda: cut(2, 6),
        "phrases of 8 to 14": lambda: cut(8, 14),
        "digits and Latin": lambda: chance.choice((str(chance.randint(2, 9999)), chance.choice(LATIN))),
        "another script": lambda: chance.choice(writer.words).translate(traditional),
        "two words": lambda: f"{writer.word()} {writer.word()}",
    }
    share = max(1, count // len(makers))
    return {kind: list(dict.fromkeys(make() for _ in range(share))) for kind, make in makers.items()}


def compare_with_scan(queries):
    """Print how many documents the queries find, and how many lost or invented beside reading every folded text."""
    from articles.models import SearchDocument
    from articles.models.search import TEXTS
    from articles.search import parse_query
    from articles.search.backends import get_backend

    parsed = {text: parse_query(text) for texts in queries.values() for text in texts}
    expected = {text: set() for text in parsed}
    looked_for = [(expected[text], query) for text, query in parsed.items() if not query.is_empty]
    for key, *texts in SearchDocument.objects.values_list("key", *TEXTS).iterator(chunk_size=2000):
        whole = "\n".join(texts)
        for hits, query in looked_for:
            # The first run of each term is looked for first: a quick no for most.
            if all(term.runs[0] in whole for term in query.terms) and all(map_search(query, texts)):
                hits.add(key)
    backend, lost, invented = get_backend(), 0, 0
    for text, query in parsed.items():
        found = set() if query.is_empty else set(backend.match(query).values_list("key", flat=True))
        lost += len(expected[text] - found)
        invented += len(found - expected[text])
    total = sum(map(len, expected.values()))
    print(f"hits of {len(parsed)} queries: {total}; lost {lost}, invented {invented}")


def map_search(query, texts):
    return (any(term.pattern.search(text) for text in texts) for term in query.terms)


class Times(NamedTuple):
    """Milliseconds, one a query; `hits` are counts."""

    hits: list
    bare: list
    newest: list
    relevance: list
    count: list
    icontains: list


def time_kind(texts, scans):
    from django.db import connection

    from articles.models import Article
    from articles.search import parse_query, search

    seen = Article.objects.visible_to(None)
    times = Times([], [], [], [], [], [])
    for query in filter(lambda query: not query.is_empty, map(parse_query, texts)):
        if connection.vendor == "sqlite":
            times.bare.append(milliseconds(lambda query=query: bare_sql(query)))
        for order, spent in (("newest", times.newest), ("relevance", times.relevance)):
            results = search(query, articles=seen, order=order)
            spent.append(milliseconds(lambda results=results: results._rows(0, SHOWN)))
        results = search(query, articles=seen)
        times.count.append(milliseconds(results.count))
        times.hits.append(results.count())
    times.icontains.extend(milliseconds(lambda text=text: scan(text)) for text in texts[:scans])
    return times


def scan(text):
    from django.db.models import Q

    from articles.models import Article

    list(Article.objects.filter(Q(headline__icontains=text) | Q(body__icontains=text)).order_by("-sort_key")[:SHOWN])


def line(kind, times):
    bare = p95(times.bare) if times.bare else 0
    ratio = f"{p95(times.newest) / bare:.2f}" if bare else ""
    hits = int(statistics.median(times.hits)) if times.hits else 0
    spent = [f"{p95(figures):.2f}" for figures in (times.relevance, times.count, times.icontains)]
    return LINE.format(kind, hits, f"{bare:.2f}", f"{p95(times.newest):.2f}", ratio, *spent)


def bare_sql(query):
    from django.db import connection

    from articles.search.backends.sqlite import match_expression

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM search_index(%s) ORDER BY rowid DESC LIMIT %s", [match_expression(query), SHOWN]
        )
        return cursor.fetchall()


def add_one():
    """Milliseconds to add an article to the index, the median of several; all are taken out again."""
    from django.db import transaction

    from articles.models import Article, SearchDocument

    texts = list(Article.objects.values_list("headline", "body")[:20])
    issue_page = Article.objects.first()
    spent = []
    for n, (title, body) in enumerate(texts):
        with transaction.atomic():
            key = 10**18 + n
            document = SearchDocument(key=key, article=issue_page, title=title, body=body)
            SearchDocument.objects.filter(article=issue_page).delete()
            spent.append(milliseconds(lambda document=document: document.save(force_insert=True)))
            transaction.set_rollback(True)
    return statistics.median(spent) if spent else 0.0


def milliseconds(work):
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def p95(figures):
    ordered = sorted(figures) or [0.0]
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


if __name__ == "__main__":
    main()
