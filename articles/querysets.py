"""Reads. Every public query starts with `visible_to(user)`; nothing else decides who sees what."""

from calendar import isleap

from django.db import models
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce, Left


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

    def carrying(self, article):
        """The pages that an article stands on, in order."""
        from .models import Block

        blocks = Block.objects.filter(article=article)
        return self.filter(Q(pk=article.page_id) | Q(pk__in=blocks.values("page"))).in_order()

    def for_lists(self):
        """With what an address needs, without the text."""
        return self.select_related("issue__newspaper", "newspaper").defer("source_text")


class IssueQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Issues with at least one page that the user sees."""
        from .models import Page

        return self.filter(Exists(Page.objects.visible_to(user).filter(issue=OuterRef("pk"))))

    def before(self, issue):
        """Earlier issues of the same newspaper, the nearest first."""
        earlier = Q(date__lt=issue.date) | Q(date=issue.date, edition__lt=issue.edition)
        return self.filter(earlier, newspaper=issue.newspaper_id).order_by("-date", "-edition")

    def after(self, issue):
        """Later issues of the same newspaper, the nearest first."""
        later = Q(date__gt=issue.date) | Q(date=issue.date, edition__gt=issue.edition)
        return self.filter(later, newspaper=issue.newspaper_id).order_by("date", "edition")

    def of_earlier_years(self, today):
        """Those of the same month and day in the years before, the newest first; of 29 February in leap years."""
        from .models.newspapers import FIRST_YEAR

        years = [year for year in range(FIRST_YEAR, today.year) if isleap(year) or (today.month, today.day) != (2, 29)]
        return self.filter(date__in=[today.replace(year=year) for year in years]).order_by("-date", "edition")

    def with_lead(self, articles):
        """Those with an article with a headline among `articles`, and the id of the first such as `lead`."""
        mine = articles.filter(issue=OuterRef("pk")).exclude(headline="", supplied_headline="").in_issue_order()
        return self.annotate(lead=Subquery(mine.values("pk")[:1])).exclude(lead=None)

    def latest_of_each_newspaper(self):
        from .models import Newspaper

        latest = self.filter(newspaper=OuterRef("pk")).order_by("-date", "-edition").values("pk")[:1]
        newspapers = Newspaper.objects.annotate(latest=Subquery(latest)).exclude(latest=None)
        return self.filter(pk__in=newspapers.values("latest")).order_by("-date", "newspaper__name")


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
        return articles.filter(state="public").on_open_pages()

    def withdrawn_for(self, user):
        """Living articles that the user would see had they not been withdrawn."""
        if sees_everything(user):
            return self.none()
        return self.living().filter(state="withdrawn").on_open_pages()

    def on_open_pages(self):
        """Of a known day and on pages that every reader may see."""
        return self.filter(issue__isnull=False).filter(Q(reviewed=True) | Q(newspaper__shows_unreviewed=True))

    def survivor_of(self, pk):
        """The article that a merged one now is, along the whole chain; None if it was never merged."""
        seen = {pk}
        while following := self.filter(pk=pk).values_list("merged_into", flat=True).first():
            if following in seen:
                return None
            seen.add(following)
            pk = following
        return self.filter(pk=pk).first() if len(seen) > 1 else None

    def in_issue_order(self):
        return self.order_by("page__sort_key", "page__number", "page", "position", "pk")

    def by(self, person):
        from .models import Credit

        return self.filter(pk__in=Credit.objects.filter(person=person).order_by().values("article"))

    def with_keyword(self, word):
        """Newest first, read in that order (ArticleKeyword)."""
        return self.filter(keyword_rows__word=word).order_by("-keyword_rows__key")

    def in_year(self, year):
        from .models.articles import YEAR

        return self.filter(sort_key__gte=year * YEAR, sort_key__lt=(year + 1) * YEAR)

    def count_by_year(self):
        """[(year, articles)], the earliest first."""
        from .models.articles import YEAR

        years = self.order_by().values_list(F("sort_key") / YEAR).annotate(Count("pk"))
        return sorted((year, n) for year, n in years if year)

    def on_editions(self, numbers):
        """Those with a passage on a page of one of these numbers."""
        from .models import Block

        blocks = Block.objects.filter(page__number__in=numbers, article__isnull=False)
        return self.filter(Q(page__number__in=numbers) | Q(pk__in=blocks.values("article")))

    def newest_first(self):
        return self.order_by("-sort_key")

    def for_lists(self):
        """With everything that a list line shows, in a fixed number of queries."""
        from .models import Credit

        return (
            self.select_related("newspaper", "issue__newspaper", "page", "category", "column")
            .prefetch_related(Prefetch("credits", Credit.objects.select_related("person")))
            .defer("page__source_text")
        )

    def for_links(self, *more):
        """With what a link shows and `more`; of the body only the beginning, which may have to be the title."""
        titles = ("kicker", "headline", "subheadline", "supplied_headline")
        places = ("newspaper", "issue__date", "issue__edition", "issue__date_known", "page__number")
        return (
            self.select_related("issue__newspaper", "page")
            .only(*titles, *places, "sort_key", "parent", "issue__newspaper__name", "issue__newspaper__slug", *more)
            .annotate(beginning=Left("body", 25))
        )

    def with_column_neighbours(self, visible):
        """Each with the ids of the articles of `visible` printed before and after it in its column.

        Keys go from day to day, but within a day from its last article to its first.
        """
        from .models.articles import DAY

        def column(of):
            return visible.filter(column=of("column")).order_by()

        def outer(name):
            return OuterRef(OuterRef(name))

        key, day = OuterRef("sort_key"), OuterRef("sort_key") - OuterRef("sort_key") % DAY
        far_day = outer("sort_key") - outer("sort_key") % DAY
        near = column(OuterRef)
        last_before = column(outer).filter(sort_key__lt=far_day).order_by("-sort_key").values("sort_key")[:1]
        first_after = column(outer).filter(sort_key__gte=far_day + DAY).order_by("sort_key").values("sort_key")[:1]
        before_day = Subquery(last_before) - Subquery(last_before) % DAY
        after_day = Subquery(first_after) - Subquery(first_after) % DAY
        earlier = (
            near.filter(sort_key__gt=key, sort_key__lt=day + DAY).order_by("sort_key"),
            near.filter(sort_key__gte=before_day, sort_key__lt=before_day + DAY).order_by("sort_key"),
        )
        later = (
            near.filter(sort_key__lt=key, sort_key__gte=day).order_by("-sort_key"),
            near.filter(sort_key__gte=after_day, sort_key__lt=after_day + DAY).order_by("-sort_key"),
        )
        return self.annotate(
            column_earlier=Coalesce(*(Subquery(rows.values("pk")[:1]) for rows in earlier)),
            column_later=Coalesce(*(Subquery(rows.values("pk")[:1]) for rows in later)),
        )


class BlockQuerySet(models.QuerySet):
    def in_reading_order(self):
        return self.order_by("position", "page", "start")

    def set_aside(self):
        return self.filter(article__isnull=True)


class NamedQuerySet(models.QuerySet):
    """Categories, columns and people: a reader sees those with an article that they may see."""

    def living(self):
        """Those not merged into another."""
        return self.filter(merged_into__isnull=True)

    def visible_to(self, user):
        if sees_everything(user):
            return self
        return self.filter(Exists(self._articles_seen_by(user)))

    def with_article_counts(self, user):
        """Each with `article_count`, of the articles that the user sees."""
        from .models import Person

        # Only a person can be named twice in one article.
        counts = self._articles_seen_by(user).annotate(n=Count("pk", distinct=self.model is Person)).values("n")
        return self.annotate(article_count=Coalesce(Subquery(counts), 0, output_field=IntegerField()))

    def _articles_seen_by(self, user):
        """Those of the row outside; asked for from it, so that its few articles are looked at and not all."""
        from .models import Article, Person

        field = "credits__person" if self.model is Person else self.model.__name__.lower()
        return Article.objects.visible_to(user).filter(**{field: OuterRef("pk")}).order_by().values(field)
