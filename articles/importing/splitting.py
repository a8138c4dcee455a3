"""A page's split -> its blocks, articles, credits and doubts; a new split of a page hands ids on.

Ids never change meaning: each new article takes the id of the old one that it shares most text with. An old article
that gave its text to others leads to the one that has most of it; one whose text is nowhere is gone (410).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import F

from ..assembly import (
    Passage,
    fill_article,
    find_categories,
    find_columns,
    find_people,
    lay_out,
    reading_key,
    save_filled,
    write_articles,
)
from ..corrections.passages import STEP
from ..extraction import Knowledge, PageSplit
from ..models import Article, Block, Credit, Doubt, Page
from ..search import write_documents
from .doubting import CODES
from .likeness import count_shared
from .parting import part_from_other_pages
from .proposing import Proposals

NAME_LIMIT, UNIT_LIMIT = (getattr(Credit._meta.get_field(name), "max_length", 0) for name in ("name", "unit"))


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
    """Write a page's blocks, articles, credits and doubts; of a new page there are no `old` articles."""
    text = page.source_text
    texts = ["".join(text[split.blocks[i].start : split.blocks[i].end] for i in a.blocks) for a in split.articles]
    heirs = hand_on(old_texts, texts)
    articles = _articles_of(page, split, old, {new: pk for pk, new in heirs.items()})
    blocks = _blocks_of(page, split, articles)
    _fill(page, articles, blocks)
    _save_articles(page, articles)
    Block.objects.bulk_create(blocks)
    _write_credits(split, articles, blocks)
    _write_parents(split, articles)
    _retire(old, old_texts, articles, texts)
    _write_doubts(page, split, articles, blocks)
    write_documents(articles=articles, pages=[page])


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


def _articles_of(page: Page, split: PageSplit, old: Mapping[int, Article], ids: dict[int, int]) -> list[Article]:
    """The split's articles, in order, with what extraction says of them; not saved."""
    categories = find_categories()
    columns = find_columns(page.newspaper_id, [found.column or "" for found in split.articles])
    articles: list[Article] = []
    for index, found in enumerate(split.articles):
        article = old[ids[index]] if index in ids else Article()
        article.newspaper_id, article.kind = page.newspaper_id, found.kind
        article.category = categories.get(found.category or "")
        article.column = columns.get(found.column or "")
        article.keywords = list(found.keywords)
        article.continued_from = (found.continued_from or "")[:10]
        article.continued_on = (found.continued_on or "")[:10]
        article.confidence = min(1.0, max(0.0, found.confidence))
        article.merged_into, article.gone, article.parent = None, False, None
        articles.append(article)
    return articles


def _fill(page: Page, articles: Sequence[Article], blocks: Sequence[Block]) -> None:
    """Give the articles what their blocks say."""
    passages: dict[int, list[Passage]] = {}
    for passage in lay_out(page, blocks):
        passages.setdefault(id(passage.block.article), []).append(passage)
    for article in articles:
        fill_article(article, sorted(passages.get(id(article), ()), key=reading_key))


def _save_articles(page: Page, articles: Sequence[Article]) -> None:
    """Save those that are new all at once, and the others as they are now."""
    kept, made = [a for a in articles if a.pk is not None], [a for a in articles if a.pk is None]
    fields = ["newspaper", "kind", "category", "column", "keywords", "continued_from", "continued_on"]
    fields += ["confidence", "merged_into", "gone", "parent"]
    Article.objects.bulk_update(kept, fields)
    save_filled(kept)
    Article.objects.bulk_create(made)
    if page.issue is not None:
        # An article's key in time ends in its id, which it has only now.
        zero = Article(pk=0).key_on(page.issue.date)
        Article.objects.filter(pk__in=[a.pk for a in made if a.page is not None]).update(sort_key=zero - F("pk"))


def _blocks_of(page: Page, split: PageSplit, articles: Sequence[Article]) -> list[Block]:
    places = {at: (articles[i], STEP * (n + 1)) for i, a in enumerate(split.articles) for n, at in enumerate(a.blocks)}
    blocks = []
    for i, found in enumerate(split.blocks):
        article, position = places.get(i, (None, None))
        duplicate = found.duplicate_of if article is None else None
        blocks.append(
            Block(
                page=page,
                start=found.start if i else 0,
                role=found.role,
                article=article,
                position=position,
                joins=found.joins and article is not None,
                duplicate_start=duplicate[0] if duplicate else None,
                duplicate_end=duplicate[1] if duplicate else None,
                reason="" if article or duplicate else found.reason or Block.Reason.FRAGMENT,
            )
        )
    if not blocks:
        blocks.append(Block(page=page, start=0, role=Block.Role.BODY, reason=Block.Reason.EMPTY))
    return blocks


def _write_credits(split: PageSplit, articles: Sequence[Article], blocks: Sequence[Block]) -> None:
    people = find_people([c.name[:NAME_LIMIT] for a in split.articles for c in a.credits])
    Credit.objects.bulk_create(
        Credit(
            article=article,
            position=position,
            name=credit.name[:NAME_LIMIT],
            role=credit.role,
            unit=credit.unit[:UNIT_LIMIT],
            block=blocks[credit.block] if credit.block is not None else None,
            person=people[credit.name[:NAME_LIMIT]],
        )
        for article, found in zip(articles, split.articles, strict=True)
        for position, credit in enumerate(found.credits)
    )


def _write_parents(split: PageSplit, articles: Sequence[Article]) -> None:
    items = []
    for article, found in zip(articles, split.articles, strict=True):
        if found.part_of is not None and articles[found.part_of].pk != article.pk:
            article.parent = articles[found.part_of]
            items.append(article)
    Article.objects.bulk_update(items, ["parent"])


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


def _write_doubts(page: Page, split: PageSplit, articles: Sequence[Article], blocks: Sequence[Block]) -> None:
    proposals = Proposals(split, articles, blocks)
    Doubt.objects.bulk_create(
        Doubt(
            page=page,
            article=articles[doubt.article] if doubt.article is not None else None,
            start=doubt.span[0],
            end=max(doubt.span),
            code=doubt.code[:40],
            text=doubt.text[:500],
            proposal=proposals.on(doubt),
        )
        for doubt in split.doubts
    )


def articles_with_texts(page: Page, knowledge: Knowledge | None = None) -> tuple[dict[int, Article], dict[int, str]]:
    """The page's articles and the source text of each, to hand their ids on. `knowledge`: as for parting."""
    part_from_other_pages(page, knowledge)
    texts: dict[int, str] = {}
    for passage in lay_out(page, page.blocks.all()):
        if passage.block.article_id:
            texts[passage.block.article_id] = texts.get(passage.block.article_id, "") + passage.source
    return Article.objects.in_bulk(texts), texts
