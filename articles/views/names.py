"""What articles are found by: categories, columns, people, keywords."""

from collections import Counter

from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from ..models import Article, Category, Column, Credit, Person
from ..models.newspapers import FIRST_YEAR, LAST_YEAR
from ..reading.charts import draw, without_gaps
from ..reading.frequency import tell_frequency
from ..reading.tallies import common_initials, with_counts
from .answering import render
from .paging import ARTICLES_A_PAGE, NAMES_A_PAGE, CappedRows, CountedRows, paginate
from .redirects import redirect_misnamed

RECENT = 500  # newest articles whose keywords are listed
LATEST = 60  # newest articles of a column that tell how often it comes
INITIALS = 80
TOGETHER = 12  # co-authors, neighbouring keywords


@require_safe
def category_list(request):
    categories = Category.objects.living().visible_to(request.user)
    return render(request, "category_list.html", {"categories": with_counts(categories, request.user)})


@require_safe
def category(request, slug):
    this = find_named(Category.objects, request.user, slug=slug)
    if address := redirect_misnamed(request, this):
        return address
    articles = Article.objects.visible_to(request.user).filter(category=this)
    return render(request, "category_detail.html", {"category": this, **by_years(request, articles)})


@require_safe
def column_list(request):
    columns = (
        Column.objects.living().visible_to(request.user).with_article_counts(request.user).select_related("newspaper")
    )
    page = paginate(request, columns.order_by("newspaper__name", "name"), NAMES_A_PAGE)
    return render(request, "column_list.html", {"page_obj": page})


@require_safe
def column(request, pk, name=""):
    this = find_named(Column.objects.select_related("newspaper"), request.user, pk=pk)
    if address := redirect_misnamed(request, this):
        return address
    articles = Article.objects.visible_to(request.user).filter(column=this)
    days = articles.newest_first().values_list("issue__date", flat=True)[:LATEST]
    context = {"column": this, "frequency": tell_frequency(day for day in days if day), **by_years(request, articles)}
    return render(request, "column_detail.html", context)


@require_safe
def person_list(request):
    living = Person.objects.living()
    wanted, initial = (request.GET.get(name, "").replace("\0", "") for name in ("q", "initial"))
    wanted, initial = wanted.strip()[:60], initial[:1]
    people = living.filter(name__contains=wanted, name__startswith=initial)
    people = people.visible_to(request.user).with_article_counts(request.user)
    context = {
        "page_obj": paginate(request, CappedRows(people), NAMES_A_PAGE),
        "wanted": wanted,
        "initial": initial,
        "initials": sorted(common_initials(request.user, INITIALS), key=by_sound),
    }
    return render(request, "person_list.html", context)


@require_safe
def person(request, pk, name=""):
    this = find_named(Person.objects, request.user, pk=pk)
    if address := redirect_misnamed(request, this):
        return address
    articles = Article.objects.visible_to(request.user).by(this)
    credits = Credit.objects.filter(article__in=articles).order_by()
    roles = credits.filter(person=this)
    others = credits.exclude(person=this).filter(person__isnull=False).values_list("person")
    together = others.annotate(n=Count("article", distinct=True)).order_by("-n", "person__name")[:TOGETHER]
    people = Person.objects.in_bulk([pk for pk, _ in together])
    context = {
        "person": this,
        "roles": count_by(roles, "role", dict(Credit.Role.choices)),
        "units": roles.exclude(unit="").order_by("unit").values_list("unit", flat=True).distinct(),
        "together": [(people[pk], n) for pk, n in together],
        **by_years(request, articles),
    }
    return render(request, "person_detail.html", context)


@require_safe
def keyword_list(request):
    """Keywords of the newest articles."""
    newest = Article.objects.visible_to(request.user).newest_first().values_list("keywords", flat=True)[:RECENT]
    words = Counter(word for keywords in newest for word in keywords).most_common(NAMES_A_PAGE)
    return render(request, "keyword_list.html", {"words": words, "recent": RECENT})


@require_safe
def keyword(request, word):
    articles = Article.objects.visible_to(request.user).with_keyword(word.replace("\0", ""))
    page = paginate(request, CappedRows(articles.for_lists()))
    if not page.object_list:
        raise Http404
    beside = Counter(other for article in page for other in article.keywords if other != word)
    context = {"word": word, "page_obj": page, "together": beside.most_common(TOGETHER)}
    return render(request, "keyword_detail.html", context)


def by_sound(name):
    """An order of names: GB 2312 has common characters by their pinyin, and GB 18030 begins with it."""
    return name.encode("gb18030")


def find_named(rows, user, **wanted):
    """What has that address, or the survivor of what was merged, if the user sees it."""
    found = rows.filter(**wanted).first()
    # Asked for also where there is nothing, so that what is hidden takes no longer than what is missing.
    return get_object_or_404(rows.visible_to(user), pk=found.survivor.pk if found else 0)


def by_years(request, articles):
    """For a template: a chart of how many of `articles` each year has, and a page of them, of ?year= if it is said."""
    years = articles.count_by_year()
    total = sum(n for _, n in years)
    year = read_year(request.GET.get("year"))
    rows = articles.newest_first().for_lists()
    if year:
        rows = CountedRows(rows.in_year(year), dict(years).get(year, 0))
    else:
        # Those of no day, which staff see, are in no year.
        rows = CountedRows(rows, total) if total else rows
    bars = [(f"{each}年", n, f"?{urlencode({'year': each})}") for each, n in without_gaps(years)]
    return {"total": total, "year": year, "chart": draw(bars), "page_obj": paginate(request, rows, ARTICLES_A_PAGE)}


def read_year(said):
    return int(said) if said and said.isdecimal() and len(said) == 4 and FIRST_YEAR <= int(said) <= LAST_YEAR else None


def count_by(rows, field, names):
    counted = rows.order_by().values_list(field).annotate(n=Count("article", distinct=True)).order_by("-n", field)
    return [(names[value], n) for value, n in counted]
