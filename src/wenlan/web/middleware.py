"""The one place where an expected failure becomes an answer to a browser."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from wenlan.kernel.errors import DomainError, NotFound
from wenlan.staff.errors import NotAllowed

STATUSES: dict[type, int] = {NotFound: 404, NotAllowed: 403}


class RefusalMiddleware:
    """Turns a `DomainError` that a view let pass into a page, or JSON where JSON was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the answer to an expected failure; leave bugs to crash and be reported."""
        if not isinstance(exception, DomainError):
            return None
        status = next((STATUSES[kind] for kind in type(exception).__mro__ if kind in STATUSES), 409)
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"code": exception.code, "message": str(exception)}, status=status)
        return render(request, "ui/refusal.html", {"refusal": str(exception)}, status=status)
