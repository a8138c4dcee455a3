"""`python -m benchmarks.serving --articles N`: how many readers' requests a second the site answers.

Home, an issue, an article and a search of an invented archive of N articles, each as a ratio to a bare Django view
under the same gunicorn and middleware: 0.25 is a quarter as many requests a second. `rendered` pages are written for
each request, `kept` ones are those that the server has written already (publishing.freshness), `304` those that the
reader has already. Each figure is the median over rounds, in which all take turns, since machines are noisy; the load
is printed with it. --keep DIR keeps the archive to be measured again; one of benchmarks.search will do.
"""

import argparse
import gzip
import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from itertools import count, cycle
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = 40  # addresses of a kind, asked for in turn
LINE = "{:14}{:>8}{:>8}{:>8}{:>13}{:>15}{:>11}{:>10}"
LEARNT = 5  # connections a page, for each of the workers to get one
WAYS = ("rendered", "kept", "304")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=2.0, help="that a kind of page is asked for in a round")
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--keep", type=Path, help="the folder where the archive stays")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as var:
        environment = {
            "NEWSROOM_VAR": str(options.keep or var),
            "DJANGO_SETTINGS_MODULE": "benchmarks.serving_settings",
        }
        os.environ.update(environment)
        sys.path.insert(0, str(ROOT))
        pages = prepare(options.articles)
        facts = {kind: measure_page(addresses) for kind, addresses in pages.items()}
        with Server() as port:
            report(Load(port, options), pages, facts, options)


def prepare(articles):
    """{kind: addresses} of an archive that is there, or made now."""
    import django

    django.setup()
    from django.core.management import call_command

    from articles.models import Newspaper
    from benchmarks.archive import write_archive

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not Newspaper.objects.exists():
        write_archive(articles)
    return choose_pages()


def choose_pages():
    from articles.models import Article, Issue

    chance = random.Random(3)
    seen = Article.objects.visible_to(None)
    first, last = seen.order_by("pk").values_list("pk", flat=True)[0], seen.order_by("pk").last().pk
    articles = seen.filter(pk__in=[chance.randint(first, last) for _ in range(SAMPLES)])
    issues = Issue.objects.visible_to(None).select_related("newspaper").order_by("pk")
    step = max(1, issues.count() // SAMPLES)
    words = [word for article in articles for word in (article.headline[:2], article.byline.split()[-1])]
    return {
        "bare": ["/bare/"],
        "home": ["/"],
        "issue": [issue.get_absolute_url() for issue in issues[::step]],
        "article": [article.get_absolute_url() for article in articles],
        "article.json": [f"/articles/{article.pk}.json" for article in articles],
        "search": [f"/search/?q={quote(word)}" for word in words],
    }


def measure_page(addresses):
    """Queries, bytes and bytes compressed: the most of a few."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["testserver"]
    found = []
    for address in addresses[:10]:
        with CaptureQueriesContext(connection) as queries:
            content = Client().get(address).content
        found.append((len(queries), len(content), len(gzip.compress(content, 6))))
    return tuple(max(figures) for figures in zip(*found, strict=True))


class Server:
    """The real server on a port of its own."""

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        # A worker that is replaced after so many requests would begin without what it has kept.
        command = [sys.executable, "-m", "gunicorn", "-c", "newsroom/gunicorn.conf.py", "--max-requests", "0"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"BIND": f"127.0.0.1:{port}"})
        return port

    def __exit__(self, *error):
        self.process.terminate()
        self.process.wait()


class Load:
    """Several readers who ask again as soon as they are answered."""

    def __init__(self, port, options):
        self.port, self.options, self.tags, self.number = port, options, {}, count()

    def learn(self, addresses):
        """Ask every worker for every page, and keep its tag."""
        for address in addresses * LEARNT:
            connection = http.client.HTTPConnection("127.0.0.1", self.port)
            connection.request("GET", address)
            response = connection.getresponse()
            response.read()
            self.tags[address] = response.headers.get("ETag", "")
            connection.close()

    def per_second(self, addresses, way):
        started, counts = time.perf_counter(), []
        ends = started + self.options.seconds
        readers = [
            threading.Thread(target=self.read, args=(addresses, place, ends, way, counts))
            for place in range(self.options.connections)
        ]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        assert len(counts) == len(readers), "a reader was refused"
        return sum(counts) / (time.perf_counter() - started)

    def read(self, addresses, place, ends, way, counts):
        connection, answered = http.client.HTTPConnection("127.0.0.1", self.port), 0
        turn = cycle(addresses[place % len(addresses) :] + addresses[: place % len(addresses)])
        while time.perf_counter() < ends:
            address, headers = next(turn), {"Accept-Encoding": "gzip"}
            if way == "304":
                headers["If-None-Match"] = self.tags[address]
            if way == "rendered":  # nobody has asked for that yet
                address += f"{'&' if '?' in address else '?'}_={next(self.number)}"
            connection.request("GET", address, headers=headers)
            response = connection.getresponse()
            response.read()
            assert response.status == (304 if way == "304" else 200), (address, response.status)
            answered += 1
        counts.append(answered)
        connection.close()

    def wait(self):
        for _ in range(300):
            try:
                return self.learn(["/bare/"])
            except OSError:
                time.sleep(0.2)
        raise SystemExit("the server does not answer")


def report(load, pages, facts, options):
    load.wait()
    for addresses in pages.values():
        load.learn(addresses)
    kinds = [(kind, way) for kind in pages for way in WAYS if kind != "bare" or way == "rendered"]
    found = {each: [] for each in kinds}
    for _ in range(options.rounds):
        for kind, way in kinds:
            found[kind, way].append(load.per_second(pages[kind], way))
    bare = found["bare", "rendered"]
    print(f"{options.connections} connections, {options.rounds} rounds, load {os.getloadavg()[0]:.1f}")
    print(LINE.format("page", "queries", "bytes", "gzip", "rendered/s", *(f"{way}/bare" for way in WAYS)))
    for kind in pages:
        ratios = [[a / b for a, b in zip(found.get((kind, way), ()), bare, strict=False)] for way in WAYS]
        shown = [f"{statistics.median(each):.3f}" if each else "" for each in ratios]
        print(LINE.format(kind, *facts[kind], f"{statistics.median(found[kind, 'rendered']):.0f}", *shown))


if __name__ == "__main__":
    main()
