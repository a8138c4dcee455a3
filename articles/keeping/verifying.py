"""Is the archive what it promises to be? Nothing is mended; every difference is told in Chinese.

database   the database's own checks
pages      every text has its digest and is what its original bytes say; blocks tile it and repeat what is there
articles   what an article says and where it stands is what its blocks and pages give
search     documents and index are what a rebuild would make
files      originals and pictures have the digests that they are kept under; none is missing
journal    articles.keeping.replaying
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import Error, connection

from ..assembly import PLACE_FIELDS, TEXT_FIELDS, fill_article, read_passages
from ..extraction.decoding import UndecodableText
from ..extraction.page_file import decode_file, hash_text
from ..models import Article, Block, Original, Page, PageRevision
from ..search import documents
from .replaying import replay_journal

BATCH = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be; a `note` is only worth knowing."""

    words: str
    note: bool = False


Check = Callable[[], Iterator[Finding | None]]  # None: one more thing was looked at


def _batches(rows: Any, size: int = BATCH) -> Iterator[list[Any]]:
    """All rows in order of their keys, some at a time."""
    last: Any = None
    while batch := list((rows if last is None else rows.filter(pk__gt=last)).order_by("pk")[:size]):
        yield batch
        last = batch[-1].pk


def check_database() -> Iterator[Finding | None]:
    yield None
    try:
        connection.check_constraints()
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                for (words,) in cursor.execute("PRAGMA integrity_check(20)").fetchall():
                    if words != "ok":
                        yield Finding(f"数据库文件损坏：{words}")
    except Error as error:
        yield Finding(f"数据库不一致：{error}")


def check_pages() -> Iterator[Finding | None]:
    for pages in _batches(Page.objects.select_related("original", "newspaper", "issue", "layout")):
        blocks: dict[int, list[Block]] = {page.pk: [] for page in pages}
        for block in Block.objects.filter(page__in=blocks).order_by("start"):
            blocks[block.page_id].append(block)
        for page in pages:
            yield None
            for words in (*_faults_of_text(page), *_faults_of_tiling(page, blocks[page.pk])):
                yield Finding(f"版面 {page.pk}（{page}）{words}")
    for revisions in _batches(PageRevision.objects.select_related("original")):
        for revision in revisions:
            yield None
            for words in _faults_of_text(revision):
                yield Finding(f"版面 {revision.page_id} 第{revision.revision}稿{words}")


def _faults_of_text(kept: Page | PageRevision) -> Iterator[str]:
    if hash_text(kept.source_text) != kept.text_sha256:
        yield "的原文与其摘要不符"
    if kept.original is None:
        return
    try:
        decoded, lines = decode_file(kept.source_path, kept.original.data, kept.encoding or None)
        if decoded.text != kept.source_text:
            yield "的原文与原始文件不符"
        if isinstance(kept, Page) and list(map(list, map(astuple, lines))) != _lines_of(kept):
            yield "的各行位置与原始文件不符"
    except (UndecodableText, OSError, ValueError):
        yield "的原始文件读不出来"
    except Exception as error:  # zlib's has no other base
        yield f"的原始文件已损坏（{error}）"


def _lines_of(page: Page) -> list[list[int]]:
    return page.layout.lines if hasattr(page, "layout") else []


def _faults_of_tiling(page: Page, blocks: list[Block]) -> Iterator[str]:
    length = len(page.source_text)
    if not blocks:
        yield "没有文字块"
    for block in blocks:
        places = (block.article_id is not None, block.duplicate_start is not None, bool(block.reason))
        if sum(places) != 1:
            yield f"的文字块 {block.pk} 不是正好在一处"
        if (block.start and block.start >= length) or (block.duplicate_end or 0) > length:
            yield f"的文字块 {block.pk} 越出原文"


def check_articles() -> Iterator[Finding | None]:
    for articles in _batches(Article.objects.select_related("newspaper", "issue", "page")):
        passages = read_passages(articles)
        for article in articles:
            yield None
            anew = copy.copy(article)
            anew._state = copy.copy(article._state)
            fill_article(anew, passages.get(article.pk, []))
            if article.lives != (article.pk in passages):
                what = "没有文字块，却仍在" if article.lives else "已并入或已不存在，却还有文字块"
                yield Finding(f"文章 {article.pk}（{article.title}）{what}")
            # One that was joined to another remembers its page.
            fields = [f for f in (*PLACE_FIELDS, *TEXT_FIELDS) if f != "page" or article.lives]
            wrong = [f for f in fields if _value(article, f) != _value(anew, f)]
            if wrong:
                labels = "、".join(str(Article._meta.get_field(f).verbose_name) for f in wrong)  # type: ignore[union-attr]
                yield Finding(f"文章 {article.pk}（{article.title}）的{labels}与其文字块不符")


def _value(article: Article, name: str) -> Any:
    return getattr(article, Article._meta.get_field(name).attname)  # type: ignore[union-attr]


def check_search() -> Iterator[Finding | None]:
    findings = documents.check()
    yield from (None for _ in range(findings.articles + findings.pages))
    yield from (Finding(f"{fault}（请运行 manage.py reindex）") for fault in findings.faults)


def check_files() -> Iterator[Finding | None]:
    yield from _check_originals()
    root = Path(settings.MEDIA_ROOT)
    named = Page.objects.exclude(facsimile="").order_by().values_list("facsimile", flat=True)
    known = set(named.iterator())
    for name in sorted(known):
        yield None
        yield from _check_picture(root / name, name)
    for path in sorted(root.rglob("*")):
        if path.is_file() and str(path.relative_to(root)) not in known:
            yield Finding(f"没有版面用到的文件 {path.relative_to(root)}", note=True)


def _check_originals() -> Iterator[Finding | None]:
    for originals in _batches(Original.objects.all()):
        for original in originals:
            yield None
            try:
                data = original.data
                if hashlib.sha256(data).hexdigest() != original.pk or len(data) != original.size:
                    yield Finding(f"原始文件 {original.pk} 与其校验和不符")
            except Exception:  # zlib's has no base
                yield Finding(f"原始文件 {original.pk} 已损坏")


def _check_picture(path: Path, name: str) -> Iterator[Finding]:
    digest = PurePosixPath(name).stem
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        yield Finding(f"版面图 {name} 不见了")
        return
    except OSError as error:
        yield Finding(f"版面图 {name} 读不出来（{error.strerror}）")
        return
    if len(digest) != 64:
        yield Finding(f"版面图 {name} 没有校验和", note=True)
    elif found != digest:
        yield Finding(f"版面图 {name} 与其校验和不符")


def check_journal() -> Iterator[Finding | None]:
    for words in replay_journal():
        yield Finding(words) if words else None


CHECKS: dict[str, Check] = {
    "数据库": check_database,
    "版面原文与分块": check_pages,
    "文章": check_articles,
    "改动记录": check_journal,
    "检索": check_search,
    "文件": check_files,
}
