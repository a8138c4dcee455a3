"""The documents that search looks through: one an article, one a page for its passages in no article (其他文字).

Importing and corrections call write_documents in their transaction, after articles and blocks are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

from django.db import connection, transaction

from ..bulk import insert_rows, make_row
from ..models import Article, Block, Credit, Page, SearchDocument
from ..models.articles import DAY, day_key
from ..models.search import TEXTS
from .backends import get_backend
from .folding import fold
from .passages import cut, read_passages, row_of, set_aside

PAGES_FROM = DAY // 2  # of a day's keys the pages' lie below and the articles' above
BATCH = 200  # articles or pages whose texts are in memory at once

Kind = Literal["article", "page"]
Progress = Callable[[int, int], None]  # done, of


@dataclass(frozen=True, slots=True)
class Text:
    """What a document says: where it stands in time, and its folded texts."""

    key: int
    title: str = ""
    people: str = ""
    column_name: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that a rebuild would mend. `id` is of an article or page; None for the engine's index."""

    what: Literal["missing", "stale", "extra", "index"]
    kind: Kind | None = None
    id: int | None = None
    words: str = ""

    def __str__(self) -> str:
        if self.kind is None:
            return self.words
        thing = "文章" if self.kind == "article" else "版面"
        what = {"missing": "没有检索文本", "stale": "检索文本与内容不符", "extra": "不该有检索文本"}[self.what]
        return f"{thing} {self.id} {what}"


@dataclass(slots=True)
class Findings:
    """What check() looked at, and the faults that it found."""

    articles: int = 0
    pages: int = 0
    faults: list[Fault] = field(default_factory=list)


def write_documents(articles: Iterable[Article | int] = (), pages: Iterable[Page | int] = ()) -> int:
    """Bring the documents of these articles and pages (rows or ids) in step with their rows; how many it changed.

    Articles merged, gone or without a day lose theirs. Rows are read again: what is saved counts. A page's document
    depends on the state of its articles (passages), so that withdrawing an article writes its pages too.
    """
    with transaction.atomic(savepoint=False):
        written = sum(_write("article", ids) for ids in _batches(articles))
        return written + sum(_write("page", ids) for ids in _batches(pages))


def add_documents(
    articles: Sequence[tuple[Article, Iterable[Credit]]], pages: Iterable[tuple[Page, Iterable[Block]]]
) -> None:
    """Write the documents of articles and pages that this transaction has made, whose rows are at hand: as
    write_documents, which would read them all again. `articles`: all that stand on the pages."""
    rows = [
        _document(_text_of(article, credits), article=article.pk) for article, credits in articles if article.sort_key
    ]
    states = {article.pk: article.state for article, _ in articles}
    for page, blocks in pages:
        passages = cut(
            page.source_text, page.masks or (), [row_of(block, states.get(block.article_id or 0)) for block in blocks]
        )
        if page.issue and (aside := set_aside(passages)):
            rows.append(_document(_page_text(page.pk, page.issue.date, aside), page=page.pk))
    insert_rows(rows)


def _document(text: Text, article: int | None = None, page: int | None = None) -> SearchDocument:
    return make_row(SearchDocument, text.key, article, page, text.title, text.people, text.column_name, text.body)


def rebuild(progress: Progress | None = None) -> int:
    """Write every document and then the engine's index anew; how many documents had to change.

    Each batch is a transaction, so that others can write in between, and only where something is to be written.
    """
    written = write_all(progress)
    get_backend().rebuild()
    return written


def write_all(progress: Progress | None = None) -> int:
    """As rebuild(), without the engine's index."""
    written = 0
    for kind, ids in _everything(progress):
        if _wanted(kind, ids) != _existing(kind, ids):
            with transaction.atomic():
                written += _write(kind, ids)
    return written


def check(progress: Progress | None = None) -> Findings:
    """Compare every document with its article or page, and the engine's index with the documents. Mends nothing."""
    findings = Findings(Article.objects.count(), Page.objects.count())
    for kind, ids in _everything(progress):
        wanted, existing = _wanted(kind, ids), _existing(kind, ids)
        for pk in ids:
            if pk in wanted and pk not in existing:
                findings.faults.append(Fault("missing", kind, pk))
            elif pk in existing and pk not in wanted:
                findings.faults.append(Fault("extra", kind, pk))
            elif wanted.get(pk) != existing.get(pk):
                findings.faults.append(Fault("stale", kind, pk))
    findings.faults += [Fault("index", words=words) for words in get_backend().check()]
    return findings


