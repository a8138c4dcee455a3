"""How views answer: with a page that is not rendered yet, so that its JSON twin can be written from its context."""

from functools import wraps

from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from ..publishing.pages import PAGES
from ..publishing.site import Site, json_address, page_path

NOT_ALLOWED = "这里只能读（GET、HEAD）。"
WRONG = "查询条件有误。"


def render(request, template, context=None, status=None):
    return TemplateResponse(request, template, context, status=status)


def answer_json(data, **options):
    """Anybody's script may read it: it is what everybody may read."""
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False}, **options)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def answer_error(status, message, **more):
    return answer_json({"error": {"status": status, "message": message, **more}}, status=status)


def wants_json(request):
    return request.path_info.endswith(".json")


def json_twins(patterns):
    """For each address of a page that has one, the address of its twin."""
    named = {pattern.callback: pattern.name for pattern in patterns if pattern.name in PAGES}
    for pattern in patterns:
        name = pattern.name or named.get(pattern.callback)
        if name in PAGES:
            route = f"{str(pattern.pattern).rstrip('/') or 'index'}.json"
            yield path(route, twin(pattern.callback, PAGES[name].shape), name=pattern.name and f"{name}-json")


def twin(view, shape):
    """A view that answers what `view` would have shown, as JSON."""

    @wraps(view)
    def answer(request, **kwargs):
        request.path = page_path(request.path)  # addresses are compared with those of pages
        response = view(request, **kwargs)
        if response.status_code == 405:
            return answer_error(405, NOT_ALLOWED)
        if response.status_code == 429:
            return response
        if response.has_header("Location"):
            response["Location"] = json_address(response["Location"])
            response["Access-Control-Allow-Origin"] = "*"
            return response
        context = response.context_data
        if response.status_code == 410:
            return answer_error(410, **why_gone(context["article"]))
        if wrong := errors_of(context):
            return answer_error(400, WRONG, fields=wrong)
        return answer_json(shape.dump(context | {"request": request}, Site(request)))

    return answer


def errors_of(context):
    """What was asked for that makes no sense, by field."""
    forms = [context.get("form"), getattr(context.get("filters"), "form", None)]
    return {name: [str(e) for e in found] for form in forms if form for name, found in form.errors.items()}


def why_gone(article):
    if article is None:
        return {"message": "这篇文章已不存在。"}
    return {
        "message": "这篇文章已撤下。",
        "reason": article.withdrawn_reason,
        "withdrawn_on": timezone.localdate(article.withdrawn_at).isoformat(),
    }
