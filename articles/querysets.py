"""Reads. Every public query starts with `visible_to(user)`; nothing else decides who sees what."""

from django.db import models
from django.db.models import Exists, OuterRef, Q


def sees_everything(user):
    """Staff read what readers cannot: pages without a date, unreviewed ones, withdrawn articles."""
    return bool(user is not None and user.is_active and user.is_staff)


class PageQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Pages with a known day that are signed off, or of a newspaper that shows unreviewed ones."""
        if sees_everything(user):
            return self
        return self.filter(issue__isnull=False).filter(Q(state="reviewed") | Q(newspaper__shows_unreviewed=True))

    def in_tray(self):
        """未定版面: pages whose day is unknown."""
        return self.filter(issue__isnull=True)

    def in_order(self):
        return self.order_by("sort_key", "number", "id")


class IssueQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Issues with at least one page that the user sees."""
        from .models import Page

        return self.filter(Exists(Page.objects.visible_to(user).filter(issue=OuterRef("pk"))))


class NewspaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        from .models import Page

        if sees_everything(user):
            return self
        return self.filter(Exists(Page.objects.visible_to(user).filter(newspaper=OuterRef("pk"))))


class ArticleQuerySet(models.QuerySet):
    def living(self):
        """Articles that exist: neither merged into another nor lost to a new split."""
        return self.filter(merged_into__isnull=True, gone=False)

    def visible_to(self, user):
        """Living articles of a known day; for readers only public ones on pages that they may see."""
        articles = self.living()
        if sees_everything(user):
            return articles
        return articles.filter(issue__isnull=False, state="public").filter(
            Q(reviewed=True) | Q(newspaper__shows_unreviewed=True)
        )

    def newest_first(self):
        return self.order_by("-sort_key")

    def for_lists(self):
        """With everything that a list line shows, in a fixed number of queries."""
        return (
            self.select_related("newspaper", "issue__newspaper", "page", "category", "column")
            .prefetch_related("credits__person")
            .defer("page__source_text")
        )


class BlockQuerySet(models.QuerySet):
    def in_reading_order(self):
        return self.order_by("position", "page", "start")

    def set_aside(self):
        return self.filter(article__isnull=True)


class NamedQuerySet(models.QuerySet):
    """Categories, columns and people: a reader sees those with an article that they may see."""

    def visible_to(self, user):
        from .models import Article, Credit, Person

        if sees_everything(user):
            return self
        seen = Article.objects.visible_to(user)
        if self.model is Person:
            return self.filter(Exists(Credit.objects.filter(person=OuterRef("pk"), article__in=seen)))
        field = self.model.__name__.lower()
        return self.filter(Exists(seen.filter(**{field: OuterRef("pk")})))
