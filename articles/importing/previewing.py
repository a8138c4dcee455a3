"""An upload -> what would become of each file; then, as an editor has settled it, the import itself.

The preview is the real import in transactions that are rolled back. On SQLite nobody else can write while one lasts,
not even the progress of this one; so pages are split before, and files that can have nothing to do with each other,
of other texts and other places, are looked at in transactions of their own, a few at a time.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from ..extraction.page_file import Prepared, prepare_page
from ..learning.using import knowledge_in_use
from ..models import ImportOutcome, Upload, UploadFile
from .paths import path_to_read, read_path
from .pictures import read_picture
from .placing import GivenPlace, Options, Place, place_page
from .running import Import
from .sources import Source, UnreadableSource
from .uploads import names_sent, sources_of

Result = ImportOutcome.Result
TITLES_SHOWN = 4
UNCHOSEN = (Result.FAILED, Result.DUPLICATE)  # an import would do nothing with them
AT_ONCE = 10  # files of a transaction: a second or two of nobody else writing
STORED_AT_ONCE = 4  # pages of an import by editors: they watch it go on, and whoever stops it waits for these
PAUSE = 0.15  # seconds between two: who waits for SQLite's lock looks every tenth of a second, and would never find it
Tick = Callable[[int], None]
PREVIEW_FIELDS = ("sha256", "size", "picture_sha256", "chosen", "result", "reason", "date", "date_how", "number")


@dataclass
class Looked:
    """What was seen of the files of an upload, by name."""

    prepared: dict[str, Prepared] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    keys: dict[str, set[Hashable]] = field(default_factory=dict)  # what it may share with another file of the upload


def preview(upload: Upload, tick: Tick) -> None:
    """Write to the upload's rows what an import would do now. `tick` is told how many files have been looked at."""
    known = {row.name: row for row in upload.files.all()}
    options = Options(encoding=upload.encoding or None, places=given_places(known.values()), dry_run=True)
    looked, done = Looked(), 0
    for done, source in enumerate(sources_of(upload), 1):
        _look_at(source, upload, options, looked)
        tick(done)
    rows = []
    for names in batches_of(looked.keys):
        with transaction.atomic():
            sources = (source for source in sources_of(upload) if source.name in names)
            job = Import([], upload.newspaper, options, sources=sources, prepared=looked.prepared)
            for outcome in job:
                rows.append(_row_of(upload, outcome, job.place, looked, known.get(outcome.path)))
            transaction.set_rollback(True)
        tick(done)
        time.sleep(PAUSE)
    with transaction.atomic():
        upload.files.exclude(name__in=[row.name for row in rows]).delete()
        UploadFile.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["upload", "name"],
            update_fields=[*PREVIEW_FIELDS, "page_name"],
        )


def batches_of(keys: Mapping[str, set[Hashable]]) -> list[set[str]]:
    """The files in sets of about AT_ONCE; those that share a key, at one or more removes, in the same set."""
    groups: dict[Hashable, list[str]] = {}
    for name, mine in keys.items():
        met = {id(group): group for key in mine if (group := groups.get(key)) is not None}
        joined = [name, *(one for group in met.values() for one in group)]
        for key in {key for one in joined for key in keys[one]}:
            groups[key] = joined
    batches: list[set[str]] = []
    for group in {id(group): group for group in groups.values()}.values():
        if not batches or len(batches[-1]) + len(group) > AT_ONCE:
            batches.append(set())
        batches[-1].update(group)
    return batches


def _look_at(source: Source, upload: Upload, options: Options, looked: Looked) -> None:
    looked.keys[source.name] = {source.name}
    try:
        data = source.read()
    except UnreadableSource:
        return  # the import says so
    prepared = prepare_page(source.path, data, options.encoding, knowledge_in_use(upload.newspaper_id))
    looked.sizes[source.name], looked.prepared[source.name] = len(data), prepared
    place = place_page(
        options, read_path(path_to_read(source.root, source.name), [upload.newspaper.name]), prepared.split
    )
    if given := (options.places or {}).get(source.name):
        place = given.over(place)
    looked.keys[source.name] |= {prepared.sha256, prepared.text_sha256}
    if place.date and place.number:
        looked.keys[source.name].add((place.date, place.edition, place.number))
    if source.picture:
        try:
            picture = read_picture(source.picture)
        except UnreadableSource:
            return  # the import says so
        looked.pictures[source.name] = hashlib.sha256(picture.data).hexdigest()


def _row_of(
    upload: Upload, outcome: ImportOutcome, place: Place | None, looked: Looked, known: UploadFile | None
) -> UploadFile:
    name = outcome.path
    row = UploadFile(
        upload=upload,
        name=name,
        size=looked.sizes.get(name, 0),
        sha256=looked.prepared[name].sha256 if name in looked.prepared else "",
        picture_sha256=looked.pictures.get(name, ""),
        chosen=outcome.result not in UNCHOSEN and (known is None or known.chosen or known.result in UNCHOSEN),
        result=outcome.result,
        reason="；".join(filter(None, (outcome.reason, _tell_articles(outcome, looked))))[:1000],
    )
    if place:
        row.date, row.date_how, row.number, row.page_name = place.date, place.date_how, place.number, place.name
    return row


def _tell_articles(outcome: ImportOutcome, looked: Looked) -> str:
    """What the page would be split into, by which an editor sees a wrong encoding or a wrong day."""
    prepared = looked.prepared.get(outcome.path)
    if outcome.result not in (Result.CREATED, Result.REVISED) or prepared is None or prepared.split is None:
        return ""
    headlines = [article.headline for article in prepared.split.articles if article.headline]
    shown = "、".join(headline[:30] for headline in headlines[:TITLES_SHOWN])
    more = "……" if len(headlines) > TITLES_SHOWN else ""
    return f"拆成 {len(prepared.split.articles)} 篇" + (f"：{shown}{more}" if shown else "")


def given_places(rows: Iterable[UploadFile]) -> dict[str, GivenPlace]:
    return {row.name: GivenPlace(row.date, row.number, row.page_name) for row in rows if row.result != Result.FAILED}


def import_chosen(upload: Upload, tick: Tick) -> None:
    """Import the chosen files as their rows say.

    An import that was broken off goes on in its run: files that have an outcome there are done.
    """
    rows = list(upload.files.filter(chosen=True))
    done = set(upload.run.outcomes.values_list("path", flat=True)) if upload.run else set()
    left = {row.name for row in rows} - done
    options = Options(encoding=upload.encoding or None, places=given_places(rows))
    with transaction.atomic():
        job = Import(
            [Path(name) for name in names_sent(upload)],
            upload.newspaper,
            options,
            upload.user,
            sources=(source for source in sources_of(upload) if source.name in left),
            run=upload.run,
            batch=STORED_AT_ONCE,
        )
        Upload.objects.filter(pk=upload.pk).update(run=job.run)
    for count, _ in enumerate(job, len(done) + 1):
        tick(count + len(job.untold))
