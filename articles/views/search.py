"""Search."""

from django import forms
from django.views.decorators.http import require_safe

from ..filters import SearchFilterSet
from ..models import Article
from ..search import parse_query, search_or_relax
from .answering import render
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
            results = search_or_relax(query, articles=filters.qs, pages=filters.pages(), order=order)
            context |= {"page_obj": paginate(request, results), "relaxed": results.query != query}
    return render(request, "search.html", context)
