"""The frame of every editorial act: lock, check versions, change rows, write one journal entry.

An act locks the pages it touches, compares their versions with those that the editor saw, changes rows, writes the
derived fields anew, and leaves one Correction that holds every changed field before and after.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from ..assembly import Passage, doubt_weight, mark_masked, read_anew, read_passages, write_texts
from ..models import Article, Block, Correction, Credit, Page
from ..search import write_documents
from .action_names import action_name
from .answers import settle_answered
from .images import Images, differences, take_articles, take_doubts, take_images
from .rewinding import lay_rows

MEANWHILE = "同一时刻有人改动了这里，请刷新后再试。"


def who(user: Any) -> str:
    """What an editor is called on screen."""
    return (user.get_full_name() or user.get_username()) if user else "程序"


class ActRefused(Exception):
    """An act that cannot be done; the message tells the editor why and what to do."""


def clean(text: str) -> str:
    """What an editor typed without control characters and halves of surrogate pairs, which no database takes."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


class StalePage(ActRefused):
    """Somebody changed the page after the editor last saw it."""

    def __init__(self, page: Page, seen: int):
        self.page, self.seen = page, seen
        super().__init__(
            f"{page}在您打开之后已被改动（您看到的是第{seen}次改动后的样子，现在是第{page.version}次）。请刷新后再试。"
        )


def name_acts(entries: Iterable[Correction]) -> str:
    """Entries as an editor finds them again in the journal."""
    return "、".join(
        f"“{action_name(c.action)}”（{who(c.user)}，{timezone.localtime(c.at):%m-%d %H:%M}）" for c in entries
    )


class UndoBlocked(ActRefused):
    """Later acts changed the same rows."""

    def __init__(self, later: list[Correction]):
        self.later = later
        super().__init__(
            f"不能撤销：此后的改动{name_acts(later)}涉及同一处。请先撤销它们。"
            if later
            else "不能撤销：此后版面已重新拆分或导入。"
        )


SIGN_OFF_FIELDS = {"state", "state_reason", "checked_by_id", "signed_off_by_id", "signed_off_at"}


