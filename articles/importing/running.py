"""One import run: paths -> outcomes, one a file, in order, whatever the number of processes."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.utils import timezone

from ..models import ImportOutcome, ImportRun, Newspaper, Page
from .linking import link_issue
from .paths import PathFacts, read_path
from .placing import Options, place_page
from .prepare import Prepared, prepare_page
from .reference import load_default_categories
from .sources import Found, Source, UnreadableSource, find_sources
from .storing import Picture, Store, read_picture

AHEAD = 4  # pages each process may be ahead of what is stored: enough to keep it busy, little enough to stay small


@dataclass
class Pending:
    """A file on its way: read, and known already or being split."""

    source: Source
    facts: PathFacts
    picture: Picture | None = None
    notes: tuple[str, ...] = ()
    known: Page | None = None
    sha256: str = ""
    data: bytes = b""
    work: Future[Prepared] | None = None
    error: str = ""


class Import:
    """An import under way. Iterate over it for outcomes; `linked` and `ignored` are known when it is through."""

    def __init__(self, paths: list[Path], newspaper: Newspaper, options: Options, user: Any = None):
        self.paths, self.options = paths, options
        self.found, self.linked = Found(), 0
        load_default_categories(only_if_none=True)
        said = {k: str(v) for k, v in asdict(options).items() if v}
        self.run = ImportRun.objects.create(
            newspaper=newspaper, user=user, options={**said, "paths": [str(p) for p in paths]}
        )
        self.store = Store(newspaper, self.run, options)
        self.ignored_names = [newspaper.name]

    def __iter__(self) -> Iterator[ImportOutcome]:
        if self.options.jobs > 1:
            context = multiprocessing.get_context("spawn")
            pool = ProcessPoolExecutor(self.options.jobs, mp_context=context)
        else:
            pool = None
        try:
            yield from self._store_in_order(pool)
        finally:
            if pool:
                pool.shutdown(cancel_futures=True)
        # Also for pages that are as they were: a run that was killed before this leaves it to the next one.
        for issue_id in sorted(self.store.issues):
            self.linked += link_issue(issue_id)
        self.run.finished_at = timezone.now()
        self.run.save(update_fields=["finished_at"])

    @property
    def ignored(self) -> int:
        return self.found.ignored

    def _store_in_order(self, pool: ProcessPoolExecutor | None) -> Iterator[ImportOutcome]:
        waiting: deque[Pending] = deque()
        for source in find_sources(self.paths, self.found):
            waiting.append(self._start(source, pool))
            if len(waiting) > (AHEAD * self.options.jobs if pool else 0):
                yield self._store(waiting.popleft())
        while waiting:
            yield self._store(waiting.popleft())

    def _start(self, source: Source, pool: ProcessPoolExecutor | None) -> Pending:
        pending = Pending(source, read_path(near_end(source.path), self.ignored_names))
        try:
            pending.data = source.read()
        except UnreadableSource as error:
            pending.error = str(error)
            return pending
        pending.sha256 = hashlib.sha256(pending.data).hexdigest()
        pending.picture, note = read_picture(source)
        pending.notes = (note,) if note else ()
        pending.known = self.store.find_known(pending.sha256)
        if pending.known is None and pool is not None:
            try:
                pending.work = pool.submit(prepare_page, source.path, pending.data, self.options.encoding)
            except BrokenProcessPool:
                pending.work = None  # split here instead
        return pending

    def _store(self, pending: Pending) -> ImportOutcome:
        name = pending.source.name
        try:
            if pending.error:
                return self.store.fail(name, pending.error)
            prepared = self._prepared(pending)
            if prepared.error:
                return self.store.fail(name, prepared.error)
            place = place_page(self.options, pending.facts, prepared.split)
            return self.store.store_page(name, prepared, place, pending.picture, [*prepared.notes, *pending.notes])
        except DatabaseError as error:
            return self.store.fail(name, f"写入数据库失败：{error}")

    def _prepared(self, pending: Pending) -> Prepared:
        if pending.known is not None:
            page = pending.known
            return Prepared(pending.source.path, pending.sha256, text=page.source_text, encoding=page.encoding)
        if pending.work is not None:
            try:
                return pending.work.result()
            except BrokenProcessPool:
                pass  # another page may have broken it: try this one here
        return prepare_page(pending.source.path, pending.data, self.options.encoding)


def near_end(path: str) -> str:
    """The file and the folders just above it: a date further up is that of a backup or a disk, not of the page."""
    return "/".join(path.split("/")[-6:])
