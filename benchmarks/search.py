"""`python -m benchmarks.search --articles N`: search over an invented archive of N articles.

Are the hits those of a plain scan of the folded text, and what does a search cost beside the bare SQL of the same index
and beside Django's icontains? Every figure of time is a ratio, or milliseconds, printed with the machine's load: of the
processor on SQLite, which other work on the machine disturbs less, and by the clock elsewhere. The archive is kept in
--keep DIR, to be measured again; DATABASE_URL names another database than SQLite, an empty one.
"""

import argparse
import json
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
    parser.add_argument("--unread", action="store_true", help="no comparison with a plain scan, which takes longest")
    parser.add_argument("--scans", type=int, default=3, help="icontains queries of a kind that are timed")
    parser.add_argument("--json", type=Path, help="a file for the p95 of all queries, which benchmarks.growth plots")
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
    from django.db import connection

    from articles.extraction import segmentation
    from articles.models import SearchDocument

    call_command("migrate", verbosity=0)
    fill(options.articles)
    queries = make_queries(options.queries)
    print(f"{SearchDocument.objects.count()} documents, {sum(map(len, queries.values()))} queries, {load()}")
    if not options.unread:
        compare_with_scan(queries)
    print_index(connection)
    print(LINE.format("p95, ms", "hits", "bare", "newest", "/ bare", "relevance", "count", "icontains"))
    segmentation.preload()  # of which a server's first search by relevance would pay the cost
    timed = {kind: time_kind(texts, options.scans) for kind, texts in queries.items()}
    for kind, times in timed.items():
        print(line(kind, times))
    together = Times(*([*chain(*figures)] for figures in zip(*timed.values(), strict=True)))
    print(line("all", together))
    print(load())
    if options.json:
        figures = {name: p95(spent) for name, spent in together._asdict().items() if name != "hits" and spent}
        options.json.write_text(json.dumps({"documents": SearchDocument.objects.count(), "p95": figures}))


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
    wide = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {" ": "\u3000"})
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
        "other script": lambda: chance.choice(writer.words).translate(traditional),
        "other width": lambda: chance.choice(
            (
                chance.choice(LATIN).translate(wide),
                f"{chance.randint(2, 9999)}".translate(wide),
                "\u3000".join(chance.choice(writer.names)),
            )
        ),
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
    looked_for = [(expected[text], query.conditions) for text, query in parsed.items() if not query.is_empty]
    for key, *texts in SearchDocument.objects.values_list("key", *TEXTS).iterator(chunk_size=2000):
        whole = "\n".join(texts)
        for hits, conditions in looked_for:
            if all(any(is_in(term, whole, texts) for term in group) for group in conditions):
                hits.add(key)
    backend, lost, invented = get_backend(), 0, 0
    for text, query in parsed.items():
        found = set() if query.is_empty else set(backend.match(query).values_list("key", flat=True))
        lost += len(expected[text] - found)
        invented += len(found - expected[text])
    total = sum(map(len, expected.values()))
    print(f"hits of {len(parsed)} queries: {total}; lost {lost}, invented {invented}")


def is_in(term, whole, texts):
    """The first run is looked for first: a quick no for most."""
    return term.runs[0] in whole and any(term.pattern.search(text) for text in texts)


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
            bare_sql(query)  # What is read from the disk is read for all of them.
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


def print_index(connection):
    """What the index is beside the texts that it is of, and what adding to it costs beside adding to an empty one."""
    text, index = text_bytes(connection), index_bytes(connection)
    print(f"index {index / 2**20:.0f} MiB, {index / text:.2f} x the folded texts")
    if connection.vendor == "sqlite":
        here, empty = add_one_by_one()
        for what, of in (("median", statistics.median), ("mean", statistics.fmean)):
            print(
                f"adding one document, {what}: {of(here):.2f} ms, {of(here) / of(empty):.2f} x that to an empty index"
            )


def text_bytes(connection):
    from articles.models.search import TEXTS

    length = "octet_length({})" if connection.vendor == "postgresql" else "length(CAST({} AS blob))"
    lengths = " + ".join(length.format(name) for name in TEXTS)
    return scalar(connection, f"SELECT sum({lengths}) FROM articles_searchdocument")


def index_bytes(connection):
    if connection.vendor == "postgresql":
        return scalar(connection, "SELECT pg_relation_size('search_index')")
    # Its tables, of which the first has nearly all; block by block, since not every SQLite has dbstat.
    return sum(
        scalar(connection, f"SELECT coalesce(sum({size}), 0) FROM search_index_{table}")
        for table, size in (
            ("data", "length(block) + 16"),
            ("idx", "length(term) + 16"),
            ("docsize", "length(sz) + 10"),
        )
    )


def scalar(connection, sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def add_one_by_one(count=60):
    """Milliseconds to commit a document to this archive and to an empty one, in turn; all are taken out again."""
    from django.core.management import call_command
    from django.db import connections

    from articles.models import SearchDocument
    from benchmarks.archive import Writer

    with tempfile.TemporaryDirectory() as folder:
        connections.databases["empty"] = connections["default"].settings_dict | {"NAME": str(Path(folder, "db"))}
        call_command("migrate", database="empty", verbosity=0)
        writer, archives = Writer(2), {using: bare_articles(using, count) for using in ("default", "empty")}
        spent = {using: [] for using in archives}
        for pair in zip(*archives.values(), strict=True):
            texts = {"title": writer.sentence(), "body": writer.body()}
            for using, article in zip(archives, pair, strict=True):
                document = SearchDocument(key=article.key_on(article.issue.date), article=article, **texts)
                spent[using].append(milliseconds(lambda using=using, new=document: new.save(using=using)))
        take_out(archives["default"])
        connections["empty"].close()
    return spent.values()


def bare_articles(using, count):
    """So many articles, of a newspaper of their own, that search does not know yet."""
    from articles.models import Article, Issue, Newspaper
    from benchmarks.archive import FIRST_DAY

    newspaper = Newspaper.objects.using(using).create(name="增报", slug="added")
    issue = Issue.objects.using(using).create(newspaper=newspaper, date=FIRST_DAY)
    return [Article.objects.using(using).create(newspaper=newspaper, issue=issue) for _ in range(count)]


def take_out(articles):
    from articles.models import Article, SearchDocument

    ids = [article.pk for article in articles]
    SearchDocument.objects.filter(article__in=ids).delete()
    Article.objects.filter(pk__in=ids).delete()
    articles[0].issue.delete()
    articles[0].newspaper.delete()


def milliseconds(work, clock=None):
    """Of this process where the database is in it (SQLite), so that other work on the machine does not count."""
    from django.db import connection

    clock = clock or (time.process_time if connection.vendor == "sqlite" else time.perf_counter)
    started = clock()
    work()
    return 1000 * (clock() - started)


def p95(figures):
    ordered = sorted(figures) or [0.0]
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


if __name__ == "__main__":
    main()
