"""Newspapers, categories, columns and people."""

from django.contrib import admin

from ..models import Category, Column, Newspaper, Person
from .readonly import KeptAdmin, ReadOnlyAdmin


@admin.register(Newspaper)
class NewspaperAdmin(KeptAdmin):
    list_display = ["name", "slug", "publisher", "shows_unreviewed", "needs_second_person"]
    search_fields = ["name", "slug"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "publisher"]}),
        ("校对与公开", {"fields": ["shows_unreviewed", "needs_second_person"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        # Printed and cited addresses hold the slug.
        return ["slug"] if obj and obj.issues.exists() else []


@admin.register(Category)
class CategoryAdmin(KeptAdmin):
    list_display = ["name", "slug", "order", "description"]
    list_editable = ["order"]
    search_fields = ["name"]

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []


@admin.register(Column)
class ColumnAdmin(ReadOnlyAdmin):
    list_display = ["name", "newspaper"]
    list_filter = ["newspaper"]
    list_select_related = ["newspaper"]
    search_fields = ["name"]


@admin.register(Person)
class PersonAdmin(KeptAdmin):
    list_display = ["name", "note"]
    search_fields = ["name", "note"]

    def get_readonly_fields(self, request, obj=None):
        return ["name"] if obj else []
