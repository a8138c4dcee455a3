"""A page as it lies on an editor's desk: laid out from a few words, and read back as plain values."""

from articles.assembly import assemble_passages, for_readers, lay_out, read_passages
from articles.extraction import PageSplit
from articles.extraction.numbering import sort_key_of
from articles.extraction.page_file import hash_text
from articles.extraction.values import Article as FoundArticle
from articles.extraction.values import Block as FoundBlock
from articles.extraction.values import DateReading
from articles.importing.splitting import write_split
from articles.models import Article, Block, Page


def lay_page(issue, passages, **fields):
    """A page of `passages`: (article number or reason, role, text) each; a text with a + in front joins the last."""
    text, blocks, members = "", [], {}
    for where, role, words in passages:
        joins, words = words.startswith("+"), words.removeprefix("+")
        article = where if isinstance(where, int) else None
        if article is not None:
            members.setdefault(article, []).append(len(blocks))
        reason = None if article is not None else where
        blocks.append(FoundBlock(len(text), len(text) + len(words), role, article, joins, None, reason))
        text += words + "\n\n"
    articles = tuple(
        FoundArticle(
            blocks=tuple(at),
            paragraphs=(),
            column=None,
            kicker=None,
            headline=None,
            subheadline=None,
            kind=fields.get("kinds", {}).get(number, "news"),
            category="民生",
            credits=(),
            continued_from=None,
            continued_on=None,
            part_of=None,
            confidence=0.9,
            keywords=(),
        )
        for number, at in sorted(members.items())
    )
    fields.pop("kinds", None)
    doubts = tuple(fields.pop("doubts", ()))
    newspaper = fields.pop("newspaper", None) or issue.newspaper
    fields.setdefault("sort_key", sort_key_of(fields.get("number", "")))
    page = Page.objects.create(
        newspaper=newspaper, issue=issue, source_text=text, text_sha256=hash_text(text), **fields
    )
    write_split(page, PageSplit(tuple(blocks), articles, doubts, DateReading()))
    return page


def block_at(page, words):
    """The block of `page` whose source begins with `words`."""
    return next(p.block for p in lay_out(page, page.blocks.all()) if p.source.startswith(words))


def article_of(page, words):
    return Article.objects.get(blocks=block_at(page, words))


def read_page(page):
    """[(headline, [paragraph, ...]), ...] of the page's articles, in order."""
    articles = Article.objects.living().filter(blocks__page=page).distinct().order_by("position", "pk")
    return [(a.headline, a.body.split("\n") if a.body else []) for a in articles]


def check_whole(pages):
    """The promise: every character in exactly one place, and an article's text is that of its blocks, masked."""
    for page in pages:
        passages = lay_out(page, page.blocks.all())
        assert [p.start for p in passages] == [0, *[p.end for p in passages[:-1]]]
        assert passages[-1].end == len(page.source_text)
        for p in passages:
            places = [p.block.article_id is not None, p.block.duplicate_start is not None, bool(p.block.reason)]
            assert sum(places) == 1
    articles = list(Article.objects.all())
    for article in articles:
        passages = for_readers(read_passages([article]).get(article.pk, []))
        assembled = assemble_passages(passages)
        assert (article.headline, article.body) == (assembled.headline, assembled.body)
        text = "".join(p.text for p in passages if p.block.role in ("body", "subheading", "caption"))
        assert article.body.replace("\n", "") == text.replace("\n", "")
        assert bool(passages) == article.lives, "an article without passages leads elsewhere or is gone"
        positions = [p.block.position for p in passages]
        assert len(set(positions)) == len(positions)


PAGE_FIELDS = ("issue", "number", "name", "state", "state_reason", "newspaper", "checked_by", "signed_off_by", "masks")


def state_of(pages):
    """Everything that acts change, to compare before and after."""
    fields = [f.attname for f in Block._meta.concrete_fields]
    articles = Article.objects.filter(blocks__page__in=pages).distinct().order_by("pk")
    return {
        "blocks": list(Block.objects.filter(page__in=pages).order_by("page", "start").values_list(*fields)),
        "pages": list(Page.objects.filter(pk__in=[p.pk for p in pages]).order_by("pk").values_list(*PAGE_FIELDS)),
        "articles": list(
            articles.values(*[f.attname for f in Article._meta.concrete_fields if f.name != "changed_at"])
        ),
        "credits": list(
            articles.order_by("pk", "credits__position").values_list(
                "pk", "credits__position", "credits__name", "credits__role", "credits__unit", "credits__person"
            )
        ),
    }
