"""What a search finds, a slice at a time, as somebody who may see these articles and pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from django.db.models import OuterRef, Q, Subquery

from ..models import Article, Page
from ..models.articles import DAY, day_key
from ..models.search import TEXTS
from ..querysets import ArticleQuerySet, PageQuerySet
from .backends import Backend, get_backend
from .backends.base import any_of
from .highlight import Fragment, mark, opening, passages
from .passages import read_passages
from .query import Days, Edition, Query
from .ranking import BOOSTED, PAGE, boost, recency

COUNTED = 1000  # hits; of more than that only so much is said: to count a million takes longer than to find them
Order = Literal["relevance", "newest", "oldest"]
Row = tuple[int, int | None, int | None]  # key, article id, page id


@dataclass(frozen=True, slots=True)
class Hit:
    """An article, or a page for its passages in no article; its title and the passages with what was found marked."""

    article: Article | None
    page: Page | None
    title: tuple[Fragment, ...]
    passages: tuple[tuple[Fragment, ...], ...]


class Results:
    """Hits of a query in an order, lazily: count() and slices ask the database, a fixed number of times each.

    By relevance, the engine's `ranked` newest hits come first, the best before; older ones follow, newest first.
    """

    def __init__(
        self,
        query: Query,
        articles: ArticleQuerySet,
        pages: PageQuerySet | None,
        order: Order,
        backend: Backend | None = None,
    ):
        self.query = query
        self.articles = articles
        self.pages = pages
        self.order = order
        self.backend = backend or get_backend()

    def count(self) -> int:
        """How many there are, or COUNTED where there are more (has_more)."""
        return min(self._counted, COUNTED)

    @property
    def has_more(self) -> bool:
        """Are there more than COUNTED?"""
        return self._counted > COUNTED

    def __len__(self) -> int:
        return self.count()

    def __bool__(self) -> bool:
        return bool(self._counted)

    def __getitem__(self, which: slice) -> list[Hit]:
        start, stop = which.start or 0, which.stop
        if start < 0 or (stop or 0) < 0 or which.step not in (None, 1):
            raise ValueError("Results are sliced forwards, from 0.")
        if self.query.is_empty:
            return []
        return self._hits(self._rows(start, stop))

    @cached_property
    def _counted(self) -> int:
        if self.query.is_empty:
            return 0
        if "newest" in self.__dict__ and self.order != "relevance":
            return len(self.newest)
        # Who ranked all hits has counted them.
        if "_ranked" in self.__dict__ and len(self._ranked) < self.backend.ranked:
            return min(len(self._ranked), COUNTED + 1)
        return self.backend.match(self.query).filter(self._seen)[: COUNTED + 1].count()

    @cached_property
    def newest(self) -> list[Row]:
        """The newest hits: one more than are counted, or as many as are ranked. Asked for first, they are counted and
        sliced without asking the database again."""
        if self.order == "relevance":
            return sorted(self._ranked, reverse=True)
        return self._fetch(True, 0, COUNTED + 1)

    @cached_property
    def _seen(self) -> Q:
        """Documents of these days, of articles and pages that the reader may see.

        One by one: for EXISTS, PostgreSQL reads and hashes all articles before it looks at the first document.
        """
        articles, pages = on_editions(self.query, self.articles, self.pages)
        seen = Q(article=Subquery(articles.filter(pk=OuterRef("article_id")).order_by().values("pk")[:1]))
        if pages is not None:
            seen |= Q(page=Subquery(pages.filter(pk=OuterRef("page_id")).order_by().values("pk")[:1]))
        return in_days(self.query) & seen

    @cached_property
    def _ranked(self) -> list[Row]:
        """The newest hits, best first."""
        newest = self._fetch(True, 0, self.backend.ranked)
        scores = self.backend.scores(self.query, [row[0] for row in newest])
        for key, article, _ in newest:
            scores[key] *= recency(_years_between(key, newest[0][0])) * (1 if article else PAGE)
        best = sorted(newest, key=lambda row: -scores[row[0]])
        first = {row[0] for row in best[:BOOSTED]}
        for key, *texts in self.backend.documents.filter(key__in=first).values_list("key", *TEXTS):
            scores[key] *= boost(self.query, texts[0], texts)
        return sorted(best[:BOOSTED], key=lambda row: (-scores[row[0]], -row[0])) + best[BOOSTED:]

    def _rows(self, start: int, stop: int | None) -> list[Row]:
        if self.order == "newest" and "newest" in self.__dict__:
            known = self.newest
            if len(known) <= COUNTED or (stop is not None and stop <= len(known)):
                return known[start:stop]
        if self.order != "relevance":
            return self._fetch(self.order == "newest", start, stop)
        rows = self._ranked[start:stop]
        cap = self.backend.ranked
        if len(self._ranked) == cap and (stop is None or stop > cap):
            rows = rows + self._fetch(True, max(start, cap), stop)
        return rows

    def _fetch(self, newest: bool, start: int, stop: int | None) -> list[Row]:
        documents = self.backend.first(self.query, self._seen, newest, stop)
        return list(documents.values_list("key", "article_id", "page_id")[start:stop])

    def _hits(self, rows: list[Row]) -> list[Hit]:
        articles = self.articles.for_lists().in_bulk([article for _, article, _ in rows if article])
        page_ids = [page for _, _, page in rows if page]
        pages, texts = {}, {}
        if self.pages is not None and page_ids:
            pages = self.pages.select_related("newspaper", "issue__newspaper").defer("source_text").in_bulk(page_ids)
            texts = read_passages(page_ids)
        hits = []
        for _, article, page in rows:
            # A row may have gone since it was found.
            if article and article in articles:
                hits.append(article_hit(articles[article], self.query))
            elif page and page in pages:
                hits.append(page_hit(pages[page], texts.get(page, []), self.query))
        return hits


def on_editions(
    query: Query, articles: ArticleQuerySet, pages: PageQuerySet | None
) -> tuple[ArticleQuerySet, PageQuerySet | None]:
    """Those on the pages that the query asks for."""
    wanted = [[part.number for part in group if isinstance(part, Edition)] for group in query.wanted]
    unwanted = [part.number for part in query.unwanted if isinstance(part, Edition)]
    for numbers in filter(None, wanted):
        articles = articles.on_editions(numbers)
        pages = pages.filter(number__in=numbers) if pages is not None else None
    if unwanted:
        articles = articles.exclude(pk__in=Article.objects.on_editions(unwanted).values("pk"))
        pages = pages.exclude(number__in=unwanted) if pages is not None else None
    return articles, pages


def in_days(query: Query) -> Q:
    """Documents of the days that the query asks for: keys carry the day."""
    asked = Q()
    for group in query.wanted:
        if days := [_keys_of(part) for part in group if isinstance(part, Days)]:
            asked &= any_of(days)
    for part in query.unwanted:
        if isinstance(part, Days):
            asked &= ~_keys_of(part)
    return asked


def _keys_of(days: Days) -> Q:
    keys = Q()
    if days.since:
        keys &= Q(key__gte=day_key(days.since))
    if days.until:
        keys &= Q(key__lt=day_key(days.until) + DAY)
    return keys


def _years_between(key: int, newest: int) -> float:
    """By the days in the keys, near enough."""
    (year, rest), (last, other) = (divmod(k // DAY, 10_000) for k in (key, newest))
    return last - year + (other - rest) / 1231


def article_hit(article: Article, query: Query) -> Hit:
    """Passages come from the body, else from the other lines in which something is found, else it is the beginning."""
    found = passages(article.body, query)
    if not found:
        lines = filter(None, (article.column_label, article.kicker, article.subheadline, article.byline))
        found = passages("\n".join(lines), query) or ((opening(article.body),) if article.body else ())
    return Hit(article, None, mark(article.title, query), found)


def page_hit(page: Page, texts: list[str], query: Query) -> Hit:
    return Hit(None, page, (Fragment(f"{page} 其他文字"),), passages("\n".join(texts), query))
