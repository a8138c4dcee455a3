"""导入: what each run did, file by file; a run taken back, after a look at what that would do."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse

from ..importing.resplitting import RESPLIT
from ..importing.taking_back import ACT_WORDS, CHANGED, TakingBackRefused, plan_taking_back, take_back
from ..models import ImportOutcome, ImportRun
from .readonly import ReadOnlyAdmin

Result = ImportOutcome.Result
FILES_A_SCREEN = 200
# Taking a page back costs some tens of milliseconds; more of them would keep the editor's browser waiting too long.
PAGES_AT_ONCE = 300


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "newspaper", "user", "started_at", "finished_at", "counts", "taken_back_at"]
    list_filter = ["newspaper"]
    list_select_related = ["newspaper", "user"]

    def get_queryset(self, request):
        counts = {value: Count("outcomes", filter=Q(outcomes__result=value)) for value in Result.values}
        return super().get_queryset(request).annotate(**{f"n_{value}": n for value, n in counts.items()})

    @admin.display(description="结果")
    def counts(self, run):
        return "，".join(f"{words} {n}" for words, n in counts_of(run)) or "没有文件"

    def has_module_permission(self, request):
        return may_look(request)

    def has_view_permission(self, request, obj=None):
        return may_look(request)

    def get_urls(self):
        back = self.admin_site.admin_view(self.taking_back_view)
        return [
            path("<int:pk>/take-back/", back, name="articles_importrun_take_back"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not may_look(request):
            raise PermissionDenied
        run = self._find(request, object_id)
        wanted = request.GET.get("result", "")
        outcomes = run.outcomes.select_related("page__newspaper", "page__issue__newspaper").defer("page__source_text")
        if wanted in Result.values:
            outcomes = outcomes.filter(result=wanted)
        page_obj = Paginator(outcomes.order_by("pk"), FILES_A_SCREEN).get_page(request.GET.get("p"))
        context = {
            "outcomes": page_obj,
            "page_obj": page_obj,
            "wanted": wanted,
            "counts": [(value, words, n) for (words, n), value in zip(counts_of(run), values_of(run), strict=True)],
            "may_take_back": may_take_back(request, run) and not run.taken_back_at and pages_changed(run).exists(),
            "taken_back": run.options.get("taken_back"),
        }
        return self._render(request, "importrun", run, context)

    def taking_back_view(self, request, pk):
        """What taking the run back would do; on a confirmed form, doing it."""
        run = self._find(request, str(pk)) if may_look(request) else None
        if run is None or not may_take_back(request, run):
            raise PermissionDenied
        if run.taken_back_at:
            messages.info(request, "这次导入已经收回过了。")
            return redirect(reverse("admin:articles_importrun_change", args=[run.pk]))
        changed = pages_changed(run).count()
        if changed > PAGES_AT_ONCE:
            context = {"too_many": changed, "limit": PAGES_AT_ONCE}
        elif request.method == "POST":
            return self._take_back(request, run)
        else:
            steps = plan_taking_back(run)
            said = [(words, sum(step.act == act for step in steps)) for act, words in ACT_WORDS.items()]
            does = any(step.act != "keep" for step in steps)
            context = {"steps": steps, "counts": [pair for pair in said if pair[1]], "does": does}
        return self._render(request, "taking_back", run, context)

    def _take_back(self, request, run):
        try:
            steps = list(take_back(run, request.user))
        except TakingBackRefused as error:
            messages.error(request, str(error))
        else:
            kept = sum(step.act == "keep" for step in steps)
            words = f"已收回 {len(steps) - kept} 版" + (f"，保留 {kept} 版（原因见下）。" if kept else "。")
            messages.success(request, words)
        return redirect(reverse("admin:articles_importrun_change", args=[run.pk]))

    def _find(self, request, object_id):
        runs = self.get_queryset(request).select_related("newspaper", "user")
        run = runs.filter(pk=object_id).first() if object_id.isdecimal() else None
        if run is None:
            raise Http404
        return run

    def _render(self, request, name, run, context):
        context = {**self.admin_site.each_context(request), "opts": self.opts, "run": run, "title": str(run), **context}
        return render(request, f"admin/uploads/{name}.html", context)


def may_look(request):
    return request.user.has_perm("articles.upload_pages") or request.user.has_perm("articles.view_importrun")


def may_take_back(request, run):
    """One's own imports; those of others only who may act on many."""
    own = run.user_id == request.user.pk or request.user.has_perm("articles.act_on_many")
    return own and request.user.has_perm("articles.upload_pages")


def pages_changed(run):
    """What there may be to take back: a re-split changes no text, and is done again rather than back."""
    if run.options.get("kind") == RESPLIT:
        return run.outcomes.none()
    return run.outcomes.filter(result__in=CHANGED, page__isnull=False)


def values_of(run):
    return [value for value in Result.values if getattr(run, f"n_{value}")]


def counts_of(run):
    """[(words, how many)] of the outcomes that a run has."""
    return [(Result(value).label, getattr(run, f"n_{value}")) for value in values_of(run)]