class Act:
    """One act under way, its pages locked. `entry` is its journal entry once done, None if nothing changed.

    One that is not `whole` changes no passage: articles, names and pages themselves only, and may touch many.
    """

    def __init__(
        self, action: str, pages: list[Page], article_ids: set[int], user: Any, arguments: dict[str, Any], whole: bool
    ):
        self.action, self.user, self.arguments, self.whole = action, user, arguments, whole
        self.pages = {page.pk: page for page in pages}
        self.article_ids = article_ids
        self.names: dict[type[models.Model], set[int]] = defaultdict(set)
        self.before = self._take_images()
        self.undoes: Correction | None = None
        self.batch: UUID | None = None
        self.read_otherwise: set[int] = set()  # ids of articles whose passages stay and yet say something else now
        self.settles = True  # does what follows from it: emptied articles led on, doubts answered, texts read anew
        self.entry: Correction | None = None

    def _take_images(self) -> Images:
        return take_images(self.pages, self.article_ids, self.names, whole=self.whole)

    def lock_names(self, model: type[models.Model], ids: Iterable[int]) -> dict[int, Any]:
        """Categories, columns or people that the act may change, as they are now that they are locked."""
        rows = model._default_manager.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
        found = {row.pk: row for row in rows}
        self.names[model] |= set(found)
        table = model.__name__.lower()
        self.before[table] |= take_images([], [], {model: found})[table]
        return found

    def make_article(self, page: Page, merged_into: Article | None = None) -> Article:
        """A new article on `page`. Its image before the act is that of an address that leads to `merged_into` or is
        gone, so that an undo leaves that behind and its id is never given to another."""
        article = Article(newspaper_id=page.newspaper_id, merged_into=merged_into, gone=merged_into is None)
        if merged_into is not None:  # what is withdrawn stays so
            for field in ("state", "withdrawn_reason", "withdrawn_at"):
                setattr(article, field, getattr(merged_into, field))
        article.save()
        self.article_ids.add(article.pk)
        self.arguments["made"] = article.pk
        self.before["article"].update(take_images([], [article.pk])["article"])
        Article.objects.filter(pk=article.pk).update(merged_into=None, gone=False)
        article.merged_into, article.gone = None, False
        return article

    @cached_property
    def passages(self) -> dict[int, list[Passage]]:
        """The passages of each page as they were before the act."""
        return lay_rows(self.before, self.pages)

    def spans(self, blocks: Iterable[Block]) -> list[list[int]]:
        """[page, start, end] of each block in page order, as the journal names passages."""
        wanted = {block.pk for block in blocks}
        laid = (p for passages in self.passages.values() for p in passages)
        return [[p.page.pk, p.start, p.end] for p in laid if p.block.pk in wanted]

    def finish(self) -> None:
        now = self._take_images()
        old, new = differences(self.before, now)
        moved = self._articles_of_changed_blocks(old, new, now) | self.read_otherwise
        self._check_withdrawn(old, now)
        laid = lay_rows(now, self.pages) if self.settles and self.whole else {}
        if laid:
            self._retire_emptied(moved, laid)
        self._write_derived(old, moved)
        if laid and {"block", "article"} & set(old):
            settle_answered(laid)
        if laid:  # nothing else can have changed since
            now["article"] |= take_articles(moved)
            now["doubt"] = take_doubts(self.pages)
            old, new = differences(self.before, now)
        if not old and not new and self.undoes is None:  # what is taken back is noted even if it had lapsed
            return
        if self._only_reopens(old):
            transaction.set_rollback(True)  # a page that is signed off stays so when nothing else changes
            return
        if self.whole:
            mark_masked(laid or lay_rows(now, Page.objects.in_bulk(self.pages)))
        Page.objects.filter(pk__in=self.pages).update(version=models.F("version") + 1, doubt_weight=doubt_weight())
        self.entry = Correction.objects.create(
            user=self.user,
            action=self.action,
            arguments=self.arguments,
            before=old,
            after=new,
            undoes=self.undoes,
            batch=self.batch,
        )
        self.entry.pages.add(*self.pages)

    def _only_reopens(self, old: Images) -> bool:
        closed = {str(pk) for pk in self.arguments.get("reopened", ())}
        return set(old) == {"page"} and all(
            pk in closed and set(image) <= SIGN_OFF_FIELDS for pk, image in old["page"].items()
        )

    def _check_withdrawn(self, old: Images, now: Images) -> None:
        """Refuse to take passages out of a withdrawn article, or into one: readers would get or lose them unasked."""
        articles = {**self.before["article"], **now["article"]}
        withdrawn = {int(pk) for pk, image in articles.items() if image["state"] == Article.State.WITHDRAWN}
        for pk, image in old.get("block", {}).items():
            places = [rows["block"][pk]["article_id"] for rows in (self.before, now) if pk in rows["block"]]
            if "article_id" in image and len({place in withdrawn for place in places}) > 1:
                raise ActRefused("撤下的文章里的段落不能移出，别处的段落也不能移入；请先恢复那篇文章。")

    def _articles_of_changed_blocks(self, old: Images, new: Images, now: Images) -> set[int]:
        changed = {**old.get("block", {}), **new.get("block", {})}
        ids = {rows["block"].get(pk, {}).get("article_id") for pk in changed for rows in (self.before, now)}
        return {pk for pk in ids if pk is not None}

    def _retire_emptied(self, article_ids: set[int], laid: Mapping[int, Sequence[Passage]]) -> None:
        """An article left without blocks leads to the one that has most of its text now, or is gone."""
        passages = [p for found in laid.values() for p in found]
        left = article_ids - {p.block.article_id for p in passages}
        for article in Article.objects.living().filter(pk__in=left, blocks=None):
            heir = self._heir_of(article, passages)
            Article.objects.filter(pk=article.pk).update(merged_into=heir, gone=heir is None)

    def _heir_of(self, article: Article, passages: Iterable[Passage]) -> int | None:
        shares: dict[int, int] = defaultdict(int)
        for p in passages:
            was = self.before["block"].get(str(p.block.pk), {}).get("article_id")
            if was == article.pk and p.block.article_id:
                shares[p.block.article_id] += len(p.source)
        return max(shares, key=lambda pk: (shares[pk], -pk)) if shares else None

    def _write_derived(self, old: Images, moved: set[int]) -> None:
        touched = moved | {int(pk) for pk in old.get("article", {})}
        changed_pages = [int(pk) for pk, image in old.get("page", {}).items() if set(image) != {"assigned_to_id"}]
        on_pages = Block.objects.filter(page__in=changed_pages, article__isnull=False).order_by()
        # An article that is only filed elsewhere reads as it did.
        written = (touched if self.whole else set()) | set(on_pages.values_list("article", flat=True))
        articles = list(Article.objects.filter(pk__in=written))
        passages = read_passages(articles)
        _check_together(passages.values())
        write_texts(articles, passages)
        if self.settles:
            read_anew([a for a in articles if a.pk in moved and a.lives], passages)
        Article.objects.filter(pk__in=touched | written).update(changed_at=timezone.now())
        # What is filed elsewhere or called otherwise is found by that.
        found_by = touched | written | _articles_called(old)
        write_documents(found_by, self.pages if self.whole or changed_pages else ())


