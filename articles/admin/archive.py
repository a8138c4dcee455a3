"""Issues, pages, articles and doubts, to look at."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils.html import format_html

from ..assembly import lay_out
from ..models import Article, Block, Credit, Doubt, Issue, Page
from .readonly import ReadOnlyAdmin, ReadOnlyInline


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


class DatedFilter(admin.SimpleListFilter):
    title, parameter_name = "日期", "dated"

    def lookups(self, request, model_admin):
        return [("tray", "未定版面"), ("inferred", "日期推定"), ("unnumbered", "版次未定")]

    def queryset(self, request, queryset):
        if self.value() == "tray":
            return queryset.in_tray()
        if self.value() == "inferred":
            return queryset.exclude(date_evidence="")
        if self.value() == "unnumbered":
            return queryset.filter(number="")
        return queryset


class DoubtInline(ReadOnlyInline):
    model = Doubt
    fields = ["text", "code", "origin", "state", "article"]
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("article")


@admin.register(Page)
class PageAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "name", "state", "open_doubts", "encoding", "imported_at"]
    list_filter = ["newspaper", "state", DatedFilter]
    list_select_related = ["newspaper", "issue"]
    search_fields = ["source_path", "name", "number"]
    date_hierarchy = "imported_at"
    inlines = [DoubtInline]
    fieldsets = [
        (None, {"fields": ["public_address", "newspaper", "issue", "number", "name", "date_evidence"]}),
        ("状态", {"fields": ["state", "state_reason", "checked_by", "signed_off_by", "signed_off_at", "version"]}),
        ("来源", {"fields": ["source_path", "encoding", "revision", "extractor", "imported_at", "facsimile"]}),
        ("拆分", {"fields": ["blocks_shown"]}),
    ]

    def get_queryset(self, request):
        pages = super().get_queryset(request).defer("source_text")
        return pages.annotate(open_doubts=Count("doubts", filter=Q(doubts__state=Doubt.State.OPEN)))

    @admin.display(description="疑问", ordering="open_doubts")
    def open_doubts(self, page):
        return page.open_doubts

    @admin.display(description="公开地址")
    def public_address(self, page):
        address = page.get_absolute_url()
        return format_html('<a href="{0}">{0}</a>', address) if address else "日期未定，读者看不到"

    @admin.display(description="文字块")
    def blocks_shown(self, page):
        """The whole text in page order, each block with where it belongs."""
        from django.template.loader import render_to_string

        blocks = Block.objects.filter(page=page).select_related("article")
        return render_to_string("admin/_page_blocks.html", {"passages": lay_out(page, blocks)})


class CreditInline(ReadOnlyInline):
    model = Credit
    fields = readonly_fields = ["name", "role", "unit", "person"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person")


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    list_display = ["title_shown", "issue", "page", "kind", "category", "column", "length", "confidence", "state"]
    list_filter = ["newspaper", "kind", "category", "state", "reviewed"]
    list_select_related = ["newspaper", "issue__newspaper", "page__newspaper", "page__issue", "category", "column"]
    search_fields = ["headline", "supplied_headline", "subheadline"]
    ordering = ["-sort_key"]
    inlines = [CreditInline]
    fieldsets = [
        (None, {"fields": ["public_address", "issue", "page", "state", "withdrawn_reason", "withdrawn_at"]}),
        ("标题", {"fields": ["column_label", "kicker", "headline", "subheadline", "supplied_headline"]}),
        ("归类", {"fields": ["kind", "category", "column", "keywords", "parent", "continued_from", "continued_on"]}),
        ("文字", {"fields": ["byline", "body", "length", "confidence"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).living().defer("page__source_text")

    @admin.display(description="标题", ordering="headline")
    def title_shown(self, article):
        return article.title

    @admin.display(description="公开地址")
    def public_address(self, article):
        return format_html('<a href="{0}">{0}</a>', article.get_absolute_url())


@admin.register(Doubt)
class DoubtAdmin(ReadOnlyAdmin):
    list_display = ["text", "page", "article", "code", "origin", "state", "created_at"]
    list_filter = ["state", "origin", "code", "page__newspaper"]
    list_select_related = ["page__newspaper", "page__issue", "article"]
    search_fields = ["text"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("page__source_text")
