"""`python -m benchmarks.faults`: processes killed by SIGKILL at random moments under load; is anything lost?

In each moment editors mend pages and an import of invented pages runs, in a fresh archive, until the victim is killed:
the importer, a worker of gunicorn or its master; on PostgreSQL also a backend, or the postmaster. What has died is
started again, as systemd would, and the import is run once more. Then

- the archive is whole (`manage.py verify`: tiling, articles, journal, search index, files);
- every act that was acknowledged is in the journal, and each that is sent again, with its key, is in it just once;
- what was imported is what an import makes that nobody disturbs.

Exit status 1 if not. PostgreSQL is a cluster of its own, where PostgreSQL is installed; no other is touched.
"""

import argparse
import http.client
import json
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.editing import PASSWORD, PREPARE, Browser, Editor
from benchmarks.importing import write_pages
from benchmarks.processes import Archive, Cluster, Site, binaries, kill, until

VICTIMS = {"SQLite": ("importer", "worker", "master")}
VICTIMS["PostgreSQL"] = (*VICTIMS["SQLite"], "backend", "postmaster")
MENDED, SLUG = 8, "imported"
PAUSE = 0.1  # seconds between an editor's acts
AFTER = 1.0  # seconds for which editors go on after the kill
RESENT = 5  # acts of each editor's that were acknowledged and are sent again, besides all that nobody answered
ANSWERS = {200, 400, 409, 500, 503}  # 500: without its database the site knows nobody
LINE = "{:12}{:12}{:>8}{:>14}{:>12}{:>8}{:>8}"


@dataclass
class Tally:
    moments: int = 0
    acknowledged: int = 0
    unanswered: int = 0
    lost: int = 0
    faults: list[str] = field(default_factory=list)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moments", type=int, default=3, help="for each victim on each database")
    parser.add_argument("--seconds", type=float, help="until the kill, at most; the time of an import if not given")
    parser.add_argument("--pages", type=int, default=300, help="to import")
    parser.add_argument("--editors", type=int, default=3)
    parser.add_argument("--database", choices=VICTIMS, action="append")
    parser.add_argument("--victim", choices=VICTIMS["PostgreSQL"], action="append")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    databases = options.database or [name for name in VICTIMS if name == "SQLite" or binaries()]
    print(f"seed {options.seed}, load {os.getloadavg()[0]:.1f}")
    print(LINE.format("victim", "database", "moments", "acknowledged", "unanswered", "lost", "faults"), flush=True)
    sound = [try_database(name, options) for name in databases]
    sys.exit(not all(sound))


def try_database(database, options):
    sound = True
    with tempfile.TemporaryDirectory() as folder:
        cluster = Cluster(Path(folder, "cluster")) if database == "PostgreSQL" else None
        try:
            trial = Trial(Path(folder), cluster, options)
            for victim in VICTIMS[database]:
                if victim in (options.victim or VICTIMS[database]):
                    tally = trial.try_victim(victim, options.moments)
                    figures = (tally.moments, tally.acknowledged, tally.unanswered, tally.lost, len(tally.faults))
                    print(LINE.format(victim, database, *figures), *tally.faults, sep="\n    ", flush=True)
                    sound = sound and not tally.lost and not tally.faults
        finally:
            if cluster:
                cluster.stop()
    return sound


class Trial:
    """Moments on one database, each in a copy of an archive with editors who are signed in and pages to mend."""

    def __init__(self, folder, cluster, options):
        self.folder, self.cluster, self.options = folder, cluster, options
        self.chance, self.number = random.Random(options.seed), 0
        write_pages(folder / "mended", MENDED, seed=2)
        write_pages(folder / "pages", options.pages, articles_a_page=2)
        self.importing = import_of(folder / "pages", SLUG)
        self.ready, self.cookies, self.pages = prepare(folder / "ready", cluster, folder / "mended", options.editors)
        started = time.monotonic()
        undisturbed = self.next_archive()
        undisturbed.run(*self.importing)
        self.seconds = options.seconds or time.monotonic() - started
        self.expected = look(undisturbed)
        undisturbed.remove()

    def next_archive(self):
        self.number += 1
        return self.ready.copy(self.folder / f"moment{self.number}")

    def try_victim(self, victim, moments):
        tally = Tally()
        for _ in range(moments):
            archive = self.next_archive()
            try:
                Moment(self, archive, victim, tally).live()
            finally:
                archive.remove()
        return tally


