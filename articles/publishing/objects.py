"""The things of the archive as JSON: a field is added by a line here, and is then described in the API too."""

from django.urls import reverse
from django.utils import timezone

from ..models import Article, Block, Credit, Issue, Page
from ..templatetags.reading import opening
from .shapes import ADDRESS, BOOLEAN, DATE, INTEGER, NUMBER, TEXT, TIME, Field, ListOf, Maybe, Shape, one_of
from .site import json_address


def addresses(of=lambda row: row.get_absolute_url()):
    """The fields that say where a thing is."""
    return (
        Field("url", ADDRESS, "网页地址", of),
        Field("json", ADDRESS, "同一内容的 JSON 地址", lambda row: json_address(of(row))),
    )


def facsimile_address(page):
    if not page.public_facsimile or page.issue is None:
        return None
    return reverse("facsimile", args=[page.newspaper.slug, page.issue.label, page.address])


def first_page(article):
    """With the issue that the article has at hand, so that a list asks for it once."""
    if article.issue is None or article.page is None:
        return None
    article.page.issue, article.page.newspaper = article.issue, article.newspaper
    return article.page


NEWSPAPER = Shape(
    "Newspaper",
    "报纸",
    (
        *addresses(),
        Field("slug", TEXT, "网址代号"),
        Field("name", TEXT, "报名"),
        Field("publisher", Maybe(TEXT), "主办单位"),
    ),
)
ISSUE = Shape(
    "Issue",
    "一期报纸",
    (
        *addresses(),
        Field("newspaper", NEWSPAPER, "报纸"),
        Field("date", DATE, "日期"),
        Field("date_known", one_of(Issue.DateKnown), "日期来源：指定、文件名、报头、推定"),
        Field("edition", INTEGER, "当日第几期，通常为1"),
        Field("number", Maybe(TEXT), "期号"),
    ),
)
STAFF = Shape(
    "Staff",
    "版上所印的职员",
    (Field("role", TEXT, "职务", lambda pair: pair[0]), Field("name", TEXT, "姓名", lambda pair: pair[1])),
)
PAGE = Shape(
    "Page",
    "版面",
    (
        *addresses(),
        Field("number", Maybe(TEXT), "版次，如 2、A02"),
        Field("label", TEXT, "版次的写法，如 第2版"),
        Field("name", Maybe(TEXT), "版名"),
        Field("state", one_of(Page.State), "状态：待校、待审、已审、无法处理"),
        Field("facsimile", Maybe(ADDRESS), "版面图的地址", facsimile_address),
        Field("staff", ListOf(STAFF), "责编、版式等"),
    ),
)
CATEGORY = Shape("Category", "类别", (*addresses(), Field("slug", TEXT, "网址代号"), Field("name", TEXT, "名称")))
COLUMN = Shape("Column", "栏目", (*addresses(), Field("id", INTEGER, "编号"), Field("name", TEXT, "名称")))
PERSON = Shape(
    "Person",
    "人物",
    (
        *addresses(),
        Field("id", INTEGER, "编号"),
        Field("name", TEXT, "姓名"),
        Field("note", Maybe(TEXT), "说明，用以区分同名者"),
    ),
)
COUNTED = Field("article_count", INTEGER, "文章篇数")
CATEGORY_COUNTED = CATEGORY.plus("CategoryCounted", "类别与篇数", Field("description", Maybe(TEXT), "说明"), COUNTED)
COLUMN_COUNTED = COLUMN.plus("ColumnCounted", "栏目与篇数", Field("newspaper", NEWSPAPER, "报纸"), COUNTED)
PERSON_COUNTED = PERSON.plus("PersonCounted", "人物与篇数", COUNTED)
CREDIT = Shape(
    "Credit",
    "署名",
    (
        Field("name", TEXT, "所印姓名"),
        Field("role", one_of(Credit.Role), "身份：记者、见习记者、通讯员、摄影、作者"),
        Field("unit", Maybe(TEXT), "单位"),
        Field("person", Maybe(PERSON), "人物"),
    ),
)
LINK = Shape(
    "ArticleLink",
    "文章的编号、标题和地址",
    (*addresses(), Field("id", INTEGER, "编号，永不改指"), Field("title", TEXT, "标题；编者所拟的在方括号内")),
)
ARTICLE = LINK.plus(
    "Article",
    "文章",
    Field("kicker", Maybe(TEXT), "引题"),
    Field("headline", Maybe(TEXT), "主题；报上没有则空"),
    Field("subheadline", Maybe(TEXT), "副题"),
    Field("supplied_headline", Maybe(TEXT), "编者所拟标题"),
    Field("newspaper", NEWSPAPER, "报纸"),
    Field("issue", Maybe(ISSUE), "期"),
    Field("page", Maybe(PAGE), "首见版面", first_page),
    Field("column_label", Maybe(TEXT), "所印栏目"),
    Field("column", Maybe(COLUMN), "栏目"),
    Field("category", Maybe(CATEGORY), "类别"),
    Field("kind", one_of(Article.Kind), "体裁：消息、通讯特写、评论、图片、公告启事、讣告、转版续文"),
    Field("credits", ListOf(CREDIT), "署名", lambda article: article.credits.all()),
    Field("byline", Maybe(TEXT), "所印署名原文"),
    Field("keywords", ListOf(TEXT), "关键词"),
    Field("opening", TEXT, "正文开头", lambda article: opening(article.body)),
    Field("length", INTEGER, "字数"),
    Field("reviewed", BOOLEAN, "已审；否则未经校对"),
    Field("changed_at", TIME, "更新时间", lambda article: timezone.localtime(article.changed_at)),
)
PIECE = Shape(
    "Piece",
    "一段中同在一版的文字",
    (Field("text", TEXT, "文字"), Field("page", TEXT, "所在版面", lambda piece: piece.page.label)),
)
PARAGRAPH = Shape(
    "Paragraph",
    "段落",
    (
        Field("role", TEXT, "body 正文、subheading 小标题、caption 图片说明"),
        Field("text", TEXT, "文字"),
        Field("pieces", ListOf(PIECE), "跨版的段落分几截，通常一截"),
    ),
)
ENTRY = Shape(
    "Entry",
    "版面上的一篇",
    (
        Field("article", ARTICLE, "文章"),
        Field("continued", BOOLEAN, "从别的版转来"),
        Field("items", ListOf(LINK), "公告栏中的各则", lambda entry: [item.article for item in entry.items]),
    ),
)
LISTING = Shape("Listing", "版面及其文章", (Field("page", PAGE, "版面"), Field("entries", ListOf(ENTRY), "各篇")))
UNPLACED = Shape(
    "Unplaced",
    "未归入文章的文字",
    (
        Field("role", TEXT, "角色", lambda passage: passage.block.role),
        Field("reason", Maybe(TEXT), "搁置原因", lambda passage: passage.block.reason),
        Field("text", TEXT, "文字"),
    ),
)
ZONE = Shape(
    "Zone",
    "一行文字在版面图上的位置，以图宽、图高为1",
    (
        Field("article", INTEGER, "文章的编号"),
        Field("role", one_of(Block.Role), "角色"),
        *(
            Field(name, NUMBER, words)
            for name, words in (("left", "左"), ("top", "上"), ("width", "宽"), ("height", "高"))
        ),
    ),
)
FRAGMENT = Shape("Fragment", "一截文字", (Field("text", TEXT, "文字"), Field("marked", BOOLEAN, "是所检索的词")))
HIT = Shape(
    "Hit",
    "检索所得：一篇文章，或一版中未归入文章的文字",
    (
        Field("article", Maybe(ARTICLE), "文章"),
        Field("page", Maybe(PAGE), "版面"),
        Field("title", ListOf(FRAGMENT), "标题"),
        Field("passages", ListOf(ListOf(FRAGMENT)), "含有所检索的词的各处"),
    ),
)
