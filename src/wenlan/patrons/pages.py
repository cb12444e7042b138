"""What all pages of the readers' desk share: the tabs on top, and whose readers may be seen and changed."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wenlan.staff.desks import Desk
from wenlan.staff.types import Right

TABS = (
    (_("Readers"), "patrons:search", Right.PATRONS_SEE),
    (_("Applications"), "patrons:applications", Right.PATRONS_REGISTER),
    (_("Lists of readers"), "patrons:intakes", Right.PATRONS_MANAGE),
    (_("Strike off"), "patrons:strike_off", Right.PATRONS_MANAGE),
    (_("Categories"), "patrons:categories", Right.RULES_EDIT),
    (_("Registration on line"), "patrons:joining_rules", Right.RULES_EDIT),
)


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the pages of the readers' desk that may be opened, the present one marked."""
    allowed = request.desk.allowed  # type: ignore[attr-defined]
    offered = [(label, reverse(page)) for label, page, right in TABS if right.value in allowed]
    at = max((url for _label, url in offered if request.path.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "current": url == at} for label, url in offered]


def nodes_with(request: HttpRequest, right: Right) -> frozenset[int]:
    """Return the nodes in sight at which this desk holds a right."""
    desk: Desk = request.desk  # type: ignore[attr-defined]
    return frozenset(node for node in desk.visible if desk.may(right, node))
