"""The address of the harvest."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wenlan.protocols.oai_pmh.answers import Asked, answer
from wenlan.ui import clock


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def harvest(request: HttpRequest) -> HttpResponse:
    """Answer a harvester, who may ask by GET or by POST."""
    arguments = request.POST if request.method == "POST" else request.GET
    asked = Asked(
        base_url=request.build_absolute_uri(request.path),
        site=f"{request.scheme}://{request.get_host()}",
        host=request.get_host().partition(":")[0],
        at=clock.now(),
    )
    whole = answer(dict(arguments.lists()), asked)
    return HttpResponse(whole, content_type="text/xml; charset=utf-8")
