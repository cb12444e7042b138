"""What all pages of the items' desk share: the tabs on top, and names of people."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wenlan.staff import queries as staff
from wenlan.staff.types import Right

TABS = (
    (_("Items"), "holdings:find", Right.CATALOGUE_SEE),
    (_("Batch changes"), "holdings:batches", Right.HOLDINGS_EDIT),
    (_("Handover"), "holdings:handovers", Right.HOLDINGS_RECEIVE),
    (_("Transfers"), "holdings:transfers", Right.HOLDINGS_RECEIVE),
    (_("Bulk deposits"), "holdings:deposits", Right.HOLDINGS_RECEIVE),
    (_("Call numbers"), "holdings:call_numbers", Right.HOLDINGS_EDIT),
    (_("RFID tags"), "tags:station", Right.HOLDINGS_EDIT),
    (_("Stocktaking"), "holdings:counts", Right.HOLDINGS_EDIT),
    (_("Weeding"), "holdings:weedings", Right.CATALOGUE_SEE),
    (_("Registers of the stock"), "holdings:registers", Right.HOLDINGS_EDIT),
    (_("Repair and bindery"), "holdings:treatments", Right.HOLDINGS_EDIT),
)


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the pages of the items' desk that may be opened, the present one marked."""
    allowed = request.desk.allowed  # type: ignore[attr-defined]
    offered = [(label, reverse(page)) for label, page, right in TABS if right.value in allowed]
    at = max((url for _label, url in offered if request.path.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "current": url == at} for label, url in offered]


def show_form(request: HttpRequest, form: Any, heading: str, back: str, button: str) -> HttpResponse:
    """Render a page that is one form; `back` is the address it leads back to."""
    context = {"form": form, "heading": heading, "back": back, "button": button, "tabs": tabs(request)}
    return render(request, "holdings/form.html", context, status=422 if form.is_bound else 200)


def people(operators: Iterable[str]) -> dict[str, str]:
    """Return the names of staff by the code that the books carry (`staff:12`)."""
    ids = {int(code.removeprefix("staff:")) for code in operators if code.startswith("staff:")}
    return {f"staff:{member}": name for member, name in staff.names(ids).items()}
