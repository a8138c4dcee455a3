"""Which articles have a keyword."""

from django.db import models

LONGEST = 60  # characters of a keyword that has a page


class ArticleKeyword(models.Model):
    """A keyword of a living article of a known day. Written by the database itself (articles.triggers.keywords)."""

    word = models.CharField("关键词", max_length=LONGEST)
    key = models.BigIntegerField("时间次序")
    article = models.ForeignKey("articles.Article", models.CASCADE, verbose_name="文章", related_name="keyword_rows")

    class Meta:
        verbose_name = verbose_name_plural = "文章关键词"
        constraints = [models.UniqueConstraint(fields=["word", "key", "article"], name="one_row_a_keyword")]

    def __str__(self):
        return self.word
