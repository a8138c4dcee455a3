"""Articles: one, and all of them by filters."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ..assembly import read_paragraphs
from ..filters import ArticleFilterSet
from ..models import Article, Page
from ..search import related_articles
from .errors import gone
from .pages import neighbours
from .paging import CappedRows, paginate
from .redirects import moved_to

COUNTED = 10_000  # articles; to count a million takes longer than to find the newest


@require_safe
def article_list(request):
    filters = ArticleFilterSet(request.GET, Article.objects.visible_to(request.user), request=request)
    articles = filters.found().newest_first().for_lists()
    return render(
        request, "article_list.html", {"filters": filters, "page_obj": paginate(request, CappedRows(articles, COUNTED))}
    )


@require_safe
def article(request, pk):
    visible = Article.objects.visible_to(request.user)
    this = visible.filter(pk=pk).for_lists().select_related("parent").first()
    if this is None:
        return answer_for_absent(request, pk)
    pages = list(Page.objects.visible_to(request.user).carrying(this).for_lists())
    previous, following = issue_neighbours(this, visible)
    paragraphs = read_paragraphs(this)
    context = {
        "article": this,
        "issue": this.issue,
        "pages": pages,
        "paragraphs": [p for p in paragraphs if p.role != "caption"],
        "captions": [p for p in paragraphs if p.role == "caption"],
        "items": visible.filter(parent=this).in_issue_order().for_lists(),
        "parent": visible.filter(pk=this.parent_id).first() if this.parent_id else None,
        "corrected": visible.filter(pk=this.corrects_id).first() if this.corrects_id else None,
        "notices": visible.filter(corrects=this).in_issue_order().for_lists(),
        "previous": previous,
        "next": following,
        "related": related_articles(this, visible.for_lists()),
    }
    return render(request, "article_detail.html", context)


def answer_for_absent(request, pk):
    """A merged article redirects to its survivor, a withdrawn or lost one is 410, anything else 404."""
    if survivor := Article.objects.survivor_of(pk):
        return moved_to(survivor.get_absolute_url())
    if withdrawn := Article.objects.withdrawn_for(request.user).filter(pk=pk).first():
        return gone(request, withdrawn)
    get_object_or_404(Article, pk=pk, gone=True)
    return gone(request)


def issue_neighbours(this, visible):
    """The articles before and after in the issue."""
    if this.issue_id is None:
        return None, None
    order = list(visible.filter(issue=this.issue_id).in_issue_order().values_list("pk", flat=True))
    around = visible.in_bulk([pk for pk in neighbours(order, this.pk) if pk])
    return tuple(around.get(pk) for pk in neighbours(order, this.pk))
