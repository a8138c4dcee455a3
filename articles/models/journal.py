"""The journal of editorial acts, and of what was shown to whom, append-only."""

from django.conf import settings
from django.db import models


class Correction(models.Model):
    """One editorial act: who, when, what, and the rows it changed as they were before and after.

    `before` and `after` hold {"table": {"id": {field: value}}} of changed rows only; a row that was made has no
    image before, one that was removed none after. Derived fields are not in it: they are written anew on undo.
    An act on many articles leaves several entries of one `batch`, undone together.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="编辑", null=True, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)
    action = models.CharField("动作", max_length=30)
    arguments = models.JSONField("参数", default=dict)
    before = models.JSONField("改前", default=dict)
    after = models.JSONField("改后", default=dict)
    pages = models.ManyToManyField("articles.Page", verbose_name="版面", related_name="corrections")
    batch = models.UUIDField("批次", null=True, blank=True, db_index=True, editable=False)
    undoes = models.OneToOneField(
        "self", models.PROTECT, verbose_name="撤销了", related_name="undone_by", null=True, blank=True
    )

    class Meta:
        verbose_name = verbose_name_plural = "改动记录"
        ordering = ["-id"]

    def __str__(self):
        return f"改动 {self.pk}"


class Reveal(models.Model):
    """Somebody had an article shown as printed, with what readers do not get."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="查看人", related_name="+")
    at = models.DateTimeField("时间", auto_now_add=True)
    article = models.ForeignKey("articles.Article", models.PROTECT, verbose_name="文章", related_name="reveals")

    class Meta:
        verbose_name = verbose_name_plural = "显示原文记录"
        ordering = ["-id"]
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.user}查看文章{self.article_id}的原文"
