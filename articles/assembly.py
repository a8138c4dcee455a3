"""Rows of blocks -> what an article says and where it stands.

Passages are read as they are, for editors. What is written of them into articles, and whatever else readers get, comes
from `for_readers`, which covers what is private.

Two things are written here, and only from importing and corrections, in their transactions. `write_articles` writes
what follows from blocks and pages alone: title fields, byline, body, place, day, state of review. `read_anew` writes
what is read out of that text unless an editor has fixed it: credits, column, category, keywords.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import cast

from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce, Length
from django.utils import timezone

from .bulk import update_rows
from .extraction.assemble import Assembled, Part, assemble, clean_title
from .extraction.bylines import parse_credits
from .extraction.classify import classify, extract_keywords
from .extraction.person_names import knowing
from .extraction.values import Role
from .learning.using import knowledge_in_use
from .models import Article, Block, Category, Column, Credit, Doubt, Page, Person
from .privacy import masking
from .search import write_documents

PLACE_FIELDS = ("newspaper", "issue", "page", "position", "sort_key", "reviewed")
TEXT_FIELDS = ("column_label", "kicker", "headline", "subheadline", "byline", "body", "length")
# What the columns hold; a printed name or unit longer than that is none.
NAME_LIMIT, UNIT_LIMIT, COLUMN_LIMIT = 60, 100, 100
READ_FIELDS = ("column", "category", "keywords")


@dataclass(frozen=True, slots=True)
class Passage:
    """A block with the text that it stands for: `source` as printed, `text` with an editor's correction."""

    block: Block
    page: Page
    start: int
    end: int
    source: str
    text: str


Passages = dict[int, list[Passage]]  # article id -> its passages, in reading order


