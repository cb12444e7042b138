"""The REST interface is loaded by the first request to it.

Its declarations take as long to build as all pages together, and most installations wait for their first page,
not for the first program.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PLACE = "/api/v1/"


def rest_on_demand(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Resolve addresses of the REST interface by a root of its own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PLACE):
            request.urlconf = "wenlan.config.api_urls"
        return get_response(request)

    return middleware