class Moment:
    def __init__(self, trial, archive, victim, tally):
        self.trial, self.archive, self.victim, self.tally = trial, archive, victim, tally
        self.chance, self.site, self.over = trial.chance, Site(archive), threading.Event()

    def live(self):
        try:
            self.site.wait()
            editors = [self.seat(number) for number in range(self.trial.options.editors)]
            importer = self.archive.start(*self.trial.importing)
            for editor in editors:
                editor.start()
            time.sleep(self.trial.seconds * self.chance.uniform(0.05, 0.95))
            self.kill_victim(importer)
            time.sleep(AFTER)
            self.over.set()
            for editor in editors:
                editor.join()
            self.recover(importer)
            self.judge(editors)
        finally:
            self.over.set()
            self.site.stop()
        self.tally.moments += 1

    def seat(self, number):
        browser = Browser(self.site.port, self.trial.cookies[number])
        pages = [self.trial.pages[number + 1], self.trial.pages[0]]  # one of their own, one that all share
        return Editor(browser, pages, self.over, PAUSE, self.chance.random())

    def kill_victim(self, importer):
        cluster = self.trial.cluster
        if self.victim == "importer":
            if importer.poll() is None:
                kill(importer.pid)
        elif self.victim == "worker":
            kill(self.chance.choice(self.site.workers()))
        elif self.victim == "master":
            kill(self.site.process.pid)
        elif self.victim == "backend":
            kill(self.chance.choice(until("a backend", cluster.backends)))
        else:
            kill(cluster.postmaster())

    def recover(self, importer):
        if self.victim == "postmaster":
            self.trial.cluster.start()
        self.site.wait()
        status, said = self.archive.end(importer)
        if self.victim in ("worker", "master") and status:
            self.fault(f"the import failed: {said[-300:]}")
        if "Traceback" in said:
            self.fault(f"the import said a traceback: {said[-300:]}")
        status, said = self.archive.end(self.archive.start(*self.trial.importing))
        if status:
            self.fault(f"the import cannot be run again: {said[-300:]}")

    def judge(self, editors):
        acts = [act for editor in editors for act in editor.acts]
        again = [each for editor in editors for each in self.send_again(editor)]
        found = look(self.archive)
        times = Counter(found["keys"])
        acknowledged = [act for act in acts if act.acknowledged]
        self.tally.acknowledged += len(acknowledged)
        self.tally.unanswered += sum(not act.answered for act in acts)
        self.tally.lost += sum(not times[act.key] for act in acknowledged)
        for act, resent in again:
            if times[act.key] != resent.acknowledged:
                self.fault(f"{act.name}, answered by {resent.status}, is {times[act.key]} times in the journal")
            if act.acknowledged and resent.entry != act.entry:
                self.fault(f"{act.name} was done, and sent again answered by {resent.status}")
        if odd := {act.status for act in acts} - {None, *ANSWERS}:
            self.fault(f"acts were answered by {odd}")
        if found["bare"]:
            self.fault(f"{found['bare']} pages without blocks")
        for name in ("count", "pages"):
            if found[name] != self.trial.expected[name]:
                self.fault(f"{name}: {found[name]} of the import, {self.trial.expected[name]} undisturbed")
        status, said = self.archive.end(self.archive.start("manage.py", "verify"))
        if status:
            self.fault(f"verify: {said[-500:]}")

    def send_again(self, editor):
        """What nobody answered, and the last acts that were acknowledged: [(act, the same sent again)]."""
        last = [act for act in editor.acts if act.acknowledged][-RESENT:]
        pairs = [(act, act.again()) for act in (*last, *(act for act in editor.acts if not act.answered))]
        for _, resent in pairs:
            try:
                editor.send(resent)
            except (OSError, http.client.HTTPException) as error:
                self.fault(f"sent again, nobody answered: {error!r}")
        return pairs

    def fault(self, words):
        self.tally.faults.append(f"{self.victim}: {words}")


def import_of(folder, slug):
    return ("manage.py", "import_pages", folder, "--newspaper", slug, "--slug", slug)


def prepare(var, cluster, mended, editors):
    """(an archive that nobody is at work in, the cookies of its editors, ids of the pages that they mend)"""
    var.mkdir()
    if cluster:
        cluster.call("createdb", var.name)
    archive = Archive(var, cluster)
    script = PREPARE.format(count=editors, password=PASSWORD, folder=mended)
    ids = archive.run("manage.py", "shell", "-v0", "-c", script).splitlines()[-1]
    site = Site(archive)
    try:
        site.wait()
        cookies = [Browser(site.port).sign_in(f"editor{number}").cookies for number in range(editors)]
    finally:
        site.stop()
    return archive, cookies, list(map(int, ids.split()))


def look(archive):
    return json.loads(archive.run("-m", "benchmarks.looking", SLUG).splitlines()[-1])


if __name__ == "__main__":
    main()
