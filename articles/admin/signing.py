"""Sign-off: first a summary of what editors made of the machine's split, then the word that it is right."""

from collections import Counter

from django.shortcuts import get_object_or_404, render

from ..compare import compare
from ..corrections import action_name
from ..models import Doubt, Page
from .acts import MEND, SIGN_OFF
from .desk import Desk
from .page_screen import here
from .queue import queue_query
from .wording import journal_of, who

# Acts that say something of the review, not of the split.
OF_REVIEW = (
    *("send_to_review", "sign_off", "reopen", "mark_unfixable", "undo"),
    *("assign_page", "claim_page", "release_page", "accept_doubt", "dismiss_doubt"),
)


def sign_off_screen(request, site, pk):
    page = get_object_or_404(Page.objects.select_related("newspaper", "issue", "checked_by"), pk=pk)
    desk, journal = Desk(page), journal_of(page)
    done, may_sign = acts_in_force(journal), request.user.has_perm(SIGN_OFF)
    context = {
        **site.each_context(request),
        "title": f"{'签发' if may_sign else '送审'}前核对：{page}",
        "page": page,
        "desk": desk,
        "may_sign": may_sign,
        "may_mend": request.user.has_perm(MEND),
        "acts": [entry for entry in done if entry.action not in OF_REVIEW],
        "counts": Counter(action_name(e.action) for e in done if e.action not in OF_REVIEW).most_common(),
        "texts": [
            (desk.numbers[p.block.pk], p, compare(p.source, p.text))
            for p in desk.passages
            if p.block.corrected_text is not None
        ],
        "doubts": [(doubt, passage_at(desk, doubt)) for doubt in desk.doubts if doubt.state == Doubt.State.OPEN],
        "needs_second": page.newspaper.needs_second_person,
        "checker": who(page.checked_by),
        "is_checker": page.checked_by_id == request.user.pk,
        "back": here(request, page),
        "queue": queue_query(request),
    }
    return render(request, "admin/desk/sign_off.html", context)


def passage_at(desk, doubt):
    """(number, block id) of the passage that a doubt speaks of, if it speaks of one."""
    at = next((p for p in desk.passages if p.start <= doubt.start < p.end), None) if doubt.end else None
    return at and (desk.numbers[at.block.pk], at.block.pk)


def acts_in_force(journal):
    """The entries that still stand, oldest first: an undo takes its entry out, its own undo puts that back."""
    out, found = set(), []
    for entry in journal:  # newest first
        if entry.pk in out:
            continue
        if entry.undoes_id:
            out.add(entry.undoes_id)
        else:
            found.append(entry)
    return found[::-1]
