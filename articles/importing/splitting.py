"""A page's split -> its blocks, articles, credits and doubts; a new split of a page hands ids on.

Ids never change meaning: each new article takes the id of the old one that it shares most text with. An old article
that gave its text to others leads to the one that has most of it; one whose text is nowhere is gone (410).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from ..assembly import (
    Passage,
    fill_article,
    find_categories,
    find_columns,
    find_people,
    has_masked,
    lay_out,
    reading_key,
    save_filled,
    write_articles,
)
from ..bulk import give_ids, insert_rows, make_row
from ..corrections.passages import STEP
from ..extraction import Knowledge, PageSplit
from ..models import Article, Block, Category, Column, Credit, Doubt, Page, Person
from ..privacy.masking import hide_numbers
from ..search import write_documents
from ..search.documents import add_documents
from .doubting import CODES
from .likeness import count_shared
from .parting import part_from_other_pages
from .proposing import Proposals

NAME_LIMIT, UNIT_LIMIT = (getattr(Credit._meta.get_field(name), "max_length", 0) for name in ("name", "unit"))


@dataclass(frozen=True, slots=True)
class Names:
    """The rows that splits refer to by name."""

    categories: Mapping[str, Category]
    columns: Mapping[str, Column]
    people: Mapping[str, Person]


@dataclass(slots=True)
class Content:
    """The rows of what a page consists of; articles and blocks have ids before they are saved."""

    page: Page
    split: PageSplit
    articles: list[Article]
    blocks: list[Block] = field(default_factory=list)
    credits: dict[int, list[Credit]] = field(default_factory=dict)  # by article


def write_split(page: Page, split: PageSplit, knowledge: Knowledge | None = None) -> None:
    """Make `split` what the page consists of, in place of what it consisted of before. `knowledge`: as for parting."""
    replace_split(page, split, *articles_with_texts(page, knowledge))


def replace_split(page: Page, split: PageSplit, old: dict[int, Article], old_texts: dict[int, str]) -> None:
    """As write_split, with the old articles and their texts as they were before the page's text was replaced."""
    page.blocks.all().delete()
    page.doubts.exclude(origin=Doubt.Origin.READER).exclude(code__in=CODES).delete()
    Credit.objects.filter(article__in=old).delete()
    fill_page(page, split, old, old_texts)


def fill_page(page: Page, split: PageSplit, old: Mapping[int, Article], old_texts: Mapping[int, str]) -> None:
    """Write a page's blocks, articles, credits and doubts in place of `old` articles."""
    text = page.source_text
    texts = ["".join(text[split.blocks[i].start : split.blocks[i].end] for i in a.blocks) for a in split.articles]
    ids = {new: pk for pk, new in hand_on(old_texts, texts).items()}
    names = find_names(page.newspaper_id, [split])
    content = Content(
        page, split, _articles_of(page, split, names, [old.get(ids.get(i, 0)) for i in range(len(texts))])
    )
    kept = [article for article in content.articles if article.pk is not None]
    _write([content], names)
    _save_kept(kept)
    _retire(old, old_texts, content.articles, texts)
    write_documents(articles=content.articles, pages=[page])


def add_contents(splits: Sequence[tuple[Page, PageSplit]]) -> None:
    """Write what new pages of one newspaper consist of, and its search documents: a few statements for all."""
    names = find_names(splits[0][0].newspaper_id, [split for _, split in splits])
    contents = [Content(page, split, _articles_of(page, split, names)) for page, split in splits]
    _write(contents, names)
    add_documents(
        [(article, content.credits[article.pk]) for content in contents for article in content.articles],
        [(content.page, content.blocks) for content in contents],
    )


def find_names(newspaper_id: int, splits: Iterable[PageSplit]) -> Names:
    articles = [article for split in splits for article in split.articles]
    return Names(
        find_categories(),
        find_columns(newspaper_id, [article.column or "" for article in articles]),
        find_people([credit.name[:NAME_LIMIT] for article in articles for credit in article.credits]),
    )


def _write(contents: Sequence[Content], names: Names) -> None:
    """Save blocks, credits, doubts and the articles that are new."""
    made = [article for content in contents for article in content.articles if article.pk is None]
    give_ids(made)
    for content in contents:
        content.blocks = _blocks_of(content.page, content.split, content.articles)
    give_ids([block for content in contents for block in content.blocks])
    for content in contents:
        _fill(content)
        content.credits = _credits_of(content, names)
    _mark_masked([content.page for content in contents])
    insert_rows(made)
    insert_rows([block for content in contents for block in content.blocks])
    insert_rows([credit for content in contents for credit in chain(*content.credits.values())])
    insert_rows([doubt for content in contents for doubt in _doubts_of(content)])


def hand_on(old: Mapping[int, str], new: Sequence[str]) -> dict[int, int]:
    """Old id -> index of the new article that takes it, the pairs that share most text first."""
    shared = count_shared(old, new)
    heirs: dict[int, int] = {}
    taken: set[int] = set()
    for (pk, index), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if pk not in heirs and index not in taken:
            heirs[pk] = index
            taken.add(index)
    return heirs


