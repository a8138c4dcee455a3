"""未定版面: pages without a date or a number, mended in place, several at once, each with an answer of its own."""

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.shortcuts import render

from ..corrections import ActRefused, StalePage, set_date, set_name, set_number
from ..importing.paths import shown_path
from ..models import Doubt, Page
from .acting import refuse
from .acts import MEND
from .desk import excerpt

ROWS_SHOWN = 25
ASKED = ("date", "number", "name")
KEEP, MINE = "keep", "mine"


class TrayRow(forms.Form):
    date = forms.DateField(
        label="日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        show_hidden_initial=True,
        error_messages={"invalid": "没有这一天。日期写作 2024-12-06。"},
    )
    number = forms.CharField(
        label="版次", required=False, max_length=10, show_hidden_initial=True, widget=forms.TextInput({"size": 5})
    )
    name = forms.CharField(
        label="版名",
        required=False,
        max_length=50,
        show_hidden_initial=True,
        widget=forms.TextInput(attrs={"size": 14}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    # Asked for once the row came back because somebody had changed the page.
    choice = forms.ChoiceField(
        label="用哪一个",
        required=False,
        choices=[(KEEP, "保留现在的"), (MINE, "改成我填的")],
        widget=forms.RadioSelect,
    )

    def __init__(self, page, data=None):
        known = {"date": page.issue and page.issue.date, "number": page.number, "name": page.name}
        super().__init__(data, prefix=f"p{page.pk}", initial={**known, "version": page.version})
        self.page, self.outcome, self.refused, self.both = page, "", "", []
        self.file = shown_path(page.source_path)
        for name in ASKED:
            self.fields[name].widget.attrs["aria-label"] = f"{self.fields[name].label}（{self.file or page.pk}）"

    def mend(self, user):
        """Do what was typed in this row, all of it or nothing."""
        # A page without a day takes its number first: on the day it goes to, its old one may be taken.
        order = ("date", "number", "name") if self.page.issue else ("number", "date", "name")
        asked = [name for name in order if name in self.changed_data]
        if not asked:
            return
        if self.add_prefix("choices") in self.data and self.data.get(self.add_prefix("choice")) not in (KEEP, MINE):
            self.refused = "请先选择用哪一个，再提交。"
            self.show_both()
            return
        if self.data.get(self.add_prefix("choice")) == KEEP:
            self.outcome = "没有改，保留了现在的。"
            return
        if not self.is_valid():
            self.refused = " ".join(message for messages in self.errors.values() for message in messages)
            return
        versions = {self.page.pk: self.cleaned_data["version"]}
        try:
            with transaction.atomic():
                for name in asked:
                    act = {"date": set_date, "number": set_number, "name": set_name}[name]
                    entry = act(page=self.page, user=user, versions=versions, **{name: self.cleaned_data[name]})
                    versions = None if entry else versions
        except StalePage:
            self.refused = "这一版在您打开之后已被改动。请选择用哪一个，再提交。"
            self.page = Page.objects.select_related("newspaper", "issue").get(pk=self.page.pk)
            self.data = self.data.copy()
            self.data.pop(self.add_prefix("choice"), None)
            self.show_both()
        except ActRefused as error:
            self.refused = str(error)
        else:
            self.outcome = "已改。"

    def show_both(self):
        """(field, what the page has by now, what was typed) of what was typed or has changed since."""
        now = {"date": self.page.issue and self.page.issue.date.isoformat(), "number": self.page.number}
        now["name"] = self.page.name
        for name in ASKED:
            typed = self.data.get(self.add_prefix(name), "").strip() if name in self.changed_data else None
            seen = self.data.get(self[name].html_initial_name, "")
            if typed is not None or (now[name] or "") != seen:
                self.both.append(
                    (self.fields[name].label, now[name] or "空", "不改" if typed is None else typed or "空")
                )


def tray_pages():
    pages = Page.objects.filter(Q(issue=None) | Q(number="")).select_related("newspaper", "issue")
    return pages.order_by("newspaper", "issue__date", "source_path", "pk")


def tray_screen(request, site):
    may = request.user.has_perm(MEND)
    if request.method == "POST":
        if not may:
            return refuse(request, site, "您没有校改版面的权限，请找主编开通。")
        rows = mend_rows(request)
        listing = None
    else:
        listing = Paginator(tray_pages(), ROWS_SHOWN).get_page(request.GET.get("p"))
        rows = [TrayRow(page) for page in listing]
    for row in rows:
        row.opening = excerpt(row.page.source_text, 60)
    tell_evidence(rows)
    context = {**site.each_context(request), "title": "未定版面", "rows": rows, "listing": listing, "may": may}
    return render(request, "admin/desk/tray.html", context)


def mend_rows(request):
    """The rows that were sent, each done on its own; one refused keeps what was typed, one done shows what is now."""
    sent = [int(pk) for pk in request.POST.getlist("pages") if pk.isdecimal() and len(pk) < 19]
    pages = {page.pk: page for page in Page.objects.filter(pk__in=sent[:200]).select_related("newspaper", "issue")}
    rows = []
    for pk in sent:
        if pk not in pages:
            continue
        row = TrayRow(pages[pk], request.POST)
        row.mend(request.user)
        if row.refused:
            row.page.refresh_from_db(fields=["version"])
            row.data = {**row.data.dict(), row.add_prefix("version"): row.page.version}
        else:
            outcome, row = row.outcome, TrayRow(Page.objects.select_related("newspaper", "issue").get(pk=pk))
            row.outcome = outcome
        rows.append(row)
    return rows


def tell_evidence(rows):
    """What the machine could and could not read of each page's place."""
    codes = ("date_unknown", "date_inferred", "number_unknown", "number_taken")
    doubts = Doubt.objects.filter(page__in=[row.page for row in rows], code__in=codes, state=Doubt.State.OPEN)
    words = {}
    for doubt in doubts:
        words.setdefault(doubt.page_id, []).append(doubt.text)
    for row in rows:
        row.doubts = words.get(row.page.pk, [])
