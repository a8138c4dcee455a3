"""The editors' queue: pages that want an editor, the most doubtful text first."""

from collections import defaultdict

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import render
from django.utils import timezone

from ..models import Doubt, Newspaper, Page, SavedFilter
from .choosing import date_field
from .doubt_kinds import KINDS, OTHER, READER
from .wording import who

PAGES_SHOWN, PAGES_IN_FRONT = 25, 8
OPEN_STATES = [Page.State.PENDING, Page.State.CHECKING]
FILTERS = ("newspaper", "since", "until", "state", "kind", "mine")


class QueueFilter(forms.Form):
    newspaper = forms.ModelChoiceField(Newspaper.objects.all(), label="报纸", required=False, empty_label="全部报纸")
    since = date_field("起始日期")
    until = date_field("结束日期")
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "待校与待审"), *Page.State.choices, ("all", "全部状态")]
    )
    kind = forms.ChoiceField(
        label="疑问",
        required=False,
        choices=[("", "不限"), ("reader", READER), ("any", "有疑问"), ("none", "没有疑问"), *KINDS.items()],
    )
    mine = forms.BooleanField(label="只看分派给我的", required=False)

    def pages(self, user):
        """The pages that pass, the most doubtful first; all of the queue where something typed makes no sense."""
        data = self.cleaned_data if self.is_valid() else {}
        pages = Page.objects.order_by("-doubt_weight", "pk")
        state = data.get("state")
        if state != "all":
            pages = pages.filter(state=state) if state else pages.filter(state__in=OPEN_STATES)
        wanted = {
            "newspaper": data.get("newspaper"),
            "issue__date__gte": data.get("since"),
            "issue__date__lte": data.get("until"),
            "assigned_to": user if data.get("mine") else None,
        }
        pages = pages.filter(**{lookup: value for lookup, value in wanted.items() if value})
        return by_kind(pages, data.get("kind"))


def by_kind(pages, kind):
    if not kind:
        return pages
    doubts = Doubt.objects.filter(state=Doubt.State.OPEN)
    if kind == "reader":
        doubts = doubts.filter(origin=Doubt.Origin.READER)
    elif kind in KINDS:
        doubts = doubts.filter(code=kind)
    found = Q(pk__in=doubts.values("page"))
    return pages.exclude(found) if kind == "none" else pages.filter(found)


def queue_query(request):
    """The filters of the queue as they stand in the address, to carry along from page to page."""
    query = request.GET.copy()
    for name in list(query):
        if name not in FILTERS or not query[name]:
            del query[name]
    return query.urlencode()


def neighbours_in_queue(request, page):
    """The pages before and after in the queue as filtered, also when this one has just left it."""
    pages = QueueFilter(request.GET).pages(request.user).defer("source_text").select_related("newspaper", "issue")
    weight, pk = page.doubt_weight, page.pk
    before = pages.filter(Q(doubt_weight__gt=weight) | Q(doubt_weight=weight, pk__lt=pk))
    after = pages.filter(Q(doubt_weight__lt=weight) | Q(doubt_weight=weight, pk__gt=pk))
    return before.order_by("doubt_weight", "-pk").first(), after.first()


def queue_rows(pages):
    """Pages with their kinds of doubt, in a fixed number of queries."""
    pages = list(pages)
    doubts = Doubt.objects.filter(page__in=[page.pk for page in pages], state=Doubt.State.OPEN)
    kinds = defaultdict(lambda: defaultdict(int))
    for page, code, origin, n in doubts.order_by().values_list("page", "code", "origin").annotate(n=Count("pk")):
        kinds[page][READER if origin == Doubt.Origin.READER else KINDS.get(code, OTHER)] += n
    for page in pages:
        page.kinds = sorted(kinds[page.pk].items(), key=lambda item: (item[0] != READER, -item[1]))
        page.assigned = who(page.assigned_to)
    return pages


def any_pictured(rows):
    return any(page.facsimile and page.issue_id for page in rows)


def for_rows(pages):
    return pages.select_related("newspaper", "issue__newspaper", "assigned_to", "checked_by").defer("source_text")


def progress(user):
    """What was signed off today and what is left."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    mine, done = Q(signed_off_by=user), Q(state=Page.State.REVIEWED, signed_off_at__gte=today)
    left = Q(state__in=OPEN_STATES)
    return Page.objects.aggregate(
        all=Count("pk", filter=done),
        mine=Count("pk", filter=done & mine),
        left=Count("pk", filter=left),
        assigned=Count("pk", filter=left & Q(assigned_to=user)),
        tray=Count("pk", filter=Q(issue=None) | Q(number="")),
    )


def queue_front(user):
    """The head of the queue, for the admin's first screen."""
    pages = QueueFilter({}).pages(user)
    rows = queue_rows(for_rows(pages)[:PAGES_IN_FRONT])
    return {"rows": rows, "pictured": any_pictured(rows), "progress": progress(user)}


def queue_screen(request, site):
    form = QueueFilter(request.GET)
    listing = Paginator(for_rows(form.pages(request.user)), PAGES_SHOWN).get_page(request.GET.get("p"))
    listing.object_list = queue_rows(listing.object_list)
    saved = SavedFilter.objects.filter(user=request.user)
    context = {
        **site.each_context(request),
        "title": "待校队列",
        "form": form,
        "rows": listing.object_list,
        "pictured": any_pictured(listing.object_list),
        "listing": listing,
        "progress": progress(request.user),
        "queue": queue_query(request),
        "saved": saved,
        "is_saved": queue_query(request) in [one.query for one in saved],
    }
    return render(request, "admin/desk/queue.html", context)
