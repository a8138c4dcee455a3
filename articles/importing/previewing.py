"""An upload -> what would become of each file; then, as an editor has settled it, the import itself.

The preview is the real import in a transaction that is rolled back. Splitting takes most of the time, so it is done
before that: on SQLite nobody else can write while the transaction lasts, not even the progress of this one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from ..extraction.page_file import Prepared, prepare_page
from ..models import ImportOutcome, Upload, UploadFile
from .placing import GivenPlace, Options, Place
from .running import Import
from .sources import MAX_PICTURE_BYTES, Source, UnreadableSource
from .uploads import names_sent, sources_of

Result = ImportOutcome.Result
TITLES_SHOWN = 4
Tick = Callable[[int], None]
PREVIEW_FIELDS = ("sha256", "size", "picture_sha256", "chosen", "result", "reason", "date", "date_how", "number")


@dataclass
class Looked:
    """What was seen of the files of an upload, by name."""

    prepared: dict[str, Prepared] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)


def preview(upload: Upload, tick: Tick) -> None:
    """Write to the upload's rows what an import would do now. `tick` is told how many files have been looked at."""
    known = {row.name: row for row in upload.files.all()}
    looked = Looked()
    for done, source in enumerate(sources_of(upload), 1):
        _look_at(source, upload.encoding, looked)
        tick(done)
    options = Options(encoding=upload.encoding or None, places=given_places(known.values()), dry_run=True)
    rows = []
    with transaction.atomic():
        job = Import([], upload.newspaper, options, sources=sources_of(upload), prepared=looked.prepared)
        for outcome in job:
            rows.append(_row_of(upload, outcome, job.place, looked, known.get(outcome.path)))
        transaction.set_rollback(True)
    with transaction.atomic():
        upload.files.exclude(name__in=[row.name for row in rows]).delete()
        UploadFile.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["upload", "name"],
            update_fields=[*PREVIEW_FIELDS, "page_name"],
        )


def _look_at(source: Source, encoding: str, looked: Looked) -> None:
    try:
        data = source.read()
    except UnreadableSource:
        return  # the import says so
    looked.sizes[source.name] = len(data)
    looked.prepared[source.name] = prepare_page(source.path, data, encoding or None)
    if source.picture:
        try:
            digest = hashlib.sha256(source.picture.read(MAX_PICTURE_BYTES)).hexdigest()
        except UnreadableSource:
            return
        looked.pictures[source.name] = digest


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
        chosen=outcome.result != Result.FAILED and (known is None or known.chosen or known.result == Result.FAILED),
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
    """Import the chosen files as their rows say, each page in a transaction of its own.

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
        )
        Upload.objects.filter(pk=upload.pk).update(run=job.run)
    for count, _ in enumerate(job, len(done) + 1):
        tick(count)
