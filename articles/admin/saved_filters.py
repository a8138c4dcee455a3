"""Filters of the queue that an editor keeps under a name (常用筛选)."""

from django import forms
from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ..models import SavedFilter
from .forms.base import number_in
from .queue import FILTERS, QueueFilter

NAMELESS = "请给这组筛选起个名称。"


class SavingFilter(forms.Form):
    name = forms.CharField(label="名称", max_length=30, error_messages={"required": NAMELESS})
    query = forms.CharField(required=False, max_length=300)

    def clean_name(self):
        words = ("".join(filter(str.isprintable, word)) for word in self.cleaned_data["name"].split())
        if name := " ".join(filter(None, words)):
            return name
        raise forms.ValidationError(NAMELESS)

    def clean_query(self):
        if query := sound(QueryDict(self.cleaned_data["query"])):
            return query
        raise forms.ValidationError("请先筛选，再把筛选存下来。")


def sound(sent):
    """What of a query is a filter of the queue, with a value that means something there."""
    form, kept = QueueFilter(sent), QueryDict(mutable=True)
    form.is_valid()
    for name in FILTERS:
        if sent.get(name) and name not in form.errors:
            kept[name] = sent[name]
    return kept.urlencode()


@require_POST
def saved_filters(request, site):
    """Keep the filters sent under their name, or forget those with the id `forget`."""
    mine = SavedFilter.objects.filter(user=request.user)
    if (pk := request.POST.get("forget")) is not None:
        mine.filter(pk=number_in(pk)).delete()
        return to_queue(request.POST.get("query", ""))
    form = SavingFilter(request.POST)
    if not form.is_valid():
        for words in dict.fromkeys(words for found in form.errors.values() for words in found):
            messages.error(request, words)
        return to_queue(request.POST.get("query", ""))
    name, query = form.cleaned_data["name"], form.cleaned_data["query"]
    mine.update_or_create(name=name, defaults={"user": request.user, "query": query})
    messages.success(request, f"已存为常用筛选：{name}。")
    return to_queue(query)


def to_queue(query):
    return redirect(reverse("admin:articles_page_queue") + (f"?{kept}" if (kept := sound(QueryDict(query))) else ""))
