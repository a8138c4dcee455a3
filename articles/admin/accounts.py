"""Accounts of the people who work here. Readers need none."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import ReadOnlyPasswordHashWidget, UserChangeForm
from django.contrib.auth.models import Group, Permission, User

from .readonly import yes_or_no

admin.site.unregister([User, Group])

# What there is a screen for; Django has permissions for sessions and the like besides.
GRANTED = {"articles", "auth"}
DONE_TO_ROWS = {"add": "新增", "change": "修改", "delete": "删除", "view": "查看"}


class PasswordIsSet(ReadOnlyPasswordHashWidget):
    """Says that there is a password; how it is kept is nobody's business on a screen."""

    def get_context(self, name, value, attrs):
        words = "已设密码，不显示。" if value and not value.startswith("!") else "还没有密码，不能登录。"
        return super().get_context(name, value, attrs) | {"summary": [{"label": words}]}


class AccountForm(UserChangeForm):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if password := self.fields.get("password"):
            password.widget = PasswordIsSet()
            password.help_text = ""


def permission_label(permission):
    """What a permission is for: its own words, or those for what the admin does to any row."""
    does, _, model = permission.codename.partition("_")
    if model == permission.content_type.model and does in DONE_TO_ROWS:
        return f"{permission.content_type.name}：{DONE_TO_ROWS[does]}"
    return permission.name


@admin.register(Group)
class AccountGroupAdmin(GroupAdmin):
    filter_horizontal = []

    def formfield_for_manytomany(self, field, request=None, **kwargs):
        rows = Permission.objects.filter(content_type__app_label__in=GRANTED).exclude(content_type__model="permission")
        kwargs |= {"queryset": rows.select_related("content_type"), "widget": forms.CheckboxSelectMultiple}
        made = super().formfield_for_manytomany(field, request=request, **kwargs)
        made.label_from_instance, made.help_text = permission_label, ""
        return made


ACTIVE, SUPERUSER = yes_or_no("is_active", "有效"), yes_or_no("is_superuser", "超级用户")


@admin.register(User)
class AccountAdmin(UserAdmin):
    """An account is made inactive, never deleted: the journal names it."""

    list_display = [
        "username",
        "full_name",
        "groups_shown",
        ACTIVE,
        "last_login",
        "date_joined",
    ]
    list_filter = ["groups", "is_active"]
    list_per_page = 50
    form = AccountForm
    search_fields = ["username", "first_name", "email"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("个人", {"fields": ["first_name", "email"]}),
        ("权限", {"fields": ["is_active", "is_superuser", "groups"]}),
        ("时间", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "password1", "password2"]}),
        ("个人", {"fields": ["first_name", "groups"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request, obj=None):
        # Who is not a superuser makes none.
        own = [] if request.user.is_superuser else [SUPERUSER]
        return [*super().get_readonly_fields(request, obj), *own]

    def get_fieldsets(self, request, obj=None):
        sets = super().get_fieldsets(request, obj)
        if obj is None or request.user.is_superuser:
            return sets
        active = "is_active" if self.has_change_permission(request, obj) else ACTIVE
        rights = {"fields": [active, SUPERUSER, "groups"]}
        return [(title, rights if title == "权限" else options) for title, options in sets]

    def has_change_permission(self, request, obj=None):
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def formfield_for_dbfield(self, field, request, **kwargs):
        if field.name == "first_name":
            kwargs["label"] = "姓名"
        if field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
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
