"""Pages, the blocks that tile their text, and the doubts about them."""

import zlib

from django.conf import settings
from django.db import models
from django.urls import reverse

from ..extraction.values import UNPLACED_REASONS
from ..querysets import BlockQuerySet, PageQuerySet
from .newspapers import Issue, Newspaper

# Acts that the pages they are noted on need not be kept for: they stay right when a page is split anew.
BESIDE_THE_PAGE = ("rename_name", "merge_names", "assign_page", "assign_pages", "claim_page", "release_page")


class Original(models.Model):
    """The bytes of an imported file, kept once for each content, so that a wrong decoding can be redone."""

    sha256 = models.CharField("SHA-256", max_length=64, primary_key=True)
    size = models.PositiveIntegerField("字节数")
    packed = models.BinaryField("压缩的原文")

    class Meta:
        verbose_name = verbose_name_plural = "原始文件"

    def __str__(self):
        return self.sha256[:12]

    @property
    def data(self):
        return zlib.decompress(self.packed)


class SourceFields(models.Model):
    """What is known of a page's text and where it came from."""

    original = models.ForeignKey(Original, models.PROTECT, verbose_name="原始文件", related_name="+", null=True)
    source_path = models.CharField("来源文件", max_length=500, blank=True)
    encoding = models.CharField("编码", max_length=20, blank=True)
    source_text = models.TextField("原文")
    text_sha256 = models.CharField("原文摘要", max_length=64)

    class Meta:
        abstract = True


class Page(SourceFields):
    class State(models.TextChoices):
        PENDING = "pending", "待校"
        CHECKING = "checking", "待审"
        REVIEWED = "reviewed", "已审"
        UNFIXABLE = "unfixable", "无法处理"

    newspaper = models.ForeignKey(Newspaper, models.PROTECT, verbose_name="报纸", related_name="pages")
    issue = models.ForeignKey(Issue, models.PROTECT, verbose_name="期", related_name="pages", null=True, blank=True)
    number = models.CharField("版次", max_length=10, blank=True, help_text="如 2、A02；未知则空。")
    sort_key = models.PositiveIntegerField("版次顺序", default=10**6, editable=False)
    name = models.CharField("版名", max_length=50, blank=True)
    staff = models.JSONField("本版职员", default=list, blank=True, help_text="报上所印的责编、版式等。")
    date_evidence = models.CharField("日期依据", max_length=200, blank=True)
    facsimile = models.FileField("版面图", upload_to="facsimiles/", blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PENDING)
    state_reason = models.CharField("无法处理的原因", max_length=500, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="校对", null=True, blank=True, related_name="+"
    )
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="签发", null=True, blank=True, related_name="+"
    )
    signed_off_at = models.DateTimeField("签发时间", null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="分派给", null=True, blank=True, related_name="+"
    )
    doubt_weight = models.PositiveIntegerField(
        "待校轻重", default=0, editable=False, help_text="未决疑问数乘以版面字数。"
    )
    revision = models.PositiveIntegerField("原文版本", default=1)
    masks = models.JSONField(
        "遮盖与公开", null=True, blank=True, editable=False, help_text="编辑所定：起点、终点、遮盖或公开。"
    )
    # Null: nobody has looked yet, as after an upgrade (manage.py mask).
    has_masked = models.BooleanField("有遮盖的文字", null=True, editable=False)
    version = models.PositiveIntegerField("改动号", default=1)
    extractor = models.CharField("拆分程序版本", max_length=20, blank=True)
    imported_at = models.DateTimeField("导入时间", auto_now_add=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "版面"
        ordering = ["-issue__date", "issue", "sort_key", "number", "id"]
        permissions = [
            ("mend_page", "校改版面与文章"),
            ("upload_pages", "上传版面"),
            ("sign_off_page", "签发版面"),
            ("withdraw_article", "撤下和恢复文章"),
            ("act_on_many", "批量处理"),
            ("assign_page", "分派版面"),
            ("see_reports", "查看统计"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "number"],
                condition=models.Q(issue__isnull=False) & ~models.Q(number=""),
                name="one_page_a_number",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["pending", "checking", "reviewed", "unfixable"]), name="page_state"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="unfixable") | ~models.Q(state_reason=""), name="page_unfixable_says_why"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="reviewed") | models.Q(issue__isnull=False), name="page_reviewed_has_a_date"
            ),
        ]
        indexes = [
            models.Index(fields=["issue", "sort_key", "number", "id"], name="page_in_issue"),
            models.Index(fields=["newspaper", "issue", "state"], name="page_tallied"),
            models.Index(fields=["newspaper", "text_sha256"], name="page_by_text"),
            models.Index(fields=["newspaper", "source_path"], name="page_by_source"),
            models.Index(fields=["state", "-doubt_weight"], name="page_in_queue"),
        ]

    def __str__(self):
        when = self.issue.label if self.issue else "日期未定"
        return f"{self.newspaper} {when} {self.label}"

    def get_absolute_url(self):
        if self.issue_id is None:
            return None
        return reverse("page", args=[self.newspaper.slug, self.issue.label, self.address])

    @property
    def label(self):
        """第2版, A02版, or 版次未定."""
        if not self.number:
            return "版次未定"
        return f"第{self.number}版" if self.number.isdigit() else f"{self.number}版"

    @property
    def address(self):
        """The last part of the page's address: its number, or its id while the number is unknown."""
        return self.number or f"page-{self.pk}"

    @property
    def public_facsimile(self):
        """The picture of the page, if readers may see it: what is masked in the text can be read there."""
        return self.facsimile if self.has_masked is False or settings.SHOW_MASKED_FACSIMILES else None

    @property
    def date_inferred(self):
        """Is its day only what its text speaks of?"""
        return bool(self.date_evidence)

    @property
    def touched(self):
        """Has an editor done anything to its text or place that still stands?"""
        undone = set()
        acts = self.corrections.exclude(action__in=BESIDE_THE_PAGE).order_by("-pk")
        for entry, undoes in acts.values_list("pk", "undoes"):
            if entry in undone:
                continue
            if undoes is None:
                return True
            undone.add(undoes)
        return False


