"""What is shown when there is nothing to show."""

from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import render as render_at_once
from django.template.loader import render_to_string

from ..operating.health import check_disk
from .answering import answer_error, render, wants_json

TOO_MUCH = "一次提交的内容太多了。请分几次提交，或者减少所选的行数、文件数。"
WHY_BAD = {
    RequestDataTooBig: TOO_MUCH,
    TooManyFieldsSent: TOO_MUCH,
    TooManyFilesSent: TOO_MUCH,
    DisallowedHost: "这个网址的主机名没有登记。请管理员把它写进 ALLOWED_HOSTS。",
}


def bad_request(request, exception):
    # Without a request, as below: its host or its session may be what is bad.
    why = WHY_BAD.get(type(exception), "网址或提交的内容不合规矩，没有处理。")
    if wants_json(request):
        return answer_error(400, why)
    return HttpResponseBadRequest(render_to_string("400.html", {"why": why}))


def page_not_found(request, exception):
    if wants_json(request):
        return answer_error(404, "没有这一页。")
    return render_at_once(request, "404.html", status=404)


def server_error(request):
    """500; or 503 when the disk takes nothing, which is then what most probably failed."""
    status = 503 if check_disk() else 500
    if wants_json(request):
        return answer_error(status, "网站出了故障。")
    # Without a request: what failed may be the session or the database.
    context = {"id": getattr(request, "id", ""), "disk": status == 503}
    return HttpResponse(render_to_string("500.html", context), status=status)


def gone(request, article=None):
    """410: the article was withdrawn, for a reason that readers are told, or no longer exists."""
    return render(request, "article_gone.html", {"article": article}, status=410)
