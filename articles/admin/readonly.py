"""Screens that show and change nothing."""

from django.contrib import admin


class ListedFilter(admin.SimpleListFilter):
    """A filter by a field whose values have names elsewhere: `names` is value -> words."""

    names: dict[str, str] = {}

    def lookups(self, request, model_admin):
        there = set(model_admin.model.objects.order_by().values_list(self.parameter_name, flat=True).distinct())
        return [(value, words) for value, words in self.names.items() if value in there]

    def queryset(self, request, queryset):
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset


def yes_or_no(field, words):
    """A column of yes and no in words, where the stock one is a picture named in English."""

    @admin.display(description=words, ordering=field)
    def column(row):
        return "是" if getattr(row, field) else "否"

    return column


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