class PageRevision(SourceFields):
    """A text that a page had before a better one was imported, with the split it had."""

    page = models.ForeignKey(Page, models.CASCADE, verbose_name="版面", related_name="revisions")
    revision = models.PositiveIntegerField("原文版本")
    replaced_at = models.DateTimeField("替换时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "旧原文"
        ordering = ["page", "revision"]
        constraints = [models.UniqueConstraint(fields=["page", "revision"], name="one_text_a_revision")]

    def __str__(self):
        return f"{self.page} 原文{self.revision}"


class Block(models.Model):
    """A stretch of its page's text (ALTO's TextBlock).

    Only `start` is stored: a block ends where the next one begins, and the first reaches back to the page's
    beginning, so that neither a gap nor an overlap can be written.
    """

    class Role(models.TextChoices):
        COLUMN = "column", "栏目"
        KICKER = "kicker", "引题"
        HEADLINE = "headline", "主题"
        SUBHEADLINE = "subheadline", "副题"
        BYLINE = "byline", "署名"
        BODY = "body", "正文"
        SUBHEADING = "subheading", "小标题"
        CAPTION = "caption", "图片说明"
        FURNITURE = "furniture", "版面装饰"

    class Reason(models.TextChoices):
        FURNITURE = "furniture", "报头、页眉或装饰"
        BANNER = "banner", "通栏标语"
        LABEL = "label", "无主栏目"
        HEADLINE = "headline", "无主标题"
        FRAGMENT = "fragment", "残句"
        EMPTY = "empty", "空白"
        EDITOR = "editor", "编辑搁置"

    page = models.ForeignKey(Page, models.CASCADE, verbose_name="版面", related_name="blocks")
    start = models.PositiveIntegerField("起点")
    role = models.CharField("角色", max_length=12, choices=Role, default=Role.BODY)
    article = models.ForeignKey(
        "articles.Article", models.PROTECT, verbose_name="文章", related_name="blocks", null=True, blank=True
    )
    position = models.PositiveIntegerField("文中次序", null=True, blank=True)
    joins = models.BooleanField("接上段", default=False)
    duplicate_start = models.PositiveIntegerField("重复自", null=True, blank=True)
    duplicate_end = models.PositiveIntegerField("重复至", null=True, blank=True)
    reason = models.CharField("搁置原因", max_length=10, blank=True, choices=Reason)
    reason_note = models.CharField("搁置说明", max_length=200, blank=True)
    corrected_text = models.TextField("改正后的文字", null=True, blank=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文字块"
        ordering = ["page", "start"]
        constraints = [
            models.UniqueConstraint(fields=["page", "start"], name="one_block_a_start"),
            # Every passage is in exactly one place: in an article, or a repeat of another, or unplaced for a reason.
            models.CheckConstraint(
                condition=(
                    models.Q(article__isnull=False, position__isnull=False, duplicate_start__isnull=True, reason="")
                    | models.Q(article__isnull=True, position__isnull=True, duplicate_start__isnull=False, reason="")
                    | (
                        models.Q(article__isnull=True, position__isnull=True, duplicate_start__isnull=True)
                        & ~models.Q(reason="")
                    )
                ),
                name="block_is_in_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(duplicate_start__isnull=True, duplicate_end__isnull=True)
                | models.Q(duplicate_end__gt=models.F("duplicate_start")),
                name="block_duplicate_is_a_span",
            ),
        ]
        indexes = [models.Index(fields=["article", "position"], name="block_in_article")]

    def __str__(self):
        return f"{self.get_role_display()} @{self.start}"


# A reason that extraction can give must have its words here.
assert set(UNPLACED_REASONS) <= set(Block.Reason.values), "Block.Reason lacks a reason of extraction"


class Doubt(models.Model):
    """Something to look at: what the machine is unsure of, or what a reader reports."""

    class Origin(models.TextChoices):
        MACHINE = "machine", "程序"
        READER = "reader", "读者"
        RESPLIT = "resplit", "重新拆分"

    class State(models.TextChoices):
        OPEN = "open", "待定"
        ACCEPTED = "accepted", "已采纳"
        DISMISSED = "dismissed", "已忽略"

    page = models.ForeignKey(Page, models.CASCADE, verbose_name="版面", related_name="doubts")
    article = models.ForeignKey(
        "articles.Article", models.SET_NULL, verbose_name="文章", related_name="doubts", null=True, blank=True
    )
    start = models.PositiveIntegerField("起点", default=0)
    end = models.PositiveIntegerField("终点", default=0)
    code = models.CharField("种类", max_length=40)
    text = models.CharField("疑问", max_length=500)
    proposal = models.JSONField("建议", null=True, blank=True)
    origin = models.CharField("来自", max_length=10, choices=Origin, default=Origin.MACHINE)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField("提出时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "疑问"
        ordering = ["page", "start", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="doubt_is_a_span"),
            models.CheckConstraint(condition=models.Q(state__in=["open", "accepted", "dismissed"]), name="doubt_state"),
        ]
        indexes = [models.Index(fields=["state", "code"], name="doubt_by_state")]

    def __str__(self):
        return self.text
