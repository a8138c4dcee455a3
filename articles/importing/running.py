"""One import run: paths -> outcomes, one a file, in order, whatever the number of processes."""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, suppress
from dataclasses import dataclass, fields
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError
from django.utils import timezone

from ..extraction.knowledge import EMPTY, Knowledge
from ..extraction.page_file import Prepared, prepare_page
from ..extraction.processes import begin_process, prepare_in_process
from ..learning.using import knowledge_of, learned_in_use
from ..models import ImportOutcome, ImportRun, Newspaper, Page
from .linking import link_issues
from .paths import PathFacts, path_to_read, read_path
from .placing import Options, Place, place_page
from .reference import load_default_categories
from .sources import Found, Source, UnreadableSource, readable
from .storing import Arrival, NotNew, SplitNeeded, Store
from .walking import find_sources

AHEAD = 4  # pages each process may be ahead of what is stored: enough to keep it busy, little enough to stay small
# Files of a batch, stored in a few tenths of a second in which SQLite lets nobody else write; and the bytes of their
# texts and pictures after which it ends, so that a batch is a few seconds' work whatever its files.
BATCH, BATCH_BYTES = 50, 1_000_000

OF_A_PAGE = (DataError, IntegrityError, ValueError)  # a database that is away ends the run


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


@dataclass
class File:
    """A file that has come through extraction: what arrived, or why nothing did; and what was found for its place."""

    pending: Pending
    arrived: Arrival | str
    place: Place | None = None


