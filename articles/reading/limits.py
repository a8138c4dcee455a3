"""How often one visitor may ask for what is costly, counted over all processes of the site.

A limit of n a minute is a bucket of n that fills evenly again: n may come at once, then one every n-th of a minute. All
that has to be known of a bucket is when it is full again. A file of fixed size in NEWSROOM_VAR holds that of the latest
visitors: no search writes to the database, and nothing grows. A visitor's place follows from a digest; of the few that
share a place, whoever is nearest to a full bucket makes room, so that a crowd makes limits wider and never narrower.
Where the file can't be written nobody is limited: a full disk is no reason to search in vain.
"""

from __future__ import annotations

import fcntl
import logging
import os
import struct
import threading
import time
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from .visitors import fingerprint

MINUTE = 60.0
SLOT = struct.Struct("<8sd")  # whose, and the time of day when their bucket is full again
SLOTS, PLACES = 8, 4096
BYTES = SLOT.size * SLOTS  # of a place
logger = logging.getLogger(__name__)


class Table:
    def __init__(self, path: Path) -> None:
        self.file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self.threads = threading.Lock()  # a lock of the file holds between processes only

    def take(self, whose: bytes, a_minute: int, now: float) -> float:
        """Take one from a bucket; seconds until there is one to take, 0.0 if it was taken. Raises OSError."""
        place = int.from_bytes(whose[:4], "big") % PLACES * BYTES
        with self.threads:
            fcntl.lockf(self.file, fcntl.LOCK_EX, BYTES, place)
            try:
                return self._take(place, whose[:8], MINUTE / a_minute, now)
            finally:
                fcntl.lockf(self.file, fcntl.LOCK_UN, BYTES, place)

    def _take(self, place: int, whose: bytes, interval: float, now: float) -> float:
        slots = list(SLOT.iter_unpack(os.pread(self.file, BYTES, place).ljust(BYTES, b"\0")))
        # What a set clock or another program left there counts as nothing.
        full = [until if now < until <= now + MINUTE else now for _, until in slots]
        names = [name for name, _ in slots]
        mine = names.index(whose) if whose in names else full.index(min(full))
        until = (full[mine] if whose in names else now) + interval
        wait = until - now - MINUTE
        if wait > 1e-6:
            return wait
        os.pwrite(self.file, SLOT.pack(whose, min(until, now + MINUTE)), place + mine * SLOT.size)
        return 0.0


@cache
def table(path: Path) -> Table:
    return Table(path)


def seconds_to_wait(request: HttpRequest, what: str) -> float:
    """Until this visitor may ask for `what` (a name in settings.LIMITS) again; 0.0 if now, which is counted."""
    a_minute = settings.LIMITS.get(what, 0)
    if not a_minute or request.user.is_authenticated:
        return 0.0
    whose = sha256(f"{what} {fingerprint(request)}".encode()).digest()
    try:
        return table(settings.VAR_DIR / "limits").take(whose, a_minute, time.time())
    except OSError as error:
        logger.warning("%s 不能读写（%s）：眼下不限制访问次数。", settings.VAR_DIR / "limits", error.strerror)
        return 0.0
