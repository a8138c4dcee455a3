"""Newspapers, categories, columns and people."""

from django import forms
from django.contrib import admin

from ..models import Category, Column, Newspaper, Person
from .readonly import KeptAdmin, ReadOnlyAdmin, yes_or_no


@admin.register(Newspaper)
class NewspaperAdmin(KeptAdmin):
    in_words = [yes_or_no("shows_unreviewed", "读者可看未校版面"), yes_or_no("needs_second_person", "签发须经第二人")]
    list_display = ["name", "slug", "publisher", *in_words]
    search_fields = ["name", "slug"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "publisher"]}),
        ("校对与公开", {"fields": ["shows_unreviewed", "needs_second_person"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        named, rules = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return [named, rules]
        return [named, (rules[0], {"fields": self.in_words})]

    def get_readonly_fields(self, request, obj=None):
        # Printed and cited addresses hold the slug.
        return ["slug"] if obj and obj.issues.exists() else []


class LivingNames:
    """Names are changed and merged in 批量处理 only, so that the old ones go on leading here."""

    def get_queryset(self, request):
        return super().get_queryset(request).living()


@admin.register(Category)
class CategoryAdmin(LivingNames, KeptAdmin):
    list_display = ["name", "slug", "order", "description"]
    list_editable = ["order"]
    search_fields = ["name"]

    def get_readonly_fields(self, request, obj=None):
        return ["name", "slug"] if obj else []

    def get_changelist_form(self, request, **options):
        named = {"order": forms.NumberInput(attrs={"aria-label": "次序"})}
        return super().get_changelist_form(request, widgets=named, **options)


@admin.register(Column)
class ColumnAdmin(LivingNames, ReadOnlyAdmin):
    list_display = ["name", "newspaper"]
    list_filter = ["newspaper"]
    list_select_related = ["newspaper"]
    search_fields = ["name"]


@admin.register(Person)
class PersonAdmin(LivingNames, KeptAdmin):
    list_display = ["name", "note"]
    search_fields = ["name", "note"]

    def get_readonly_fields(self, request, obj=None):
        return ["name"] if obj else []
