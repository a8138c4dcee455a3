"""Which public pages have a JSON twin, and what it says: written from the context that the page is rendered with."""

from dataclasses import dataclass

from django.utils import timezone

from ..models import Issue
from ..reading.zones import zones_of
from .objects import (
    ARTICLE,
    CATEGORY,
    CATEGORY_COUNTED,
    COLUMN,
    COLUMN_COUNTED,
    ENTRY,
    HIT,
    ISSUE,
    LINK,
    LISTING,
    NEWSPAPER,
    PAGE,
    PARAGRAPH,
    PERSON,
    PERSON_COUNTED,
    UNPLACED,
    ZONE,
)
from .shapes import ADDRESS, BOOLEAN, INTEGER, TEXT, TIME, Field, ListOf, Maybe, Shape
from .site import asked_for, json_address


@dataclass(frozen=True)
class PublicPage:
    """A page by the name of its address; `lists` if it has `?page=`, `filters` if articles can be chosen from."""

    words: str
    shape: Shape
    lists: bool = False
    filters: bool = False
    searches: bool = False
    asks: tuple[tuple[str, str], ...] = ()  # what else may be said after the `?`, in words


def in_context(*path):
    """What the context has under these names, one inside the other."""

    def get(context):
        for name in path:
            context = context.get(name) if isinstance(context, dict) else getattr(context, name)
        return context

    return get


def rows(context):
    page = context.get("page_obj")
    return page.object_list if page else []


def count(context):
    page = context.get("page_obj")
    return page.paginator.count if page else 0


def counted_to_end(context):
    page = context.get("page_obj")
    return not (page and page.paginator.goes_on)


def turn(has, number):
    def get(context):
        page = context.get("page_obj")
        if not page or not getattr(page, has)():
            return None
        return json_address(asked_for(context["request"], page=getattr(page, number)()))

    return get


def counts(name, words, word):
    """A list of pairs of something and how often it is."""
    return Shape(
        name,
        words,
        (Field("name", TEXT, word, lambda pair: str(pair[0])), Field("count", INTEGER, "数目", lambda pair: pair[1])),
    )


def answer(name, words, *fields):
    return Shape(name, words, (*PLACE, *fields))


def answer_list(name, words, *fields, of, called):
    return answer(name, words, *fields, *PAGING, Field(called, ListOf(of), "本页各项", rows))


PLACE = (
    Field("url", ADDRESS, "网页地址", lambda context: asked_for(context["request"])),
    Field("json", ADDRESS, "本地址", lambda context: json_address(asked_for(context["request"]))),
)
PAGING = (
    Field("total", INTEGER, "总数；没有数到头的，是已数到的数", count),
    Field("counted_to_end", BOOLEAN, "总数是否数到了头", counted_to_end),
    Field("previous", Maybe(ADDRESS), "上一页", turn("has_previous", "previous_page_number")),
    Field("next", Maybe(ADDRESS), "下一页", turn("has_next", "next_page_number")),
)
YEAR = counts("Year", "一年的期数", "年份")
ROLE = counts("RoleCount", "某种身份的篇数", "身份")
KEYWORD = counts("KeywordCount", "关键词的篇数", "关键词")
TALLY = Shape(
    "Tally",
    "一年的数目",
    (
        Field("year", Maybe(INTEGER), "年份；合计则空", lambda pair: pair[0]),
        Field("issues", INTEGER, "期", lambda pair: pair[1].issues),
        Field("pages", INTEGER, "版", lambda pair: pair[1].pages),
        Field("pages_reviewed", INTEGER, "已审的版", lambda pair: pair[1].pages_reviewed),
        Field("articles", INTEGER, "篇", lambda pair: pair[1].articles),
        Field("articles_reviewed", INTEGER, "已审的篇", lambda pair: pair[1].articles_reviewed),
    ),
)
LATEST = Shape(
    "Latest",
    "最新一期",
    (
        Field("issue", ISSUE, "期", lambda pair: pair[0]),
        Field("pages", ListOf(LISTING), "各版", lambda pair: pair[1]),
    ),
)


