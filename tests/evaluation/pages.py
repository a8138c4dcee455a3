"""A small invented page with its truth, and splits of it that go wrong in one way each."""

from dataclasses import replace

from articles.evaluation.gold import read_gold
from articles.extraction import assemble
from articles.extraction.assemble import Part
from articles.extraction.values import Article, Block, Credit, DateReading, PageSplit, Paragraph

LINES = (
    "民声回音壁",  # 1
    "老街灯会今夜开幕",  # 2
    "——百盏花灯挂上檐角",  # 3
    "本报记者 林小满",  # 4
    "本报讯 城东老街的灯会今夜开幕,沿街的长",  # 5
    "廊挂满了花灯。",  # 6
    "守夜人说",  # 7
    "灯要到月底才撤。",  # 8
    "水库除险加固完工",  # 9
    "本报讯 白马水库昨日完工。",  # 10
    "放水闸换成了新的。",  # 11
    "放水闸换成了新的。",  # 12
    "共建美丽家园",  # 13
)
TEXT = "\n\n".join(LINES)


def article(headline, line, paragraphs, **fields):
    empty = {"column": None, "kicker": None, "subheadline": None, "authors": [], "photographers": [], "kind": "news"}
    lines = {"headline_lines": [line], "byline_lines": [], "subheading_lines": [], "continued_from": None}
    return {"headline": headline, "paragraphs": paragraphs, "categories": ["文化"], **empty, **lines, **fields}


def at(*numbers):
    """Lines count from 1, blank ones too."""
    return [2 * n - 1 for n in numbers]


def gold(**fields):
    lantern = article(
        "老街灯会今夜开幕",
        3,
        [at(5, 6), at(8)],
        column="民声回音壁",
        subheadline="百盏花灯挂上檐角",
        authors=["林小满"],
        byline_lines=at(4),
        subheading_lines=at(7),
    )
    water = article("水库除险加固完工", 17, [at(10), at(11)], authors=None)
    rest = {"duplicates": [{"line": at(12)[0]}], "neutral_lines": [], "date_between": ["2024-05-01", "2024-05-31"]}
    return {"made": "by hand", "articles": [lantern, water], **rest, **fields}


def truth(**fields):
    return read_gold(gold(**fields), TEXT)


# (article, role, joins) of each line as the truth has it; -1 a repeat, None set aside.
RIGHT = [
    (0, "column", False),
    (0, "headline", False),
    (0, "subheadline", False),
    (0, "byline", False),
    (0, "body", False),
    (0, "body", True),
    (0, "subheading", False),
    (0, "body", False),
    (1, "headline", False),
    (1, "body", False),
    (1, "body", False),
    (-1, "body", False),
    (None, "furniture", False),
]


def make_split(changes=None, order=None, **fields):
    """The right split, but for `changes` {line: (article, role, joins)}, `order` of blocks, and fields of articles."""
    parts = [(changes or {}).get(n, part) for n, part in enumerate(RIGHT, 1)]
    blocks, start = [], 0
    for line, (owner, role, joins) in zip(LINES, parts, strict=True):
        repeat = (0, 3) if owner == -1 else None
        number = owner if owner is not None and owner >= 0 else None
        reason = None if number is not None or repeat else "banner"
        blocks.append(Block(start, start + len(line), role, number, joins, repeat, reason))
        start += len(line) + 2
    numbers = sorted({b.article for b in blocks if b.article is not None})
    articles = [_article(blocks, n, (order or {}).get(n)) for n in numbers]
    articles = [replace(a, **fields.get(f"article_{n}", {})) for n, a in enumerate(articles)]
    date = fields.get("date", DateReading(None))
    return PageSplit(tuple(blocks), tuple(articles), (), date)


def _article(blocks, number, order):
    mine = order or [i for i, b in enumerate(blocks) if b.article == number]
    made = assemble([Part(blocks[i].role, LINES[i], blocks[i].joins) for i in mine])
    return Article(
        blocks=tuple(mine),
        paragraphs=tuple(Paragraph(p.role, tuple(mine[n] for n in p.parts), p.text) for p in made.paragraphs),
        column=made.column or None,
        kicker=None,
        headline=made.headline or None,
        subheadline=made.subheadline or None,
        kind="news",
        category="文化",
        credits=(Credit("林小满", "reporter"),) if number == 0 else (),
        continued_from=None,
        continued_on=None,
        part_of=None,
        confidence=0.9,
        keywords=(),
    )
