"""What the pages of the circulation desk share: their tabs, and the words of a place."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.staff.types import Right

View = Callable[[HttpRequest], HttpResponse]
TABS = (
    (_("Lending desk"), "circulation:desk", Right.CHECK_OUT),
    (pgettext_lazy("at the desk", "Reservations"), "circulation:reservations", Right.CHECK_OUT),
    (_("Transport"), "circulation:transport", Right.CHECK_OUT),
    (_("Group loans"), "circulation:groups", Right.CHECK_OUT),
    (_("Use in the house"), "circulation:in_house", Right.CHECK_OUT),
    (_("Reading-room desks"), "circulation:reading", Right.CATALOGUE_SEE),
    (_("Book drifting"), "circulation:drifting", Right.CHECK_OUT),
    (_("Compensation"), "circulation:compensation", Right.CHECK_OUT),
    (_("Loans told by points"), "circulation:tallies", Right.CHECK_OUT),
    (_("Without a line"), "circulation:journals", Right.CHECK_OUT),
    (_("Overdue"), "circulation:overdue", Right.CHECK_OUT),
    (_("Paper registers"), "circulation:paper", Right.CHECK_OUT),
    (_("Lending rules"), "circulation:rules", Right.CATALOGUE_SEE),
    (_("Closures and due dates"), "circulation:closures", Right.RULES_EDIT),
)


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the pages of the circulation desk that may be opened, the present one marked."""
    allowed = request.desk.allowed  # type: ignore[attr-defined]
    offered = [(label, reverse(page)) for label, page, right in TABS if right.value in allowed]
    at = max((url for _label, url in offered if request.path.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "current": url == at} for label, url in offered]


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