def issues_of_year(context):
    """Of the newspaper and year shown, to whom sees them."""
    if not context["year"]:
        return []
    issues = Issue.objects.visible_to(context["request"].user).select_related("newspaper")
    return issues.filter(newspaper=context["newspaper"], date__year=context["year"]).order_by("date", "edition")


def zones_in(context):
    """Of the articles that the page lists, items of notice blocks too."""
    entries = [inner for entry in context["listing"].entries for inner in (entry, *entry.items)]
    return zones_of(context["page"], [entry.article for entry in entries])


def pages_with_address(context):
    return context["pages"] if context["issue"] else []


FULL_ARTICLE = ARTICLE.plus(
    "FullArticle",
    "文章全文",
    Field("pages", ListOf(PAGE), "所在各版"),
    Field("paragraphs", ListOf(PARAGRAPH), "段落，按阅读次序"),
    Field("captions", ListOf(PARAGRAPH), "图片说明"),
    Field("continued_from", Maybe(TEXT), "上接何版（接不上的转版）"),
    Field("continued_on", Maybe(TEXT), "下转何版（接不上的转版）"),
    Field("parent", Maybe(LINK), "所属公告栏"),
    Field("items", ListOf(LINK), "公告栏中的各则"),
    Field("corrects", Maybe(LINK), "本文所更正的文章"),
    Field("corrected_by", ListOf(LINK), "更正本文的文章"),
    Field("previous", Maybe(LINK), "本期上一篇"),
    Field("next", Maybe(LINK), "本期下一篇"),
    Field("series", ListOf(LINK), "同一组的各篇，含本文，按所印次序"),
    Field("repeats", ListOf(LINK), "另处刊载的同文"),
    Field("related", ListOf(LINK), "相关文章"),
)


class ArticleInContext:
    """The article of a page's context with what stands around it there."""

    names = {"corrects": "corrected", "corrected_by": "notices"}
    relations = ("series", "repeats", "related")
    around = ("paragraphs", "captions", "parent", "items", "previous", "next")

    def __init__(self, context):
        self.context = context

    def __getattr__(self, name):
        if name == "pages":
            return pages_with_address(self.context)
        if name in self.relations:
            return [getattr(found, "article", found) for found in getattr(self.context["relations"], name)]
        if name in self.around or name in self.names:
            return self.context[self.names.get(name, name)]
        return getattr(self.context["article"], name)


