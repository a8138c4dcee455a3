"""Mistakes that readers report."""

import secrets

from django.db import models
from django.urls import reverse

from .articles import Article
from .pages import Doubt, Page


def make_token():
    """An address that nobody guesses."""
    return secrets.token_urlsafe(12)


class MistakeReport(models.Model):
    """What a reader says is wrong. Editors meet it as a doubt, which several reports may share."""

    class Kind(models.TextChoices):
        TYPO = "typo", "错字"
        SPLIT = "split", "分篇有误"
        BYLINE = "byline", "署名有误"
        PRIVACY = "privacy", "涉及隐私"
        OTHER = "other", "其他"

    token = models.CharField("查询代号", max_length=24, unique=True, default=make_token)
    doubt = models.ForeignKey(Doubt, models.SET_NULL, verbose_name="疑问", related_name="reports", null=True)
    page = models.ForeignKey(Page, models.SET_NULL, verbose_name="版面", related_name="+", null=True)
    article = models.ForeignKey(Article, models.SET_NULL, verbose_name="文章", related_name="+", null=True)
    kind = models.CharField("问题", max_length=10, choices=Kind)
    quote = models.TextField("原文", blank=True)
    proposal = models.TextField("应作", blank=True)
    note = models.TextField("说明", blank=True)
    sender = models.CharField("来源", max_length=40, blank=True, help_text="网络地址的指纹，一天后抹去。")
    created_at = models.DateTimeField("提交时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "读者指误"
        default_permissions = ()
        indexes = [models.Index(fields=["sender", "created_at"], name="report_by_sender")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.quote[:20]}"

    def get_absolute_url(self):
        return reverse("report", args=[self.token])
