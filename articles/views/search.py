"""Search."""

from django import forms
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..filters import SearchFilterSet
from ..models import Article
from ..search import parse_query, relaxations
from ..search import search as find
from .paging import paginate

ORDERS = {"relevance": "相关", "newest": "最新", "oldest": "最早"}


class SearchForm(forms.Form):
    q = forms.CharField(label="检索词", required=False, widget=forms.TextInput(attrs={"type": "search"}))


@require_safe
def search(request):
    form = SearchForm(request.GET)
    filters = SearchFilterSet(request.GET, Article.objects.visible_to(request.user), request=request)
    order = request.GET.get("order")
    order = order if order in ORDERS else "relevance"
    context = {"form": form, "filters": filters, "order": order, "orders": ORDERS.items()}
    if form.is_valid() and filters.is_valid():
        context["query"] = query = parse_query(form.cleaned_data["q"])
        if not query.is_empty:
            results = find_or_relax(query, articles=filters.qs, pages=filters.pages(), order=order)
            context |= {"page_obj": paginate(request, results), "relaxed": results.query != query}
    return render(request, "search.html", context)


def find_or_relax(query, **scope):
    """The hits of a query; where there are none, those of its words taken apart, or of most of them."""
    results = find(query, **scope)
    if results:
        return results
    return next(filter(None, (find(looser, **scope) for looser in relaxations(query))), results)
