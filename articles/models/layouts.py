"""Where the text of a page stands on its picture, as ALTO and hOCR say it."""

from django.db import models


class PageLayout(models.Model):
    """The printed lines of a page's text with their places; only of pages whose file says them.

    `lines` holds [start, end, left, top, width, height] of each: its span of the source text, and its box in
    ten-thousandths of the page's width and height. It follows from the original bytes, and goes with their text.
    """

    page = models.OneToOneField("articles.Page", models.CASCADE, primary_key=True, related_name="layout")
    lines = models.JSONField("各行的位置", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "版面位置"
        default_permissions = ()

    def __str__(self):
        return str(self.page_id)
