"""Articles and what readers find them by: categories, columns and people."""

from django.db import models
from django.urls import reverse
from django.utils.text import slugify

from ..querysets import ArticleQuerySet, NamedQuerySet
from .newspapers import Issue, Newspaper
from .pages import Page

SEEN_BY = ("reviewed", "state", "gone", "merged_into", "issue")  # what ArticleQuerySet.visible_to asks of an article
DAY = 10**10  # sort keys that one day has room for; article ids stay below it
YEAR = 10_000 * DAY  # 20240101 -> 20250101


def day_key(date):
    """The lowest sort key of a day: days in order, and their numbers readable."""
    return int(date.strftime("%Y%m%d")) * DAY


class Named(models.Model):
    """Something with a name in its address: /people/12-李明/. One merged into another leads to that one."""

    route = ""
    # No index of it: SQLite would take it to find those not merged, which nearly all are.
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="并入",
        related_name="merged",
        null=True,
        blank=True,
        editable=False,
        db_index=False,
    )

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse(self.route, args=[self.pk, slugify(self.name, allow_unicode=True) or "-"])

    @property
    def survivor(self):
        """What it is called now: itself, or what it was merged into, along the whole chain."""
        found, seen = self, {self.pk}
        while found.merged_into_id and found.merged_into_id not in seen:
            found = found.merged_into
            seen.add(found.pk)
        return found


