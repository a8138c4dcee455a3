"""A package of an issue -> pages, articles and files as they were, in an archive that does not have the issue.

Nothing that a package says is believed: its checksums, its shape, each value by the rules of the models, the tiling of
its pages and what its rows refer to are checked before the transaction that writes it ends. What follows from blocks
and pages (an article's texts, its place, search) is written anew.
"""

from __future__ import annotations

import datetime
import io
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar, cast
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.db.models import Q
from django.utils.dateparse import parse_datetime

from ..assembly import find_categories, weigh_pages, write_articles
from ..corrections.undoing import TAKE_OVER
from ..extraction.numbering import page_label, sort_key_of
from ..extraction.ocr.lines import WHOLE
from ..extraction.page_file import hash_text
from ..importing.archives import MAX_ZIP_DIRECTORY, MAX_ZIP_RATIO, directory_size
from ..importing.pictures import Picture, read_picture
from ..importing.sources import MAX_LAYOUT_BYTES, MAX_PICTURE_BYTES, MAX_TEXT_BYTES, Source, UnreadableSource
from ..models import (
    Article,
    Block,
    Category,
    Column,
    Correction,
    Credit,
    Doubt,
    FormerAddress,
    ImportOutcome,
    ImportRun,
    Issue,
    Newspaper,
    Original,
    Page,
    PageLayout,
    PageRevision,
    Person,
)
from ..models.newspapers import FIRST_YEAR, LAST_YEAR
from ..search import write_documents
from .bags import Bag
from .issue_export import OF_ARTICLES, OF_BLOCKS, OF_TEXT
from .issue_shape import FORMAT, ISSUE, VERSION, BadPackage, check_text, conform

MAX_PACKAGE_BYTES = 2 * 2**30  # unpacked: two hundred pages with pictures
MAX_JSON_BYTES = 64 * 2**20
LONGEST_ADDRESS = 200
# What doubts propose; another act would be done in an editor's name at one press.
PROPOSED = {"edit_text", "join_block", "link_jump", "move_blocks", "set_kind", "split_article", "unjoin_block"}
Said = dict[str, Any]
Row = TypeVar("Row", bound=models.Model)
Thing = TypeVar("Thing")


class ImportRefused(Exception):
    """An issue that this archive cannot take; the message says why and what to do."""


@dataclass
class Taken:
    """What was made of a package."""

    issue: Issue
    pages: int
    articles: int


def import_issue(path: Path, user: Any = None) -> Taken:
    """Raises BadBag, BadPackage and ImportRefused, with nothing changed."""
    if directory_size(path) > MAX_ZIP_DIRECTORY:
        raise BadPackage("里面的文件太多。")
    with Bag(path) as bag:
        if bag.unpacked_size > min(MAX_PACKAGE_BYTES, max(2**20, MAX_ZIP_RATIO * bag.packed_size)):
            raise BadPackage("解开后大得不合常理（疑为压缩炸弹）。")
        bag.check()
        said = read_said(bag)
        try:
            with transaction.atomic():
                return Taking(bag, said, path.name, user).take()
        except ValidationError as error:
            raise BadPackage(f"有一项不合规定：{' '.join(error.messages)}") from error
        except (DataError, IntegrityError) as error:
            raise BadPackage(f"内容自相矛盾（{error}）。") from error


def read_said(bag: Bag) -> Said:
    try:
        said = json.loads(bag.read("issue.json", MAX_JSON_BYTES))
    except (ValueError, RecursionError) as error:
        raise BadPackage("issue.json 不是 JSON。") from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise BadPackage("不是本程序导出的一期报纸。")
    if said.get("version") != VERSION:
        raise BadPackage(f"格式的版本是 {said.get('version')}，本程序只认 {VERSION}。")
    conform(said, ISSUE)
    return cast(Said, said)


