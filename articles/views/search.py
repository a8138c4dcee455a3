"""Search."""

from django import forms
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..filters import SearchFilterSet
from ..models import Article
from .paging import paginate


class SearchForm(forms.Form):
    ORDERS = (("relevance", "相关"), ("newest", "最新"), ("oldest", "最早"))

    q = forms.CharField(
        label="检索词", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    order = forms.ChoiceField(label="排序", choices=ORDERS, required=False)


@require_safe
def search(request):
    from ..search import parse_query
    from ..search import search as find

    form = SearchForm(request.GET)
    filters = SearchFilterSet(request.GET, Article.objects.visible_to(request.user), request=request)
    context = {"form": form, "filters": filters, "order": "relevance", "orders": SearchForm.ORDERS}
    if form.is_valid() & filters.is_valid():
        context["order"] = form.cleaned_data["order"] or "relevance"
        context["query"] = query = parse_query(form.cleaned_data["q"])
        if not query.is_empty:
            results = find(query, articles=filters.qs, pages=filters.pages(), order=context["order"])
            context["page_obj"] = paginate(request, results)
    return render(request, "search.html", context)