class Category(Named):
    """What an article is about."""

    name = models.CharField("类别", max_length=20, unique=True)
    slug = models.SlugField("网址代号", max_length=40, unique=True)
    description = models.CharField("说明", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("次序", default=100)

    objects = NamedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "类别"
        ordering = ["order", "name"]

    def get_absolute_url(self):
        return reverse("category", args=[self.slug])


class Column(Named):
    """A recurring label of a newspaper (栏目)."""

    route = "column"
    newspaper = models.ForeignKey(Newspaper, models.PROTECT, verbose_name="报纸", related_name="columns")
    name = models.CharField("栏目", max_length=100)

    objects = NamedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "栏目"
        ordering = ["newspaper", "name"]
        constraints = [models.UniqueConstraint(fields=["newspaper", "name"], name="one_column_a_name")]


class Person(Named):
    """Somebody named in bylines. Namesakes are told apart by a note."""

    route = "person"
    name = models.CharField("姓名", max_length=60)
    note = models.CharField("说明", max_length=100, blank=True, help_text="同名者以此区分，如单位。")

    objects = NamedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "人物"
        ordering = ["name", "note"]
        constraints = [models.UniqueConstraint(fields=["name", "note"], name="one_person_a_name_and_note")]


class Article(models.Model):
    """An article: its blocks in order. Title fields, byline and body are written from them (articles.assembly)."""

    class Kind(models.TextChoices):
        NEWS = "news", "消息"
        FEATURE = "feature", "通讯特写"
        OPINION = "opinion", "评论"
        PHOTO = "photo", "图片"
        NOTICE = "notice", "公告启事"
        OBITUARY = "obituary", "讣告"
        CONTINUATION = "continuation", "转版续文"

    class State(models.TextChoices):
        PUBLIC = "public", "公开"
        WITHDRAWN = "withdrawn", "撤下"

    # Where it stands, written from its blocks.
    newspaper = models.ForeignKey(Newspaper, models.PROTECT, verbose_name="报纸", related_name="articles")
    issue = models.ForeignKey(Issue, models.PROTECT, verbose_name="期", related_name="articles", null=True, blank=True)
    page = models.ForeignKey(
        Page, models.SET_NULL, verbose_name="首见版面", related_name="head_articles", null=True, blank=True
    )
    position = models.PositiveIntegerField("版内次序", default=0)
    sort_key = models.BigIntegerField("时间次序", null=True, editable=False, unique=True)
    reviewed = models.BooleanField("已审", default=False, help_text="所在各版都已签发。")

    # What it says, written from its blocks.
    column_label = models.TextField("所印栏目", blank=True)
    kicker = models.TextField("引题", blank=True)
    headline = models.TextField("主题", blank=True)
    subheadline = models.TextField("副题", blank=True)
    byline = models.TextField("所印署名", blank=True)
    body = models.TextField("正文", blank=True)
    length = models.PositiveIntegerField("字数", default=0)

    # What the machine or an editor says of it.
    supplied_headline = models.CharField(
        "编者所拟标题", max_length=200, blank=True, help_text="报上没有标题时由编辑拟定，显示时加方括号。"
    )
    kind = models.CharField("体裁", max_length=12, choices=Kind, default=Kind.NEWS)
    category = models.ForeignKey(
        Category, models.PROTECT, verbose_name="类别", related_name="articles", null=True, blank=True
    )
    column = models.ForeignKey(
        Column, models.PROTECT, verbose_name="栏目", related_name="articles", null=True, blank=True
    )
    keywords = models.JSONField("关键词", default=list, blank=True)
    parent = models.ForeignKey(
        "self", models.SET_NULL, verbose_name="所属公告栏", related_name="items", null=True, blank=True
    )
    corrects = models.ForeignKey(
        "self", models.SET_NULL, verbose_name="所更正的文章", related_name="notices", null=True, blank=True
    )
    continued_from = models.CharField("上接", max_length=10, blank=True)
    continued_on = models.CharField("下转", max_length=10, blank=True)
    confidence = models.FloatField("把握", default=0)
    fixed = models.JSONField("编辑已定的项", default=list, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PUBLIC)
    withdrawn_reason = models.CharField("撤下原因", max_length=500, blank=True)
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, verbose_name="并入", related_name="merged", null=True, blank=True, db_index=False
    )
    gone = models.BooleanField("已不存在", default=False, help_text="重新拆分后没有了；旧地址回答410。")
    changed_at = models.DateTimeField("更新时间", auto_now=True)

    objects = ArticleQuerySet.as_manager()
    beginning = None  # of the body, where a queryset has read no more of it (for_links)

    class Meta:
        verbose_name = verbose_name_plural = "文章"
        ordering = ["-sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="public", withdrawn_reason="", withdrawn_at__isnull=True)
                | (models.Q(state="withdrawn", withdrawn_at__isnull=False) & ~models.Q(withdrawn_reason="")),
                name="article_withdrawn_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="article_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="article_not_its_own_item",
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__gte=0, confidence__lte=1), name="article_confidence_is_a_chance"
            ),
        ]
        indexes = [
            # With all that tells who may see an article: they are counted without being read.
            models.Index(fields=["newspaper", "-sort_key", *SEEN_BY], name="article_seen_by_newspaper"),
            models.Index(fields=["category", "-sort_key", "newspaper", *SEEN_BY], name="article_seen_by_category"),
            models.Index(fields=["column", "-sort_key", "newspaper", *SEEN_BY], name="article_seen_by_column"),
            models.Index(fields=["kind", "-sort_key"], name="article_by_kind"),
            models.Index(fields=["issue", "page", "position"], name="article_in_issue"),
            # Of the few that are merged: for "not merged" SQLite would else read all the others by this index.
            models.Index(fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="article_merged"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("article", args=[self.pk])

    @property
    def title(self):
        """What lists and links call it: the headline, else an editor's in brackets, else its first words."""
        if self.headline:
            return self.headline
        if self.supplied_headline:
            return f"[{self.supplied_headline}]"
        if self.kicker or self.subheadline:
            return self.kicker or self.subheadline
        body = self.body if self.beginning is None else self.beginning
        first = body[:24].split("\n", 1)[0]
        return (first + ("……" if len(body) > len(first) else "")) or "（无标题）"

    @property
    def lives(self):
        return self.merged_into_id is None and not self.gone

    def key_on(self, date):
        """Where the article stands in time: newest first is the highest, and of one day the first imported."""
        return day_key(date) + DAY - 1 - self.pk


class Credit(models.Model):
    """Somebody named in an article's byline, as printed, and who that is."""

    class Role(models.TextChoices):
        REPORTER = "reporter", "记者"
        TRAINEE = "trainee", "见习记者"
        CORRESPONDENT = "correspondent", "通讯员"
        PHOTOGRAPHER = "photographer", "摄影"
        AUTHOR = "author", "作者"

    article = models.ForeignKey(Article, models.CASCADE, verbose_name="文章", related_name="credits")
    position = models.PositiveSmallIntegerField("次序")
    name = models.CharField("所印姓名", max_length=60)
    role = models.CharField("身份", max_length=15, choices=Role, default=Role.REPORTER)
    unit = models.CharField("单位", max_length=100, blank=True)
    block = models.ForeignKey("articles.Block", models.SET_NULL, verbose_name="所在文字块", null=True, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="人物", related_name="credits", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "署名"
        ordering = ["article", "position"]
        constraints = [models.UniqueConstraint(fields=["article", "position"], name="one_credit_a_position")]
        indexes = [models.Index(fields=["person", "article"], name="credit_by_person")]

    def __str__(self):
        return f"{self.get_role_display()} {self.name}"