class Taking:
    """The rows of a package, as they are made."""

    def __init__(self, bag: Bag, said: Said, name: str, user: Any):
        self.bag, self.said, self.name, self.user = bag, said, name, user
        self.newspaper, self.issue = Newspaper(), Issue()
        self.pages: list[Page] = []
        self.blocks: list[list[Block]] = []
        self.articles: list[Article] = []
        self.pictures: list[str] = []

    def take(self) -> Taken:
        self.newspaper = self._find_newspaper()
        self.issue = self._find_issue()
        self.articles = [self._make_article(said) for said in self.said["articles"]]
        for said in self.said["pages"]:
            self._make_page(said)
        self._relate()
        write_articles(self.articles)
        for article, said in zip(self.articles, self.said["articles"], strict=True):
            Article.objects.filter(pk=article.pk).update(changed_at=_time(said["changed_at"]))
        write_documents(pages=self.pages)
        weigh_pages([page.pk for page in self.pages])
        self._note()
        for name in self.pictures:
            self._picture(name).store()
        return Taken(self.issue, len(self.pages), len(self.articles))

    def _find_newspaper(self) -> Newspaper:
        said = self.said["newspaper"]
        papers = Newspaper.objects.filter(Q(slug=said["slug"]) | Q(name=said["name"]))
        found = papers.first()
        if found is None:
            return _saved(Newspaper(**said))
        if papers.count() > 1 or (found.slug, found.name) != (said["slug"], said["name"]):
            raise ImportRefused(
                f"包里的报纸是《{said['name']}》（{said['slug']}），资料库里却有《{found.name}》（{found.slug}）。"
                "请先把报名和网址代号改成一致。"
            )
        # Others who import pages of it wait.
        return Newspaper.objects.select_for_update(no_key=True).get(pk=found.pk)

    def _find_issue(self) -> Issue:
        said = self.said["issue"]
        date = _day(said["date"])
        if not FIRST_YEAR <= date.year <= LAST_YEAR:
            raise BadPackage(f"日期 {date} 不对。")
        issue = self.newspaper.issues.filter(date=date, edition=said["edition"]).first()
        if issue and issue.pages.exists():
            raise ImportRefused(f"{issue} 已在资料库里，没有导入。")
        if issue is None:
            issue = Issue(newspaper=self.newspaper, **said | {"date": date})
        for name in ("number", "date_known"):
            setattr(issue, name, said[name])
        return _saved(issue)

    def _make_article(self, said: Said) -> Article:
        column = said["column"] and Column.objects.get_or_create(newspaper=self.newspaper, name=said["column"])[0]
        article = Article(
            newspaper=self.newspaper,
            category=self._find_category(said["category"]),
            column=column and column.survivor,
            withdrawn_at=said["withdrawn_at"] and _time(said["withdrawn_at"]),
            **_plain(Article, said),
        )
        return _saved(article)

    def _find_category(self, said: Said | None) -> Category | None:
        if said is None:
            return None
        return find_categories().get(said["name"]) or _saved(Category(**said))

    def _make_page(self, said: Said) -> None:
        number = said["number"]
        if number and page_label(number) != number:
            raise BadPackage(f"版次“{number[:20]}”不对。")
        page = Page(
            newspaper=self.newspaper,
            issue=self.issue,
            sort_key=sort_key_of(number),
            facsimile=self._picture(said["facsimile"]).path if said["facsimile"] else "",
            signed_off_at=said["signed_off_at"] and _time(said["signed_off_at"]),
            **self._text_file(said),
            **_plain(Page, said),
        )
        if not page.source_text.strip():
            raise BadPackage(f"{said['text']} 是空的。")
        self.pages.append(_saved(page))
        self.pictures += [said["facsimile"]] if said["facsimile"] else []
        length = len(page.source_text)
        if said["lines"]:
            PageLayout.objects.create(page=page, lines=_lines(said["lines"], length))
        self.blocks.append(self._make_blocks(page, said["blocks"]))
        for former in said["former_texts"]:
            kept = _saved(PageRevision(page=page, revision=former["revision"], **self._text_file(former)))
            PageRevision.objects.filter(pk=kept.pk).update(replaced_at=_time(former["replaced_at"]))
        own = unquote(page.get_absolute_url() or "")
        for path in said["former_addresses"]:
            if path != own and path.startswith(f"/{self.newspaper.slug}/") and len(path) <= LONGEST_ADDRESS:
                FormerAddress.objects.get_or_create(path=path, defaults={"page": page})
        FormerAddress.objects.filter(path=own).delete()

    def _text_file(self, said: Said) -> Said:
        """The fields of a text, with its bytes kept."""
        try:
            text = self.bag.read(said["text"], MAX_TEXT_BYTES).decode()
        except UnicodeDecodeError as error:
            raise BadPackage(f"{said['text']} 不是 UTF-8。") from error
        check_text(text, said["text"])
        if hash_text(text) != said["text_sha256"]:
            raise BadPackage(f"{said['text']} 与 issue.json 所记的摘要不符。")
        return {
            "source_text": text,
            "text_sha256": said["text_sha256"],
            "original": self._keep_original(said["original"]) if said["original"] else None,
            "source_path": said["source_path"],
            "encoding": said["encoding"],
        }

    def _keep_original(self, name: str) -> Original:
        data = self.bag.read(name, MAX_LAYOUT_BYTES)
        digest = self.bag.digest(name)
        made = {"size": len(data), "packed": zlib.compress(data)}
        return Original.objects.get_or_create(sha256=digest, defaults=made)[0]

    def _picture(self, name: str) -> Picture:
        data = self.bag.read(name, MAX_PICTURE_BYTES)
        try:
            return read_picture(Source(PurePosixPath(name).name, len(data), lambda: io.BytesIO(data)))
        except UnreadableSource as error:
            raise BadPackage(str(error)) from error

    def _make_blocks(self, page: Page, said: Sequence[Said]) -> list[Block]:
        length, starts = len(page.source_text), [block["start"] for block in said]
        if not starts or starts[0] != 0 or starts != sorted(set(starts)) or starts[-1] >= length:
            raise BadPackage(f"{page} 的文字块没有铺满原文。")
        blocks = []
        for each in said:
            repeats = each["repeats"]
            if repeats is not None and not (len(repeats) == 2 and repeats[0] < repeats[1] <= length):
                raise BadPackage(f"{page} 有一处重复指向文外。")
            block = Block(
                page=page,
                article=self._article(each["article"]),
                duplicate_start=repeats and repeats[0],
                duplicate_end=repeats and repeats[1],
                **_plain(Block, each),
            )
            block.clean_fields(exclude=["page", "article"])
            blocks.append(block)
        return Block.objects.bulk_create(blocks)

    def _article(self, number: int | None) -> Article | None:
        if number is None:
            return None
        return _at(self.articles, number)

    def _relate(self) -> None:
        """What refers to blocks and articles, now that there are all."""
        placed = {block.article_id for blocks in self.blocks for block in blocks}
        if not {article.pk for article in self.articles} <= placed:
            raise BadPackage("有的文章没有文字块。")
        for article, said in zip(self.articles, self.said["articles"], strict=True):
            parent, corrects = self._article(said["parent"]), self._article(said["corrects"])
            if parent or corrects:
                article.parent, article.corrects = parent, corrects
                article.save(update_fields=["parent", "corrects"])
            for position, credit in enumerate(said["credits"]):
                block = credit["block"] and self._block(credit["block"])
                person = credit["person"] and Person.objects.get_or_create(**credit["person"])[0]
                made = _plain(Credit, credit) | {"block": block, "person": person and person.survivor}
                _saved(Credit(article=article, position=position, **made))
        for page, said in zip(self.pages, self.said["pages"], strict=True):
            length = len(page.source_text)
            for doubt in said["doubts"]:
                if doubt["end"] > length:
                    raise BadPackage(f"{page} 有一处疑问指向文外。")
                made = {"article": self._article(doubt["article"]), "proposal": self._proposal(doubt["proposal"])}
                _saved(Doubt(page=page, **_plain(Doubt, doubt) | made))

    def _proposal(self, said: Said | None) -> Said | None:
        if said is None:
            return None
        blocks, articles, fields = (said[name] or {} for name in ("blocks", "articles", "fields"))
        found: Said = {"act": said["act"]}
        for name, place in blocks.items():
            many = isinstance(place, list) and place and isinstance(place[0], list)
            found[name] = [self._block(each).pk for each in place] if many else self._block(place).pk
        for name, number in articles.items():
            found[name] = _at(self.articles, number).pk
        names = (blocks.keys() - set(OF_BLOCKS)) | (articles.keys() - set(OF_ARTICLES)) | (fields.keys() - set(OF_TEXT))
        if names or said["act"] not in PROPOSED:
            raise BadPackage("有一处疑问的建议不对。")
        for name, value in fields.items():
            if not isinstance(value, str):
                raise BadPackage("有一处疑问的建议不对。")
            check_text(value, "疑问的建议")
            found[name] = value
        return found

    def _block(self, place: Any) -> Block:
        if not isinstance(place, list) or len(place) != 2:
            raise BadPackage("有一处指向的文字块不对。")
        return _at(_at(self.blocks, place[0]), place[1])

    def _note(self) -> None:
        """Leave a run that can be taken back, and on pages that editors have touched an entry that says so."""
        run = ImportRun.objects.create(newspaper=self.newspaper, user=self.user, options={"package": self.name})
        for page, said in zip(self.pages, self.said["pages"], strict=True):
            created = ImportOutcome.Result.CREATED
            ImportOutcome.objects.create(run=run, path=page.source_path or said["text"], result=created, page=page)
            if said["touched"]:
                entry = Correction.objects.create(user=self.user, action=TAKE_OVER, arguments={"package": self.name})
                entry.pages.add(page)
        run.finished_at = datetime.datetime.now(datetime.UTC)
        run.save(update_fields=["finished_at"])


