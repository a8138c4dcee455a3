"""What was imported, when and with what outcome."""

from django.conf import settings
from django.db import models


class ImportRun(models.Model):
    newspaper = models.ForeignKey(
        "articles.Newspaper", models.SET_NULL, verbose_name="报纸", null=True, related_name="import_runs"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="导入者", null=True, blank=True)
    started_at = models.DateTimeField("开始", auto_now_add=True)
    finished_at = models.DateTimeField("结束", null=True, blank=True)
    options = models.JSONField("选项", default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入"
        ordering = ["-started_at"]

    def __str__(self):
        return f"导入 {self.pk}"


class ImportOutcome(models.Model):
    """What became of one file."""

    class Result(models.TextChoices):
        CREATED = "created", "新建"
        REVISED = "revised", "换新原文"
        RESPLIT = "resplit", "重新拆分"
        UNCHANGED = "unchanged", "无变化"
        KEPT = "kept", "保留（编辑改过）"
        DUPLICATE = "duplicate", "重复"
        FAILED = "failed", "失败"

    run = models.ForeignKey(ImportRun, models.CASCADE, verbose_name="导入", related_name="outcomes")
    path = models.CharField("文件", max_length=500)
    result = models.CharField("结果", max_length=10, choices=Result)
    reason = models.CharField("说明", max_length=1000, blank=True)
    page = models.ForeignKey("articles.Page", models.SET_NULL, verbose_name="版面", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入结果"
        ordering = ["run", "id"]
        indexes = [models.Index(fields=["run", "result"], name="outcome_by_result")]

    def __str__(self):
        return f"{self.path} {self.get_result_display()}"
