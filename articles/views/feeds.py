"""Atom feeds, at the address of what they follow and `feed/`."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..models import Article, Category, Column, Newspaper, Person
from ..publishing.feeds import write_feed
from ..publishing.site import Site
from .names import find_named


def answer_feed(request, articles, path, name=""):
    feed = write_feed(Site(request), articles, path, name)
    return HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")


@require_safe
def feed(request):
    return answer_feed(request, Article.objects.visible_to(request.user), reverse("home"))


@require_safe
def newspaper_feed(request, slug):
    paper = get_object_or_404(Newspaper.objects.visible_to(request.user), slug=slug)
    articles = Article.objects.visible_to(request.user).filter(newspaper=paper)
    return answer_feed(request, articles, paper.get_absolute_url(), paper.name)


@require_safe
def category_feed(request, slug):
    this = find_named(Category.objects, request.user, slug=slug)
    articles = Article.objects.visible_to(request.user).filter(category=this)
    return answer_feed(request, articles, this.get_absolute_url(), this.name)


@require_safe
def column_feed(request, pk, name=""):
    this = find_named(Column.objects.select_related("newspaper"), request.user, pk=pk)
    articles = Article.objects.visible_to(request.user).filter(column=this)
    return answer_feed(request, articles, this.get_absolute_url(), f"{this.newspaper} {this}")


@require_safe
def person_feed(request, pk, name=""):
    this = find_named(Person.objects, request.user, pk=pk)
    articles = Article.objects.visible_to(request.user).by(this)
    return answer_feed(request, articles, this.get_absolute_url(), this.name)