def _plain(model: type[models.Model], said: Said) -> Said:
    """What is said of the fields of a model that are plain values."""
    taken = {"facsimile", "signed_off_at", "withdrawn_at", "changed_at", "proposal", "source_path", "encoding"}
    taken |= {"text_sha256"} if model is Page else set()
    names = {f.name for f in model._meta.concrete_fields if not f.is_relation and not f.primary_key} - taken
    return {name: value for name, value in said.items() if name in names}


def _saved(row: Row) -> Row:
    """Checked by the rules of its fields, and written."""
    row.clean_fields(exclude=[f.name for f in row._meta.concrete_fields if f.is_relation])
    row.save()
    return row


def _at(rows: Sequence[Thing], number: Any) -> Thing:
    if type(number) is not int or not 0 <= number < len(rows):
        raise BadPackage("有一处所指的不存在。")
    return rows[number]


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise BadPackage(f"日期“{text[:20]}”不对。") from error


def _time(text: str) -> datetime.datetime:
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise BadPackage(f"时间“{text[:40]}”不对。")
    return found


def _lines(said: Sequence[Sequence[int]], length: int) -> list[list[int]]:
    for line in said:
        if len(line) != 6 or not line[0] < line[1] <= length or max(line[2] + line[4], line[3] + line[5]) > WHOLE:
            raise BadPackage("有一行的位置不对。")
    return [list(line) for line in said]
