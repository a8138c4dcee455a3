"""What happened: corrections."""

import json

from django.contrib import admin

from ..corrections import action_name
from ..models import Correction
from .readonly import ReadOnlyAdmin


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ["at", "user", "action_shown", "pages_shown", "undoes"]
    list_filter = ["action", "user"]
    list_select_related = ["user", "undoes"]
    date_hierarchy = "at"
    fields = ["at", "user", "action_shown", "pages_shown", "undoes", "arguments_shown"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("pages__newspaper", "pages__issue")

    @admin.display(description="动作")
    def action_shown(self, entry):
        return action_name(entry.action)

    @admin.display(description="版面")
    def pages_shown(self, entry):
        return "、".join(str(page) for page in entry.pages.all())

    @admin.display(description="参数")
    def arguments_shown(self, entry):
        return json.dumps(entry.arguments, ensure_ascii=False)