PAGES = {
    "home": PublicPage(
        "首页：各报最新一期",
        answer(
            "Home",
            "首页",
            Field("newspapers", ListOf(NEWSPAPER), "全部报纸"),
            Field("latest", ListOf(LATEST), "各报最新一期"),
        ),
    ),
    "newspaper": PublicPage(
        "一种报纸：各年，最近一年的各期",
        newspaper := answer(
            "NewspaperAnswer",
            "报纸与一年的各期",
            Field("newspaper", NEWSPAPER, "报纸"),
            Field("years", ListOf(YEAR), "有报的年份"),
            Field("year", Maybe(INTEGER), "所列的年份"),
            Field("issues", ListOf(ISSUE), "该年各期", issues_of_year),
        ),
    ),
    "newspaper-year": PublicPage("一种报纸一年的各期", newspaper),
    "issue": PublicPage(
        "一期：各版及其文章",
        answer(
            "IssueAnswer",
            "一期报纸",
            Field("issue", ISSUE, "期"),
            Field("pages", ListOf(LISTING), "各版", in_context("listings")),
            Field("missing_pages", ListOf(TEXT), "缺的版次", in_context("lacking")),
            Field("previous", Maybe(ISSUE), "上一期", in_context("earlier")),
            Field("next", Maybe(ISSUE), "下一期", in_context("later")),
        ),
    ),
    "page": PublicPage(
        "一版：各篇，及未归入文章的文字",
        answer(
            "PageAnswer",
            "一版",
            Field("issue", ISSUE, "期"),
            Field("page", PAGE, "版面"),
            Field("entries", ListOf(ENTRY), "各篇", in_context("listing", "entries")),
            Field("unplaced", ListOf(UNPLACED), "未归入文章的文字"),
            Field("repeats", INTEGER, "与本版他处重复而不再列出的处数"),
            Field("zones", ListOf(ZONE), "各篇的每一行在版面图上的位置；来自 ALTO、hOCR，没有则空", zones_in),
            Field("previous", Maybe(PAGE), "上一版"),
            Field("next", Maybe(PAGE), "下一版"),
        ),
    ),
    "article": PublicPage(
        "一篇文章的全文",
        answer("ArticleAnswer", "一篇文章", Field("article", FULL_ARTICLE, "文章", ArticleInContext)),
    ),
    "article-list": PublicPage(
        "全部文章，从新到旧，可筛选",
        answer_list("ArticleList", "文章", of=ARTICLE, called="articles"),
        lists=True,
        filters=True,
    ),
    "category-list": PublicPage(
        "全部类别", answer("CategoryList", "类别", Field("categories", ListOf(CATEGORY_COUNTED), "各类"))
    ),
    "category": PublicPage(
        "一个类别的文章，从新到旧",
        answer_list("CategoryAnswer", "一个类别", Field("category", CATEGORY, "类别"), of=ARTICLE, called="articles"),
        lists=True,
        asks=(("year", "只看一年"),),
    ),
    "column-list": PublicPage(
        "全部栏目", answer_list("ColumnList", "栏目", of=COLUMN_COUNTED, called="columns"), lists=True
    ),
    "column": PublicPage(
        "一个栏目的文章，从新到旧",
        answer_list("ColumnAnswer", "一个栏目", Field("column", COLUMN, "栏目"), of=ARTICLE, called="articles"),
        lists=True,
        asks=(("year", "只看一年"),),
    ),
    "person-list": PublicPage(
        "全部人物",
        answer_list("PersonList", "人物", of=PERSON_COUNTED, called="people"),
        lists=True,
        asks=(("q", "姓名中有"), ("initial", "姓氏")),
    ),
    "person": PublicPage(
        "一个人的文章，从新到旧",
        answer_list(
            "PersonAnswer",
            "一个人物",
            Field("person", PERSON, "人物"),
            Field("roles", ListOf(ROLE), "各种身份的篇数"),
            Field("units", ListOf(TEXT), "所署的单位"),
            of=ARTICLE,
            called="articles",
        ),
        lists=True,
        asks=(("year", "只看一年"),),
    ),
    "keyword-list": PublicPage(
        "近来文章的关键词，多的在前",
        answer("KeywordList", "关键词", Field("words", ListOf(KEYWORD), "各词及其篇数")),
    ),
    "keyword": PublicPage(
        "有一个关键词的文章，从新到旧",
        answer_list(
            "KeywordAnswer",
            "一个关键词",
            Field("word", TEXT, "关键词"),
            Field("together", ListOf(KEYWORD), "常与它同现的关键词"),
            of=ARTICLE,
            called="articles",
        ),
        lists=True,
    ),
    "archive": PublicPage(
        "馆藏：各年有多少期、版、篇；?newspaper= 只看一种报纸",
        answer(
            "ArchiveAnswer",
            "馆藏",
            Field("newspaper", Maybe(NEWSPAPER), "所选的报纸", in_context("chosen")),
            Field("counted_at", TIME, "统计的时间", lambda c: timezone.localtime(c["tallies"].counted_at)),
            Field("total", TALLY, "合计", lambda c: (None, c["total"])),
            Field("years", ListOf(TALLY), "各年", in_context("rows")),
        ),
        asks=(("newspaper", "报纸的网址代号"),),
    ),
    "search": PublicPage(
        "检索",
        answer_list(
            "SearchAnswer",
            "检索所得",
            Field("query", TEXT, "检索词", lambda context: context["form"].data.get("q", "")),
            Field("order", TEXT, "次序：relevance 相关、newest 最新、oldest 最早"),
            Field("relaxed", BOOLEAN, "没有原样含有的，放宽了检索", in_context("relaxed")),
            Field("notes", ListOf(TEXT), "检索词中没有用上的", lambda c: c["query"].notes if c.get("query") else []),
            of=HIT,
            called="hits",
        ),
        lists=True,
        filters=True,
        searches=True,
    ),
}