def _write(kind: Kind, ids: Sequence[int]) -> int:
    _lock(kind, ids)
    wanted, existing = _wanted(kind, ids), _existing(kind, ids)
    changed = [pk for pk in ids if wanted.get(pk) != existing.get(pk)]
    # Removed first, all of them: the key is a document's identity, and changes with its day.
    SearchDocument.objects.filter(key__in=[existing[pk].key for pk in changed if pk in existing]).delete()
    SearchDocument.objects.bulk_create(_document(text, **{kind: pk}) for pk in changed if (text := wanted.get(pk)))
    return len(changed)


def _lock(kind: Kind, ids: Sequence[int]) -> None:
    """Others who write these documents wait until this transaction ends, then see what it wrote.

    Where several write at a time (SQLite lets one), two would else both write the document, or one an outdated text.
    """
    if connection.features.has_select_for_update:
        model: Any = Article if kind == "article" else Page
        list(model.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _existing(kind: Kind, ids: Sequence[int]) -> dict[int, Text]:
    documents = SearchDocument.objects.filter(**{f"{kind}__in": ids})
    return {pk: Text(*text) for pk, *text in documents.values_list(f"{kind}_id", "key", *TEXTS)}


def _wanted(kind: Kind, ids: Sequence[int]) -> dict[int, Text]:
    return _article_texts(ids) if kind == "article" else _page_texts(ids)


TITLE_FIELDS = ("kicker", "headline", "subheadline", "supplied_headline")


def _article_texts(ids: Sequence[int]) -> dict[int, Text]:
    articles = Article.objects.living().filter(pk__in=ids, sort_key__isnull=False).order_by()
    fields = ("pk", "sort_key", "byline", "column_label", "column__name", "body", *TITLE_FIELDS)
    names = _names(ids)
    return {
        pk: _article_text(key, titles, (byline, *names.get(pk, ())), (label, column), body)
        for pk, key, byline, label, column, body, *titles in articles.values_list(*fields)
    }


def _text_of(article: Article, credits: Iterable[Credit]) -> Text:
    people = [name for credit in credits for name in _unlike(credit.name, credit.person.name if credit.person else "")]
    column = article.column.name if article.column else ""
    titles = [getattr(article, name) for name in TITLE_FIELDS]
    assert article.sort_key is not None
    said = (article.byline, *people), (article.column_label, column), article.body
    return _article_text(article.sort_key, titles, *said)


def _article_text(
    key: int, titles: Iterable[str], people: Iterable[str], columns: Iterable[str | None], body: str
) -> Text:
    return Text(key, _lines(titles), _lines(people), _lines(_unlike(*columns)), _lines([body]))


def _names(ids: Sequence[int]) -> dict[int, list[str]]:
    """Article id -> the names in its credits, as printed and as the people are called now."""
    names: dict[int, list[str]] = {}
    credits = Credit.objects.filter(article__in=ids).order_by("article", "position")
    for pk, printed, called in credits.values_list("article", "name", "person__name"):
        names.setdefault(pk, []).extend(_unlike(printed, called))
    return names


def _unlike(*texts: str | None) -> Iterator[str]:
    return iter(dict.fromkeys(filter(None, texts)))


def _page_texts(ids: Sequence[int]) -> dict[int, Text]:
    dated = dict(Page.objects.filter(pk__in=ids, issue__isnull=False).order_by().values_list("pk", "issue__date"))
    return {pk: _page_text(pk, dated[pk], texts) for pk, texts in read_passages(dated).items()}


def _page_text(pk: int, date: Any, aside: Iterable[str]) -> Text:
    return Text(page_key(pk, date), body=_lines(aside))


def page_key(pk: int, date: Any) -> int:
    """Where a page's document stands in time: after the articles of its day."""
    return day_key(date) + PAGES_FROM - 1 - pk


def _lines(texts: Iterable[str]) -> str:
    """Each text folded by itself, so that a word does not run on from one into the next."""
    return "\n".join(filter(None, map(fold, texts)))


def _everything(progress: Progress | None) -> Iterator[tuple[Kind, list[int]]]:
    """Ids of all articles, then of all pages, a batch at a time, in order."""
    total = Article.objects.count() + Page.objects.count()
    done = 0
    models: tuple[tuple[Kind, Any], ...] = (("article", Article), ("page", Page))
    for kind, model in models:
        last = 0
        while ids := list(model.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
            yield kind, ids
            last, done = ids[-1], done + len(ids)
            if progress:
                progress(done, total)


def _batches(things: Iterable[Article | Page | int]) -> Iterator[list[int]]:
    # In one order, so that two who write the same do not wait for each other.
    rest = iter(sorted({thing if isinstance(thing, int) else thing.pk for thing in things}))
    while batch := list(islice(rest, BATCH)):
        yield batch
