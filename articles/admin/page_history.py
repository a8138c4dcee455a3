"""The history of a page: who did what when, any two states side by side, and the way back to any of them."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ..corrections import ActRefused
from ..corrections.page_diff import diff
from ..corrections.page_history import FIRST, changes_split, read_history
from ..corrections.restoring import plan_page
from ..models import Correction, Page
from .acts import MEND
from .desk import Desk
from .forms.base import number_in
from .page_screen import here
from .queue import queue_query
from .wording import journal_of


@require_GET
def history_screen(request, site, pk):
    page = get_object_or_404(Page.objects.select_related("newspaper", "issue"), pk=pk)
    history = read_history(page)
    states = tell_states(page, history)
    back_to = chosen(request, "restore", states)
    later = history.latest if back_to is not None else chosen(request, "to", states, history.latest)
    earlier = back_to if back_to is not None else chosen(request, "from", states, before(history.latest, states))
    context = {
        **site.each_context(request),
        "title": f"历史：{page}{' ' + page.name if page.name else ''}",
        "page": page,
        "desk": Desk(page),
        "states": states,
        "whole": history.whole,
        "from": states_by_id(states)[earlier],
        "to": states_by_id(states)[later],
        "groups": compare_states(history, *((later, earlier) if back_to is not None else (earlier, later))),
        "back_to": back_to,
        "in_the_way": why_not(page, back_to),
        "may_mend": request.user.has_perm(MEND),
        "back": here(request, page),
        "queue": queue_query(request),
        "address": reverse("admin:articles_page_history", args=[page.pk]),
        "links": later == history.latest and back_to is None,
    }
    return render(request, "admin/desk/history.html", context)


def tell_states(page, history):
    """The entries in words, newest first, then how it was at first; `state` where one led to another split."""
    reached = {entry.pk: entry for entry in history.entries}
    rows = [
        {"entry": told, "state": told.pk if changes_split(reached[told.pk]) else None}
        for told in journal_of(page)
        if told.pk in reached
    ]
    rows.append({"entry": None, "state": FIRST})
    number = sum(row["state"] is not None for row in rows)
    for row in rows:
        if row["state"] is not None:
            row["number"], number = number, number - 1
    return rows


def states_by_id(states):
    return {row["state"]: row for row in states if row["state"] is not None}


def before(state, states):
    """The state before another one; the first has none before it."""
    ids = list(states_by_id(states))
    return ids[min(ids.index(state) + 1, len(ids) - 1)]


def chosen(request, name, states, otherwise=None):
    value = number_in(request.GET.get(name, ""))
    return value if value in states_by_id(states) else otherwise


def compare_states(history, earlier, later):
    return diff(history.describe(earlier), history.describe(later)) if earlier != later else []


def why_not(page, state):
    """What keeps the page from being brought back to a state, in words."""
    if state is None:
        return ""
    try:
        plan_page(page, Correction.objects.filter(pk=state).first())
    except ActRefused as error:
        return str(error)
    return ""
