"""What articles are found by: categories, columns, people."""

from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ..models import Article, Category, Column, Credit, Person
from .answering import render
from .paging import NAMES_A_PAGE, paginate
from .redirects import redirect_misnamed


@require_safe
def category_list(request):
    categories = Category.objects.living().visible_to(request.user).with_article_counts(request.user)
    return render(request, "category_list.html", {"categories": categories})


@require_safe
def category(request, slug):
    this = find_named(Category.objects, request.user, slug=slug)
    if address := redirect_misnamed(request, this):
        return address
    articles = Article.objects.visible_to(request.user).filter(category=this).newest_first().for_lists()
    return render(request, "category_detail.html", {"category": this, "page_obj": paginate(request, articles)})


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
    articles = Article.objects.visible_to(request.user).filter(column=this).newest_first().for_lists()
    return render(request, "column_detail.html", {"column": this, "page_obj": paginate(request, articles)})


@require_safe
def person_list(request):
    people = Person.objects.living().visible_to(request.user).with_article_counts(request.user)
    return render(request, "person_list.html", {"page_obj": paginate(request, people, NAMES_A_PAGE)})


@require_safe
def person(request, pk, name=""):
    this = find_named(Person.objects, request.user, pk=pk)
    if address := redirect_misnamed(request, this):
        return address
    articles = Article.objects.visible_to(request.user).by(this)
    roles = Credit.objects.filter(person=this, article__in=articles)
    context = {
        "person": this,
        "roles": count_by(roles, "role", dict(Credit.Role.choices)),
        "units": roles.exclude(unit="").order_by("unit").values_list("unit", flat=True).distinct(),
        "page_obj": paginate(request, articles.newest_first().for_lists()),
    }
    return render(request, "person_detail.html", context)


def find_named(rows, user, **wanted):
    """What has that address, or the survivor of what was merged, if the user sees it."""
    survivor = get_object_or_404(rows, **wanted).survivor
    return get_object_or_404(rows.visible_to(user), pk=survivor.pk)


def count_by(rows, field, names):
    counted = rows.order_by().values_list(field).annotate(n=Count("article", distinct=True)).order_by("-n", field)
    return [(names[value], n) for value, n in counted]
