"""The correction desk (校样台): its screen, and what the screen's script asks of the server while an editor works.

Every answer is JSON; after each act, done or refused, it holds the page as it is now.
"""

import logging
import re

from django.db import OperationalError, transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET, require_POST

from ..assembly import NAME_LIMIT
from ..models import Article, Block, Category, Column, Correction, Credit, Page, Person
from ..operating.health import check_disk
from .acting import NotDone, asked, attempt, between_acts, versions_seen
from .acts import ACTS, ASSIGN
from .desk import Desk
from .desk_state import address, state_of, when
from .forms.base import number_in
from .presence import leave, note, others_on
from .refusing import refuse, signed_in_anew
from .told import place_of, place_of_entry
from .wording import Journal

logger = logging.getLogger(__name__)

KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PEOPLE_SHOWN = 10


@require_GET
def desk_screen(request, site, pk):
    state = state_of(request, pk)
    home = address("page_desk", pk)
    context = {
        **site.each_context(request),
        "title": state["page"]["title"],
        "state": state,
        "home": home,
        "act": reverse("admin:articles_page_desk_act", args=[pk, "NAME"]),
        "history": f"{home.removesuffix('desk/')}history/",
    }
    response = render(request, "admin/desk/screen.html", context)
    # The next desk of the queue is fetched ahead, which what must not be stored cannot be.
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_GET
def desk_state(request, site, pk):
    return JsonResponse(state_of(request, pk))


@require_POST
def desk_act(request, site, pk, name):
    """Do the act `name`; one sent again because its answer was lost is answered again, and not done twice."""
    act, page = ACTS.get(name), page_or_404(pk)
    if act is None:
        raise Http404
    if refusal := signed_in_anew(request):
        return refusal
    key, (versions, seen) = request.POST.get("_key", ""), versions_seen(request)
    form = act.form(asked(request), desk=Desk(page))
    if key and not KEY.fullmatch(key):
        return refuse(400, "invalid", "这一步的编号不合规矩，没有做。", fields={}, state=state_of(request, pk))
    try:
        entry, again = do_once(act, form, request.user, versions, key)
    except NotDone as error:
        return tell_refusal(request, form, error, seen)
    except OperationalError:
        logger.exception("act %s on page %s", name, pk)
        return refuse(503, "busy", f"{check_disk() or '数据库正忙或写不进去，'}这一步还没有做。请稍后再送。")
    place = place_of_entry(entry.undoes or entry, page) if again else place_of(act, entry, page, form)
    return JsonResponse({"done": tell_done(act, entry, page, place), "state": state_of(request, pk)})


def page_or_404(pk):
    return get_object_or_404(Page.objects.select_related("newspaper", "issue"), pk=pk)


def do_once(act, form, user, versions, key):
    """(entry, had it been done before); raises NotDone. The key is kept with the act or not at all."""

    def before():
        mine = Correction.objects.filter(pages=form.desk.page, user=user, arguments__key=key)
        done = mine.defer("before", "after").first() if key else None
        if done and act.name not in (done.action, "accept_doubt"):  # which may leave the entry of what it did
            raise NotDone("refused", "这一步的编号已经用过，没有做。请再试一次。")
        return done

    if done := before():
        return done, True
    try:
        with transaction.atomic():
            entry = attempt(act, form, user, versions)
            if done := before():  # sent twice at once: the other was quicker
                transaction.set_rollback(True)
            elif key and entry is not None:
                entry.arguments["key"] = key
                entry.save(update_fields=["arguments"])
    except NotDone:
        if done := before():
            return done, True
        raise
    return (done, True) if done else (entry, False)


def tell_done(act, entry, page, place):
    if entry is None:
        return {
            **{"entry": None, "name": act.label, "words": "没有什么需要改动。"},
            **{"place": place, "made": None, "reopened": False},
        }
    (told,) = Journal(Correction.objects.filter(pk=entry.pk), page)
    return {
        "entry": entry.pk,
        "name": told.name,
        "words": told.words,
        "place": place,
        "made": entry.arguments.get("made"),
        "reopened": bool(entry.arguments.get("reopened")),
    }


def tell_refusal(request, form, error, seen):
    page = form.desk.page
    if error.why == "forbidden":
        return refuse(403, "forbidden", str(error))
    if error.why == "invalid":
        said = "；".join(dict.fromkeys(words for found in form.errors.values() for words in found))
        return refuse(400, "invalid", said, fields=form.errors, state=state_of(request, page.pk))
    between = [
        {"when": when(entry), "who": entry.who, "name": entry.name, "words": entry.words}
        for entry in between_acts(page, error.late, seen) or ()
    ]
    return refuse(error.status, error.why, str(error), between=between, state=state_of(request, page.pk))


@require_POST
def desk_pulse(request, site, pk):
    """The desk is still open; posting gone=1, that it is no more."""
    page = get_object_or_404(Page.objects.only("version"), pk=pk)
    if refusal := signed_in_anew(request):
        return refusal
    if request.POST.get("gone"):
        leave(page, request.user)
        return HttpResponse(status=204)
    note(page, request.user)
    is_right = number_in(request.POST.get("version", "")) == page.version
    state = None if is_right else state_of(request, pk)
    version = state["page"]["version"] if state else page.version
    return JsonResponse({"others": others_on(page, request.user), "version": version, "state": state})


@require_GET
def desk_choices(request, site, pk):
    """What the fields of the desk's forms offer; of articles and pages those of the issue."""
    page = page_or_404(pk)
    desk = Desk(page)
    editors = ACTS["assign_page"].form(desk=desk).fields["to"]
    may_assign = request.user.has_perm(ASSIGN)
    return JsonResponse(
        {
            "roles": Block.Role.choices,
            "kinds": Article.Kind.choices,
            "reasons": Block.Reason.choices,
            "credit_roles": Credit.Role.choices,
            "categories": pairs(Category.objects.living()),
            "columns": pairs(Column.objects.living().filter(newspaper=page.newspaper_id)),
            "articles": [
                {
                    "id": pk,
                    "title": choice.thing.title,
                    "page_label": choice.group or page.label,
                    "on_this_page": pk in desk.articles,
                }
                for pk, choice in desk.issue_article_choices.items()
            ],
            "pages": [{"id": pk, "label": other.label} for pk, other in desk.pages.items()],
            "editors": [[user.pk, editors.label_from_instance(user)] for user in editors.queryset if may_assign],
        }
    )


def pairs(names):
    return list(names.order_by("name").values_list("pk", "name"))


@require_GET
def desk_people(request, site, pk):
    """People whose name has what was typed in it, those whose name begins with it first."""
    typed = request.GET.get("q", "").strip().replace("\0", "")[:NAME_LIMIT]
    living = Person.objects.living()
    starting = living.filter(name__startswith=typed).order_by("name", "pk")[:PEOPLE_SHOWN] if typed else ()
    having = living.filter(name__contains=typed).order_by("name", "pk")[: 2 * PEOPLE_SHOWN] if typed else ()
    ids = list(dict.fromkeys(person.pk for people in (starting, having) for person in people))[:PEOPLE_SHOWN]
    found = living.filter(pk__in=ids).with_article_counts(request.user).in_bulk()
    people = [found[pk] for pk in ids]
    told = [{"id": p.pk, "name": p.name, "note": p.note, "articles": p.article_count} for p in people]
    return JsonResponse(told, safe=False)
