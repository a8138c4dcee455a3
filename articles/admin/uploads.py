"""上传: send pages, see what would become of them, settle it, import. The work is done by manage.py work."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from newsroom.bodies import body_size

from ..importing import uploads
from ..importing.sources import UNSEEN, is_unseen
from ..importing.uploads import MAX_PAGES, MAX_UPLOAD_BYTES, UploadRefused, passed_over, receive, too_large
from ..models import ImportOutcome, Upload
from .readonly import ReadOnlyAdmin
from .upload_forms import FILES_A_SCREEN, FileFormSet, FillForm, UploadForm

State = Upload.State
WORKING = (State.WAITING, State.PREVIEWING, State.QUEUED, State.IMPORTING)
REFRESH_SECONDS = 3
ACTS = {
    "import": (uploads.ask_for_import, "已交给后台导入。"),
    "preview": (uploads.ask_for_preview, "正在按改过的内容重新预览。"),
    "retry": (uploads.try_again, "正在再试一次。"),
    "discard": (uploads.discard, "已放弃这次上传，文件已删除。"),
}


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "newspaper", "state", "progress", "user", "created_at"]
    list_filter = ["state", "newspaper"]
    list_select_related = ["newspaper", "user"]

    def has_module_permission(self, request):
        return may_upload(request)

    def has_view_permission(self, request, obj=None):
        return may_upload(request)

    def has_add_permission(self, request):
        return may_upload(request)

    @admin.display(description="进度")
    def progress(self, upload):
        return f"{upload.done}/{upload.total}" if upload.total else ""

    def get_urls(self):
        add = self.admin_site.admin_view(csrf_exempt(self.add_view))
        return [path("add/", add, name="articles_upload_add"), *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        """Rights and size are looked at before the body is read; only then is its token, by `_take`."""
        if not may_upload(request):
            raise PermissionDenied
        if request.method == "POST":
            size = body_size(request)
            if size > MAX_UPLOAD_BYTES:
                return self._show_form(request, UploadForm(), [too_large(size)], 413)
            try:
                request.POST.get("csrfmiddlewaretoken")
            except (TooManyFilesSent, TooManyFieldsSent, RequestDataTooBig):
                words = f"文件太多，一次最多 {MAX_PAGES} 版。请打成 ZIP 压缩包，或分几次上传。"
                return self._show_form(request, UploadForm(), [words], 413)
        return csrf_protect(self._take)(request)

    def _take(self, request):
        if request.method != "POST":
            return self._show_form(request, UploadForm())
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show_form(request, form, status=400)
        try:
            upload = receive(user=request.user, **form.cleaned_data)
        except UploadRefused as error:
            return self._show_form(request, form, error.messages, 400)
        if unseen := [file.name for file in form.cleaned_data["files"] if is_unseen(file.name)]:
            messages.info(request, f"没有收：{'、'.join(unseen[:20])}（{UNSEEN.rstrip('。')}）。")
        return redirect("admin:articles_upload_change", upload.pk)

    def _show_form(self, request, form, errors=(), status=200):
        limits = {"pages": MAX_PAGES, "megabytes": MAX_UPLOAD_BYTES // 2**20}
        context = {"form": form, "errors": errors, "limits": limits, "title": "上传版面"}
        return self._render(request, "form", context, status)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not may_upload(request):
            raise PermissionDenied
        rows = Upload.objects.select_related("newspaper", "user", "run")
        upload = rows.filter(pk=object_id).first() if object_id.isdecimal() else None
        if upload is None:
            raise Http404
        if request.method == "POST":
            return self._act(request, upload)
        return self._show(request, upload)

    def _act(self, request, upload):
        act = request.POST.get("act", "")
        if upload.state == State.PREVIEWED and act != "discard":
            formset = self._formset(request, upload, request.POST)
            if not formset.is_valid():
                return self._show(request, upload, formset, status=400)
            formset.save()
            filled = FillForm(request.POST)
            if act == "fill" and filled.is_valid():
                upload.files.filter(date=None).exclude(result="failed").update(**filled.cleaned_data, date_how="given")
        try:
            if act in ACTS:
                ask, words = ACTS[act]
                ask(upload)
                messages.success(request, words)
            elif act in ("save", "fill"):
                messages.success(request, "已保存。")
        except UploadRefused as error:
            messages.error(request, str(error))
        return redirect(request.get_full_path())

    def _show(self, request, upload, formset=None, status=200):
        context = {"upload": upload, "title": f"{upload}（{upload.newspaper}）", "limit": FILES_A_SCREEN}
        if upload.state in WORKING:
            context["refresh"] = REFRESH_SECONDS
            context["being_imported"] = upload.state == State.IMPORTING
            return self._render(request, "working", context)
        if upload.state == State.PREVIEWED:
            formset = formset or self._formset(request, upload)
            undated = upload.files.filter(date=None).exclude(result="failed").exists()
            context |= {
                "formset": formset,
                "page_obj": self._page(request, upload),
                "fill": FillForm() if undated else None,
            }
            context["counts"] = count_results(upload.files.values_list("result", flat=True))
            context["duplicates"] = upload.files.filter(result="duplicate").exists()
            context["passed_over"] = passed_over(upload)
            return self._render(request, "preview", context, status)
        if upload.run:
            outcomes = upload.run.outcomes.select_related("page__newspaper", "page__issue__newspaper")
            context["outcomes"] = outcomes.defer("page__source_text").order_by("pk")
            context["counts"] = count_results(outcomes.values_list("result", flat=True))
            context["left_out"] = upload.files.filter(chosen=False)
        return self._render(request, "ended", context)

    def _page(self, request, upload):
        return Paginator(upload.files.order_by("name"), FILES_A_SCREEN).get_page(request.GET.get("p"))

    def _formset(self, request, upload, data=None):
        on_screen = [row.pk for row in self._page(request, upload)]
        return FileFormSet(data, queryset=upload.files.filter(pk__in=on_screen).order_by("name"))

    def _render(self, request, name, context, status=200):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return render(request, f"admin/uploads/{name}.html", context, status=status)


def may_upload(request):
    return request.user.has_perm("articles.upload_pages")


def count_results(results):
    """[(words, how many)] of the outcomes that there are, in their order."""
    results = list(results)
    return [(label, results.count(value)) for value, label in ImportOutcome.Result.choices if value in results]