def _articles_called(old: Images) -> set[int]:
    """The articles in a column, or by a person, whose name was changed."""
    renamed = {
        table: [int(pk) for pk, image in old.get(table, {}).items() if "name" in image]
        for table in ("column", "person")
    }
    if not any(renamed.values()):
        return set()
    named = Q(column__in=renamed["column"]) | Q(
        pk__in=Credit.objects.filter(person__in=renamed["person"]).values("article")
    )
    return set(Article.objects.filter(named).order_by().values_list("pk", flat=True))


def _check_together(articles: Iterable[Sequence[Passage]]) -> None:
    """Refuse an article of two newspapers, or one of which only a part has a day: it would show what is hidden."""
    places = [{(p.page.newspaper_id, p.page.issue_id is None) for p in passages} for passages in articles]
    if any(len({newspaper for newspaper, _ in found}) > 1 for found in places):
        raise ActRefused("一篇文章的各部分要属于同一份报纸。")
    if any(len({undated for _, undated in found}) > 1 for found in places):
        raise ActRefused("日期未定的版面要先定日期，才能与别的版面相接。")


@contextmanager
def open_act(
    action: str,
    *,
    pages: Iterable[Page] = (),
    articles: Iterable[Article] = (),
    blocks: Collection[Block] = (),
    arguments: dict[str, Any] | None = None,
    user: Any,
    versions: Mapping[int, int] | None = None,
    reopens: bool = True,
    whole: bool = True,
) -> Iterator[Act]:
    """The frame of an act on `pages` and on all pages where `articles` stand. `blocks` are passages that it is about:
    they bring their pages and articles, and the journal names them.

    `versions` is what the editor saw, by page id; StalePage when one of the pages has moved on. `reopens`: a page that
    was signed off, or waits for it, is open again after the act. `whole`: see Act.
    """
    try:
        with transaction.atomic():
            places = _places_of(blocks)
            article_ids = {article.pk for article in articles} | {pk for _, pk in places if pk}
            page_ids = {page.pk for page in pages} | {pk for pk, _ in places} | _pages_of(article_ids)
            locked = lock_pages(page_ids, whole)
            for page in locked:
                if versions and versions.get(page.pk, page.version) != page.version:
                    raise StalePage(page, versions[page.pk])
            if not _pages_of(article_ids) <= page_ids:
                raise ActRefused(MEANWHILE)
            act = Act(action, locked, article_ids, user, arguments or {}, whole)
            if blocks:
                act.arguments["spans"] = act.spans(blocks)
            closed = [p for p in locked if p.state in (Page.State.REVIEWED, Page.State.CHECKING)] if reopens else []
            if closed:
                act.arguments["reopened"] = [page.pk for page in closed]
                open_again(closed)
            yield act
            act.finish()
    except IntegrityError as error:
        raise ActRefused("版次或次序刚被别人占用，请刷新后再试。") from error


def lock_pages(page_ids: set[int], whole: bool) -> list[Page]:
    """The pages of an act, locked, and with them those that share an article with one of them: what is derived of an
    article depends on all of its pages. Locked in one order, so that two acts wait for each other and never deadlock.
    """
    around = _around(page_ids)
    rows = Page.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=around).order_by("pk")
    locked = list(rows.select_related("newspaper", "issue").defer(*() if whole else ("source_text",)))
    if not _around(page_ids) <= around:
        raise ActRefused(MEANWHILE)
    return [page for page in locked if page.pk in page_ids]


def _around(page_ids: set[int]) -> set[int]:
    shared = Block.objects.filter(page__in=page_ids, article__isnull=False).order_by().values("article")
    return page_ids | set(Block.objects.filter(article__in=shared).order_by().values_list("page_id", flat=True))


def open_again(pages: Iterable[Page]) -> None:
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(
        state=Page.State.PENDING, state_reason="", checked_by=None, signed_off_by=None, signed_off_at=None
    )


def _places_of(blocks: Collection[Block]) -> list[tuple[int, int | None]]:
    """(page id, article id) of each block, as they are now."""
    rows = Block.objects.filter(pk__in=[block.pk for block in blocks]).order_by()
    return list(rows.values_list("page_id", "article_id"))


def _pages_of(article_ids: Iterable[int]) -> set[int]:
    return set(Block.objects.filter(article__in=article_ids).order_by().values_list("page_id", flat=True))
