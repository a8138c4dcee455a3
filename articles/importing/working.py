"""What `manage.py work` does: takes an upload that waits, looks at its files or imports them, and says how far it is.

A worker claims an upload by moving its heartbeat, which only one of several can; it beats after every page. One that
has not beaten for a minute is taken for dead, and its upload is claimed by another, who goes on where it stopped.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.db.models import Q
from django.utils import timezone

from ..models import Upload
from ..operating.alerts import tell_of_failures
from .previewing import import_chosen, preview
from .uploads import UploadRefused, count_sources, remove_files

STALE_AFTER = datetime.timedelta(minutes=1)
State = Upload.State
BEGINS = {State.WAITING: State.PREVIEWING, State.QUEUED: State.IMPORTING}
ENDS = {State.PREVIEWING: State.PREVIEWED, State.IMPORTING: State.DONE}
logger = logging.getLogger(__name__)


class Interrupted(Exception):
    """The worker was asked to stop."""


class ClaimLost(Exception):
    """Somebody else has the upload now, or an editor has given it up."""


class Claim:
    """An upload that this worker has, and nobody else while it beats."""

    def __init__(self, upload: Upload, asked_to_stop: Callable[[], bool]):
        self.upload, self.asked_to_stop = upload, asked_to_stop

    def beat(self, done: int, **changes: object) -> None:
        """Say how many files are done. Raises ClaimLost, and Interrupted when the worker is to stop."""
        self._write(done=done, heartbeat_at=timezone.now(), **changes)
        if self.asked_to_stop():
            raise Interrupted

    def end(self, state: str, error: str = "") -> None:
        self._write(state=state, error=error[:1000], heartbeat_at=None)

    def _write(self, **changes: object) -> None:
        mine = Upload.objects.filter(pk=self.upload.pk, state=self.upload.state, heartbeat_at=self.upload.heartbeat_at)
        if not mine.update(**changes):
            raise ClaimLost
        for name, value in changes.items():
            setattr(self.upload, name, value)


def claim_next(asked_to_stop: Callable[[], bool]) -> Claim | None:
    """The oldest upload that waits or whose worker died, claimed; None if there is none."""
    now = timezone.now()
    abandoned = Q(state__in=ENDS) & (Q(heartbeat_at=None) | Q(heartbeat_at__lt=now - STALE_AFTER))
    for upload in Upload.objects.filter(Q(state__in=BEGINS) | abandoned).order_by("created_at", "pk"):
        as_seen = Upload.objects.filter(pk=upload.pk, state=upload.state, heartbeat_at=upload.heartbeat_at)
        begun = BEGINS.get(State(upload.state), State(upload.state))
        if as_seen.update(state=begun, heartbeat_at=now):
            upload = Upload.objects.select_related("newspaper", "user", "run").get(pk=upload.pk)
            return Claim(upload, asked_to_stop)
    return None


def work_on(claim: Claim) -> None:
    """Do what the upload waits for; what goes wrong is written to it in words."""
    try:
        claim.end(*_outcome_of(claim))
    except ClaimLost:
        logger.warning("%s 已由别的进程接手或已放弃。", claim.upload)
        return
    upload = claim.upload
    if upload.state == State.DONE:
        remove_files(upload)
    if upload.run and upload.state in (State.DONE, State.FAILED):
        tell_of_failures(upload.run, broken_off=upload.error)


def _outcome_of(claim: Claim) -> tuple[str, str]:
    """The state that the upload comes to, and what went wrong."""
    upload = claim.upload
    begun = State(upload.state)
    try:
        if begun == State.PREVIEWING:
            claim.beat(0, total=count_sources(upload))
            preview(upload, claim.beat)
        else:
            import_chosen(upload, claim.beat)
    except Interrupted:
        return (State.WAITING if begun == State.PREVIEWING else State.QUEUED), ""
    except (ClaimLost, OperationalError, InterfaceError):
        raise  # a database that is away or busy: the upload is taken up again when it is back
    except UploadRefused as error:
        return State.FAILED, str(error)
    except Exception as error:
        logger.exception("%s", upload)
        return State.FAILED, f"程序出错（{type(error).__name__}: {error}），请告诉管理员。可以再试一次。"
    return ENDS[begun], ""
