"""Screens that show and change nothing."""

from django.contrib import admin


class ReadOnlyAdmin(admin.ModelAdmin):
    """Lists, filters and shows; nothing that would bypass articles.corrections."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyInline(admin.TabularInline):
    """Rows that belong to what is shown."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class KeptAdmin(admin.ModelAdmin):
    """Screens whose rows may be made and changed, but not deleted: articles refer to them."""

    list_per_page = 100

    def has_delete_permission(self, request, obj=None):
        return False
