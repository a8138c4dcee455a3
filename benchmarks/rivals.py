"""`python -m benchmarks.rivals --articles N`: this search beside other ways to search the same invented archive.

Each way is asked the same queries for its 20 newest hits, and for all of them, which are compared with a plain reading
of the folded texts: what is lost or invented is what other spellings, dictionaries and word boundaries cost. Names of
two characters are set apart by a wide space in these texts, as newspapers set them. Sizes are ratios to the texts,
build times to one segmentation of them by jieba, times of a query milliseconds of the processor (by the clock for
PostgreSQL: --postgresql URL, a database in which an extension and a temporary table may be made).

    icontains         LIKE on the text as printed, as Django asks for it
    trigram           FTS5's own tokenizer of three characters; shorter words by LIKE
    jieba words       FTS5 over words as jieba cuts for search, all words of the query
    bare pairs        FTS5 over pieces (articles.search.folding), a phrase, nothing looked up again
    pg_trgm           PostgreSQL's index of three characters
    newsroom          search(): pieces, visibility, days, fields
"""

import argparse
import os
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from itertools import chain

from benchmarks.search import ROOT, SHOWN, fill, load, make_queries, milliseconds, p95, text_bytes

CLOCKS = (time.process_time, time.perf_counter)
LINE = "{:14}{:>8}{:>10}{:>10}{:>9}{:>9}{:>9}{:>9}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=260, help="of all kinds together")
    parser.add_argument("--postgresql", help="postgres://user@host:port/name")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as var:
        os.environ.update(NEWSROOM_VAR=var, DJANGO_SETTINGS_MODULE="newsroom.settings")
        os.environ.pop("DATABASE_URL", None)
        sys.path.insert(0, str(ROOT))
        report(options)


def report(options):
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    fill(options.articles)
    texts = printed_texts()
    truth = read_plainly(texts, chain.from_iterable(make_queries(options.queries).values()))
    cutting = {clock: milliseconds(lambda: [*map(cut, texts.values())], clock) for clock in CLOCKS}
    characters = sum(len(text.encode()) for text in texts.values())
    print(f"{len(texts)} articles, {len(truth)} queries, {load()}")
    print(LINE.format("", "lost", "in queries", "invented", "p50, ms", "p95, ms", "size", "build"))
    ways = [IContains, Trigram, JiebaWords, BarePairs, *([PgTrgm] if options.postgresql else []), Newsroom]
    for way in ways:
        engine = way(options.postgresql)
        built = milliseconds(lambda engine=engine: engine.build(texts), engine.clock)
        print(line(engine, truth, engine.size() / characters, built / cutting[engine.clock]))
    print(f"{load()}; the folded texts are {text_bytes(connection) / characters:.2f} x the printed ones")


def printed_texts():
    """Article id -> headline, byline, column and body; names of two characters as newspapers set them, in both."""
    from articles.models import Article
    from articles.search import write_documents
    from benchmarks.archive import GIVEN, SURNAMES

    name = re.compile(f"([{SURNAMES}])([{GIVEN}])说，")
    articles = list(Article.objects.order_by("pk").select_related("column"))
    for article in articles:
        article.body = name.sub("\\1\u3000\\2说，", article.body)
    Article.objects.bulk_update(articles, ["body"], batch_size=500)
    write_documents(articles)
    return {a.pk: f"{a.headline}\n{a.byline}\n{a.column.name}\n{a.body}" for a in articles}


def read_plainly(texts, queries):
    """Query -> ids of the articles that it should find."""
    from articles.search import parse_query
    from articles.search.folding import fold

    folded = {pk: "\n".join(map(fold, text.split("\n", 3))) for pk, text in texts.items()}
    parsed = {text: query for text in queries if not (query := parse_query(text)).is_empty}
    return {
        typed: {pk for pk, text in folded.items() if all(term.pattern.search(text) for term in query.terms)}
        for typed, query in parsed.items()
    }


def cut(text):
    import jieba

    return jieba.lcut_for_search(text)


def line(engine, truth, size, built):
    found = {typed: engine.find(typed, None) for typed in truth}
    lost = [len(expected - found[typed]) for typed, expected in truth.items()]
    invented = sum(len(found[typed] - expected) for typed, expected in truth.items())
    total = sum(map(len, truth.values()))
    times = [milliseconds(lambda typed=typed: engine.find(typed, SHOWN), engine.clock) for typed in truth]
    shares = (f"{sum(lost) / total:.2%}", sum(map(bool, lost)), f"{invented / total:.2%}")
    return LINE.format(engine.name, *shares, *map("{:.2f}".format, (statistics.median(times), p95(times), size, built)))


