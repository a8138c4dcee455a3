"""Page files sent through the admin -> a folder of their own in var/uploads/, and what an editor asks for with them.

Nothing sent is trusted: names are made safe, sizes and kinds are checked, archives are read entry by entry and never
unpacked. Files wait until `manage.py work` looks at them; they go once they are imported or given up.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ..models import Newspaper, Upload
from .meeting import source_path_of
from .sources import (
    MAX_PICTURE_BYTES,
    PAGE_SUFFIXES,
    PICTURE_SUFFIXES,
    Found,
    Source,
    is_unseen,
    readable,
)
from .walking import find_sources

MAX_UPLOAD_BYTES = 512 * 2**20
# A preview keeps the split of every page in memory. A day has a few dozen pages; whoever has a year of them has
# import_pages.
MAX_PAGES = 400
MAX_TEXT_IN_ALL = 64 * 2**20
TAKEN = (*PAGE_SUFFIXES, ".zip", *PICTURE_SUFFIXES)
ROOT = "上传"  # where a page's source path says that it came from; the same file sent again has the same path
LONGEST_NAME = 180  # bytes, of the 255 that file systems allow
State = Upload.State


class UploadRefused(Exception):
    """Something that cannot be done with an upload; the messages tell the editor why and what to do."""

    def __init__(self, *messages: str):
        self.messages = messages
        super().__init__(" ".join(messages))


def receive(*, newspaper: Newspaper, files: Sequence[UploadedFile], encoding: str = "", user: Any = None) -> Upload:
    """Keep the files for `manage.py work` to look at. Raises UploadRefused, with nothing kept."""
    named = name_files(files)
    check_files(named)
    fresh = uploads_folder() / f".{uuid.uuid4().hex}"
    try:
        fresh.mkdir(parents=True)
        for name, file in named:
            with (fresh / name).open("xb") as kept:
                for chunk in file.chunks():
                    kept.write(chunk)
        # The row is seen by a worker once the folder is in its place.
        with transaction.atomic():
            upload = Upload.objects.create(newspaper=newspaper, encoding=encoding, user=user)
            fresh.rename(folder_of(upload))
    except OSError as error:
        raise UploadRefused(f"文件存不下来（{error.strerror}），请告诉管理员检查 var/uploads。") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return upload


def name_files(files: Sequence[UploadedFile]) -> list[tuple[str, UploadedFile]]:
    """Each file with a safe name of its own; what systems leave in folders is passed over."""
    named: dict[str, UploadedFile] = {}
    for file in files:
        if is_unseen(PurePath(str(file.name)).name):
            continue
        name = wanted = safe_name(str(file.name))
        count = 1
        while name.casefold() in {taken.casefold() for taken in named}:
            count += 1
            path = PurePath(wanted)
            name = f"{path.stem}~{count}{path.suffix}"
        named[name] = file
    return list(named.items())


def safe_name(name: str) -> str:
    """A name that stays in its folder and that every file system takes; what it says of the page is kept."""
    name = readable(name.replace("\\", "/").rpartition("/")[2]).replace(":", "-").replace("\\", "-").lstrip(". ")
    path = PurePath(name or "_")
    stem = path.stem.encode()[: LONGEST_NAME - len(path.suffix.encode())].decode(errors="ignore")
    return (stem or "_") + path.suffix[:20]


def check_files(named: Sequence[tuple[str, UploadedFile]]) -> None:
    """Raises UploadRefused for files that no page can come of."""
    words = [reason for name, file in named if (reason := _why_not(name, file.size or 0))]
    in_all = sum(file.size or 0 for _, file in named)
    if in_all > MAX_UPLOAD_BYTES:
        words.append(too_large(in_all))
    texts = sum(PurePath(name).suffix.lower() in PAGE_SUFFIXES for name, _ in named)
    if texts > MAX_PAGES:
        words.append(f"一次最多上传 {MAX_PAGES} 版，这里有 {texts} 版。请分几次，或用 manage.py import_pages。")
    if not texts and not any(name.lower().endswith(".zip") for name, _ in named):
        words.append("没有版面文字。请选 .txt、.md、ALTO、hOCR 文件或 ZIP 压缩包，版面图要和文字一起上传、主名相同。")
    if words:
        raise UploadRefused(*words[:20])


def too_large(size: int) -> str:
    return f"上传共 {size / 2**20:.0f} MB，超过上限 {MAX_UPLOAD_BYTES // 2**20} MB。请分几次上传。"


def _why_not(name: str, size: int) -> str:
    suffix = PurePath(name).suffix.lower()
    if suffix not in TAKEN:
        return f"{name}：不收这种文件。可以上传 .txt、.md、ALTO、hOCR、ZIP 压缩包，和 JPEG、PNG、WebP 版面图。"
    limit = Source(name).limit
    if suffix in PAGE_SUFFIXES and size > limit:
        return f"{name}：有 {size / 2**20:.1f} MB，超过一版文字的上限 {limit // 2**20} MB。"
    if suffix in PICTURE_SUFFIXES and size > MAX_PICTURE_BYTES:
        return f"{name}：有 {size / 2**20:.0f} MB，超过版面图的上限 {MAX_PICTURE_BYTES // 2**20} MB。"
    return ""


def uploads_folder() -> Path:
    return Path(settings.VAR_DIR) / "uploads"


def folder_of(upload: Upload) -> Path:
    return uploads_folder() / str(upload.pk)


def names_sent(upload: Upload) -> list[str]:
    try:
        return sorted(path.name for path in folder_of(upload).iterdir())
    except OSError as error:
        raise UploadRefused("上传的文件已不在服务器上，请重新上传。") from error


def count_sources(upload: Upload) -> int:
    """How many page files an upload has. Raises UploadRefused for none, or more than are taken at once."""
    count, size = 0, 0
    for source in sources_of(upload):
        count, size = count + 1, size + min(source.size, source.limit)
        if count > MAX_PAGES:
            raise UploadRefused(
                f"里面有 {MAX_PAGES} 个以上的版面文件，一次最多 {MAX_PAGES} 个。"
                "请分几次上传，或请管理员用 manage.py import_pages 导入。"
            )
        if size > MAX_TEXT_IN_ALL:
            raise UploadRefused(f"解开后的文字超过 {MAX_TEXT_IN_ALL // 2**20} MB，不像版面文字，没有导入。")
    if not count:
        raise UploadRefused("里面没有版面文字（.txt、.md、ALTO、hOCR，或装着它们的 ZIP 压缩包）。")
    return count


def passed_over(upload: Upload) -> list[tuple[str, str]]:
    """(name, why) of the files of an upload that no page comes of."""
    found = Found()
    try:
        for _ in sources_of(upload, found):
            pass
    except UploadRefused:  # they are gone
        return []
    return [(name.removeprefix(f"{upload.pk}/"), why) for name, why in found.named]


def sources_of(upload: Upload, found: Found | None = None) -> Iterator[Source]:
    """The page files of an upload, each under a name of its own."""
    folder, seen = folder_of(upload), set[str]()
    names_sent(upload)
    for source in find_sources([folder], found):
        source.root, source.name = ROOT, source_path_of(source.name.removeprefix(f"{folder.name}/"))
        if source.name in seen:
            source = Source(
                f"{source.name[-480:]}（同名第{len(seen)}个）", error="压缩包里有同名的文件，只看了前一个。"
            )
        seen.add(source.name)
        yield source


def ask_for_import(upload: Upload) -> None:
    """Have the chosen files imported as the upload's rows say."""
    chosen = upload.files.filter(chosen=True).count()
    if not chosen:
        raise UploadRefused("没有勾选文件，请至少勾选一个。")
    _pass_on(upload, [State.PREVIEWED], State.QUEUED, total=chosen)


def ask_for_preview(upload: Upload) -> None:
    """Have the files looked at again, with what the rows say by now."""
    _pass_on(upload, [State.PREVIEWED], State.WAITING)


def try_again(upload: Upload) -> None:
    """Take a failed upload up where it failed."""
    again = State.QUEUED if upload.run_id else State.WAITING
    _pass_on(upload, [State.FAILED], again, total=upload.total)


def discard(upload: Upload) -> None:
    """Give the upload up; its files go. One that is being imported cannot be."""
    _pass_on(upload, [State.WAITING, State.PREVIEWING, State.PREVIEWED, State.QUEUED, State.FAILED], State.DISCARDED)
    remove_files(upload)


def remove_files(upload: Upload) -> None:
    shutil.rmtree(folder_of(upload), ignore_errors=True)


def _pass_on(upload: Upload, before: Sequence[str], after: str, total: int = 0) -> None:
    rows = Upload.objects.filter(pk=upload.pk, state__in=before)
    if not rows.update(state=after, heartbeat_at=None, done=0, total=total, error=""):
        raise UploadRefused("这次上传的状态刚刚变了，请看看现在的样子。")
    upload.refresh_from_db()