@dataclass(frozen=True, slots=True)
class Piece:
    """What of a paragraph stands on one page; `seam` where the text before it stands on another."""

    text: str
    page: Page
    seam: bool


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph as readers get it. A jump may fall into it: then it has a piece on each page."""

    role: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def lay_out(page: Page, blocks: Iterable[Block]) -> list[Passage]:
    """All blocks of a page as passages, in page order. They tile the text whatever their starts are."""
    ordered = sorted(blocks, key=lambda block: block.start)
    text = page.source_text
    passages = []
    for i, block in enumerate(ordered):
        start = block.start if i else 0
        end = ordered[i + 1].start if i + 1 < len(ordered) else len(text)
        source = text[start:end].strip()
        corrected = block.corrected_text
        passages.append(Passage(block, page, start, end, source, source if corrected is None else corrected))
    return passages


def for_readers(passages: Sequence[Passage]) -> list[Passage]:
    """Passages, in the order in which they are read, as readers get them: what is private is covered."""
    return [
        replace(p, source=masking.cover(p.source, print_hidden), text=masking.cover(p.text, text_hidden))
        for p, (print_hidden, text_hidden) in zip(passages, hidden_in(passages), strict=True)
    ]


def hidden_in(passages: Sequence[Passage]) -> list[tuple[bytes, bytes]]:
    """What readers do not get of the print and of the text of each passage (articles.privacy.masking)."""
    return list(masking.mask_pieces([_piece(p) for p in passages]))


def _piece(p: Passage) -> masking.Piece:
    corrected = p.block.corrected_text
    return masking.cut_piece(p.page.source_text, p.start, p.end, corrected, p.page.masks or (), p.block.joins)


def mark_masked(laid: Mapping[int, Sequence[Passage]]) -> None:
    """Write which pages, given with all their passages, have something that readers do not get."""
    masked = {pk: has_masked(passages) for pk, passages in laid.items()}
    for pk in (pk for pk, passages in laid.items() if passages and passages[0].page.has_masked != masked[pk]):
        Page.objects.filter(pk=pk).update(has_masked=masked[pk])


def has_masked(passages: Sequence[Passage]) -> bool:
    """Is anything on a page hidden, read as the page has it or as an article does? `passages`: all of the page."""
    by_article: dict[int, list[Passage]] = defaultdict(list)
    for p in passages:
        by_article[p.block.article_id or 0].append(p)
    readings = [passages, *(sorted(mine, key=reading_key) for pk, mine in by_article.items() if pk)]
    return any(any(hidden) for reading in readings for pair in hidden_in(reading) for hidden in pair)


def reading_key(passage: Passage) -> tuple[int, int, int, int]:
    """Where a passage of an article stands in it."""
    page = passage.page
    return passage.block.position or 0, page.sort_key, page.pk, passage.start


def read_passages(articles: Iterable[Article]) -> Passages:
    """The passages of articles in reading order, by article id, in two queries."""
    wanted = {article.pk for article in articles}
    on_pages = Block.objects.filter(article__in=wanted).order_by().values("page")
    by_page: dict[int, list[Block]] = defaultdict(list)
    for block in Block.objects.filter(page__in=on_pages).order_by():
        by_page[block.page_id].append(block)
    pages = Page.objects.select_related("issue", "newspaper").order_by().in_bulk(by_page)
    found: dict[int, list[Passage]] = defaultdict(list)
    for page_id, blocks in by_page.items():
        for passage in lay_out(pages[page_id], blocks):
            if passage.block.article_id in wanted:
                found[passage.block.article_id].append(passage)
    for passages in found.values():
        passages.sort(key=reading_key)
    return found


def assemble_passages(passages: Sequence[Passage]) -> Assembled:
    return assemble([Part(cast(Role, p.block.role), p.text, p.block.joins) for p in passages])


def read_paragraphs(article: Article, passages: Sequence[Passage] | None = None) -> list[ReadParagraph]:
    """The paragraphs of an article for its readers, captions and subheadings among them, in reading order.

    `passages` are its own, where they have been read already.
    """
    passages = for_readers(read_passages([article]).get(article.pk, []) if passages is None else passages)
    paragraphs = []
    at = passages[0].page.pk if passages else None
    for paragraph in assemble_passages(passages).paragraphs:
        pieces = []
        for page, parts in groupby((passages[i] for i in paragraph.parts), key=lambda p: p.page):
            text = "".join(p.text for p in parts)
            pieces.append(Piece(clean_title(text) if paragraph.role == "subheading" else text, page, page.pk != at))
            at = page.pk
        paragraphs.append(ReadParagraph(paragraph.role, tuple(pieces)))
    return paragraphs


def write_articles(articles: Collection[Article], passages: Passages | None = None) -> None:
    """Write place and text of articles from their blocks, and their search documents. Articles are updated in place.

    `passages` are theirs, where they have been read already.
    """
    write_texts(articles, passages)
    write_documents(articles=articles)


def write_texts(articles: Collection[Article], passages: Passages | None = None) -> None:
    """As write_articles, for who writes the documents later."""
    passages = read_passages(articles) if passages is None else passages
    for article in articles:
        fill_article(article, passages.get(article.pk, []))
    save_filled(articles)


def fill_article(article: Article, passages: Sequence[Passage]) -> None:
    """Give an article the place and text that its passages, in reading order, say. Saves nothing.

    An article without an id has no key in time yet. One that says something else has changed now.
    """
    said = [getattr(article, name) for name in TEXT_FIELDS]
    _write_place(article, passages)
    _write_text(article, passages)
    if said != [getattr(article, name) for name in TEXT_FIELDS]:
        article.changed_at = timezone.now()


def save_filled(articles: Iterable[Article]) -> None:
    """Save what fill_article has given to articles that have an id."""
    update_rows(list(articles), (*PLACE_FIELDS, *TEXT_FIELDS, "changed_at"))


def _write_place(article: Article, passages: Sequence[Passage]) -> None:
    if not passages:
        article.issue, article.page, article.position, article.sort_key, article.reviewed = None, None, 0, None, False
        return
    head = passages[0].page
    texts = [p.start for p in passages if p.page.pk == head.pk and p.block.role in ("body", "caption")]
    article.newspaper, article.issue, article.page = head.newspaper, head.issue, head
    # Where its text begins, so that a headline detached from its body does not take the article along.
    article.position = min(texts) if texts else passages[0].start
    article.reviewed = all(p.page.state == Page.State.REVIEWED for p in passages)
    timed = article.lives and article.pk is not None
    article.sort_key = article.key_on(head.issue.date) if head.issue and timed else None


def _write_text(article: Article, passages: Sequence[Passage]) -> None:
    assembled = assemble_passages(for_readers(passages))
    article.column_label, article.kicker = assembled.column, assembled.kicker
    article.headline, article.subheadline = assembled.headline, assembled.subheadline
    article.byline, article.body = assembled.byline, assembled.body
    article.length = sum(map(len, article.body.split()))


def weigh_pages(page_ids: Collection[int]) -> None:
    """Write how much each page wants an editor."""
    Page.objects.filter(pk__in=page_ids).update(doubt_weight=doubt_weight())


def doubt_weight() -> CombinedExpression:
    """How much a page wants an editor, by which the queue is ordered: its open doubts times its length."""
    open_doubts = Doubt.objects.filter(page=OuterRef("pk"), state=Doubt.State.OPEN).order_by().values("page")
    count = Coalesce(Subquery(open_doubts.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
    return count * Length("source_text")


def read_anew(articles: Collection[Article], passages: Passages | None = None) -> None:
    """Write credits, column, category and keywords of articles from their text, but for what an editor has fixed.

    `passages` are theirs, where they have been read already.
    """
    passages = read_passages(articles) if passages is None else passages
    categories = find_categories()
    known = {pk: knowledge_in_use(pk) for pk in {article.newspaper_id for article in articles}}
    for article in articles:
        mine, knowledge = passages.get(article.pk, []), known[article.newspaper_id]
        if not mine:
            continue
        if "column" not in article.fixed:
            article.column = find_column(article.newspaper_id, article.column_label)
        if "category" not in article.fixed:
            article.category = categories.get(
                classify(
                    article.title,
                    article.body,
                    knowledge.categories,
                    column=article.column_label,
                    kind=article.kind,
                )
            )
        if "keywords" not in article.fixed:
            article.keywords = list(extract_keywords(article.title, article.body))
        if "credits" not in article.fixed:
            with knowing(knowledge.people):
                credits = [
                    (credit.name, credit.role, credit.unit, p.block.pk)
                    for p in for_readers(mine)
                    if p.block.role == Block.Role.BYLINE
                    for credit in parse_credits(p.text)
                ]
            write_credits(article, credits)
    Article.objects.bulk_update(articles, READ_FIELDS, batch_size=200)


def find_categories() -> dict[str, Category]:
    """Categories by every name that they have or had."""
    return {category.name: category.survivor for category in Category.objects.select_related("merged_into")}


def find_column(newspaper_id: int, label: str) -> Column | None:
    """The newspaper's column of that label, made when new; None for no label or one too long to be one."""
    return find_columns(newspaper_id, [label]).get(label)


