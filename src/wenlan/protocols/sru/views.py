"""The address of the SRU server."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wenlan.protocols.sru.answers import Asked, answer


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Answer a searching system, which may ask by GET or by POST."""
    parameters = request.POST if request.method == "POST" else request.GET
    asked = Asked(
        site=f"{request.scheme}://{request.get_host()}",
        host=request.get_host().partition(":")[0],
        port=request.get_port(),
        path=request.path,
    )
    return HttpResponse(answer(dict(parameters.lists()), asked), content_type="text/xml; charset=utf-8")
