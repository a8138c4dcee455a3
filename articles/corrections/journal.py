"""The frame of every editorial act: lock, check versions, change rows, write one journal entry; and undo.

An act locks the pages it touches, compares their versions with those that the editor saw, changes rows, writes the
derived fields anew, and leaves one Correction that holds every changed field before and after. Undo is an act too:
it writes the fields back where they still are what the entry left, else it names the later acts in the way.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from ..assembly import lay_out, read_anew, write_articles
from ..models import Article, Block, Correction, Credit, Doubt, Page
from ..search import write_documents

# Fields that an act may change, by table. Everything else is derived from them, or never changes.
FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    Page: (
        *("newspaper_id", "issue_id", "number", "sort_key", "name", "date_evidence", "state", "state_reason"),
        *("checked_by_id", "signed_off_by_id", "signed_off_at"),
    ),
    Block: (
        *("page_id", "start", "role", "article_id", "position", "joins", "duplicate_start", "duplicate_end"),
        *("reason", "reason_note", "corrected_text"),
    ),
    Article: (
        *("supplied_headline", "kind", "category_id", "column_id", "keywords", "parent_id", "continued_from"),
        *("continued_on", "fixed", "state", "withdrawn_reason", "withdrawn_at", "merged_into_id", "gone"),
    ),
    Doubt: ("state", "article_id"),
}
TABLES = {model.__name__.lower(): model for model in FIELDS}
CREDIT_FIELDS = ("name", "role", "unit", "block_id", "person_id")

Images = dict[str, dict[str, dict[str, Any]]]  # table -> id -> field -> value, all of it JSON


class ActRefused(Exception):
    """An act that cannot be done; the message tells the editor why and what to do."""


class StalePage(ActRefused):
    """Somebody changed the page after the editor last saw it."""

    def __init__(self, page: Page, seen: int):
        self.page, self.seen = page, seen
        super().__init__(
            f"{page}在您打开之后已被改动（您看到的是第{seen}次改动后的样子，现在是第{page.version}次）。请刷新后再试。"
        )


class UndoBlocked(ActRefused):
    """Later acts changed the same rows."""

    def __init__(self, later: list[Correction]):
        self.later = later
        names = "、".join(
            f"“{action_name(c.action)}”（{c.user or '程序'}，{timezone.localtime(c.at):%m-%d %H:%M}）" for c in later
        )
        super().__init__(
            f"不能撤销：此后的改动{names}涉及同一处。请先撤销它们。"
            if later
            else "不能撤销：此后版面已重新拆分或导入。"
        )


def take_images(page_ids: Iterable[int], article_ids: Iterable[int]) -> Images:
    """The rows of these pages, with all their blocks and doubts, and of these articles and those on the pages."""
    page_ids = set(page_ids)
    rows: dict[type[models.Model], Any] = {
        Page: Page.objects.filter(pk__in=page_ids),
        Block: Block.objects.filter(page_id__in=page_ids).order_by(),
        Doubt: Doubt.objects.filter(page_id__in=page_ids).order_by(),
    }
    images: Images = {model.__name__.lower(): _images_of(query, FIELDS[model]) for model, query in rows.items()}
    article_ids = set(article_ids) | {b["article_id"] for b in images["block"].values()}
    article_ids.discard(None)
    images["article"] = _images_of(Article.objects.filter(pk__in=article_ids), FIELDS[Article])
    credits: dict[int, list[list[Any]]] = defaultdict(list)
    for article_id, *values in (
        Credit.objects.filter(article_id__in=article_ids)
        .order_by("article", "position")
        .values_list("article_id", *CREDIT_FIELDS)
    ):
        credits[article_id].append(values)
    for pk, image in images["article"].items():
        image["credits"] = credits[int(pk)]
    return images


def _images_of(query: Any, fields: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    return {str(row.pop("pk")): {f: _to_json(v) for f, v in row.items()} for row in query.values("pk", *fields)}


def _to_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date | datetime.datetime) else value


def differences(before: Images, after: Images) -> tuple[Images, Images]:
    """What changed: of rows in both only the fields that differ, of rows made or removed the whole image."""
    changed: tuple[Images, Images] = ({}, {})
    for table in {**before, **after}:
        old_rows, new_rows = before.get(table, {}), after.get(table, {})
        for pk in {**old_rows, **new_rows}:
            old, new = old_rows.get(pk), new_rows.get(pk)
            if old is not None and new is not None:
                fields = [f for f in old if old[f] != new[f]]
                old, new = {f: old[f] for f in fields}, {f: new[f] for f in fields}
            for images, image in zip(changed, (old, new), strict=True):
                if image:
                    images.setdefault(table, {})[pk] = image
    return changed


class Act:
    """One act under way, its pages locked. `entry` is its journal entry once done, None if nothing changed."""

    def __init__(self, action: str, pages: list[Page], article_ids: set[int], user: Any, arguments: dict[str, Any]):
        self.action, self.user, self.arguments = action, user, arguments
        self.pages = {page.pk: page for page in pages}
        self.article_ids = article_ids
        self.before = take_images(self.pages, article_ids)
        self.undoes: Correction | None = None
        self.reads_anew = True
        self.entry: Correction | None = None

    def make_article(self, page: Page, merged_into: Article | None = None) -> Article:
        """A new article on `page`. Its image before the act is that of an address that leads to `merged_into` or is
        gone, so that an undo leaves that behind and its id is never given to another."""
        article = Article.objects.create(
            newspaper_id=page.newspaper_id, merged_into=merged_into, gone=merged_into is None
        )
        self.article_ids.add(article.pk)
        self.before["article"].update(take_images([], [article.pk])["article"])
        Article.objects.filter(pk=article.pk).update(merged_into=None, gone=False)
        article.merged_into, article.gone = None, False
        return article

    def finish(self) -> None:
        old, new = differences(self.before, take_images(self.pages, self.article_ids))
        moved = self._articles_of_changed_blocks(old, new)
        if self.undoes is None:
            self._retire_emptied(moved)
        self._write_derived(old, moved)
        old, new = differences(self.before, take_images(self.pages, self.article_ids))
        if not old and not new:
            return
        Page.objects.filter(pk__in=self.pages).update(version=models.F("version") + 1)
        self.entry = Correction.objects.create(
            user=self.user, action=self.action, arguments=self.arguments, before=old, after=new, undoes=self.undoes
        )
        self.entry.pages.set(self.pages)

    def _articles_of_changed_blocks(self, old: Images, new: Images) -> set[int]:
        ids: set[int | None] = set()
        now = dict(Block.objects.filter(page__in=self.pages).values_list("pk", "article_id"))
        for pk in {**old.get("block", {}), **new.get("block", {})}:
            ids |= {self.before["block"].get(pk, {}).get("article_id"), now.get(int(pk))}
        return {pk for pk in ids if pk is not None}

    def _retire_emptied(self, article_ids: set[int]) -> None:
        """An article left without blocks leads to the one that has most of its text now, or is gone."""
        for article in Article.objects.living().filter(pk__in=article_ids, blocks=None):
            heir = self._heir_of(article)
            Article.objects.filter(pk=article.pk).update(merged_into=heir, gone=heir is None)

    def _heir_of(self, article: Article) -> int | None:
        shares: dict[int, int] = defaultdict(int)
        for page in self.pages.values():
            for p in lay_out(page, Block.objects.filter(page=page)):
                was = self.before["block"].get(str(p.block.pk), {}).get("article_id")
                if was == article.pk and p.block.article_id:
                    shares[p.block.article_id] += len(p.source)
        return max(shares, key=lambda pk: (shares[pk], -pk)) if shares else None

    def _write_derived(self, old: Images, moved: set[int]) -> None:
        touched = moved | {int(pk) for pk in old.get("article", {})}
        if "page" in old:
            touched |= {b["article_id"] for b in take_images(self.pages, [])["block"].values()} - {None}
        articles = list(Article.objects.filter(pk__in=touched).select_related("newspaper"))
        write_articles(articles)
        if self.reads_anew:
            read_anew([a for a in articles if a.pk in moved and a.lives])
        Article.objects.filter(pk__in=touched).update(changed_at=timezone.now())
        write_documents(pages=Page.objects.filter(pk__in=self.pages))


@contextmanager
def open_act(
    action: str,
    *,
    pages: Iterable[Page] = (),
    articles: Iterable[Article] = (),
    arguments: dict[str, Any] | None = None,
    user: Any,
    versions: Mapping[int, int] | None = None,
    reopens: bool = True,
) -> Iterator[Act]:
    """The frame of an act on `pages` and on all pages where `articles` stand.

    `versions` is what the editor saw, by page id; StalePage when one of the pages has moved on. `reopens`: a page that
    was signed off, or waits for it, is open again after the act.
    """
    with transaction.atomic():
        article_ids = {article.pk for article in articles}
        page_ids = {page.pk for page in pages} | _pages_of(article_ids)
        locked = list(
            Page.objects.select_for_update(of=("self",))
            .filter(pk__in=page_ids)
            .select_related("newspaper", "issue")
            .order_by("pk")
        )
        for page in locked:
            if versions and versions.get(page.pk, page.version) != page.version:
                raise StalePage(page, versions[page.pk])
        if not _pages_of(article_ids) <= page_ids:
            raise ActRefused("同一时刻有人改动了这篇文章，请刷新后再试。")
        act = Act(action, locked, article_ids, user, arguments or {})
        closed = [p for p in locked if p.state in (Page.State.REVIEWED, Page.State.CHECKING)] if reopens else []
        if closed:
            act.arguments["reopened"] = [page.pk for page in closed]
            open_again(closed)
        yield act
        act.finish()


def open_again(pages: Iterable[Page]) -> None:
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(
        state=Page.State.PENDING, state_reason="", checked_by=None, signed_off_by=None, signed_off_at=None
    )


def _pages_of(article_ids: Iterable[int]) -> set[int]:
    return set(Block.objects.filter(article__in=article_ids).order_by().values_list("page_id", flat=True))


def undo(*, entry: Correction, user: Any, versions: Mapping[int, int] | None = None) -> Correction | None:
    """Write back what `entry` changed. Undoing an undo does the act again. Raises UndoBlocked."""
    entry = _in_force(entry)
    rows = {**entry.before.get("article", {}), **entry.after.get("article", {})}
    state_is_its_own = any("state" in image for image in entry.after.get("page", {}).values())
    with open_act(
        "undo",
        pages=entry.pages.all(),
        articles=Article.objects.filter(pk__in=[int(pk) for pk in rows]),
        arguments={"action": entry.action},
        user=user,
        versions=versions,
        reopens=not state_is_its_own,
    ) as act:
        if Correction.objects.filter(undoes=entry).exists():
            raise ActRefused("这一步已经撤销过了。")
        _check_unchanged(entry, act)
        _restore(entry)
        act.undoes, act.reads_anew = entry, False
    return act.entry


def _in_force(entry: Correction) -> Correction:
    """The entry to undo for `entry`: itself, or what did it again after it was undone."""
    undone = Correction.objects.filter(undoes=entry).first()
    while undone:
        again = Correction.objects.filter(undoes=undone).first()
        if again is None:
            raise ActRefused("这一步已经撤销过了。")
        entry, undone = again, Correction.objects.filter(undoes=again).first()
    return entry


def _check_unchanged(entry: Correction, act: Act) -> None:
    in_the_way = set()
    for table in {**entry.before, **entry.after}:
        left, was = entry.after.get(table, {}), entry.before.get(table, {})
        for pk in {**was, **left}:
            row = act.before[table].get(pk)
            expected = left.get(pk)
            same = (
                row is None if expected is None else row is not None and all(row[f] == v for f, v in expected.items())
            )
            if not same:
                in_the_way.add((table, pk))
    if in_the_way:
        later = Correction.objects.filter(pk__gt=entry.pk, pages__in=act.pages, undone_by=None).distinct()
        raise UndoBlocked([c for c in later.order_by("pk") if in_the_way & _rows_of(c)])


def _rows_of(entry: Correction) -> set[tuple[str, str]]:
    return {(table, pk) for images in (entry.before, entry.after) for table in images for pk in images[table]}


def _restore(entry: Correction) -> None:
    # Rows that the act made go first and rows that it removed come back next: what is left refers to both.
    for table, model in TABLES.items():
        old, new = entry.before.get(table, {}), entry.after.get(table, {})
        made = [int(pk) for pk in new if pk not in old and _is_whole(new[pk], model)]
        if made:
            model._default_manager.filter(pk__in=made).delete()
        for pk in old:
            if pk not in new and _is_whole(old[pk], model):
                model._default_manager.create(pk=int(pk), **_values(model, old[pk]))
    for table, model in TABLES.items():
        for pk, image in entry.before.get(table, {}).items():
            if pk in entry.after.get(table, {}):
                fields = {f: v for f, v in image.items() if f != "credits"}
                if fields:
                    model._default_manager.filter(pk=int(pk)).update(**_values(model, fields))
                if "credits" in image:
                    _restore_credits(int(pk), image["credits"])


def _is_whole(image: dict[str, Any], model: type[models.Model]) -> bool:
    return set(FIELDS[model]) <= set(image)


def _values(model: type[models.Model], image: dict[str, Any]) -> dict[str, Any]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {
        name: value if name in ("keywords", "fixed") else fields[name].to_python(value) for name, value in image.items()
    }


def _restore_credits(article_id: int, credits: list[list[Any]]) -> None:
    Credit.objects.filter(article=article_id).delete()
    blocks = set(Block.objects.filter(pk__in=[c[3] for c in credits]).values_list("pk", flat=True))
    Credit.objects.bulk_create(
        Credit(
            article_id=article_id,
            position=i,
            name=name,
            role=role,
            unit=unit,
            block_id=block if block in blocks else None,
            person_id=person,
        )
        for i, (name, role, unit, block, person) in enumerate(credits)
    )


ACTION_NAMES = {
    "merge_articles": "合并文章",
    "split_article": "拆分文章",
    "move_blocks": "移动段落",
    "reorder_blocks": "调整次序",
    "set_role": "改角色",
    "join_block": "接成一段",
    "unjoin_block": "断开段落",
    "split_block": "切开文字块",
    "edit_text": "改正文字",
    "fold_block": "标为重复",
    "unfold_block": "取消重复",
    "set_aside": "搁置",
    "supply_headline": "拟标题",
    "set_kind": "改体裁",
    "set_category": "改类别",
    "set_column": "改栏目",
    "set_credits": "改署名",
    "set_keywords": "改关键词",
    "link_jump": "连接转版",
    "link_jump_to_page": "注明转版",
    "unlink_jump": "断开转版",
    "set_newspaper": "改报纸",
    "set_date": "改日期",
    "set_number": "改版次",
    "set_name": "改版名",
    "sign_off": "签发",
    "reopen": "重开",
    "mark_unfixable": "标为无法处理",
    "withdraw_article": "撤下文章",
    "bring_back_article": "恢复文章",
    "accept_doubt": "采纳疑问",
    "dismiss_doubt": "忽略疑问",
    "undo": "撤销",
}


def action_name(action: str) -> str:
    return ACTION_NAMES.get(action, action)
