"""Sign-off: first a summary of what editors made of the machine's split, then the word that it is right."""

from collections import Counter

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ..corrections import action_name
from ..corrections.page_history import FIRST, read_history
from ..corrections.stacks import in_force
from ..models import Doubt, Page
from .acts import MEND, SIGN_OFF
from .desk import Desk
from .page_history import compare_states
from .page_screen import here
from .queue import queue_query
from .wording import journal_of, who

# Acts that say something of the review, not of the split.
OF_REVIEW = (
    *("send_to_review", "sign_off", "reopen", "mark_unfixable", "undo"),
    *("assign_page", "claim_page", "release_page", "accept_doubt", "dismiss_doubt"),
)


def sign_off_screen(request, site, pk):
    page = page_to_sign(pk)
    context = {
        **site.each_context(request),
        **summary_of(request, page),
        "title": f"{'签发' if request.user.has_perm(SIGN_OFF) else '送审'}前核对：{page}",
        "queue": queue_query(request),
    }
    return render(request, "admin/desk/sign_off.html", context)


@require_GET
def desk_summary(request, site, pk):
    """The summary alone, for the desk to show in its own frame."""
    return render(request, "admin/desk/_summary.html", summary_of(request, page_to_sign(pk)))


def page_to_sign(pk):
    return get_object_or_404(Page.objects.select_related("newspaper", "issue", "checked_by"), pk=pk)


def summary_of(request, page):
    """What became of the machine's split, what is still in doubt, and what signing does."""
    desk, history = Desk(page), read_history(page)
    done = [entry for entry in in_force(journal_of(page))[::-1] if entry.action not in OF_REVIEW]
    return {
        "page": page,
        "desk": desk,
        "may_sign": request.user.has_perm(SIGN_OFF),
        "may_mend": request.user.has_perm(MEND),
        "acts": done,
        "counts": Counter(action_name(e.action) for e in done).most_common(),
        "groups": compare_states(history, FIRST, history.latest),
        "links": True,
        "whole": history.whole,
        "doubts": [(doubt, passage_at(desk, doubt)) for doubt in desk.doubts if doubt.state == Doubt.State.OPEN],
        "needs_second": page.newspaper.needs_second_person,
        "checker": who(page.checked_by),
        "is_checker": page.checked_by_id == request.user.pk,
        "back": here(request, page),
    }


def passage_at(desk, doubt):
    """(number, block id) of the passage that a doubt speaks of, if it speaks of one."""
    at = desk.passage_at(doubt)
    return at and (desk.numbers[at.block.pk], at.block.pk)
