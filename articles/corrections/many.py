"""Acts on many articles or pages: done whole or not at all, in batches that fit into memory, undone as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.db import transaction

from ..models import Article, Category, Correction, Page
from .journal import Act, ActRefused, open_act
from .passages import Versions

LIMIT = 5000  # articles or pages at once: what is undone as one must stay something that a person can look over
BATCH = 200  # of them, in memory at once

Change = Callable[[Act, Sequence[int]], None]


def refuse_too_many(count: int, what: str = "篇文章") -> None:
    if count > LIMIT:
        raise ActRefused(f"一次最多处理{LIMIT}{what}，这里有{count}{what}。请缩小范围，分几次处理。")


def act_on_many(
    action: str,
    change: Change,
    *,
    articles: Collection[int] = (),
    pages: Collection[int] = (),
    arguments: Mapping[str, Any],
    user: Any,
    versions: Versions,
    reopens: bool,
    whole: bool = False,
) -> Correction | None:
    """Call `change` with each batch of the ids of `articles` (or of `pages`), in one transaction, an entry for each.

    Returns the last entry; undoing any of them undoes all.
    """
    ids = list(articles or pages)
    batches = [ids[at : at + BATCH] for at in range(0, len(ids), BATCH)] or [[]]
    batch, last, seen = uuid4() if len(batches) > 1 else None, None, dict(versions or {})
    with transaction.atomic():
        for some in batches:
            with open_act(
                action,
                articles=Article.objects.filter(pk__in=some if articles else []).only("pk"),
                pages=Page.objects.filter(pk__in=[] if articles else some).only("pk"),
                arguments=dict(arguments),
                user=user,
                versions=seen,
                reopens=reopens,
                whole=whole,
            ) as act:
                act.batch = batch
                change(act, some)
            if act.entry:
                last = act.entry
                # A page may carry articles of several batches.
                seen.update({pk: seen[pk] + 1 for pk in act.pages if pk in seen})
    return last


def set_categories(
    *, articles: Collection[int], category: Category, user: Any, versions: Versions = None
) -> Correction | None:
    """File articles, by their ids, under one category, as an editor's word."""
    refuse_too_many(len(articles))
    category = category.survivor

    def change(act: Act, ids: Sequence[int]) -> None:
        rows = list(Article.objects.living().filter(pk__in=ids).only("fixed"))
        if len(rows) != len(ids):
            raise ActRefused("有的文章已并入别的文章或已不存在，请重新预览。")
        alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for article in rows:
            alike[tuple(article.fixed)].append(article.pk)
        for fixed, pks in alike.items():
            Article.objects.filter(pk__in=pks).update(category=category, fixed=sorted({*fixed, "category"}))

    arguments = {"category": category.name, "count": len(articles)}
    return act_on_many(
        "set_categories",
        change,
        articles=articles,
        arguments=arguments,
        user=user,
        versions=versions,
        reopens=True,
    )


def assign_pages(*, pages: Collection[int], to: Any, user: Any, versions: Versions = None) -> Correction | None:
    """Give pages, by their ids, to an editor to mend; None takes them back."""
    refuse_too_many(len(pages), "版")
    if to is not None and not (to.is_active and to.is_staff and to.has_perm("articles.mend_page")):
        raise ActRefused("只能分派给能校改版面的在用账号。")

    def change(act: Act, ids: Sequence[int]) -> None:
        Page.objects.filter(pk__in=ids).update(assigned_to=to)

    arguments = {"to": to and (to.get_full_name() or to.get_username()), "count": len(pages)}
    return act_on_many(
        "assign_pages", change, pages=pages, arguments=arguments, user=user, versions=versions, reopens=False
    )
