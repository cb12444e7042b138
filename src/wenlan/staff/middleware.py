"""Puts the desk of whoever is signed in on the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from wenlan.staff.desks import desk_of


class DeskMiddleware:
    """Sets `request.desk`: who works where; falsy for strangers and locked sessions. Read when asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.desk = SimpleLazyObject(lambda: desk_of(request))
        return self.get_response(request)
