"""Accounts of the people who work here. Readers need none."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User

admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(UserAdmin):
    """An account is made inactive, never deleted: the journal names it."""

    list_display = ["username", "full_name", "groups_shown", "is_active", "last_login", "date_joined"]
    list_filter = ["groups", "is_active"]
    list_per_page = 50
    search_fields = ["username", "first_name", "email"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("个人", {"fields": ["first_name", "email"]}),
        ("权限", {"fields": ["is_active", "is_superuser", "groups"]}),
        ("时间", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        ("个人", {"fields": ["first_name", "groups"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request, obj=None):
        # Who is not a superuser makes none.
        own = [] if request.user.is_superuser else ["is_superuser"]
        return [*super().get_readonly_fields(request, obj), *own]

    def has_change_permission(self, request, obj=None):
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def formfield_for_dbfield(self, field, request, **kwargs):
        if field.name == "first_name":
            kwargs["label"] = "姓名"
        return super().formfield_for_dbfield(field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    @admin.display(description="姓名", ordering="first_name")
    def full_name(self, user):
        return user.get_full_name()

    @admin.display(description="用户组")
    def groups_shown(self, user):
        return "、".join(group.name for group in user.groups.all()) or "—"