def _articles_of(page: Page, split: PageSplit, names: Names, old: Sequence[Article | None] = ()) -> list[Article]:
    """The split's articles, in order, with what extraction says of them; not saved. `old`: whose ids they take."""
    articles: list[Article] = []
    for index, found in enumerate(split.articles):
        article = (old[index] if old else None) or Article()
        article.newspaper_id, article.kind = page.newspaper_id, found.kind
        article.category = names.categories.get(found.category or "")
        article.column = names.columns.get(found.column or "")
        article.keywords = list(found.keywords)
        article.continued_from = (found.continued_from or "")[:10]
        article.continued_on = (found.continued_on or "")[:10]
        article.confidence = min(1.0, max(0.0, found.confidence))
        article.merged_into, article.gone, article.parent = None, False, None
        articles.append(article)
    return articles


def _fill(content: Content) -> None:
    """Give the articles what their blocks and the split say."""
    passages: dict[int | None, list[Passage]] = {}
    laid = lay_out(content.page, content.blocks)
    content.page.has_masked = has_masked(laid)
    for passage in laid:
        passages.setdefault(passage.block.article_id, []).append(passage)
    for article, found in zip(content.articles, content.split.articles, strict=True):
        fill_article(article, sorted(passages.get(article.pk, ()), key=reading_key))
        if found.part_of is not None and content.articles[found.part_of] is not article:
            article.parent = content.articles[found.part_of]


def _mark_masked(pages: Sequence[Page]) -> None:
    """Write which of the pages have something that readers do not get."""
    masked = {page.pk for page in pages if page.has_masked}
    rows = Page.objects.filter(pk__in=[page.pk for page in pages])
    if masked:
        rows.filter(pk__in=masked).update(has_masked=True)
    if len(masked) < len(pages):
        rows.filter(has_masked=True).exclude(pk__in=masked).update(has_masked=False)


def _save_kept(articles: Sequence[Article]) -> None:
    """Save articles that have had their ids before."""
    fields = ["newspaper", "kind", "category", "column", "keywords", "continued_from", "continued_on"]
    fields += ["confidence", "merged_into", "gone", "parent"]
    Article.objects.bulk_update(articles, fields)
    save_filled(articles)


def _blocks_of(page: Page, split: PageSplit, articles: Sequence[Article]) -> list[Block]:
    places = {
        at: (articles[i].pk, STEP * (n + 1)) for i, a in enumerate(split.articles) for n, at in enumerate(a.blocks)
    }
    blocks = []
    for i, found in enumerate(split.blocks):
        article, position = places.get(i, (None, None))
        duplicate = found.duplicate_of if article is None else None
        reason = "" if article or duplicate else found.reason or Block.Reason.FRAGMENT
        joins = found.joins and article is not None
        start = found.start if i else 0
        repeats = duplicate or (None, None)
        blocks.append(make_row(Block, None, page.pk, start, found.role, article, position, joins, *repeats, reason))
    if not blocks:
        blocks.append(Block(page_id=page.pk, start=0, role=Block.Role.BODY, reason=Block.Reason.EMPTY))
    return blocks


def _credits_of(content: Content, names: Names) -> dict[int, list[Credit]]:
    credits: dict[int, list[Credit]] = {}
    for article, found in zip(content.articles, content.split.articles, strict=True):
        credits[article.pk] = []
        for position, credit in enumerate(found.credits):
            person = names.people[credit.name[:NAME_LIMIT]]
            said = credit.name[:NAME_LIMIT], credit.role, hide_numbers(credit.unit[:UNIT_LIMIT])
            block = content.blocks[credit.block].pk if credit.block is not None else None
            credits[article.pk].append(make_row(Credit, None, article.pk, position, *said, block, person.pk))
            credits[article.pk][-1].person = person
    return credits


def _retire(
    old: Mapping[int, Article], old_texts: Mapping[int, str], articles: Sequence[Article], texts: Sequence[str]
) -> None:
    """Let old articles whose ids no new one took lead to the one that has most of their text, or be gone."""
    retired = {pk: article for pk, article in old.items() if pk not in {a.pk for a in articles}}
    if not retired:
        return
    shared = count_shared({pk: old_texts[pk] for pk in retired}, texts)
    for pk, article in retired.items():
        shares = {index: n for (one, index), n in shared.items() if one == pk}
        heir = articles[max(shares, key=lambda i: (shares[i], -i))] if shares else None
        article.merged_into, article.gone = heir, heir is None
        # It is no part that a jump joined, and names no page any more.
        article.continued_from = article.continued_on = ""
        # What a reader reported of it is the heir's now, and what was merged into it leads on.
        Doubt.objects.filter(article=article).update(article=heir)
        Article.objects.filter(merged_into=article).update(merged_into=heir, gone=heir is None)
    Article.objects.bulk_update(retired.values(), ["merged_into", "gone", "continued_from", "continued_on"])
    write_articles(list(retired.values()))


def _doubts_of(content: Content) -> list[Doubt]:
    proposals = Proposals(content.split, content.articles, content.blocks)
    return [
        Doubt(
            page=content.page,
            article=content.articles[doubt.article] if doubt.article is not None else None,
            start=doubt.span[0],
            end=max(doubt.span),
            code=doubt.code[:40],
            text=doubt.text[:500],
            proposal=proposals.on(doubt),
        )
        for doubt in content.split.doubts
    ]


def articles_with_texts(page: Page, knowledge: Knowledge | None = None) -> tuple[dict[int, Article], dict[int, str]]:
    """The page's articles and the source text of each, to hand their ids on. `knowledge`: as for parting."""
    part_from_other_pages(page, knowledge)
    texts: dict[int, str] = {}
    for passage in lay_out(page, page.blocks.all()):
        if passage.block.article_id:
            texts[passage.block.article_id] = texts.get(passage.block.article_id, "") + passage.source
    return Article.objects.in_bulk(texts), texts
