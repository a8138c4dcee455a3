"""429 for who asks too often (articles.reading.limits)."""

import math
from functools import wraps

from django.conf import settings

from ..reading.limits import seconds_to_wait
from .answering import answer_error, render, wants_json

NAMES = {"search": "检索", "suggest": "检索提示", "export": "导出", "report": "指误"}


def limited(what, methods=("GET", "HEAD")):
    """A view that one visitor may ask for so often; what the server or the reader has a good copy of is not asked."""

    def decorate(view):
        @wraps(view)
        def answer(request, *args, **kwargs):
            if request.method in methods and (wait := seconds_to_wait(request, what)):
                return too_many(request, what, math.ceil(wait))
            return view(request, *args, **kwargs)

        return answer

    return decorate


def too_many(request, what, seconds):
    words = f"{NAMES[what]}太频繁：同一网络地址一分钟最多 {settings.LIMITS[what]} 次。请过 {seconds} 秒再试。"
    if what == "suggest" or wants_json(request):
        response = answer_error(429, words)
    else:
        response = render(request, "429.html", {"why": words}, status=429)
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response
