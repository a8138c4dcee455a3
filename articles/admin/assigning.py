"""Assign pages to an editor, many at once."""

from django.db.models import F

from ..corrections import ActRefused, assign_pages
from ..corrections.many import LIMIT, refuse_too_many
from .chief import CHANGED, fingerprint, for_those_who, show, versions_of
from .choosing import Assigning
from .many import ASSIGN, LISTED, finish


@for_those_who(ASSIGN)
def assign(request):
    form = Assigning(request.POST or request.GET or None)
    if not form.is_valid():
        return show(request, "many/assign.html", "分派版面", form=form)
    pages = form.pages()
    ids = list(pages.order_by("pk").values_list("pk", flat=True)[: LIMIT + 1])
    refusal = ""
    try:
        refuse_too_many(len(ids), "版")
        versions = versions_of(pages=ids)
        token = fingerprint(ids, versions)
        if request.method == "POST" and request.POST.get("token") == token:
            return finish(
                request, assign_pages(pages=ids, to=form.cleaned_data["to"], user=request.user, versions=versions)
            )
        refusal = CHANGED if request.method == "POST" else ""
    except ActRefused as error:
        refusal, token = str(error), ""
    shown = pages.for_lists().select_related("newspaper", "issue__newspaper", "assigned_to")
    context = {
        "form": form,
        "refusal": refusal,
        "token": token if ids else "",
        "count": pages.count(),
        "pages": shown.order_by(F("issue__date").desc(nulls_last=True), "sort_key", "pk")[:LISTED],
    }
    return show(request, "many/assign.html", "分派版面", status=409 if refusal else 200, **context)