def find_columns(newspaper_id: int, labels: Iterable[str]) -> dict[str, Column]:
    """The newspaper's columns of these labels, those that are new made in their order."""
    called = {label: masking.hide_numbers(label) for label in labels if label and len(label) <= COLUMN_LIMIT}
    wanted = list(dict.fromkeys(called.values()))
    known = _columns_called(newspaper_id, wanted)
    if new := [Column(newspaper_id=newspaper_id, name=label) for label in wanted if label not in known]:
        Column.objects.bulk_create(new, ignore_conflicts=True)
        known |= _columns_called(newspaper_id, [column.name for column in new])
    return {label: known[name] for label, name in called.items() if name in known}


def _columns_called(newspaper_id: int, labels: Collection[str]) -> dict[str, Column]:
    named = Column.objects.filter(newspaper=newspaper_id, name__in=labels).select_related("merged_into")
    return {column.name: column.survivor for column in named}


def find_people(names: Collection[str]) -> dict[str, Person]:
    """People by printed name, made when new; of namesakes the first known, until an editor says otherwise."""
    known = _people_called(names)
    # In one order, so that two who make the same people do not wait for each other.
    if new := sorted(set(names) - known.keys()):
        Person.objects.bulk_create([Person(name=name) for name in new], ignore_conflicts=True)
        known |= _people_called(new)
    return known


def _people_called(names: Collection[str]) -> dict[str, Person]:
    people = Person.objects.filter(name__in=set(names)).select_related("merged_into")
    # Whoever bears the name now comes before whoever was once called so.
    newest_first = people.order_by(F("merged_into").asc(nulls_first=True), "pk").reverse()
    return {person.name: person.survivor for person in newest_first}


def write_credits(article: Article, credits: Sequence[tuple[str, str, str, int | None]]) -> None:
    """Make `credits` (name, role, unit, block id) the article's, keeping whom an editor linked a name to."""
    wanted = [(name[:NAME_LIMIT], role, unit[:UNIT_LIMIT], block) for name, role, unit, block in credits]
    current = list(article.credits.order_by("position"))
    if [(c.name, c.role, c.unit, c.block_id) for c in current] == wanted:
        return
    linked = {c.name: c.person_id for c in current}
    people = find_people([name for name, *_ in wanted if name not in linked])
    article.credits.all().delete()
    Credit.objects.bulk_create(
        Credit(
            article=article,
            position=i,
            name=name,
            role=role,
            unit=unit,
            block_id=block,
            person_id=linked[name] if name in linked else people[name].pk,
        )
        for i, (name, role, unit, block) in enumerate(wanted)
    )
