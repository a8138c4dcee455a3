"""The stamp of what readers can see: articles.triggers.changes writes it, articles.publishing.freshness reads it."""

from django.db import models


class PublicChange(models.Model):
    """One row on SQLite; on PostgreSQL one for each of the last transactions. The numbers are random."""

    id = models.BigIntegerField(primary_key=True)
    number = models.BigIntegerField()
    at = models.BigIntegerField()  # seconds since 1970

    class Meta:
        verbose_name = verbose_name_plural = "公开内容的改动"
        default_permissions = ()

    def __str__(self):
        return str(self.number)
