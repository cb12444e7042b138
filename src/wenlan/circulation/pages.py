"""What the pages of the circulation desk share: their tabs, and the words of a place."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.staff.types import Right

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
