"""One label over several short pieces: 简讯, 短波, 便民服务台.

    便民服务台                 a label that stands over several
    停水公告   …              its first item
    遗失声明   …              the next item, of the same column
    短讯
    本报讯 …(某某)            headed by the label alone
    本报讯 …(某某)            has no headline either: part of the article that the label heads

The label reaches over brief articles one after another, up to one that is longer or has a label of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from . import cues
from .values import Article

BRIEF = 260  # characters of an item


def share_labels(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles, in the order given, with the column of their group, or the article that they are a part of."""
    shared = list(articles)
    head: int | None = None
    for k in sorted(range(len(shared)), key=lambda k: min(shared[k].blocks)):
        article = shared[k]
        if article.column or cues.GROUP_LABEL.search(article.headline or ""):
            head = k if cues.GROUP_LABEL.search(article.column or article.headline or "") else None
        elif not _is_brief(article):
            head = None
        elif head is not None:
            shared[k] = _as_item(article, head, shared[head].column)
    return tuple(shared)


def _as_item(article: Article, head: int, column: str | None) -> Article:
    if article.headline:
        return replace(article, column=column)
    return replace(article, part_of=head if column is None else None, column=column)


def _is_brief(article: Article) -> bool:
    if article.kind in ("photo", "continuation", "obituary"):
        return False
    return sum(len(paragraph.text) for paragraph in article.paragraphs) <= BRIEF
