"""What search looks through: the folded text of every article and of the rest of every page."""

from django.db import models

TEXTS = ("title", "people", "column_name", "body")  # the fields of a document that are searched


class SearchDocument(models.Model):
    """An article, or the passages of a page that stand in no article (其他文字), as search sees it.

    The key carries the date (Article.key_on), so that newest first is the order of keys. Texts are folded
    (articles.search.folding); the engine's own index follows this table by triggers.
    """

    key = models.BigIntegerField("次序", primary_key=True)
    article = models.OneToOneField(
        "articles.Article", models.CASCADE, null=True, related_name="search_document", verbose_name="文章"
    )
    page = models.OneToOneField(
        "articles.Page", models.CASCADE, null=True, related_name="search_document", verbose_name="版面"
    )
    title = models.TextField("标题", blank=True)
    people = models.TextField("署名", blank=True)
    column_name = models.TextField("栏目名", blank=True)
    body = models.TextField("正文", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "检索文本"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(article__isnull=False, page__isnull=True)
                | models.Q(article__isnull=True, page__isnull=False),
                name="search_document_is_of_one_thing",
            )
        ]

    def __str__(self):
        return str(self.key)
