"""Columns, people and categories: found by name, renamed, merged; each with a preview."""

from difflib import SequenceMatcher
from heapq import nlargest

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404

from ..corrections import ActRefused, merge_names, rename_name
from ..corrections.many import refuse_too_many
from ..corrections.names import articles_under
from ..models import Article, Category, Column, Person
from .chief import CHANGED, fingerprint, for_those_who, show, versions_of
from .done import KINDS
from .forms.base import number_in
from .many import LISTED, MANY, finish

MODELS = {"column": Column, "person": Person, "category": Category}
NAMES_A_PAGE, ALIKE = 50, 20
COMPARED = 5000  # names looked at for what is alike


class KindConverter:
    """A kind of name in an address."""

    regex = "column|person|category"

    def to_python(self, value):
        return value

    to_url = to_python


def rows_of(kind):
    rows = MODELS[kind].objects.living()
    return rows.select_related("newspaper") if kind == "column" else rows


@for_those_who(MANY)
def names(request, kind):
    """All names of a kind, each with what may be done with it."""
    words = request.GET.get("q", "").replace("\0", "").strip()
    rows = rows_of(kind).filter(name__contains=words).with_article_counts(request.user).prefetch_related("merged")
    page = Paginator(rows, NAMES_A_PAGE).get_page(request.GET.get("page"))
    context = {"kind": kind, "kind_name": KINDS[kind], "words": words, "page_obj": page}
    return show(request, "many/names.html", f"整理{KINDS[kind]}", **context)


@for_those_who(MANY)
def rename(request, kind, pk):
    named = get_object_or_404(rows_of(kind), pk=pk)
    name, refusal = request.POST.get("name", request.GET.get("name", "")).strip(), ""
    if request.method == "POST":
        try:
            if request.POST.get("was") != named.name:
                raise ActRefused(CHANGED)
            return finish(request, rename_name(named=named, name=name, user=request.user))
        except ActRefused as error:
            refusal = str(error)
    context = {
        "kind": kind,
        "kind_name": KINDS[kind],
        "named": named,
        "name": name,
        "refusal": refusal,
        "count": len(articles_under(named)),
        "limit": type(named)._meta.get_field("name").max_length,
    }
    title = f"{KINDS[kind]}“{named}”改名"
    return show(request, "many/rename.html", title, status=409 if refusal else 200, **context)


@for_those_who(MANY)
def merge(request, kind, pk):
    """Choose what `pk` is to be merged into, see what that would change, do it."""
    other = get_object_or_404(rows_of(kind), pk=pk)
    rows = rows_of(kind).exclude(pk=pk)
    if kind == "column":
        rows = rows.filter(newspaper=other.newspaper)
    into = request.POST.get("into", request.GET.get("into", ""))
    survivor = rows.filter(pk=number_in(into)).first()
    words = request.GET.get("q", "").replace("\0", "").strip()
    context = {"kind": kind, "kind_name": KINDS[kind], "other": other, "survivor": survivor, "words": words}
    title = f"合并{KINDS[kind]}“{other}”"
    if survivor is None:
        found = rows.filter(name__contains=words)[:NAMES_A_PAGE] if words else alike(rows, other.name)
        refusal = "请选择要并入的名称，原来选的可能刚被合并。" if into else ""
        return show(request, "many/merge.html", title, found=found, refusal=refusal, **context)
    ids, refusal = articles_under(other), ""
    versions = versions_of(articles=ids)
    token = fingerprint([survivor.pk, *ids], versions)
    try:
        refuse_too_many(len(ids))
        if request.method == "POST":
            if request.POST.get("token") != token:
                raise ActRefused(CHANGED)
            return finish(request, merge_names(survivor=survivor, other=other, user=request.user, versions=versions))
    except ActRefused as error:
        refusal = str(error)
    articles = Article.objects.filter(pk__in=ids[:LISTED]).newest_first().for_lists()
    context |= {"token": token, "count": len(ids), "articles": articles, "refusal": refusal}
    return show(request, "many/merge.html", title, status=409 if refusal else 200, **context)


def alike(rows, name):
    """The names most like one, likest first: what a slip of OCR made two of."""
    pairs = rows.order_by("pk").values_list("pk", "name")[:COMPARED]
    matcher = SequenceMatcher(None, "", name, autojunk=False)

    def likeness(pair):
        matcher.set_seq1(pair[1])
        return matcher.ratio()

    found = nlargest(ALIKE, pairs, key=likeness)
    by_id = rows.in_bulk([pk for pk, _ in found])
    return [by_id[pk] for pk, _ in found]
