"""`python -m benchmarks.load`: editors, readers and a bulk import at once, on a real gunicorn with two workers.

Ten editors mend pages, each one of their own and one that all share, readers ask for home, an issue, a page, an article
and a search, first by themselves and then while `manage.py import_pages` imports invented pages. Nothing may fail: an
act on what somebody else has changed is answered by 409, any other answer but 200 counts as failed. Every act that
was acknowledged has to be in the journal once, and `manage.py verify` finds the archive whole. Times are told as ratios
to the same mix without the import. Exit status 1 if anything failed or was lost.
"""

import argparse
import http.client
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

from benchmarks.editing import Browser, Editor
from benchmarks.faults import SLUG, VICTIMS, import_of, look, prepare
from benchmarks.importing import write_pages
from benchmarks.processes import Cluster, Site, binaries

MENDED = "/mended/1950-01-01/"
READ = {"home": "/", "issue": MENDED, "page": f"{MENDED}1/", "article": "/articles/1/"}
KINDS = ("act", *READ, "search")
LINE = "{:12}{:10}{:>8}{:>9}{:>9}{:>9}{:>11}{:>11}"


class Reader(threading.Thread):
    """Asks for one page after the other until `over` is set; `times`: seconds by kind, `failed`: what else came."""

    def __init__(self, port, over, pause, seed):
        super().__init__(daemon=True)
        self.browser, self.over, self.pause, self.chance = Browser(port), over, pause, random.Random(seed)
        self.times, self.failed = {kind: [] for kind in KINDS}, []

    def run(self):
        while not self.over.wait(self.chance.uniform(0.5, 1.5) * self.pause):
            kind = self.chance.choice(KINDS[1:])
            address = READ.get(kind) or f"/search/?q={quote(self.chance.choice('记者 老桥 中国 工作 河'.split()))}"
            started = time.perf_counter()
            try:
                status, _ = self.browser.ask("GET", address)
            except (OSError, http.client.HTTPException) as error:
                status = repr(error)
            self.times[kind].append(time.perf_counter() - started)
            if status != 200:
                self.failed.append(f"{address}: {status}")


class Mix:
    """Editors and readers for a while."""

    def __init__(self, site, cookies, pages, options):
        self.over = threading.Event()
        browsers = [Browser(site.port, mine) for mine in cookies]
        self.editors = [
            Editor(browser, [pages[number + 1], pages[0]], self.over, options.pause, seed=number)
            for number, browser in enumerate(browsers)
        ]
        self.readers = [Reader(site.port, self.over, options.pause / 2, seed) for seed in range(options.readers)]
        self.load = 0.0

    def run(self, enough):
        """Until enough() is true."""
        for each in (*self.editors, *self.readers):
            each.start()
        while not enough():
            time.sleep(0.2)
        self.load = os.getloadavg()[0]
        self.over.set()
        for each in (*self.editors, *self.readers):
            each.join()
        return self

    @property
    def acts(self):
        return [act for editor in self.editors for act in editor.acts]

    def times(self, kind):
        if kind == "act":
            return [act.seconds for act in self.acts]
        return [seconds for reader in self.readers for seconds in reader.times[kind]]

    def failed(self):
        """An editor's request that nobody answered counts as well."""
        acts = [f"{act.name}: {act.status} {act.words}" for act in self.acts if act.status not in (200, 409)]
        states = [f"desk: {status}" for editor in self.editors for status in editor.broken]
        return acts + states + [words for reader in self.readers for words in reader.failed]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--editors", type=int, default=10)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--pages", type=int, default=400, help="to import")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between an editor's acts")
    parser.add_argument("--seconds", type=float, default=30.0, help="of the mix without the import")
    parser.add_argument("--database", choices=VICTIMS, action="append")
    options = parser.parse_args()
    databases = options.database or [name for name in VICTIMS if name == "SQLite" or binaries()]
    print(LINE.format("database", "request", "count", "p50 ms", "p95 ms", "count", "p50 ratio", "p95 ratio"))
    sound = [measure(database, options) for database in databases]
    sys.exit(not all(sound))


def measure(database, options):
    with tempfile.TemporaryDirectory() as folder:
        cluster = Cluster(Path(folder, "cluster")) if database == "PostgreSQL" else None
        try:
            return measure_in(Path(folder), database, cluster, options)
        finally:
            if cluster:
                cluster.stop()


def measure_in(folder, database, cluster, options):
    write_pages(folder / "mended", options.editors + 1, seed=2)
    write_pages(folder / "pages", options.pages)
    archive, *staff = prepare(folder / "ready", cluster, folder / "mended", options.editors)
    site = Site(archive)
    try:
        site.wait()
        Mix(site, *staff, options).run(lasting(options.seconds / 5))  # warms up
        alone = Mix(site, *staff, options).run(lasting(options.seconds))
        importer = archive.start(*import_of(folder / "pages", SLUG))
        beside = Mix(site, *staff, options).run(lambda: importer.poll() is not None)
    finally:
        site.stop()
    for kind in KINDS:
        report(database, kind, alone.times(kind), beside.times(kind))
    status, said = archive.end(importer)
    found, (broken, verified) = look(archive), archive.end(archive.start("manage.py", "verify"))
    times = Counter(found["keys"])
    acts = [act for mix in (alone, beside) for act in mix.acts]
    acknowledged = [act for act in acts if act.acknowledged]
    lost = sum(times[act.key] != 1 for act in acknowledged)
    refused = sum(act.status == 409 for act in acts)
    failed = alone.failed() + beside.failed()
    loads = f"load {alone.load:.1f} without the import, {beside.load:.1f} with it"
    print(f"{database}: {loads}; {found['count']} pages imported")
    print(f"  {len(acknowledged)} acts acknowledged, {lost} lost, {refused} refused; requests failed: {len(failed)}")
    wrong = [*failed[:10], *([said] if status else []), *([verified] if broken else [])]
    print(*wrong, sep="\n", end="\n" if wrong else "", flush=True)
    return not (lost or wrong)


def lasting(seconds):
    ends = time.monotonic() + seconds
    return lambda: time.monotonic() > ends


def report(database, kind, alone, beside):
    first, second = (statistics.quantiles(times, n=20) for times in (alone, beside))
    ratios = [f"{b / a:.2f}" for a, b in ((first[9], second[9]), (first[18], second[18]))]
    figures = (f"{1000 * first[9]:.0f}", f"{1000 * first[18]:.0f}")
    print(LINE.format(database, kind, len(alone), *figures, len(beside), *ratios), flush=True)


if __name__ == "__main__":
    main()
