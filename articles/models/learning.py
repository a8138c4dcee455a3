"""What the archive has learned from its own pages, and how well its pages are split."""

from django.db import models


class Learned(models.Model):
    """One version of what was learned, of a newspaper or of all. Of each at most one is in use."""

    newspaper = models.ForeignKey(
        "articles.Newspaper", models.CASCADE, verbose_name="报纸", null=True, blank=True, related_name="learned"
    )
    made_at = models.DateTimeField("学成时间", auto_now_add=True)
    extractor = models.CharField("拆分程序版本", max_length=20)
    pages = models.PositiveIntegerField("所看版面", default=0)
    signed_off = models.PositiveIntegerField("其中已审", default=0)
    data = models.BinaryField("所学")
    size = models.PositiveIntegerField("字节数", default=0)
    figures = models.JSONField("比较", default=dict, blank=True)
    in_use = models.BooleanField("使用中", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "学习"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["newspaper"],
                condition=models.Q(in_use=True, newspaper__isnull=False),
                name="one_learned_in_use_a_newspaper",
            ),
            models.UniqueConstraint(
                fields=["in_use"],
                condition=models.Q(in_use=True, newspaper__isnull=True),
                name="one_learned_in_use_for_all",
            ),
        ]

    def __str__(self):
        return f"学习 {self.pk}"


class Evaluation(models.Model):
    """How the extractor of its day splits the pages that editors signed off; asked for first, made then.

    `made_at` is empty while it waits or runs; whoever runs it moves `heartbeat_at`.
    """

    newspaper = models.ForeignKey(
        "articles.Newspaper", models.CASCADE, verbose_name="报纸", null=True, blank=True, related_name="evaluations"
    )
    asked_at = models.DateTimeField("提出时间", auto_now_add=True)
    heartbeat_at = models.DateTimeField("进程最近一次报到", null=True, blank=True)
    made_at = models.DateTimeField("完成时间", null=True, blank=True)
    extractor = models.CharField("拆分程序版本", max_length=20, blank=True)
    learned = models.ForeignKey(Learned, models.SET_NULL, verbose_name="所用的学习", null=True, blank=True)
    pages = models.PositiveIntegerField("版面", default=0)
    figures = models.JSONField("结果", default=dict, blank=True)
    error = models.CharField("出错", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "拆分质量"
        ordering = ["-pk"]

    def __str__(self):
        return f"拆分质量 {self.pk}"
