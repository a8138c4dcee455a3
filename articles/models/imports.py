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
    taken_back_at = models.DateTimeField("收回时间", null=True, blank=True)
    options = models.JSONField("选项", default=dict, blank=True)
    learned = models.ForeignKey(
        "articles.Learned",
        models.SET_NULL,
        verbose_name="所用的学习",
        null=True,
        blank=True,
        related_name="import_runs",
    )

    class Meta:
        verbose_name = verbose_name_plural = "导入"
        ordering = ["-started_at"]

    def __str__(self):
        return f"{'重新拆分' if self.options.get('kind') == 'resplit' else '导入'} {self.pk}"


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


class Upload(models.Model):
    """Page files sent through the admin: looked at first, imported when an editor says so, by `manage.py work`."""

    class State(models.TextChoices):
        WAITING = "waiting", "等待预览"
        PREVIEWING = "previewing", "正在预览"
        PREVIEWED = "previewed", "待确认"
        QUEUED = "queued", "等待导入"
        IMPORTING = "importing", "正在导入"
        DONE = "done", "已导入"
        FAILED = "failed", "失败"
        DISCARDED = "discarded", "已放弃"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="上传者", null=True)
    newspaper = models.ForeignKey("articles.Newspaper", models.CASCADE, verbose_name="报纸", related_name="uploads")
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    encoding = models.CharField("编码", max_length=20, blank=True)
    done = models.PositiveIntegerField("已处理", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    error = models.CharField("出错", max_length=1000, blank=True)
    run = models.OneToOneField(ImportRun, models.SET_NULL, verbose_name="导入", null=True, blank=True)
    created_at = models.DateTimeField("上传时间", auto_now_add=True)
    heartbeat_at = models.DateTimeField("进程最近一次报到", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "上传"
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "created_at"], name="upload_by_state")]

    def __str__(self):
        return f"上传 {self.pk}"


class UploadFile(models.Model):
    """A page file of an upload: what would become of it, and what an editor says of its day, number and name."""

    upload = models.ForeignKey(Upload, models.CASCADE, verbose_name="上传", related_name="files")
    name = models.CharField("文件", max_length=500)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveIntegerField("字节数", default=0)
    picture_sha256 = models.CharField("版面图", max_length=64, blank=True)
    chosen = models.BooleanField("导入", default=True)
    result = models.CharField("将会", max_length=10, blank=True, choices=ImportOutcome.Result)
    reason = models.CharField("说明", max_length=1000, blank=True)
    date = models.DateField("日期", null=True, blank=True)
    date_how = models.CharField("日期来源", max_length=10, blank=True)
    number = models.CharField("版次", max_length=10, blank=True)
    page_name = models.CharField("版名", max_length=50, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "上传的文件"
        ordering = ["upload", "name"]
        constraints = [models.UniqueConstraint(fields=["upload", "name"], name="one_upload_file_a_name")]

    def __str__(self):
        return self.name
