"""Reporting a mistake, and what became of it."""

import math
import time

from django import forms
from django.core import signing
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..models import Article, MistakeReport, Page
from ..reading.mistakes import Mistake, TooMany, outcome_of, report_mistake
from ..reading.visitors import fingerprint
from .limiting import limited
from .pages import pages_of

# Seconds from the form to its answer: what fills it in faster is no person, and a page left open for longer is asked
# once more.
SOONEST, LATEST = 2, 24 * 3600
SALT = "articles.views.mistakes"


class MistakeForm(forms.Form):
    kind = forms.ChoiceField(
        label="问题",
        choices=MistakeReport.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一项。"},
    )
    quote = forms.CharField(
        label="哪一处（照抄原文）", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    proposal = forms.CharField(label="应作（可不填）", max_length=120, required=False)
    note = forms.CharField(
        label="说明（可不填）", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    # Out of sight; whatever fills in every field it finds, fills in this.
    leave_empty = forms.CharField(label="请勿填写", required=False, max_length=200)
    asked = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self):
        data = super().clean()
        if data.get("leave_empty"):
            raise forms.ValidationError("没有提交：标明“请勿填写”的一栏里有字，已经替您清掉。请再按一次“提交”。")
        if not self.errors and not data["quote"] and not data["note"]:
            self.add_error("quote", "请照抄有误的字句，或者在“说明”里写清是哪一处。")
        if "://" in data.get("note", "") + data.get("proposal", ""):
            self.add_error("note", "说明里请不要放网址。")
        if not self.errors and not in_time(data.get("asked", "")):
            raise forms.ValidationError("没有提交：填得太快，或者页面打开得太久了。请看一遍再按一次“提交”。")
        return data

    @property
    def mistake(self):
        return Mistake(**{name: self.cleaned_data[name].strip() for name in ("kind", "quote", "proposal", "note")})


def in_time(asked):
    """Was the form made long enough ago, and not too long?"""
    return SOONEST <= age_of(asked) <= LATEST


def age_of(asked):
    """Seconds since the form was made; endless if it was not made here."""
    try:
        return time.time() - signing.loads(asked, salt=SALT)
    except signing.BadSignature:
        return math.inf


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("report", ["POST"])
def report_on_article(request, pk):
    articles = Article.objects.visible_to(request.user).select_related("newspaper", "issue__newspaper", "page")
    return take_report(request, get_object_or_404(articles, pk=pk))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("report", ["POST"])
def report_on_page(request, slug, label, address):
    siblings = pages_of(request, slug, label).select_related("newspaper", "issue__newspaper")
    this = next((page for page in siblings if page.address == address), None)
    if this is None:
        raise Http404
    return take_report(request, this)


def take_report(request, thing):
    form = MistakeForm(request.POST if request.method == "POST" else None, initial={"quote": request.GET.get("quote")})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                return HttpResponseRedirect(
                    report_mistake(form.mistake, thing, fingerprint(request)).get_absolute_url()
                )
            except TooMany as error:
                form.add_error(None, str(error))
                status = 429
    context = {
        "form": form,
        "thing": thing,
        "is_page": isinstance(thing, Page),
        "asked": signing.dumps(time.time(), salt=SALT),
    }
    return render(request, "report_form.html", context, status=status)


@never_cache
@require_safe
def report(request, token):
    this = get_object_or_404(MistakeReport.objects.select_related("doubt"), token=token)
    words, when = outcome_of(this)
    article = Article.objects.visible_to(request.user).filter(pk=this.article_id).first()
    page = Page.objects.visible_to(request.user).filter(pk=this.page_id, issue__isnull=False).for_lists().first()
    context = {"report": this, "outcome": words, "when": when, "article": article, "page": page}
    return render(request, "report.html", context)
