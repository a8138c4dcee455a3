"""The groups of the editors' admin, and what each may do: no more than its work asks for."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

EDITORS, REVIEWERS, CHIEFS, ADMINISTRATORS = "编辑", "审校", "主编", "管理员"

# What a group may do beyond the group before it. Everybody of them may look at everything of the archive.
ADDED = {
    EDITORS: ["articles.mend_page", "articles.upload_pages"],
    REVIEWERS: ["articles.sign_off_page", "articles.withdraw_article"],
    CHIEFS: [
        *("articles.act_on_many", "articles.assign_page", "articles.see_reports"),
        *("articles.add_category", "articles.change_category"),
        *("articles.add_newspaper", "articles.change_newspaper", "articles.change_person"),
    ],
    # No account is deleted: the journal names it. It is made inactive.
    ADMINISTRATORS: [
        *("auth.view_user", "auth.add_user", "auth.change_user"),
        *("auth.view_group", "auth.add_group", "auth.change_group", "auth.delete_group"),
    ],
}


def make_groups(*, reset: bool = False) -> dict[str, bool]:
    """Make the groups that are missing; by name, whether a group was made or changed.

    Groups that exist keep what an administrator made of them, unless `reset` gives them their permissions back.
    """
    written = {}
    for name in ADDED:
        group, made = Group.objects.get_or_create(name=name)
        wanted = set(find_permissions(name))
        changes = made or (reset and set(group.permissions.all()) != wanted)
        if changes:
            group.permissions.set(wanted)
        written[name] = changes
    return written


def find_permissions(name):
    """The permissions of a group, with those of the groups before it."""
    names = list(ADDED)
    codes = [code for each in names[: names.index(name) + 1] for code in ADDED[each]]
    wanted = Q(content_type__app_label="articles", codename__startswith="view_")
    if name == ADMINISTRATORS:
        wanted = Q(content_type__app_label="articles")
    for code in codes:
        app, codename = code.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return Permission.objects.filter(wanted)
