"""An invented archive of any size: articles of some 700 characters out of jieba's dictionary, the same for a seed.

Words come by their frequency, so that some stand in most articles and most in a few; names and chains of places are
made up, and recur. Nothing in it was ever printed.
"""

import datetime
import random
from bisect import bisect
from itertools import accumulate, islice

LENGTH = 700  # characters of a body, on average
ARTICLES_A_PAGE, PAGES_AN_ISSUE = 10, 4
FIRST_DAY = datetime.date(1950, 1, 1)
BATCH = 2000  # articles written in one transaction
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹"
GIVEN = "明华强伟芳娜敏静丽军洋勇艳杰娟涛超秀霞平刚桂英玉兰春秋月云海山石林竹梅松柏青红白"
PLACES = "东西南北上下新古大小石柳桃梨杏槐桥渡湖溪河塘坪岭坡湾"
LATIN = ("COD", "PM2.5", "5G", "GDP", "LED", "A4", "B-12", "Wi-Fi")

CATEGORIES, COLUMNS = 11, 200
NAME = "substr(byline, 6)"  # behind 本报记者
PEOPLE = f"INSERT INTO articles_person (name, note) SELECT DISTINCT {NAME}, '' FROM articles_article WHERE byline <> ''"
CREDITS = (
    "INSERT INTO articles_credit (article_id, position, name, role, unit, person_id)"
    " SELECT a.id, 0, p.name, 'reporter', '', p.id FROM articles_article AS a"
    f" JOIN articles_person AS p ON p.name = {NAME}"
)
# A page's text is its name, of which each article has a character.
BLOCKS = (
    "INSERT INTO articles_block (page_id, article_id, start, role, position, joins, reason, reason_note)"
    " SELECT page_id, id, position, 'body', 0, (1 = 0), '', '' FROM articles_article WHERE page_id IS NOT NULL"
)


class Writer:
    """Invented sentences, names and places."""

    def __init__(self, seed):
        import jieba

        from articles.search.folding import is_han

        jieba.setLogLevel(100)
        jieba.initialize()
        self.chance = random.Random(seed)
        words = [(w, n) for w, n in jieba.dt.FREQ.items() if n > 20 and 2 <= len(w) <= 4 and all(map(is_han, w))]
        self.words = [word for word, _ in words]
        self.steps = list(accumulate(n for _, n in words))
        self.names = [self.make_name() for _ in range(20_000)]
        self.places = [self.make_place() for _ in range(3_000)]

    def make_name(self):
        return self.one(SURNAMES) + "".join(self.one(GIVEN) for _ in range(self.chance.choice((1, 2, 2))))

    def make_place(self):
        return "".join(self.one(PLACES) + self.one(PLACES) + level for level in "县镇村")

    def one(self, things):
        return things[int(self.chance.random() * len(things))]

    def word(self):
        return self.words[bisect(self.steps, self.chance.random() * self.steps[-1])]

    def sentence(self):
        parts = [self.word() for _ in range(self.chance.randint(4, 14))]
        kind = self.chance.random()
        if kind < 0.10:
            parts.insert(0, self.one(self.names) + "说，")
        elif kind < 0.16:
            parts.insert(0, self.one(self.places))
        elif kind < 0.24:
            parts.insert(2, f"{self.chance.randint(2, 9999)}")
        elif kind < 0.26:
            parts.insert(2, self.one(LATIN))
        parts.insert(self.chance.randint(2, len(parts)), self.one(("的", "了", "在", "，", "，", "、")))
        return "".join(parts) + "。"

    def body(self):
        length, sentences = self.chance.gauss(LENGTH, LENGTH / 4), []
        while sum(map(len, sentences)) < length:
            sentences.append(self.sentence())
        return "\n".join("".join(sentences[i : i + 4]) for i in range(0, len(sentences), 4))


def write_archive(articles, seed=1, progress=None):
    """A newspaper with so many articles, in an empty database; its search documents with them."""
    from django.db import transaction

    from articles.models import Newspaper

    newspaper = Newspaper.objects.create(name="试报", slug="trial")
    written, pages = 0, made_pages(newspaper)
    writer = Writer(seed)
    while written < articles:
        some = min(BATCH, articles - written)
        with transaction.atomic():
            write_batch(writer, newspaper, pages, some)
        written += some
        if progress:
            progress(written, articles)
    file_articles()
    return newspaper


def made_pages(newspaper):
    """Page after page, an issue a day."""
    from articles.models import Issue, Page

    day = FIRST_DAY
    while True:
        issue = Issue.objects.create(newspaper=newspaper, date=day)
        for number in range(1, PAGES_AN_ISSUE + 1):
            name = f"{day}-{number}"
            yield Page.objects.create(
                newspaper=newspaper,
                issue=issue,
                number=str(number),
                sort_key=number,
                source_text=name,
                text_sha256=name,
            )
        day += datetime.timedelta(days=1)


def write_batch(writer, newspaper, pages, count):
    from articles.models import Article
    from articles.search import write_documents

    articles = []
    for page in islice(pages, -(-count // ARTICLES_A_PAGE)):
        for position in range(min(ARTICLES_A_PAGE, count - len(articles))):
            body = writer.body()
            articles.append(
                Article(
                    newspaper=newspaper,
                    issue=page.issue,
                    page=page,
                    position=position,
                    headline=writer.sentence().strip("。")[:20],
                    byline=f"本报记者 {writer.one(writer.names)}",
                    body=body,
                    length=len(body),
                )
            )
    Article.objects.bulk_create(articles)
    for article in articles:
        article.sort_key = article.key_on(article.issue.date)
    Article.objects.bulk_update(articles, ["sort_key"], batch_size=500)
    write_documents(articles=articles)


def file_articles():
    """Give the articles categories, columns, credits and blocks, unless they have them; by plain SQL, for a million."""
    from django.db import connection, transaction

    from articles.models import Category, Column, Credit, Newspaper

    if Credit.objects.exists():
        return
    newspaper = Newspaper.objects.get(slug="trial")
    with transaction.atomic(), connection.cursor() as cursor:
        Category.objects.bulk_create(Category(name=f"类{n}", slug=f"topic-{n}") for n in range(CATEGORIES))
        Column.objects.bulk_create(Column(newspaper=newspaper, name=f"栏目{n}") for n in range(COLUMNS))
        first = {model: model.objects.order_by("pk").first().pk for model in (Category, Column)}
        cursor.execute(
            "UPDATE articles_article SET category_id = %s + id %% %s, column_id = %s + id %% %s",
            [first[Category], CATEGORIES, first[Column], COLUMNS],
        )
        for statement in (PEOPLE, CREDITS, BLOCKS):
            cursor.execute(statement)
