"""拆分质量: what editors would have to mend on pages that they signed off, as last evaluated; asks for it anew."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from ..evaluation.figures import KIND_NAMES, SHARES
from ..evaluation.reliability import FEW, Bin, draw_curve, tell_range
from ..evaluation.report import FEW_PAGES
from ..evaluation.running import ask_for_evaluation
from ..evaluation.signed_off import signed_off_pages
from ..learning.using import learned_in_use
from ..models import Evaluation
from .chief import for_those_who, show
from .reports import SEE, Choice

FORMER = 12  # earlier evaluations listed


@for_those_who(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def quality(request):
    form = Choice(request.POST or request.GET)
    newspaper = form.chosen("newspaper")
    if request.method == "POST":
        ask_for_evaluation(newspaper)
        query = f"?newspaper={newspaper.pk}" if newspaper else ""
        return HttpResponseRedirect(reverse("chief:quality") + query)
    mine = Evaluation.objects.filter(newspaper=newspaper).select_related("learned")
    made = list(mine.exclude(made_at=None)[:FORMER])
    context = {
        "form": form,
        "newspaper": newspaper,
        "signed_off": signed_off_pages(newspaper).count(),
        "waiting": mine.filter(made_at=None, error="").first(),
        "failed": mine.first() if not made else None,
        "learned": learned_in_use(newspaper and newspaper.pk),
        "former": made[1:],
    }
    if made:
        context.update(evaluation=made[0], **lay_out_figures(made[0].figures))
    return show(request, "reports/quality.html", "拆分质量", **context)


def lay_out_figures(figures):
    pages, bins = figures["pages"], [Bin(**b) for b in figures["reliability"]]
    return {
        "figures": figures,
        "few": pages < FEW_PAGES,
        "clean": percent(figures["clean"], figures["articles"]),
        "top_half": "" if figures["top_half"] is None else f"{figures['top_half']:.0%}",
        "kinds": [(KIND_NAMES.get(kind, kind), n, n / pages) for kind, n in figures["kinds"].items()],
        "shares": [
            (name, *figures["shares"][key], percent(*figures["shares"][key]))
            for key, name in SHARES
            if figures["shares"].get(key, [0, 0])[1]
        ],
        "bins": [(tell_range(b), b, percent(b.clean, b.articles), b.articles < FEW) for b in bins],
        "months": [(m["month"], m, m["touches"] / m["pages"]) for m in figures["months"]],
        "curve": mark_safe(draw_curve(bins)),  # of numbers and our own words only
    }


def percent(right, of):
    return f"{right / of:.0%}" if of else ""
