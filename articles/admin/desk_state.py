"""The state of a page's desk, as its screen gets it after every act: read from the rows, and nothing else.

The number of queries is fixed, however many passages, articles and entries of the journal there are.
"""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from ..corrections.stacks import Entry, stacks_of
from ..corrections.undoing import first_entry
from ..models import Correction, Doubt, Page
from .desk import Desk
from .doubt_kinds import kind_of
from .page_screen import desk_place, repeated, what_may
from .proposal_words import promise_of
from .queue import QueueFilter, neighbours_in_queue, queue_query
from .wording import Journal, who

JOURNAL_SHOWN = 30


def state_of(request, pk):
    """STATE of the page with the id `pk`, for whoever asks, in the queue as the request's query filters it."""
    rows = Page.objects.select_related("newspaper", "issue", "checked_by", "signed_off_by", "assigned_to")
    desk, query = Desk(get_object_or_404(rows, pk=pk)), queue_query(request)
    return {
        "page": tell_page(desk.page, request.user, query),
        "versions": desk.versions,
        "seen": desk.last_entry,
        "may": what_may(request.user),
        "passages": [tell_passage(desk, p) for p in desk.passages],
        "articles": [tell_article(desk, article, query) for article in desk.articles.values()],
        "doubts": [tell_doubt(desk, doubt) for doubt in desk.doubts if doubt.state == Doubt.State.OPEN],
        **tell_journal(desk.page, request.user),
        "coverage": cover(desk),
        "queue": tell_queue(request, desk.page, query),
    }


def address(name, pk, query=""):
    """The address of a screen, with the queue's filters."""
    return reverse(f"admin:articles_{name}", args=[pk]) + (f"?{query}" if query else "")


def tell_page(page, user, query):
    return {
        "id": page.pk,
        "title": f"{page}{' ' + page.name if page.name else ''}",
        "label": page.label,
        "version": page.version,
        "state": page.state,
        "state_words": page.get_state_display(),
        "state_reason": page.state_reason,
        "plain_url": address("page_change", page.pk, query),
        "public_url": page.get_absolute_url(),
        "facsimile": facsimile_of(page),
        "assigned_to": page.assigned_to and who(page.assigned_to),
        "mine": page.assigned_to_id == user.pk,
        "may_claim": page.assigned_to_id is None and page.state == Page.State.PENDING,
        "needs_second": page.newspaper.needs_second_person,
        "checked_by": page.checked_by and who(page.checked_by),
        "signed_off_by": page.signed_off_by and who(page.signed_off_by),
    }


def facsimile_of(page):
    if not page.facsimile or page.issue_id is None:
        return None
    return reverse("facsimile", args=[page.newspaper.slug, page.issue.label, page.address])


def tell_passage(desk, p):
    block, raw = p.block, desk.page.source_text[p.start : p.end]
    repeats = repeated(desk, block)
    return {
        "id": block.pk,
        "number": desk.numbers[block.pk],
        "start": p.start,
        "end": p.end,
        "text_start": p.start + len(raw) - len(raw.lstrip()),
        "role": block.role,
        "article": block.article_id,
        "joins": block.joins,
        "text": p.text,
        "masked": desk.masked(p),
        "source": None if block.corrected_text is None else p.source,
        "repeats": repeats and repeats.block.pk,
        "reason": block.reason or None,
        "place_words": desk_place(block),
    }


def tell_article(desk, article, query):
    return {
        "id": article.pk,
        "title": article.title,
        "headline": article.headline,
        "supplied": article.supplied_headline,
        "column_label": article.column_label,
        "kicker": article.kicker,
        "subheadline": article.subheadline,
        "kind": article.kind,
        "category": article.category_id,
        "column": article.column_id,
        "keywords": article.keywords,
        "credits": [
            {"name": credit.name, "role": credit.role, "unit": credit.unit, "person": credit.person_id}
            for credit in article.credits.all()
        ],
        "confidence": article.confidence,
        "length": article.length,
        "withdrawn": article.state == article.State.WITHDRAWN,
        "withdrawn_reason": article.withdrawn_reason,
        "continued_from": article.continued_from,
        "continued_on": article.continued_on,
        "elsewhere": [
            {
                "page": other.pk,
                "label": other.label,
                "desk_url": f"{address('page_desk', other.pk, query)}#a{article.pk}",
            }
            for other in desk.elsewhere.get(article.pk, [])
        ],
        "admin_url": address("article_change", article.pk),
        "public_url": article.get_absolute_url(),
        "passages": [p.block.pk for p in desk.parts[article.pk]],
    }


def tell_doubt(desk, doubt):
    at = desk.passage_at(doubt)
    return {
        "id": doubt.pk,
        "kind": kind_of(doubt),
        "text": doubt.text,
        "origin": doubt.origin,
        "at": at and at.block.pk,
        "article": doubt.article_id if doubt.article_id in desk.articles else None,
        "does": promise_of(doubt, desk),
        "proposal": doubt.proposal,
    }


def tell_journal(page, user):
    """The last entries, and what the user can take back and do again next."""
    rows = Correction.objects.filter(pages=page).order_by("pk")
    entries = [Entry(*row) for row in rows.values_list("pk", "user", "undoes", "batch")]
    tops = [stack[-1] if stack else None for stack in stacks_of(entries, user.pk)]
    shown = {entry.pk for entry in entries[-JOURNAL_SHOWN:]}
    wanted = with_undone(shown | {pk for pk in tops if pk}, entries)
    journal = Journal(Correction.objects.filter(pk__in=wanted), page).allow_undo(user)
    known = {entry.pk: entry for entry in journal}
    undo, redo = ({"entry": pk, "words": tell_step(known[pk])} if pk else None for pk in tops)
    return {"undo": undo, "redo": redo, "journal": [tell_entry(entry, user) for entry in journal if entry.pk in shown]}


def with_undone(wanted, entries):
    """The entries wanted, and all that they took back or did again."""
    undoes, found = {entry.pk: entry.undoes for entry in entries}, set()
    for pk in wanted:
        while pk and pk not in found:
            found.add(pk)
            pk = undoes.get(pk)
    return found


def tell_step(entry):
    """The act that undoing or doing again is about, in words."""
    entry = first_entry(entry)
    return f"{entry.name}：{entry.words}".rstrip("：")


def tell_entry(entry, user):
    return {
        "id": entry.pk,
        "when": when(entry),
        "who": entry.who,
        "mine": entry.user_id == user.pk,
        "name": entry.name,
        "words": entry.words,
        "in_force": entry.in_force,
        "may_undo": entry.may_undo,
        "undo_words": entry.undo_words,
    }


def when(entry):
    return f"{timezone.localtime(entry.at):%m-%d %H:%M}"


def cover(desk):
    """How many printed characters, blanks aside, are in articles and how many are set aside: together all of them."""
    counted = {True: 0, False: 0}
    for p in desk.passages:
        counted[p.block.article_id is not None] += len("".join(p.source.split()))
    total = len("".join(desk.page.source_text.split()))
    return {"articles": counted[True], "aside": counted[False], "total": total}


def tell_queue(request, page, query):
    previous, following = neighbours_in_queue(request, page)
    return {
        "query": query,
        "previous": tell_neighbour(previous, query),
        "next": tell_neighbour(following, query),
        "left": QueueFilter(request.GET).pages(request.user).count(),
    }


def tell_neighbour(page, query):
    return page and {"url": address("page_desk", page.pk, query), "title": str(page)}
