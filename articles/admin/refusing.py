"""Refusals that a script can read: it keeps what was typed itself, and has no use for a page of HTML."""

from urllib.parse import urlencode, urlsplit

from django.http import JsonResponse
from django.urls import reverse

from ..corrections.journal import who

SIGNED_OUT = "登录已过期，刚才这一步还没有做。登录后可以接着做。"
ANOTHER = "这个浏览器现在登录的是{}。请退出，用原来的账号登录，再接着做。"
FORGED = "登录状态已变，刚才这一步还没有做。请再试一次；仍不行就刷新页面。"

NOT_ALLOWED = "您的账号不能看版面，需要时请管理员调整用户组。"


def asked_by_script(request):
    """Does the request want JSON for an answer? A browser following a link or sending a form does not."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def refuse(status, why, words, *, state=None, **more):
    found = {"refused": {"why": why, "words": words, **more}}
    return JsonResponse(found if state is None else found | {"state": state}, status=status)


def signed_out(request):
    back = urlencode({"next": came_from(request) or reverse("admin:index")})
    return refuse(401, "signed_out", SIGNED_OUT, login=f"{reverse('admin:login')}?{back}")


def signed_in_anew(request):
    """The refusal where the browser is signed in as somebody else than the screen was made for; else nothing."""
    if request.POST.get("_me", str(request.user.pk)) == str(request.user.pk):
        return None
    name = who(request.user)
    return refuse(401, "signed_out", ANOTHER.format(name), who=name, login=reverse("admin:index"))


def forged(request):
    return refuse(403, "csrf", FORGED)


def came_from(request):
    """The address inside the admin that the browser says the request came from, or nothing."""
    back = urlsplit(request.headers.get("referer", ""))
    inside = back.netloc == request.get_host() and back.path.startswith(reverse("admin:index"))
    return back._replace(scheme="", netloc="").geturl() if inside else ""
