"""Issues, pages, articles and doubts, to look at."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404

from ..models import Article, Doubt, Issue, Page
from .article_screen import article_screen
from .doubt_kinds import KINDS, kind_of
from .forms.base import number_in
from .readonly import ListedFilter, ReadOnlyAdmin, ReadOnlyInline


class PageInline(ReadOnlyInline):
    model = Page
    fields = ["number", "name", "state", "extractor"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("newspaper", "issue").defer("source_text").in_order()


@admin.register(Issue)
class IssueAdmin(ReadOnlyAdmin):
    list_display = ["label_shown", "newspaper", "number", "date_known", "page_count"]
    list_filter = ["newspaper", "date_known"]
    list_select_related = ["newspaper"]
    date_hierarchy = "date"
    search_fields = ["number"]
    inlines = [PageInline]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(page_count=Count("pages"))

    @admin.display(description="日期", ordering="date")
    def label_shown(self, issue):
        return issue.label

    @admin.display(description="版数", ordering="page_count")
    def page_count(self, issue):
        return issue.page_count


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    list_display = ["title_shown", "page", "kind", "category", "column", "length", "sureness", "state"]
    list_filter = ["newspaper", "kind", "category", "state", "reviewed"]
    list_select_related = ["newspaper", "issue__newspaper", "page__newspaper", "page__issue", "category", "column"]
    search_fields = ["headline", "supplied_headline", "subheadline"]
    ordering = ["-sort_key"]

    def get_queryset(self, request):
        return super().get_queryset(request).living().defer("page__source_text")

    @admin.display(description="标题", ordering="headline")
    def title_shown(self, article):
        return article.title

    @admin.display(description="把握", ordering="confidence")
    def sureness(self, article):
        return f"{article.confidence:.0%}"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request):
            raise PermissionDenied
        if (pk := number_in(object_id)) is None:
            raise Http404
        return article_screen(request, self.admin_site, pk)


class KindFilter(ListedFilter):
    title, parameter_name, names = "种类", "code", KINDS


@admin.register(Doubt)
class DoubtAdmin(ReadOnlyAdmin):
    list_display = ["text", "page", "article", "kind", "origin", "state", "created_at"]
    list_filter = ["state", "origin", KindFilter, "page__newspaper"]
    fields = list_display
    list_select_related = ["page__newspaper", "page__issue", "article"]
    search_fields = ["text"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("page__source_text")

    @admin.display(description="种类", ordering="code")
    def kind(self, doubt):
        return kind_of(doubt)
