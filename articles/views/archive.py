"""What the archive holds, year by year."""

from django.http import Http404
from django.views.decorators.http import require_safe

from ..reading.charts import draw, without_gaps
from ..reading.tallies import Tally, tally
from .answering import render


@require_safe
def archive(request):
    tallies = tally(request.user)
    wanted = request.GET.get("newspaper")
    chosen = next((paper for paper in tallies.newspapers if paper.slug == wanted), None)
    if wanted and chosen is None:
        raise Http404
    rows = tallies.by_year(chosen)
    total = Tally()
    for _, each in rows:
        total.add(each)
    context = {
        "tallies": tallies,
        "chosen": chosen,
        "rows": rows,
        "total": total,
        "charts": [(words, chart_of(rows, name)) for words, name in (("文章", "articles"), ("版面", "pages"))],
    }
    return render(request, "archive.html", context)


def chart_of(rows, name):
    counts = without_gaps((year, getattr(tally, name)) for year, tally in rows)
    return draw((f"{year}年", n, f"#y{year}") for year, n in counts)
