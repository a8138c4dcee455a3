"""What belongs to editors themselves: where they are, and how they like their queue."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Presence(models.Model):
    """An editor on a page's desk, as the desk itself says every now and then."""

    page = models.ForeignKey("articles.Page", models.CASCADE, verbose_name="版面", related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="编辑", related_name="+")
    seen_at = models.DateTimeField("最近所见", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "在版编辑"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["page", "user"], name="one_presence_a_page_and_editor")]

    def __str__(self):
        return f"{self.user} {self.page_id}"


class SavedFilter(models.Model):
    """Filters of the queue that an editor keeps under a name."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="编辑", related_name="+")
    name = models.CharField("名称", max_length=30)
    query = models.CharField("筛选", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "常用筛选"
        default_permissions = ()
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_filter_a_name")]

    def __str__(self):
        return self.name
