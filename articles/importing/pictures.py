"""The picture beside a page file -> the page's facsimile, kept under its digest."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.conf import settings

from .sources import MAX_PICTURE_BYTES, Source, UnreadableSource

_KINDS = ((b"\xff\xd8\xff", ".jpg"), (b"\x89PNG\r\n\x1a\n", ".png"))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that browsers show."""

    data: bytes
    suffix: str

    @property
    def path(self) -> str:
        digest = hashlib.sha256(self.data).hexdigest()
        return f"facsimiles/{digest[:2]}/{digest}{self.suffix}"

    def store(self) -> None:
        """Write the picture under its digest; a file of that name and size is the same. Raises OSError."""
        path = Path(settings.MEDIA_ROOT) / self.path
        if path.exists() and path.stat().st_size == len(self.data):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}.part")
        try:
            with fresh.open("wb") as file:
                file.write(self.data)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)


def read_picture(source: Source) -> Picture:
    """Raises UnreadableSource for what no browser shows."""
    data = source.read(MAX_PICTURE_BYTES)
    name = PurePosixPath(source.name).name
    for magic, suffix in _KINDS:
        if data.startswith(magic):
            return Picture(data, suffix)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Picture(data, ".webp")
    raise UnreadableSource(f"{name} 不是 JPEG、PNG 或 WebP 图片，未采用为版面图。")


def is_another(source: Source, facsimile: str) -> bool:
    """Is the picture another than the one stored? Told by size, so that a large archive need not be read each time."""
    try:
        return (Path(settings.MEDIA_ROOT) / facsimile).stat().st_size != source.size
    except OSError:
        return True  # lost from the media folder
