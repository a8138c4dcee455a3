"""References to an article as files, and its address as a picture for a telephone's camera."""

from io import BytesIO

import segno
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from ..models import Article, Page
from ..publishing.references import FILES, cite_article
from ..publishing.site import Site
from .articles import answer_for_absent


@require_safe
def cite(request, pk, form):
    article = Article.objects.visible_to(request.user).filter(pk=pk).for_lists().first()
    if article is None:
        return answer_for_absent(request, pk)
    if form not in FILES or article.issue is None:
        raise Http404
    write, content_type = FILES[form]
    pages = Page.objects.visible_to(request.user).carrying(article).for_lists()
    cited = cite_article(article, pages, Site(request))
    response = HttpResponse(write(cited), content_type=f"{content_type}; charset=utf-8")
    if form != "txt":
        response["Content-Disposition"] = f'attachment; filename="{cited.key}.{form}"'
    return response


@require_safe
def qr(request, pk):
    article = Article.objects.visible_to(request.user).filter(pk=pk).first()
    if article is None:
        return answer_for_absent(request, pk)
    picture = BytesIO()
    code = segno.make(Site(request).absolute(article.get_absolute_url()), error="m", micro=False)
    code.save(picture, kind="svg", scale=6, border=4, light="#fff", xmldecl=False)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")
