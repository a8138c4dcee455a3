"""Files, folders and zip archives -> page files, in order of name, with the picture that goes with each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..extraction.ocr import is_layout_name
from .archives import open_zip
from .sources import (
    HAS_LAYOUT,
    NO_TEXT,
    PICTURE_SUFFIXES,
    Found,
    Source,
    is_page_name,
    is_unseen,
    readable,
    stems_with_layout,
    words_for,
)

MAX_DEPTH = 60  # folders in folders; more is a mistake, and would exhaust the stack


def find_sources(paths: Sequence[Path], found: Found | None = None) -> Iterator[Source]:
    """Every page file under `paths`, in order of name. A path that is missing yields a source with an error."""
    found = found if found is not None else Found()
    for path in paths:
        # Not resolved: of a link, the name that it was given is what was meant.
        root = readable(os.path.dirname(os.path.abspath(path)))
        for source in _find_in(path, found):
            source.root = root
            yield source


def _find_in(path: Path, found: Found) -> Iterator[Source]:
    try:
        name = os.path.basename(os.path.abspath(path)) or "/"
        if path.is_dir():
            yield from _walk(path, name, found, 0)
        elif path.suffix.lower() == ".zip" and path.is_file():
            yield from open_zip(path, name, found)
        elif path.is_file():
            yield _of_file(path, name, _picture_beside(path))
        else:
            yield Source(str(path), error="不是普通文件。" if path.exists() else "找不到这个文件或文件夹。")
    except (OSError, ValueError) as error:  # a name too long, or with NUL in it
        yield Source(str(path), error=words_for(error))


def _walk(folder: Path, name: str, found: Found, depth: int) -> Iterator[Source]:
    try:
        status = folder.stat()
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda e: e.name)
    except OSError as error:
        yield Source(name, error=words_for(error))
        return
    if (status.st_dev, status.st_ino) in found.seen_folders:
        return  # a link that leads back, or a folder given twice
    found.seen_folders.add((status.st_dev, status.st_ino))
    if depth > MAX_DEPTH:
        yield Source(name, error=f"文件夹套了 {MAX_DEPTH} 层以上，里面的没有看。")
        return
    pictures = {Path(e.name).stem: e for e in entries if Path(e.name).suffix.lower() in PICTURE_SUFFIXES}
    layouts = stems_with_layout(_of_file(Path(e.path), e.name) for e in entries)
    used = set()
    for entry in entries:
        path, label = Path(entry.path), f"{name}/{entry.name}"
        if is_unseen(entry.name):
            found.tell(label)
            continue
        if _is_folder(entry):
            yield from _walk(path, label, found, depth + 1)
        elif path.suffix.lower() == ".zip" and path.is_file():
            yield from open_zip(path, label, found)
        elif is_page_name(path.name) or path.suffix.lower() == ".zip":
            source = _of_file(path, label)
            if not source.is_page():
                found.ignore(label)
                continue
            if path.stem in layouts and not is_layout_name(path.name):
                found.ignore(label, HAS_LAYOUT)
                continue
            if picture := pictures.get(path.stem):
                used.add(path.stem)
                source.picture = _of_file(Path(picture.path), f"{name}/{picture.name}")
            yield source
        elif path.suffix.lower() not in PICTURE_SUFFIXES:
            found.ignore(label)
    for stem in pictures.keys() - used:
        found.ignore(f"{name}/{pictures[stem].name}", NO_TEXT)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _of_file(path: Path, name: str, picture: Source | None = None) -> Source:
    try:
        if not path.is_file():
            return Source(name, error="不是普通文件，或链接指向的文件不存在。")
        size = path.stat().st_size
    except OSError as error:
        return Source(name, error=words_for(error))
    return Source(name, size, lambda: path.open("rb"), picture)


def _picture_beside(path: Path) -> Source | None:
    for suffix in PICTURE_SUFFIXES:
        for candidate in (path.with_suffix(suffix), path.with_suffix(suffix.upper())):
            if candidate.is_file():
                return _of_file(candidate, candidate.name)
    return None
