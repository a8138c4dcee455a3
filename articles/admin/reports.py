"""统计: how far the archive is, what it lacks (征集清单), and who wrote how much in a year (用稿统计)."""

from itertools import chain

from django import forms
from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from .. import reports
from ..corrections import action_name
from ..models import Credit, Newspaper, Page
from ..reading.exporting import csv_lines
from .chief import for_those_who, show

SEE = "articles.see_reports"
ROWS_A_PAGE = 200
ROLES = dict(Credit.Role.choices)


class Choice(forms.Form):
    newspaper = forms.ModelChoiceField(Newspaper.objects.all(), label="报纸", required=False, empty_label="全部报纸")
    year = forms.TypedChoiceField(label="年份", required=False, coerce=int, empty_value=None)

    def __init__(self, *args, years=(), every="", **options):
        super().__init__(*args, **options)
        if not years:
            del self.fields["year"]
        else:
            self.fields["year"].choices = [("", every)] * bool(every) + [(year, f"{year}年") for year in years]

    def chosen(self, name):
        """What was chosen; None where nothing was, or nothing that there is."""
        self.is_valid()
        return self.cleaned_data.get(name)


@for_those_who(SEE)
def index(request):
    form = Choice(request.GET, years=reports.years_of_acts(), every="全部年份")
    newspaper, year = form.chosen("newspaper"), form.chosen("year")
    months = [
        (month, [pages[state] for state in Page.State.values], sum(pages.values()), articles)
        for month, pages, articles in reports.pages_by_month(newspaper)
    ]
    touches = [(month, n, acts, acts / n) for month, n, acts in reports.touches_by_month(newspaper)]
    people = [
        (name, sorted((action_name(action), n) for action, n in acts)) for _, name, acts in reports.acts_by_person(year)
    ]
    context = {"form": form, "states": Page.State.labels, "months": months, "touches": touches, "people": people}
    return show(request, "reports/index.html", "统计", **context)


@for_those_who(SEE)
def wanted(request):
    """征集清单: days without an issue, pages that issues lack."""
    form = Choice(request.GET)
    missing = reports.find_missing(form.chosen("newspaper"))
    if request.GET.get("format") == "csv":
        rows = ((m.newspaper, m.day.isoformat(), m.weekday, m.what) for m in missing)
        return as_csv("征集清单", ("报纸", "日期", "星期", "缺什么"), rows)
    page = Paginator(missing, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return show(request, "reports/wanted.html", "征集清单", form=form, page_obj=page)


@for_those_who(SEE)
def contributors(request):
    """用稿统计: the public articles of a year by person and role."""
    years = reports.years_of_articles()
    form = Choice(request.GET, years=years)
    year = form.chosen("year") or (years[0] if years else None)
    form.initial["year"] = year
    rows = reports.count_contributions(year, form.chosen("newspaper"))
    if request.GET.get("format") == "csv":
        lines = ((year, r["person__name"], r["person__note"], ROLES[r["role"]], r["articles"]) for r in rows)
        return as_csv(f"用稿统计{year or ''}", ("年份", "姓名", "说明", "身份", "篇数"), lines)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = [{**row, "role": ROLES[row["role"]]} for row in page.object_list]
    return show(request, "reports/contributors.html", "用稿统计", form=form, year=year, page_obj=page)


def as_csv(name, head, rows):
    response = StreamingHttpResponse(csv_lines(chain([head], rows)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.csv")
    return response
