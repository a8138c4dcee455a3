"""/healthz: is the site fit to answer? 200 if so, 503 with what is wrong if not; for load balancers and for people."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from articles.operating.health import examine


@require_safe
def healthz(request):
    faults = examine()
    answer = {"status": "unavailable" if faults else "ok", "faults": faults}
    response = JsonResponse(answer, status=503 if faults else 200, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response
