"""A printed page (版面) and its facsimile."""

from pathlib import PurePath

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from newsroom.headers import FILE_POLICY

from ..assembly import for_readers, lay_out
from ..models import Article, Block, Issue, Page
from ..querysets import sees_everything
from ..reading.gaps import missing_pages
from .answering import render
from .listings import list_pages, list_titles
from .redirects import redirect_former

# Shown in place; anything else is handed out as a download, so that no file runs as a page of the site.
PICTURES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".gif": "image/gif",
}


def pages_of(request, slug, label):
    return Page.objects.visible_to(request.user).filter(
        issue__newspaper__slug=slug, issue__date=label.date, issue__edition=label.edition
    )


def neighbours(rows, row):
    """The rows before and after `row`, None at the ends."""
    at = rows.index(row)
    return (rows[at - 1] if at else None), (rows[at + 1] if at + 1 < len(rows) else None)


def stands_apart(block):
    """Is it in no article's text: unplaced, or furniture of an article that readers see?"""
    if block.article_id is None:
        return bool(block.reason)
    return block.role == Block.Role.FURNITURE and block.article.state == Article.State.PUBLIC


def count_repeats(passages):
    """How many passages repeat something of the page that readers may see."""
    withdrawn = [p for p in passages if p.block.article and p.block.article.state != Article.State.PUBLIC]
    repeats = [(b.duplicate_start, b.duplicate_end) for b in (p.block for p in passages) if b.duplicate_end]
    return sum(not any(p.start < end and start < p.end for p in withdrawn) for start, end in repeats)


@require_safe
def page(request, slug, label, address):
    siblings = list(pages_of(request, slug, label).for_lists().in_order())
    this = next((page for page in siblings if page.address == address), None)
    if this is None:
        return redirect_former(request)
    this = get_object_or_404(Page.objects.select_related("issue__newspaper", "checked_by", "signed_off_by"), pk=this.pk)
    previous, following = neighbours(siblings, this)
    passages = for_readers(lay_out(this, this.blocks.select_related("article")))
    issues = Issue.objects.visible_to(request.user).select_related("newspaper")
    context = {
        "page": this,
        "issue": this.issue,
        "earlier": issues.before(this.issue).first(),
        "later": issues.after(this.issue).first(),
        "pages": siblings,
        "lacking": missing_pages([page.number for page in siblings]),
        "titles": list_titles(siblings, request.user),
        "previous": previous,
        "next": following,
        "listing": list_pages([this], request.user)[0],
        "unplaced": [p for p in passages if stands_apart(p.block) and p.text],
        "repeats": count_repeats(passages),
    }
    return render(request, "page_detail.html", context)


@require_safe
def facsimile(request, slug, label, address):
    this = next((page for page in pages_of(request, slug, label) if page.address == address), None)
    # Staff have what is masked before them in any case.
    if this is None or not (this.facsimile if sees_everything(request.user) else this.public_facsimile):
        raise Http404
    name = PurePath(this.facsimile.name)
    content_type = PICTURES.get(name.suffix.lower())
    try:
        file = this.facsimile.open()
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        file,
        as_attachment=content_type is None,
        filename=name.name,
        content_type=content_type or "application/octet-stream",
        headers={"Content-Security-Policy": FILE_POLICY},
    )
