"""The screen of an article: what it says, how it is filed, where it stands, and all that it said before."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from ..assembly import read_passages
from ..compare import compare
from ..corrections import ActRefused
from ..corrections.history import states_of
from ..corrections.restoring import plan_article
from ..models import Article, Correction, Page
from .desk import Desk
from .page_screen import article_forms, paragraphs_of, tell_entry, what_may
from .told import take
from .wording import Journal


def article_screen(request, site, pk):
    rows = Article.objects.select_related("newspaper", "category", "column", "corrects", "merged_into")
    article = get_object_or_404(rows.prefetch_related("credits__person", "notices"), pk=pk)
    passages = read_passages([article]).get(article.pk, [])
    desk = desk_of(article, passages)
    left = take(request, desk.page) if desk else {"told": None}
    history = tell_history(article, desk.page if desk else None)
    context = {
        **site.each_context(request),
        "title": article.title,
        "article": article,
        "paragraphs": paragraphs_of(passages),
        "pages": list({p.page.pk: p.page for p in passages}.values()),
        "first": passages[0] if passages else None,
        "desk": desk,
        "page": desk.page if desk else None,
        "forms": forms_for(article, desk, request.user) if desk else [],
        "may": what_may(request.user),
        "told": tell_entry(left["told"], desk.page, request.user) if desk else None,
        "sure": how_sure(article),
        "survivor": Article.objects.survivor_of(article.pk),
        "history": history,
        **chosen_difference(request, article, history),
        "back": reverse("admin:articles_article_change", args=[article.pk]),
    }
    return render(request, "admin/desk/article.html", context)


def how_sure(article):
    """How sure the machine was of its split, in words."""
    words = "高" if article.confidence >= 0.8 else "中" if article.confidence >= 0.5 else "低"
    return f"程序拆分的把握{words}（{article.confidence:.0%}）"


def desk_of(article, passages):
    """The page on which the article begins; an article that is no more has none."""
    if not passages:
        return None
    pages = Page.objects.select_related("newspaper", "issue")
    return Desk(pages.get(pk=article.page_id or passages[0].page.pk))


def forms_for(article, desk, user):
    """What concerns the article as a whole; acts on its passages are done on its page."""
    if article.pk not in desk.articles:
        return []
    return [entry for entry in article_forms(desk, article, user) if entry[0].on in ("file", "withdrawal")]


def tell_history(article, page):
    """The states of the article, newest first, each with its act in words."""
    states = states_of(article)
    entries = [state.entry for state in states if state.entry]
    told = {e.pk: e for e in Journal(Correction.objects.filter(pk__in=[e.pk for e in entries]), page)}
    return [
        {"number": len(states) - i, "fields": state.fields, "entry": told.get(state.entry.pk) if state.entry else None}
        for i, state in enumerate(states)
    ]


def chosen_difference(request, article, history):
    """The two states chosen, else the last two, and where they differ: (label, runs) each. Where one is to be brought
    back, what that changes and what keeps it from being done."""
    by_number = {str(state["number"]): state for state in history}
    newest, wanted = len(history), by_number.get(request.GET.get("restore", ""))
    later = wanted or by_number.get(request.GET.get("to", ""), history[0])
    earlier = history[0] if wanted else by_number.get(request.GET.get("from", ""), by_number[str(max(1, newest - 1))])
    differences = [
        (label, compare(earlier["fields"][label], text))
        for label, text in later["fields"].items()
        if earlier["fields"][label] != text
    ]
    found = {"earlier": earlier["number"], "later": later["number"], "differences": differences}
    return found | {"wanted": wanted, "in_the_way": why_not(article, wanted)}


def why_not(article, wanted):
    """What keeps the article from being brought back to a state, in words."""
    if wanted is None:
        return ""
    try:
        plan_article(article, wanted["entry"])
    except ActRefused as error:
        return str(error)
    return ""
