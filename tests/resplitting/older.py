"""Pages as an older extractor had split them: the split of this one, made worse in ways that older ones were."""

from dataclasses import replace

from articles.extraction import PageSplit, split_page
from articles.extraction.page_file import hash_text
from articles.extraction.values import Article, DateReading
from articles.importing.splitting import write_split
from articles.models import Page


class Older:
    """A split to be made worse: `blocks` and, of each article, the indexes of its blocks in reading order."""

    def __init__(self, text):
        self.text, self.now = text, split_page(text)
        self.blocks = list(self.now.blocks)
        self.articles = [list(article.blocks) for article in self.now.articles]
        self.kinds = [article.kind for article in self.now.articles]

    def at(self, words):
        """The index of the block that begins with `words`."""
        return next(i for i, b in enumerate(self.blocks) if self.text[b.start : b.end].startswith(words))

    def set(self, i, **fields):
        self.blocks[i] = replace(self.blocks[i], **fields)

    def run_together(self, one, two):
        """Two articles as one, in page order; the titles of the second are subheadings."""
        for i in self.articles[two]:
            role = "subheading" if self.blocks[i].role in ("headline", "kicker", "subheadline") else self.blocks[i].role
            self.set(i, article=one, role=role)
        self.articles[one] = [*self.articles[one], *self.articles[two]]
        self.articles[two] = []

    def cut_off(self, article, at):
        """What follows in an article from its `at`th block on as an article of its own."""
        tail = self.articles[article][at:]
        self.articles[article] = self.articles[article][:at]
        self.articles.append(tail)
        self.kinds.append("news")
        self.set(tail[0], joins=False)
        for i in tail:
            self.set(i, article=len(self.articles) - 1)

    def stray(self, i, article):
        """A block at the end of another article."""
        self.take(i)
        self.articles[article].append(i)
        self.set(i, article=article, joins=False, duplicate_of=None, reason=None)

    def take(self, i):
        for members in self.articles:
            if i in members:
                members.remove(i)

    def lose(self, i, reason="fragment"):
        self.take(i)
        self.set(i, article=None, joins=False, reason=reason)

    def split(self):
        kept = [n for n, members in enumerate(self.articles) if members]
        number = {n: k for k, n in enumerate(kept)}
        blocks = tuple(replace(b, article=None if b.article is None else number[b.article]) for b in self.blocks)
        articles = tuple(self._article(n) for n in kept)
        return PageSplit(blocks, articles, (), DateReading())

    def _article(self, n):
        empty = dict.fromkeys(("column", "kicker", "headline", "subheadline", "continued_from", "continued_on"))
        return Article(
            blocks=tuple(self.articles[n]),
            paragraphs=(),
            kind=self.kinds[n],
            category="民生",
            credits=(),
            part_of=None,
            confidence=0.5,
            keywords=(),
            **empty,
        )

    def store(self, issue, number="2", **fields):
        """The page in the archive, as the older extractor left it."""
        page = Page.objects.create(
            newspaper=issue.newspaper,
            issue=issue,
            number=number,
            source_text=self.text,
            text_sha256=hash_text(self.text),
            **fields,
        )
        self.put_on(page)
        return page

    def put_on(self, page):
        page.extractor = "1"
        page.save()
        write_split(page, self.split())


def worsen(older, chance):
    """One random fault; nothing where the chosen one is not possible."""
    placed = [i for i, b in enumerate(older.blocks) if b.article is not None]
    if not placed:
        return
    i = chance.choice(placed)
    n = older.blocks[i].article
    living = [k for k, members in enumerate(older.articles) if members]
    other = chance.choice(living)
    match chance.randrange(7):
        case 0 if other != n:
            older.run_together(min(n, other), max(n, other))
        case 1 if len(older.articles[n]) > 2:
            older.cut_off(n, chance.randrange(1, len(older.articles[n])))
        case 2 if other != n:
            older.stray(i, other)
        case 3:
            older.set(i, role=chance.choice(["body", "subheading", "headline", "byline", "caption"]))
        case 4 if older.blocks[i].joins:
            older.set(i, joins=False)
        case 5 if older.articles[n].index(i):
            older.set(i, joins=True)
        case 6 if len(older.articles[n]) > 1:
            older.lose(i)
