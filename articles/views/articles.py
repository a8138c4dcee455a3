"""Articles: one, its printed source, and all of them by filters."""

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import permission_required
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..assembly import for_readers, read_paragraphs, read_passages
from ..compare import compare
from ..corrections.revealing import reveal_article
from ..filters import ArticleFilterSet
from ..models import Article
from ..privacy.masking import MASK
from ..reading.relations import find_relations
from .answering import render
from .errors import gone
from .pages import neighbours
from .paging import CappedRows, paginate
from .redirects import moved_to

BESIDE = 12  # other articles of the page that are listed
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
    this = visible.filter(pk=pk).for_lists().with_column_neighbours(visible).first()
    if this is None:
        return answer_for_absent(request, pk)
    passages = read_passages([this]).get(this.pk, [])
    paragraphs = read_paragraphs(this, passages)
    context = {
        "article": this,
        "issue": this.issue,
        "pages": pages_of(this, passages),
        "is_masked": any(MASK in text for text in (this.title, this.byline, *(p.text for p in paragraphs))),
        "paragraphs": [p for p in paragraphs if p.role != "caption"],
        "captions": [p for p in paragraphs if p.role == "caption"],
        **issue_mates(this, visible),
        **linked_articles(this, visible),
        "relations": find_relations(this, visible),
    }
    return render(request, "article_detail.html", context)


@require_safe
def article_source(request, pk):
    """The passages that an article is made of, as printed, with what editors have put right."""
    this = Article.objects.visible_to(request.user).filter(pk=pk).for_links().first()
    if this is None:
        return answer_for_absent(request, pk)
    return show_sources(request, this, for_readers(read_passages([this]).get(this.pk, [])))


@never_cache
@require_POST
@permission_required("articles.mend_page", raise_exception=True)
def article_original(request, pk):
    """Its passages with nothing covered, for an editor who asks; that they did is noted."""
    this = get_object_or_404(Article.objects.visible_to(request.user).for_links(), pk=pk)
    return show_sources(request, this, reveal_article(article=this, user=request.user), revealed=True)


def show_sources(request, this, passages, revealed=False):
    context = {
        "article": this,
        "issue": this.issue,
        "sources": [(passage, compare(passage.source, passage.text)) for passage in passages],
        "is_masked": any(MASK in passage.text or MASK in passage.source for passage in passages),
        "revealed": revealed,
    }
    return render(request, "article_source.html", context)


def answer_for_absent(request, pk):
    """A merged article redirects to its survivor, a withdrawn or lost one is 410, anything else 404."""
    if survivor := Article.objects.survivor_of(pk):
        return moved_to(survivor.get_absolute_url())
    if withdrawn := Article.objects.withdrawn_for(request.user).filter(pk=pk).first():
        return gone(request, withdrawn)
    get_object_or_404(Article, pk=pk, gone=True)
    return gone(request)


def pages_of(this, passages):
    """The pages that it stands on, in order: who sees an article sees them all."""
    pages = {passage.page.pk: passage.page for passage in passages} or {this.page_id: this.page}
    pages = sorted(filter(None, pages.values()), key=lambda page: (page.sort_key, page.number, page.pk))
    users = get_user_model().objects.in_bulk(
        {pk for page in pages for pk in (page.checked_by_id, page.signed_off_by_id)}
    )
    for page in pages:
        page.checked_by, page.signed_off_by = users.get(page.checked_by_id), users.get(page.signed_off_by_id)
    return pages


def issue_mates(this, visible):
    """The articles before and after in the issue, and the others that begin on its page."""
    if this.issue_id is None:
        return {"previous": None, "next": None, "beside": []}
    mates = list(visible.filter(issue=this.issue_id).in_issue_order().for_links())
    previous, following = neighbours(mates, this)
    beside = [other for other in mates if this.page_id and other.page_id == this.page_id and other != this]
    outer = [other for other in beside if other.parent_id is None]
    return {"previous": previous, "next": following, "beside": outer[:BESIDE], "more_beside": len(outer) > BESIDE}


def linked_articles(this, visible):
    """What it is an item of and its items, what it corrects and what corrects it, its neighbours in its column."""
    ids = {this.parent_id, this.corrects_id, this.column_earlier, this.column_later} - {None}
    wanted = Q(pk__in=ids) | Q(corrects=this) | Q(parent=this)
    linked = list(visible.filter(wanted).in_issue_order().select_related("newspaper", "issue__newspaper", "page"))
    by_id = {other.pk: other for other in linked}
    return {
        "parent": by_id.get(this.parent_id),
        "items": [other for other in linked if other.parent_id == this.pk],
        "corrected": by_id.get(this.corrects_id),
        "notices": [other for other in linked if other.corrects_id == this.pk],
        "column_earlier": by_id.get(this.column_earlier),
        "column_later": by_id.get(this.column_later),
    }
