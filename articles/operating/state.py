"""The archive in figures, for /metrics: what grows, what waits, what failed."""

import datetime
import shutil

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from ..models import Doubt, ImportOutcome, ImportRun, MistakeReport, Page, Upload
from .health import CHECKS

DAY = datetime.timedelta(days=1)
WAITING = (Upload.State.WAITING, Upload.State.QUEUED)


def read_state():
    """Yields (name, what it is, {state: value}); the state is "" where there is one value only."""
    yield "healthy", "Whether what the site needs is in order, 1 or 0.", {n: int(not c()) for n, c in CHECKS.items()}
    yield "pages", "Pages by state of correction.", count_by(Page.objects, "state")
    yield "doubts_open", "Doubts that no editor has settled.", one(Doubt.objects.filter(state=Doubt.State.OPEN))
    yield "mistake_reports", "Readers' reports of mistakes.", one(MistakeReport.objects)
    waiting = Upload.objects.filter(state__in=WAITING)
    oldest = waiting.order_by("created_at").values_list("created_at", flat=True).first()
    yield "uploads_waiting", "Uploads that no worker has taken up.", one(waiting)
    yield "uploads_waiting_seconds", "How long the oldest of them waits.", {"": seconds_since(oldest)}
    failed = ImportOutcome.objects.filter(result=ImportOutcome.Result.FAILED, run__started_at__gte=timezone.now() - DAY)
    yield "import_failures_today", "Files that could not be imported in the last 24 hours.", one(failed)
    last = ImportRun.objects.filter(finished_at__isnull=False).order_by("-finished_at")
    finished = last.values_list("finished_at", flat=True).first()
    yield "import_finished_timestamp_seconds", "When an import last came to its end.", {"": stamp(finished)}
    yield "database_bytes", "Size of the database.", {"": database_bytes()}
    yield "disk_free_bytes", "Room on the disk of NEWSROOM_VAR.", {"": shutil.disk_usage(settings.VAR_DIR).free}


def count_by(rows, name):
    return dict(rows.order_by().values_list(name).annotate(Count("pk"))) or {"none": 0}


def one(rows):
    return {"": rows.count()}


def seconds_since(when):
    return (timezone.now() - when).total_seconds() if when else 0


def stamp(when):
    return when.timestamp() if when else 0


def database_bytes():
    size = {
        "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        "postgresql": "SELECT pg_database_size(current_database())",
    }
    with connection.cursor() as cursor:
        cursor.execute(size[connection.vendor])
        return cursor.fetchone()[0]
