"""One import run: paths -> outcomes, one a file, in order, whatever the number of processes."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError
from django.utils import timezone

from ..extraction.knowledge import EMPTY, Knowledge
from ..extraction.page_file import Prepared, prepare_page
from ..extraction.processes import begin_process, prepare_in_process
from ..learning.using import knowledge_of, learned_in_use
from ..models import ImportOutcome, ImportRun, Newspaper, Page
from .linking import link_issue
from .paths import PathFacts, path_to_read, read_path
from .placing import Options, Place, place_page
from .reference import load_default_categories
from .sources import Found, Source, UnreadableSource, readable
from .storing import Arrival, SplitNeeded, Store
from .walking import find_sources

AHEAD = 4  # pages each process may be ahead of what is stored: enough to keep it busy, little enough to stay small


@dataclass
class Pending:
    """A file on its way: read, and known already or being split."""

    source: Source
    facts: PathFacts
    known: Page | None = None
    sha256: str = ""
    data: bytes = b""
    work: Future[Prepared] | None = None
    error: str = ""


class Import:
    """An import under way. Iterate over it for outcomes; `linked` and `ignored` are known when it is through.

    `sources`: the files, if not all those under `paths`. `run`: an earlier run to go on with, whose outcomes stand.
    What the archive has learned is frozen with the run: all of its pages are split by the same version.
    `prepared`: by name, files that are split already. `place`: what was found for the file of the last outcome.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        newspaper: Newspaper,
        options: Options,
        user: Any = None,
        *,
        sources: Iterable[Source] | None = None,
        run: ImportRun | None = None,
        prepared: Mapping[str, Prepared] | None = None,
    ):
        self.options, self.prepared = options, prepared or {}
        self.found, self.linked = Found(), 0
        self.place: Place | None = None
        self.sources = find_sources(paths, self.found) if sources is None else sources
        load_default_categories(only_if_none=True)
        self.run = run or _record_run(paths, newspaper, options, user)
        self.knowledge = knowledge_of(self.run.learned)
        self.store = Store(newspaper, self.run, options, self.knowledge)
        if run is not None:
            self.store.take_up()
        self.ignored_names = [newspaper.name]

    def __iter__(self) -> Iterator[ImportOutcome]:
        with ExitStack() as stack:
            pool = open_pool(stack, self.options.jobs, self.knowledge) if self.options.jobs > 1 else None
            yield from self._store_in_order(pool)
        # Also for pages that are as they were: a run that was killed before this leaves it to the next one.
        for issue_id in sorted(self.store.issues):
            self.linked += link_issue(issue_id)
        self.run.finished_at = timezone.now()
        self.run.save(update_fields=["finished_at"])

    @property
    def ignored(self) -> Counter[str]:
        """How many files of which suffix were passed over as no pages."""
        return self.found.ignored

    def _store_in_order(self, pool: ProcessPoolExecutor | None) -> Iterator[ImportOutcome]:
        waiting: deque[Pending] = deque()
        for source in self.sources:
            waiting.append(self._start(source, pool))
            if len(waiting) > (AHEAD * self.options.jobs if pool else 0):
                yield self._store(waiting.popleft())
        while waiting:
            yield self._store(waiting.popleft())

    def _start(self, source: Source, pool: ProcessPoolExecutor | None) -> Pending:
        pending = Pending(source, read_path(path_to_read(source.root, source.name), self.ignored_names))
        try:
            pending.data = source.read()
        except UnreadableSource as error:
            pending.error = str(error)
            return pending
        pending.sha256 = hashlib.sha256(pending.data).hexdigest()
        pending.known = self.store.find_known(pending.sha256)
        if pending.known is None and pool is not None:
            try:
                pending.work = pool.submit(prepare_in_process, source.path, pending.data, self.options.encoding)
            except BrokenProcessPool:
                pending.work = None  # split here instead
        return pending

    def _store(self, pending: Pending) -> ImportOutcome:
        name, self.place = pending.source.name, None
        if pending.error:
            return self.store.fail(name, pending.error)
        try:
            try:
                return self._store_prepared(pending, self._prepared(pending))
            except SplitNeeded:
                pending.known = None
                return self._store_prepared(pending, self._prepared(pending))
        except (DataError, IntegrityError, ValueError) as error:  # of this page; a database that is away ends the run
            return self.store.fail(name, f"写入数据库失败（{error}），请报告给开发者。")

    def _store_prepared(self, pending: Pending, prepared: Prepared) -> ImportOutcome:
        if prepared.error:
            return self.store.fail(pending.source.name, prepared.error)
        self.place = place_page(self.options, pending.facts, prepared.split)
        if given := (self.options.places or {}).get(pending.source.name):
            self.place = given.over(self.place)
        arrival = Arrival(prepared, self.place, pending.source.picture, list(prepared.notes))
        return self.store.store_page(pending.source.name, arrival)

    def _prepared(self, pending: Pending) -> Prepared:
        if pending.known is not None:
            page = pending.known
            return Prepared(pending.source.path, pending.sha256, text=page.source_text, encoding=page.encoding)
        if pending.source.name in self.prepared:
            return self.prepared[pending.source.name]
        if pending.work is not None:
            try:
                return pending.work.result()
            except BrokenProcessPool:
                pass  # another page may have broken it: try this one here
        return prepare_page(pending.source.path, pending.data, self.options.encoding, self.knowledge)


def open_pool(stack: ExitStack, jobs: int, knowledge: Knowledge = EMPTY) -> ProcessPoolExecutor:
    """Processes that split pages by `knowledge`, ended with `stack`."""
    # Spawned, for a fork would share the database connection.
    pool = ProcessPoolExecutor(
        jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=begin_process,
        initargs=(knowledge.pack(),),
    )
    stack.callback(pool.shutdown, cancel_futures=True)
    return pool


def _record_run(paths: Sequence[Path], newspaper: Newspaper, options: Options, user: Any) -> ImportRun:
    said = {f.name: str(getattr(options, f.name)) for f in fields(options) if f.name != "places"}
    given = {name: words for name, words in said.items() if getattr(options, name)}
    return ImportRun.objects.create(
        newspaper=newspaper,
        user=user,
        options={**given, "paths": [readable(str(p)) for p in paths]},
        learned=learned_in_use(newspaper.pk),
    )
