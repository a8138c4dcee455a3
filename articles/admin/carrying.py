"""What was typed outlives the session: a form sent after it ended is carried through signing in, and offered again.

Why nobody can be made to send what they have not seen:

- A form is taken up here only once it is known to come from this site. With a valid token the check against forged
  forms has said so. Without one (signing in changes the token, also in another tab) the browser has to name this very
  site in Origin, or else in Referer, which other sites' pages cannot make it do; anything else is refused plainly.
- Fields wait in the sign-in page itself, signed, so that no stranger can fill the archive with them or make them up.
  They get there by the sign-in form only, whose own token keeps other sites' pages from posting it.
- Nothing is sent by itself. Whoever has signed in sees where the form goes and what it says, and sends it with a fresh
  token to the address it was meant for, where permissions and versions are checked as ever.
- The address is that of the request itself, and inside the admin: there is no address in the form to be forged.

Passwords are not carried, nor are files.
"""

import math
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from .acts import ACTS
from .locking import locked_until
from .refusing import asked_by_script, came_from, forged, signed_out

SALT, FIELD, KEPT = "articles.admin.carrying", "carried", "carried"
HOURS = 12
ROOM = 64 * 1024  # left of what Django takes in a form, for the sign-in form's own fields
NOT_SHOWN = ("csrfmiddlewaretoken", "token", "versions", "version", "pages")


class CarryingMiddleware:
    """Where the admin would lead to its sign-in page, shows it with what was sent."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not is_carried(request):
            return None
        if admin.site.has_permission(request):
            if request.session.get(KEPT) and not is_exempt(view) and FIELD in request.POST:
                del request.session[KEPT]
            return None
        if is_exempt(view):  # not known to come from this site, and its files are not read yet
            messages.warning(request, "登录已过期，文件没有上传。登录后请重新选择文件。")
            return redirect_to_login(request.path, reverse("admin:login"))
        return sign_in(request, carry(request))


def is_exempt(view):
    return getattr(view, "csrf_exempt", False)


def is_carried(request):
    """Is this a form of the admin, other than those of signing in and out? What a script sends it keeps itself."""
    own = (reverse("admin:login"), reverse("admin:logout"))
    inside = request.path.startswith(reverse("admin:index")) and request.path not in own
    return request.method == "POST" and inside and not asked_by_script(request)


def carry(request):
    """The form that was sent: where to, and its fields, files by their names only."""
    fields = {
        name: values
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name and name != FIELD
    }
    return {
        "to": request.get_full_path(),
        "back": came_from(request),
        "fields": fields,
        "files": [file.name for files in request.FILES.lists() for file in files[1]],
        "secrets": any("password" in name for name in request.POST),
    }


def pack(carried):
    return signing.dumps(carried, salt=SALT, compress=True)


def unpack(packed):
    """What was packed; None for what was not packed here, or is long past."""
    try:
        return signing.loads(packed, salt=SALT, max_age=HOURS * 3600) if packed else None
    except signing.BadSignature:
        return None


EXPIRED = "登录已过期，刚才的内容还没有提交。登录后可以核对一遍，再提交。"


def sign_in(request, carried, words=EXPIRED, status=200, back=""):
    """The sign-in page, which keeps what was sent."""
    packed = pack(carried) if carried else ""
    if len(packed) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE - ROOM:
        packed, words = "", "登录已过期，内容太长，留不住。请用浏览器的“后退”回到原来的页面，复制后再登录。"
    context = {
        **admin.site.each_context(request),
        "title": "登录",
        "form": AdminAuthenticationForm(request),
        "app_path": reverse("admin:login"),
        "next": back or reverse("admin:index"),
        "carried": packed,
        "carried_words": words,
    }
    response = render(request, "admin/login.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@never_cache
def login(request):
    """The admin's sign-in; who comes with a form that was not sent goes on to see it."""
    packed = request.POST.get(FIELD, "")
    response = admin.site.login(request, {"carried": packed if unpack(packed) else ""})
    if response.status_code == 302 and admin.site.has_permission(request) and unpack(packed):
        request.session[KEPT] = packed
        return redirect("chief:carried")
    return response


def locked_out(request, response=None, credentials=None):
    """429: too many failures (articles.admin.locking). What was typed before signing in stays in the page."""
    until = locked_until(request, credentials)
    seconds = max(1, math.ceil((until - timezone.now()).total_seconds()))
    words = (
        f"登录失败次数太多，暂停登录。请在 {math.ceil(seconds / 60)} 分钟后"
        f"（{timezone.localtime(until):%H:%M} 以后）再试。"
        "忘了密码，或者不是您本人在试，请告诉本站的管理员。"
    )
    carried = unpack(request.POST.get(FIELD, ""))
    answer = sign_in(request, carried, words, status=429, back=request.POST.get("next", ""))
    answer.headers["Retry-After"] = str(seconds)
    return answer


@never_cache
def offer_kept(request):
    """GET: the form as it was filled in before signing in."""
    carried = unpack(request.session.get(KEPT, ""))
    if carried is None:
        messages.info(request, "没有留着未提交的内容。")
        return redirect("admin:index")
    return offer(request, carried)


def offer(request, carried, status=200):
    hidden = [(name, value) for name, values in carried["fields"].items() for value in values]
    context = {
        **admin.site.each_context(request),
        "title": "您刚才填写的内容还在",
        "carried": carried,
        "hidden": hidden,
        "where": title_of(carried["to"]),
        "shown": list(shown(carried)),
    }
    return render(request, "admin/carried.html", context, status=status)


def title_of(address):
    """What a form does, in words."""
    match = resolve(urlsplit(address).path)
    if act := ACTS.get(match.kwargs.get("name")):
        return act.label
    for model in admin.site._registry:
        if match.url_name and match.url_name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_"):
            return model._meta.verbose_name
    return ""


def shown(carried):
    """(label, words) of what an editor typed or chose, as far as there are words for it."""
    labels = labels_of(carried["to"])
    for name, values in carried["fields"].items():
        words = "、".join(value for value in values if value.strip())
        if words and not words.isdecimal() and not name.startswith("_") and name not in NOT_SHOWN:
            yield labels.get(name, ""), words


def labels_of(address):
    act = ACTS.get(resolve(urlsplit(address).path).kwargs.get("name"))
    return {name: str(field.label or "") for name, field in act.form.base_fields.items()} if act else {}


def csrf_failure(request, reason=""):
    """A form whose token is not of this session: offered again if this site sent it, else refused."""
    if asked_by_script(request):
        return forged(request) if admin.site.has_permission(request) else signed_out(request)
    if not comes_from_here(request):
        return render(request, "403_csrf.html", status=403)
    if request.path == reverse("admin:login"):
        carried = unpack(request.POST.get(FIELD, ""))
        words = "登录页已过期，请再登录一次。"
        return sign_in(request, carried, words) if carried else redirect_to_login(reverse("admin:index"))
    if not is_carried(request):
        return render(request, "403_csrf.html", status=403)
    if admin.site.has_permission(request):
        return offer(request, carry(request) | {"stale": True}, status=403)
    return sign_in(request, carry(request))


def comes_from_here(request):
    """Does the browser itself say that a page of this site sent the form?"""
    check = CsrfViewMiddleware(lambda request: None)
    if "HTTP_ORIGIN" in request.META:
        return check._origin_verified(request)
    if "HTTP_REFERER" not in request.META:
        return False
    referer = urlsplit(request.META["HTTP_REFERER"])
    return referer.scheme == request.scheme and referer.netloc == request.get_host()
