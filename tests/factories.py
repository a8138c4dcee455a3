"""Rows for tests: a newspaper, an issue, pages with blocks, articles. What a test does not name is made up."""

import datetime
import hashlib
from itertools import count

from articles.models import Article, Block, Issue, Newspaper, Page

_numbers = count(1)


def make_newspaper(name="", **fields):
    number = next(_numbers)
    return Newspaper.objects.create(name=name or f"试报{number}", **{"slug": f"paper-{number}", **fields})


def make_issue(newspaper=None, date=datetime.date(2024, 5, 6), **fields):
    """The newspaper's issue of a day (a date, or "2024-05-06"); the same row when it exists."""
    date = datetime.date.fromisoformat(date) if isinstance(date, str) else date
    newspaper = newspaper or make_newspaper()
    return Issue.objects.get_or_create(
        newspaper=newspaper, date=date, edition=fields.pop("edition", 1), defaults=fields
    )[0]


def make_page(text="试版的文字。", blocks=(), *, issue=None, **fields):
    """A page of an issue, or of no day with `issue=None` and `newspaper=…`.

    `blocks` are fields of its blocks; one without a `start` begins where the one before it, of length `length`, ends.
    A block in no article and without a reason is a fragment.
    """
    newspaper = issue.newspaper if issue else fields.pop("newspaper", None) or make_newspaper()
    fields.setdefault("has_masked", False)
    digest = hashlib.sha256(text.encode()).hexdigest()
    page = Page.objects.create(newspaper=newspaper, issue=issue, source_text=text, text_sha256=digest, **fields)
    start = 0
    for block in blocks:
        block = dict(block)
        start = block.setdefault("start", start)
        start += block.pop("length", 0)
        make_block(page, **block)
    return page


def make_block(page, start, article=None, **fields):
    if article is not None:
        fields.setdefault("position", article.blocks.count())
    elif "duplicate_start" not in fields:
        fields.setdefault("reason", Block.Reason.FRAGMENT)
    return Block.objects.create(page=page, start=start, article=article, **fields)


def make_article(headline="", body="", *, issue=None, dated=True, **fields):
    """An article of an issue, with its sort key; `dated=False` makes one that waits for its day."""
    if issue is None and dated:
        issue = make_issue(fields.pop("newspaper", None))
    newspaper = issue.newspaper if issue else fields.pop("newspaper", None) or make_newspaper()
    if fields.get("state") == Article.State.WITHDRAWN:
        fields.setdefault("withdrawn_reason", "更正")
        fields.setdefault("withdrawn_at", datetime.datetime(2024, 6, 1, tzinfo=datetime.UTC))
    fields.setdefault("length", len(body))
    article = Article.objects.create(newspaper=newspaper, issue=issue, headline=headline, body=body, **fields)
    if issue:
        article.sort_key = article.key_on(issue.date)
        article.save(update_fields=["sort_key"])
    return article
