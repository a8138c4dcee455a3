"""Doing an act that an editor asked for; what was typed is never lost, whatever the answer."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from ..compare import compare
from ..corrections import ActRefused, StalePage
from ..models import Article, Block, Correction, Page
from .acts import ACTS, permission_for
from .desk import Desk
from .forms.base import number_in
from .told import leave, place_of, unsent
from .wording import Journal

VERSIONS, SEEN, GIVEN = "_versions", "_seen", "given"
LATE = "这一版在您打开之后已被改动。"


def act_view(request, site, pk, name):
    """POST: do the act `name` on page `pk`. Answers 302, or a page with the form to send again."""
    act, page = ACTS.get(name), get_object_or_404(Page.objects.select_related("newspaper", "issue"), pk=pk)
    if act is None:
        raise Http404
    if request.method != "POST":  # whoever had to sign in first comes back by GET
        messages.warning(request, f"没有做：{act.label}。登录已过期，请在这里重新填写。")
        return HttpResponseRedirect(reverse("admin:articles_page_change", args=[page.pk]))
    desk, kept = Desk(page), unsent(request.POST)
    leave(request, page, **kept)
    form = act.form(asked(request), desk=desk, auto_id="again-%s")
    versions, seen = versions_seen(request)
    try:
        entry = attempt(act, form, request.user, versions)
    except NotDone as error:
        if error.why == "forbidden":
            return refuse(request, site, str(error))
        return ask_again(request, site, act, form, error, seen)
    tell(request, act, entry)
    place = place_of(act, entry, page, form)
    leave(request, page, **still_unsent(act, form, kept), told=entry and {"entry": entry.pk, "place": place})
    return HttpResponseRedirect(way_back(request, page) + (f"#{place}" if place else ""))


class NotDone(Exception):
    """An act that was not done: `why` is forbidden, invalid, stale or refused, `late` the pages that have moved on."""

    STATUS = {"forbidden": 403, "invalid": 400, "stale": 409, "refused": 409}

    def __init__(self, why, words, late=()):
        self.why, self.late, self.status = why, late, self.STATUS[why]
        super().__init__(words)


def attempt(act, form, user, versions):
    """Do what the form asks for, and return the entry of the journal; raises NotDone."""
    valid = form.is_valid()
    if not user.has_perm(permission_for(act, form)):
        raise NotDone("forbidden", f"您没有“{act.label}”的权限，请找主编开通，或请有权限的同事来做。")
    if not valid:
        late = [p.pk for p in form.desk.pages.values() if versions.get(p.pk, p.version) != p.version]
        raise NotDone("stale", LATE, late) if late else NotDone("invalid", "请改正下面标出的地方再提交。")
    try:
        return act.run(**form.arguments(), user=user, versions=versions)
    except StalePage as error:
        raise NotDone("stale", LATE, [error.page.pk]) from error
    except ActRefused as error:
        raise NotDone("refused", str(error)) from error


def open_view(request, site, pk):
    """POST: open the panel of a passage or an article on the screen, with all that was ticked there."""
    page = get_object_or_404(Page, pk=pk)
    address, opened = way_back(request, page), asked(request)
    if request.method == "POST":
        leave(request, page, **unsent(request.POST))
    for name, place in (("passage", "b"), ("article", "a")):
        if (thing := opened.get(name, "")).isdecimal():
            query = "" if opened.get("shut") else f"{'&' if '?' in address else '?'}{name}={thing}"
            return HttpResponseRedirect(f"{address}{query}#{place}{thing}")
    return HttpResponseRedirect(address)


def still_unsent(act, form, kept):
    """What an act leaves of ticks and roles chosen on the screen: all but what it has done."""
    ticked = ["ticked"] if act.name != "set_roles" or form.cleaned_data["role"] else []
    done = {"move_blocks": ticked, "set_aside": ticked, "set_roles": ["roles", *ticked]}.get(act.name, ())
    return {name: type(value)() if name in done else value for name, value in kept.items()}


def asked(request):
    """What was sent; a button sends all of its fields in one value, as a query string."""
    data = request.POST.copy()
    for given in data.pop(GIVEN, []):
        for name, values in QueryDict(given).lists():
            data.setlist(name, values)
    return data


def versions_seen(request):
    """({page id: version}, id of the last entry of the journal) as they were when the form was made."""
    versions = {}
    for pair in request.POST.get(VERSIONS, "").split():
        page, _, version = pair.partition(":")
        if (pk := number_in(page)) is not None and (number := number_in(version)) is not None:
            versions[pk] = number
    return versions, number_in(request.POST.get(SEEN, ""))


def tell(request, act, entry):
    if entry is None:
        messages.info(request, f"“{act.label}”：没有什么需要改动。")
        return
    words = {"sign_off": _signed, "undo": lambda e: "已撤销。"}.get(act.name, lambda e: f"已做：{act.label}。")(entry)
    messages.success(request, words)
    if entry.arguments.get("reopened"):
        messages.warning(request, "这一版原已送审或签发，因这次改动重新打开，校完请再签发。")


def _signed(entry):
    states = [image.get("state") for image in entry.after.get("page", {}).values()]
    return "已签发，这一版为已审。" if Page.State.REVIEWED in states else "已送审，待第二人签发。"


def way_back(request, page):
    """Where the editor came from."""
    address = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        address = reverse("admin:articles_page_change", args=[page.pk])
    return address


def ask_again(request, site, act, form, error, seen):
    """The form as it was filled in, ready for the page as it is now, with what came between."""
    between = between_acts(form.desk.page, error.late, seen)
    context = {
        **site.each_context(request),
        "title": f"没有做成：{act.label}",
        "act": act,
        "form": form,
        "words": str(error),
        "between": between,
        "late": bool(error.late),
        "desk": form.desk,
        "page": form.desk.page,
        "now": things_now(form),
        "next": request.GET.get("next", ""),
    }
    return render(request, "admin/desk/again.html", context, status=error.status)


def between_acts(page, late, seen):
    """What was done on the pages that moved on since the editor saw them; None where none did."""
    if not late:
        return None
    entries = Correction.objects.filter(pages__in=late, pk__gt=seen or 0).distinct()
    return Journal(entries, page, None if seen else 5)


def things_now(form):
    """What the form is about, as it is now: passages and articles, and how typed text differs from them."""
    blocks, articles, desk = {}, {}, form.desk
    for name, value in getattr(form, "cleaned_data", {}).items():
        for thing in value if isinstance(value, list) else [value]:
            if isinstance(thing, Block) and thing.pk in desk.passage_of:
                blocks[thing.pk] = desk.passage_of[thing.pk]
            elif isinstance(thing, Article) and name != "corrects":
                articles[thing.pk] = thing
    typed = form.data.get("text") if hasattr(form, "now") else None
    return {
        "passages": [(desk.numbers[pk], p, desk.articles.get(p.block.article_id)) for pk, p in blocks.items()],
        "articles": list(articles.values()),
        "difference": compare(form.now, typed.replace("\r\n", "\n")) if typed else None,
    }


def refuse(request, site, words):
    context = {**site.each_context(request), "title": "没有权限", "words": words}
    return render(request, "admin/desk/refused.html", context, status=403)