class Import:
    """An import under way. Iterate over it for outcomes; `linked` and `ignored` are known when it is through.

    `sources`: the files, if not all those under `paths`. `run`: an earlier run to go on with, whose outcomes stand.
    What the archive has learned is frozen with the run: all of its pages are split by the same version.
    `prepared`: by name, files that are split already. `batch`: how many are stored together, which changes nothing of
    what becomes of them. `place`: what was found for the file of the last outcome.
    `untold`: what is stored, with its outcomes still to come; one broken off has them all the same.
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
        batch: int = BATCH,
    ):
        self.options, self.prepared, self.batch = options, prepared or {}, batch
        self.found, self.linked = Found(), 0
        self.place: Place | None = None
        self.untold: deque[tuple[ImportOutcome, File]] = deque()
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
            # What the program had loaded before is no garbage; to look through it over and over costs as much as pages.
            gc.freeze()
            stack.callback(gc.unfreeze)
            pool = open_pool(stack, self.options.jobs, self.knowledge) if self.options.jobs > 1 else None
            for batch in self._read_ahead(pool):
                yield from self._store_batch(batch)
        # Also for pages that are as they were: a run that was killed before this leaves it to the next one.
        self.linked = link_issues(self.store.issues)
        self.run.finished_at = timezone.now()
        self.run.save(update_fields=["finished_at"])

    @property
    def ignored(self) -> Counter[str]:
        """How many files of which suffix were passed over as no pages."""
        return self.found.ignored

    def _read_ahead(self, pool: ProcessPoolExecutor | None) -> Iterator[list[Pending]]:
        """The files in batches; with a pool, some pages ahead of what is stored are being split."""
        waiting: deque[list[Pending]] = deque()
        for batch in self._read_batches():
            if pool is not None:
                self._split_in(pool, batch)
            waiting.append(batch)
            if pool is None or sum(map(len, waiting)) - len(waiting[0]) >= AHEAD * self.options.jobs:
                yield waiting.popleft()
        yield from waiting

    def _read_batches(self) -> Iterator[list[Pending]]:
        batch: list[Pending] = []
        size = 0
        for source in self.sources:
            batch.append(self._read(source))
            size += len(batch[-1].data) + (source.picture.size if source.picture else 0)
            if len(batch) == self.batch or size >= BATCH_BYTES:
                yield self._recognise(batch)
                batch, size = [], 0
        if batch:
            yield self._recognise(batch)

    def _read(self, source: Source) -> Pending:
        pending = Pending(source, read_path(path_to_read(source.root, source.name), self.ignored_names))
        try:
            pending.data = source.read()
            pending.sha256 = hashlib.sha256(pending.data).hexdigest()
        except UnreadableSource as error:
            pending.error = str(error)
        return pending

    def _recognise(self, batch: list[Pending]) -> list[Pending]:
        known = self.store.find_known([pending.sha256 for pending in batch])
        for pending in batch:
            pending.known = known.get(pending.sha256)
        return batch

    def _split_in(self, pool: ProcessPoolExecutor, batch: Sequence[Pending]) -> None:
        for pending in batch:
            if pending.known is None and not pending.error:
                with suppress(BrokenProcessPool):  # then it is split here
                    pending.work = pool.submit(
                        prepare_in_process, pending.source.path, pending.data, self.options.encoding
                    )

    def _store_batch(self, batch: Sequence[Pending]) -> Iterator[ImportOutcome]:
        """What is plainly new is stored together, what there is more to ask of by itself, in their order."""
        files = [self._arrive(pending) for pending in batch]
        if all(pending.known is None for pending in batch) and (outcomes := self._store_new(files)):
            yield from self._store_rest(files, outcomes)
            return
        new = self.store.find_new([file.arrived for file in files])
        for plain, grouped in groupby(zip(files, new, strict=True), key=itemgetter(1)):
            group = [file for file, _ in grouped]
            yield from self._store_rest(group, self._store_new(group) if plain and len(group) < len(files) else [])

    def _store_rest(self, files: Sequence[File], outcomes: Sequence[ImportOutcome]) -> Iterator[ImportOutcome]:
        """Tell the outcomes of the first files, which are stored; store the others one by one."""
        self.untold.extend(zip(outcomes, files, strict=False))
        while self.untold:
            outcome, file = self.untold.popleft()
            self.place = file.place
            yield outcome
        for file in files[len(outcomes) :]:
            outcome = self._store(file)
            self.place = file.place
            yield outcome

    def _store_new(self, files: Sequence[File]) -> list[ImportOutcome]:
        try:
            return self.store.store_new([(file.pending.source.name, file.arrived) for file in files])
        except (NotNew, *OF_A_PAGE):
            return []  # one by one, so that only what is wrong fails

    def _store(self, file: File) -> ImportOutcome:
        name = file.pending.source.name
        if isinstance(file.arrived, str):
            return self.store.fail(name, file.arrived)
        try:
            return self.store.store_page(name, file.arrived)
        except SplitNeeded:
            file.pending.known = None
            again = self._arrive(file.pending)
            file.arrived, file.place = again.arrived, again.place
            return self._store(file)
        except OF_A_PAGE as error:
            return self.store.fail(name, _words_for(error))

    def _arrive(self, pending: Pending) -> File:
        try:
            prepared = self._prepared(pending)
            if prepared.error:
                return File(pending, prepared.error)
            place = place_page(self.options, pending.facts, prepared.split)
        except OF_A_PAGE as error:
            return File(pending, _words_for(error))
        if given := (self.options.places or {}).get(pending.source.name):
            place = given.over(place)
        return File(pending, Arrival(prepared, place, pending.source.picture), place)

    def _prepared(self, pending: Pending) -> Prepared:
        if pending.error:
            return Prepared(pending.source.path, "", error=pending.error)
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


def _words_for(error: Exception) -> str:
    return f"写入数据库失败（{error}），请报告给开发者。"


def open_pool(stack: ExitStack, jobs: int, knowledge: Knowledge = EMPTY) -> ProcessPoolExecutor:
    """Processes that split pages by `knowledge`, ended with `stack`."""
    # Forked from a process that has loaded the dictionary; from this one, they would share its database connection.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["articles.extraction.preloaded"])
    pool = ProcessPoolExecutor(
        jobs,
        mp_context=context,
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
