"""Puts the desk of whoever is signed in on the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class DeskMiddleware:
    """Sets `request.desk`: who works where, or None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.desk = None
        return self.get_response(request)