class SQLite:
    """A table of the printed texts, and an index that a way makes of it."""

    clock = time.process_time

    def __init__(self, _):
        self.db = sqlite3.connect(":memory:")
        self.db.execute("CREATE TABLE printed (id INTEGER PRIMARY KEY, body TEXT)")

    def build(self, texts):
        self.db.executemany("INSERT INTO printed VALUES (?, ?)", texts.items())

    def size(self):
        return 0

    def ids(self, sql, *params, limit):
        return {pk for (pk,) in self.db.execute(f"{sql} ORDER BY 1 DESC LIMIT ?", (*params, limit or -1))}

    def like(self, words, limit):
        conditions = " AND ".join(["body LIKE ? ESCAPE '!'"] * len(words))
        return self.ids(f"SELECT id FROM printed WHERE {conditions}", *map(escaped, words), limit=limit)


class IContains(SQLite):
    name = "icontains"

    def find(self, typed, limit):
        return self.like(typed.split(" "), limit)


class Indexed(SQLite):
    def build(self, texts):
        super().build(texts)
        self.db.execute(f"CREATE VIRTUAL TABLE found USING fts5(body, content='', tokenize='{self.tokenizer}')")
        rows = ((pk, self.tokens(text)) for pk, text in texts.items())
        self.db.executemany("INSERT INTO found(rowid, body) VALUES (?, ?)", rows)

    def size(self):
        return self.db.execute("SELECT sum(length(block)) FROM found_data").fetchone()[0]

    def match(self, expression, limit):
        return self.ids("SELECT rowid FROM found WHERE found MATCH ?", expression, limit=limit)


class Trigram(Indexed):
    name, tokenizer = "trigram", "trigram"

    def tokens(self, text):
        return text

    def find(self, typed, limit):
        words = typed.split(" ")
        if any(len(word) < 3 for word in words):
            return self.like(words, limit)
        return self.match(quoted(words), limit)


class JiebaWords(Indexed):
    name, tokenizer = "jieba words", "unicode61"

    def tokens(self, text):
        return " ".join(cut(text))

    def find(self, typed, limit):
        import jieba

        words = [word for word in jieba.lcut(typed) if re.search(r"\w", word)]
        return self.match(quoted(words), limit)


class BarePairs(Indexed):
    name, tokenizer = "bare pairs", "ascii"

    def tokens(self, text):
        from articles.search.folding import fold, pieces

        return " ".join(pieces(fold(line)) for line in text.split("\n", 3))

    def find(self, typed, limit):
        from articles.search import parse_query
        from articles.search.backends.sqlite import match_expression

        return self.match(match_expression(parse_query(typed)), limit)


class PgTrgm:
    name, clock = "pg_trgm", time.perf_counter

    def __init__(self, url):
        import psycopg

        self.db = psycopg.connect(url.replace("postgres://", "postgresql://"), autocommit=True)

    def build(self, texts):
        self.db.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        self.db.execute("CREATE TEMPORARY TABLE printed (id bigint PRIMARY KEY, body text)")
        with self.db.cursor() as cursor, cursor.copy("COPY printed FROM STDIN") as rows:
            for row in texts.items():
                rows.write_row(row)
        self.db.execute("CREATE INDEX found ON printed USING gin (body gin_trgm_ops)")
        self.db.execute("ANALYZE printed")

    def size(self):
        return self.db.execute("SELECT pg_relation_size('found')").fetchone()[0]

    def find(self, typed, limit):
        words = [escaped(word) for word in typed.split(" ")]
        conditions = " AND ".join(["body ILIKE %s ESCAPE '!'"] * len(words))
        sql = f"SELECT id FROM printed WHERE {conditions} ORDER BY 1 DESC LIMIT %s"
        return {pk for (pk,) in self.db.execute(sql, [*words, limit])}


class Newsroom:
    name, clock = "newsroom", time.process_time

    def __init__(self, _):
        from articles.models import Article

        self.seen = Article.objects.visible_to(None)

    def build(self, texts):
        from django.db import connection

        from articles.search.backends import sqlite_index

        sqlite_index.drop_index(connection)
        sqlite_index.create_index(connection)

    def size(self):
        from django.db import connection

        from benchmarks.search import index_bytes

        return index_bytes(connection)

    def find(self, typed, limit):
        from articles.search import parse_query, search

        results = search(parse_query(typed), articles=self.seen, order="newest")
        return {article for _, article, _ in results._rows(0, limit)}


def quoted(words):
    return " AND ".join('"{}"'.format(word.replace('"', '""')) for word in words)


def escaped(word):
    return "%" + re.sub("([%_!])", r"!\1", word) + "%"


if __name__ == "__main__":
    main()
