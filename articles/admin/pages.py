"""Pages in the admin: the stock list, and screens of their own for the queue, the tray, mending and sign-off."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.urls import path

from ..models import Doubt, Page
from .acting import act_view, open_view
from .desk_screen import desk_act, desk_choices, desk_people, desk_pulse, desk_screen, desk_state
from .forms.base import number_in
from .page_history import history_screen
from .page_screen import page_screen
from .queue import queue_screen
from .readonly import ReadOnlyAdmin
from .refusing import NOT_ALLOWED, asked_by_script, refuse, signed_out
from .saved_filters import saved_filters
from .signing import desk_summary, sign_off_screen
from .tray import tray_screen


class DatedFilter(admin.SimpleListFilter):
    title, parameter_name = "日期", "dated"

    def lookups(self, request, model_admin):
        return [("tray", "未定版面"), ("inferred", "日期推定"), ("unnumbered", "版次未定")]

    def queryset(self, request, queryset):
        if self.value() == "tray":
            return queryset.in_tray()
        if self.value() == "inferred":
            return queryset.exclude(date_evidence="")
        if self.value() == "unnumbered":
            return queryset.filter(number="")
        return queryset


@admin.register(Page)
class PageAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "name", "state", "open_doubts", "encoding", "imported_at"]
    list_filter = ["newspaper", "state", DatedFilter]
    list_select_related = ["newspaper", "issue"]
    search_fields = ["source_path", "name", "number"]
    date_hierarchy = "imported_at"

    def get_queryset(self, request):
        pages = super().get_queryset(request).defer("source_text")
        return pages.annotate(open_doubts=Count("doubts", filter=Q(doubts__state=Doubt.State.OPEN)))

    @admin.display(description="疑问", ordering="open_doubts")
    def open_doubts(self, page):
        return page.open_doubts

    def get_urls(self):
        own = [
            path("queue/", self.screen(queue_screen), name="articles_page_queue"),
            path("queue/saved/", self.screen(saved_filters), name="articles_page_saved_filters"),
            path("tray/", self.screen(tray_screen), name="articles_page_tray"),
            path("<int:pk>/act/<slug:name>/", self.screen(act_view), name="articles_page_act"),
            path("<int:pk>/open/", self.screen(open_view), name="articles_page_open"),
            path("<int:pk>/sign-off/", self.screen(sign_off_screen), name="articles_page_sign_off"),
            path("<int:pk>/history/", self.screen(history_screen), name="articles_page_history"),
            path("<int:pk>/desk/summary/", self.screen(desk_summary), name="articles_page_desk_summary"),
            path("<int:pk>/desk/", self.screen(desk_screen, cacheable=True), name="articles_page_desk"),
            path("<int:pk>/desk/state/", self.screen(desk_state), name="articles_page_desk_state"),
            path("<int:pk>/desk/act/<slug:name>/", self.screen(desk_act), name="articles_page_desk_act"),
            path("<int:pk>/desk/pulse/", self.screen(desk_pulse), name="articles_page_desk_pulse"),
            path("<int:pk>/desk/choices/", self.screen(desk_choices), name="articles_page_desk_choices"),
            path("<int:pk>/desk/people/", self.screen(desk_people), name="articles_page_desk_people"),
        ]
        return own + super().get_urls()

    def screen(self, view, cacheable=False):
        """A view of the admin for those who may see pages; a script is told in JSON that somebody may not."""

        def guarded(request, **arguments):
            if not self.has_view_permission(request):
                if asked_by_script(request):
                    return refuse(403, "forbidden", NOT_ALLOWED)
                raise PermissionDenied
            return view(request, self.admin_site, **arguments)

        screen = self.admin_site.admin_view(guarded, cacheable)

        def answer(request, **arguments):
            if asked_by_script(request) and not self.admin_site.has_permission(request):
                return signed_out(request)
            return screen(request, **arguments)

        return answer

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method not in ("GET", "HEAD") or not self.has_view_permission(request):
            raise PermissionDenied
        if (pk := number_in(object_id)) is None:
            raise Http404
        return page_screen(request, self.admin_site, pk)
