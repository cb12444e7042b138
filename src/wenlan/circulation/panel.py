"""The reader's panel at the desk."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wenlan.circulation import queries
from wenlan.circulation.types import LoanView
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.patrons.types import CardStatus, PatronStatus, PatronView
from wenlan.staff.desks import Desk
from wenlan.staff.types import Right
from wenlan.ui import clock

SHOWN_LOANS = 20


def reader_panel(desk: Desk, patron: int, *, card: str = "") -> dict[str, Any]:
    """Return the reader as this desk may see them.

    Without the right to the name it is masked, and loans are told by barcode and due date: enough to take an item
    back, not enough to learn what somebody reads.
    """
    reader, today = patrons.patron(patron), clock.today()
    may_see = desk.may(Right.PATRONS_NAMES, reader.home_node)
    shown = reader if may_see else reader.masked()
    loans = queries.open_loans(patron)
    serving = [held.number for held in reader.cards if held.until_day is None]
    return {
        "card": card or (serving[0] if serving else ""),
        "id": patron,
        "name": shown.name,
        "category": reader.category.name,
        "home": network.node(reader.home_node).name,
        "valid_until": reader.valid_until.isoformat() if reader.valid_until else "",
        "loans": reader.open_loans,
        "limit": reader.category.loan_limit,
        "points": None,
        "points_floor": None,
        "blocks": blocks(reader, loans, today),
        "open_loans": [loan_line(loan, today, titled=may_see) for loan in loans[:SHOWN_LOANS]],
        "url": reverse("patrons:reader", args=[patron]),
    }


def blocks(reader: PatronView, loans: tuple[LoanView, ...], today: date) -> list[dict[str, str]]:
    """Return what stands against lending, the worst first."""
    found = []
    if reader.status == PatronStatus.DEREGISTERED:
        found.append({"state": "blocked", "text": _("Deregistered")})
    if reader.status == PatronStatus.SUSPENDED and (reader.suspended_until is None or reader.suspended_until >= today):
        found.append({"state": "suspended", "text": _("Suspended")})
    if reader.valid_until is not None and reader.valid_until < today:
        found.append({"state": "expired", "text": _("Expired on %(day)s") % {"day": reader.valid_until.isoformat()}})
    if any(card.status == CardStatus.LOST for card in reader.cards):
        found.append({"state": "card_lost", "text": _("A card of this reader is reported lost")})
    late = [loan for loan in loans if loan.due_on < today]
    if late:
        days = (today - late[0].due_on).days
        said = ngettext(
            "%(count)s item overdue, %(days)s days", "%(count)s items overdue, up to %(days)s days", len(late)
        )
        found.append({"state": "overdue", "text": said % {"count": len(late), "days": days}})
    return found


def overdue_text(count: int, days: int) -> str:
    """Return how much is overdue and for how long at most."""
    said = ngettext("%(count)s item overdue, %(days)s days", "%(count)s items overdue, up to %(days)s days", count)
    return said % {"count": count, "days": days}


def loan_line(loan: LoanView, today: date, *, titled: bool) -> dict[str, Any]:
    """Return a loan as the panel lists it, without its title where the reader is masked."""
    return {
        "loan_uid": str(loan.uid),
        "barcode": loan.barcode,
        "title": loan.title if titled else "",
        "due_on": loan.due_on.isoformat(),
        "overdue": loan.due_on < today,
    }
