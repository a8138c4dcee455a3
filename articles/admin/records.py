"""What happened: imports and corrections."""

import json

from django.contrib import admin
from django.db.models import Count

from ..corrections import action_name
from ..models import Correction, ImportOutcome, ImportRun
from .readonly import ReadOnlyAdmin, ReadOnlyInline


class OutcomeInline(ReadOnlyInline):
    model = ImportOutcome
    fields = readonly_fields = ["path", "result", "reason", "page"]
    show_change_link = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("page__newspaper", "page__issue").defer("page__source_text")


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "newspaper", "user", "started_at", "finished_at", "file_count"]
    list_filter = ["newspaper"]
    list_select_related = ["newspaper", "user"]
    inlines = [OutcomeInline]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(file_count=Count("outcomes"))

    @admin.display(description="文件数", ordering="file_count")
    def file_count(self, run):
        return run.file_count


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
