"""What programs can ask for: described for people, and for programs."""

from django.views.decorators.http import require_safe

from ..publishing.openapi import describe_api, describe_page, twins
from ..publishing.pages import PAGES
from ..publishing.shapes import words_of
from ..publishing.site import Site
from .answering import answer_json, render


@require_safe
def api(request):
    shapes = dict.fromkeys(shape for page in PAGES.values() for shape in page.shape.parts())
    context = {
        "pages": [(path, page, describe_page(page, route)["parameters"]) for path, route, page in twins()],
        "shapes": [(shape, [(field, words_of(field.type)) for field in shape.fields]) for shape in shapes],
    }
    return render(request, "api.html", context)


@require_safe
def openapi(request):
    return answer_json(describe_api(Site(request)))
