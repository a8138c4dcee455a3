"""Files that are whole or not there: written aside, on the disk before they have their name."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class InUse(Exception):
    """Another process is writing the same file."""


@contextmanager
def written_aside(path: Path, aside: str = "", mode: int = 0o600) -> Iterator[IO[bytes]]:
    """A file to be written that becomes `path` when the block ends well. Raises InUse.

    What a killed process left under the name `aside`, in the same folder, is written over.
    """
    part = path.with_name(aside or f".{path.name}.part")
    with open(os.open(part, os.O_RDWR | os.O_CREAT, mode), "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse(str(part)) from error
        if not part.exists() or not os.path.samestat(os.fstat(file.fileno()), part.stat()):
            raise InUse(str(part))  # whoever had it has just put it in its place
        try:
            os.fchmod(file.fileno(), mode)
            file.truncate()
            yield file
            file.flush()
            os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """A name is on the disk once its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
