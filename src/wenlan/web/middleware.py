"""The one place where an expected failure becomes an answer to a browser."""

from collections.abc import Callable

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from wenlan.kernel.errors import DomainError, NotFound
from wenlan.staff.errors import NotAllowed
from wenlan.web.errors import NotText

STATUSES: dict[type, int] = {NotText: 400, NotAllowed: 403, NotFound: 404}
DESK = "/desk/"
INTERFACE = "/api/"  # reads its own input, and says in its own shape what is wrong with it


class RefusalMiddleware:
    """Turns a `DomainError` that a view let pass into a page, or JSON where JSON was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Refuse what is no text before a view meets it."""
        if request.path.startswith(INTERFACE) or not carries_nul(request):
            return None
        return self.process_exception(request, NotText())

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the answer to an expected failure; leave bugs to crash and be reported."""
        if isinstance(exception, IntegrityError):
            return self.once_more(request)
        if not isinstance(exception, DomainError):
            return None
        status = next((STATUSES[kind] for kind in type(exception).__mro__ if kind in STATUSES), 409)
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"code": exception.code, "message": str(exception)}, status=status)
        context = {
            "refusal": str(exception),
            "is_missing": status == 404,
            "only_asked": request.method in ("GET", "HEAD"),
            "back_url": DESK if request.path.startswith(DESK) else "/",
        }
        return render(request, "ui/refusal.html", context, status=status)

    def once_more(self, request: HttpRequest) -> HttpResponse | None:
        """Ask the view again for a request that lost against another one in the same moment.

        What the other wrote is seen now, and keys make a repetition harmless. None when that fails too: a bug.
        """
        if request.method in ("GET", "HEAD") or request.resolver_match is None:
            return None
        for _name, files in request.FILES.lists():
            for file in files:
                file.seek(0)
        asked = request.resolver_match
        try:
            return asked.func(request, *asked.args, **asked.kwargs)
        except DomainError as refusal:
            return self.process_exception(request, refusal)
        except IntegrityError:
            return None


def carries_nul(request: HttpRequest) -> bool:
    """Return whether the address or a field of the form holds a NUL character."""
    fields = [*request.GET.lists(), *request.POST.lists()]
    return "\0" in request.path or any("\0" in text for name, values in fields for text in (name, *values))
