"""What the pages of the circulation desk share: their answers to scripts."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse

from wenlan.staff.types import Right

View = Callable[[HttpRequest], HttpResponse]


def answered_in_json(*unreadable: type[Exception], status: int) -> Callable[[View], View]:
    """Answer a script of the desk: 401 when the session is gone or locked, 403 without the right to lend.

    What the view raises of `unreadable` is answered with `status`: what was sent could not be read.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            desk = request.desk  # type: ignore[attr-defined]
            if not desk:
                return JsonResponse({"error": "signed_out"}, status=401)
            if not desk.may(Right.CHECK_OUT):
                return JsonResponse({"error": "not_allowed"}, status=403)
            try:
                return view(request)
            except unreadable:
                return JsonResponse({"error": "unreadable"}, status=status)

        return guarded

    return guard
