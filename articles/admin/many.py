"""Acts on many: a slip found and replaced, articles filed under a category, and what was done with its undo."""

from collections import Counter, defaultdict
from itertools import islice

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect

from ..corrections import ActRefused, replace_text, set_categories, undo
from ..corrections.many import LIMIT, refuse_too_many
from ..corrections.replacing import find_hits
from ..models import Correction
from .chief import CHANGED, fingerprint, for_those_who, show, versions_of
from .choosing import Filing, Replacing
from .done import NEEDED, describe, last_of, stands
from .forms.base import number_in

HITS_SHOWN = 500  # places to tick at once; the rest comes when these are done
LISTED = 200  # of what an act would change, shown by name
ACTS_LISTED = 20
MANY, ASSIGN = "articles.act_on_many", "articles.assign_page"


@for_those_who(MANY, ASSIGN)
def index(request):
    """The tools, and what was done with them lately."""
    later = Correction.objects.filter(batch=OuterRef("batch"), pk__gt=OuterRef("pk"))
    acts = Correction.objects.filter(~Exists(later), action__in=NEEDED).defer("before", "after")
    acts = acts.select_related("user", "undone_by__undone_by__undone_by").order_by("-pk")[:ACTS_LISTED]
    return show(request, "many/index.html", "批量处理", acts=[(act, describe(act), stands(act)) for act in acts])


@for_those_who(MANY, ASSIGN)
def done(request, pk):
    """What an act on many did; posting takes it back, or does it again."""
    entry = get_object_or_404(Correction.objects.filter(action__in=NEEDED).select_related("user"), pk=pk)
    if not request.user.has_perm(NEEDED[entry.action]):
        raise PermissionDenied
    if request.method == "POST":
        try:
            undo(entry=last_of(entry), user=request.user)
            messages.success(request, "已撤销。" if not stands(entry) else "已重做。")
            return redirect("chief:done", entry.pk)
        except ActRefused as refusal:
            messages.error(request, str(refusal))
    context = {"entry": entry, "words": describe(entry), "stands": stands(entry)}
    return show(request, "many/done.html", "批量处理", **context)


def finish(request, entry, nothing="没有需要改动的。"):
    """To the screen of what was done."""
    if entry is None:
        messages.info(request, nothing)
        return redirect("chief:many")
    messages.success(request, f"已完成：{describe(entry)}。")
    return redirect("chief:done", entry.pk)


@for_those_who(MANY)
def categories(request):
    """Set the category of the articles chosen, all of them."""
    form = Filing(request.POST or request.GET or None)
    if not form.is_valid():
        return show(request, "many/categories.html", "批量改类别", form=form)
    ids = list(form.articles().order_by("page", "pk").values_list("pk", flat=True)[: LIMIT + 1])
    refusal = ""
    try:
        refuse_too_many(len(ids))
        versions = versions_of(articles=ids)
        token = fingerprint(ids, versions)
        if request.method == "POST" and request.POST.get("token") == token:
            entry = set_categories(articles=ids, category=form.cleaned_data["to"], user=request.user, versions=versions)
            return finish(request, entry)
        refusal = CHANGED if request.method == "POST" else ""
    except ActRefused as error:
        refusal, token = str(error), ""
    rows = form.articles()
    names = rows.order_by("category__order").values_list("category__name", flat=True)
    context = {
        "form": form,
        "refusal": refusal,
        "token": token if ids else "",
        "count": rows.count(),
        "before": sorted(Counter(name or "未归类" for name in names.iterator()).items()),
        "articles": rows.newest_first().for_lists()[:LISTED],
    }
    return show(request, "many/categories.html", "批量改类别", status=409 if refusal else 200, **context)


@for_those_who(MANY)
def replace(request):
    """Find a slip in the articles chosen, see every place, and correct those that stay ticked."""
    form = Replacing(request.POST or request.GET or None)
    if not form.is_valid():
        return show(request, "many/replace.html", "查找替换", form=form)
    refusal, hits = "", []
    try:
        if request.method == "POST":
            return finish(request, replace_ticked(request, form.cleaned_data))
    except ActRefused as error:
        refusal = str(error)
    try:
        hits = list(islice(find_hits(form.articles(), form.cleaned_data["find"]), HITS_SHOWN + 1))
    except ActRefused as error:
        refusal = str(error)
    shown = hits[:HITS_SHOWN]
    ticked = set(request.POST.getlist("hit")) if request.method == "POST" else {hit.key for hit in shown}
    context = {
        "form": form,
        "refusal": refusal,
        "hits": [(hit, hit.key in ticked) for hit in shown],
        "more": len(hits) > HITS_SHOWN,
        "versions": " ".join(f"{pk}:{v}" for pk, v in sorted({h.page.pk: h.page.version for h in shown}.items())),
    }
    return show(request, "many/replace.html", "查找替换", status=409 if refusal else 200, **context)


def replace_ticked(request, data):
    hits = defaultdict(set)
    for block, offset in read_pairs(request.POST.getlist("hit"), "-"):
        hits[block].add(offset)
    versions = dict(read_pairs(request.POST.get("versions", "").split(), ":"))
    return replace_text(
        find=data["find"], replacement=data["replacement"], hits=hits, user=request.user, versions=versions
    )


def read_pairs(texts, between):
    """The pairs of numbers that a preview's form carries."""
    found = [tuple(map(number_in, text.split(between))) for text in texts]
    if any(len(pair) != 2 or None in pair for pair in found):
        raise ActRefused("表单不完整，请重新预览。")
    return found
