"""Search: the page, its suggestions, one hit after another, and lists to take away."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.http import JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..filters import SearchFilterSet
from ..models import Article
from ..reading.exporting import describe, read_rows, write_csv, write_json
from ..reading.narrowing import chips, facet_groups, timeline
from ..search import parse_query, search_or_relax
from ..search.addresses import Address, make_address
from ..search.facets import count_facets
from ..search.nearest import near_names, words_alone
from ..search.query import Query, Term
from ..search.suggesting import suggest
from .answering import render
from .limiting import limited
from .paging import ARTICLES_A_PAGE, paginate

ORDERS = {"relevance": "相关", "newest": "最新", "oldest": "最早"}
LAST_HIT = 100_000
QUOTES = '"“”「」『』'


class SearchForm(forms.Form):
    q = forms.CharField(label="检索词", required=False, widget=forms.TextInput(attrs={"type": "search"}))


@dataclass
class Asked:
    """What a request searches for, as its reader may see it."""

    form: SearchForm
    filters: SearchFilterSet
    address: Address
    order: str

    @property
    def is_valid(self):
        return self.form.is_valid() and self.filters.is_valid()

    @cached_property
    def typed(self):
        return parse_query(self.form.cleaned_data["q"]) if self.is_valid else Query()

    @cached_property
    def query(self):
        return self.typed if self.typed.is_empty else self.filters.narrow(self.typed)

    @cached_property
    def among(self):
        return {"articles": self.filters.qs, "pages": self.filters.pages()}

    @cached_property
    def results(self):
        return search_or_relax(self.query, **self.among, order=self.order)


def said(request):
    return [(name, value) for name, values in request.GET.lists() for value in values]


def read_request(request):
    address = make_address(said(request))
    order = address.get("order")
    filters = SearchFilterSet(request.GET, Article.objects.visible_to(request.user), request=request)
    return Asked(SearchForm(request.GET), filters, address, order if order in ORDERS else "relevance")


@require_safe
@limited("search")
def search(request):
    asked = read_request(request)
    if list(asked.address.pairs) != said(request):
        return redirect(f"{reverse('search')}{asked.address}".removesuffix("?"))
    context = {
        "form": asked.form,
        "filters": asked.filters,
        "order": asked.order,
        "orders": ORDERS.items(),
        "query": asked.typed,
    }
    if not asked.query.is_empty:
        context |= list_hits(request, asked)
    return render(request, "search.html", context)


def list_hits(request, asked):
    results = asked.results
    facets = count_facets(results)  # first: it reads the newest, which counting and paging then need not
    page = paginate(request, results)
    context = {
        "page_obj": page,
        "relaxed": results.query != asked.query,
        "trail": str(asked.address.without()),
        "chips": chips(asked.filters, asked.address),
        "dates": any(isinstance(part, Term) and part.implied for group in asked.typed.wanted for part in group),
    }
    if not page.object_list:
        return context | {
            "alone": words_alone(asked.query, **asked.among),
            "near": near_names(asked.typed, request.user),
            "quoted": any(mark in asked.typed.text for mark in QUOTES),
        }
    capped = results.has_more or facets.counted < results.count()
    return context | {
        "capped_at": facets.counted if capped else None,
        "timeline": timeline(facets, asked.address, capped),
        "facets": facet_groups(facets, asked.filters, asked.address),
    }


@require_safe
@limited("search")
def search_hit(request):
    """To the n-th hit, from which one can go on to the next; past the last, back to the list."""
    asked, number = read_request(request), read_number(request.GET.get("n"))
    hits = asked.results[number - 1 : number] if number and not asked.query.is_empty else []
    if not hits:
        return redirect(f"{reverse('search')}{asked.address.without()}")
    place = hits[0].article or hits[0].page
    anchor = "" if hits[0].article else "#unplaced"
    return redirect(f"{place.get_absolute_url()}{asked.address.without()}&n={number}{anchor}")


def read_number(said):
    return int(said) if said and said.isdecimal() and len(said) < 9 and 0 < int(said) <= LAST_HIT else 0


def trail(request):
    """For an article that was opened from a search: which hit it is, and the addresses of those around it."""
    number = read_number(request.GET.get("n"))
    if not number or not request.GET.get("q", "").strip():
        return None
    address = make_address(said(request)).without()
    hit, page = f"{reverse('search-hit')}{address}", -(-number // ARTICLES_A_PAGE)
    return {
        "words": address.get("q"),
        "query": parse_query(address.get("q")),
        "number": number,
        "previous": f"{hit}&n={number - 1}" if number > 1 else None,
        "next": f"{hit}&n={number + 1}",
        "back": f"{reverse('search')}{address.having(('page', str(page)))}#hit-{number}",
    }


@require_safe
@limited("suggest")
def search_suggest(request):
    typed = request.GET.get("q", "").replace("\0", "")
    found = [{"kind": each.kind, "words": each.words, "address": each.address} for each in suggest(typed, request.user)]
    return JsonResponse({"query": typed, "suggestions": found}, json_dumps_params={"ensure_ascii": False})


@require_safe
@limited("export")
def search_export(request, form):
    asked = read_request(request)
    if asked.query.is_empty:
        return redirect(f"{reverse('search')}{asked.address.without()}".removesuffix("?"))
    results, absolute = asked.results, request.build_absolute_uri
    address = absolute(f"{reverse('search')}{asked.address.without()}")
    head = describe(asked.typed.text, results.query.explain(), results.count(), results.has_more, address)
    write, kind = (write_csv, "text/csv") if form == "csv" else (write_json, "application/json")
    response = StreamingHttpResponse(write(head, read_rows(results, absolute)), content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="search.{form}"'
    return response
