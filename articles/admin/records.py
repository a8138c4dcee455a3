"""What happened: corrections, and who had the print shown."""

from django.contrib import admin

from ..corrections import action_name
from ..corrections.action_names import ACTION_NAMES
from ..models import Correction, Reveal
from .readonly import ListedFilter, ReadOnlyAdmin
from .wording import Journal


class ActionFilter(ListedFilter):
    title, parameter_name, names = "动作", "action", ACTION_NAMES


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ["at", "user", "action_shown", "pages_shown", "undoes_shown"]
    list_filter = [ActionFilter, "user"]
    list_select_related = ["user", "undoes"]
    date_hierarchy = "at"
    fields = ["at", "user", "action_shown", "pages_shown", "undoes_shown", "said"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("pages__newspaper", "pages__issue")

    @admin.display(description="动作")
    def action_shown(self, entry):
        return action_name(entry.action)

    @admin.display(description="版面")
    def pages_shown(self, entry):
        return "、".join(str(page) for page in entry.pages.all())

    @admin.display(description="撤销了")
    def undoes_shown(self, entry):
        return f"{entry.undoes_id} {action_name(entry.undoes.action)}" if entry.undoes else "—"

    @admin.display(description="内容")
    def said(self, entry):
        journal = Journal(Correction.objects.filter(pk=entry.pk), entry.pages.first())
        return "".join(one.words for one in journal) or "—"


@admin.register(Reveal)
class RevealAdmin(ReadOnlyAdmin):
    list_display = ["at", "user", "article"]
    list_filter = ["user"]
    list_select_related = ["user", "article"]
    date_hierarchy = "at"
    fields = ["at", "user", "article"]
