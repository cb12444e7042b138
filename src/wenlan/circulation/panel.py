"""The reader's panel at the desk."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wenlan.circulation import policies, rulebook
from wenlan.circulation.home_statements import AtHome, Ready, at_home
from wenlan.circulation.types import Decision
from wenlan.network import queries as network
from wenlan.network import trees
from wenlan.patrons import queries as patrons
from wenlan.patrons.types import CardStatus, PatronStatus, PatronView
from wenlan.staff.desks import Desk
from wenlan.staff.types import Right
from wenlan.ui import clock

SHOWN_LOANS, MOST_LOANS = 20, 500


def reader_panel(desk: Desk, patron: int, *, card: str = "") -> dict[str, Any]:
    """Return the reader as this desk may see them.

    Without the right to the name it is masked, and loans are told by barcode and due date: enough to take an item
    back, not enough to learn what somebody reads.
    """
    reader, today = patrons.patron(patron), clock.today()
    may_see = desk.may(Right.PATRONS_NAMES, reader.home_node)
    shown = reader if may_see else reader.masked()
    loans, waiting = at_home(patron, MOST_LOANS)
    serving = [held.number for held in reader.cards if held.until_day is None]
    decision = decision_at(desk, reader, today)
    return {
        "card": card or (serving[0] if serving else ""),
        "id": patron,
        "name": shown.name,
        "category": reader.category.name,
        "home": network.node(reader.home_node).name,
        "valid_until": reader.valid_until.isoformat() if reader.valid_until else "",
        "loans": reader.open_loans,
        "limit": policies.limit_in_all(decision, of_category=reader.category.loan_limit),
        "deposit": f"{reader.deposit_fen / 100:.2f}" if reader.deposit_fen else "",
        "points": reader.credit_points,
        "points_floor": decision.credit_floor if decision and reader.credit_points is not None else None,
        "blocks": blocks(reader, loans, today) + owed(reader) + [ready(one, titled=may_see) for one in waiting],
        "open_loans": [loan_line(loan, today, titled=may_see) for loan in loans[:SHOWN_LOANS]],
        "url": reverse("patrons:reader", args=[patron]),
    }


def decision_at(desk: Desk, reader: PatronView, today: date) -> Decision | None:
    """Return what the rules say here of a book of this place, to be shown beside the reader's numbers."""
    tree = trees.current()
    return rulebook.at_hand().decision(
        tree, node=desk.node, owner=desk.node, category=reader.category.code, material="book", on=today
    )


def owed(reader: PatronView) -> list[dict[str, str]]:
    """Return what the reader has to pay, as a line of the panel."""
    if not reader.owed_fen:
        return []
    return [{"state": "owes", "text": _("Owes %(sum)s yuan") % {"sum": f"{reader.owed_fen / 100:.2f}"}}]


def ready(one: Ready, *, titled: bool) -> dict[str, str]:
    """Return what waits for the reader on a hold shelf, and where; its title only where the name may be seen."""
    said = {
        "title": one.title if titled else one.barcode,
        "place": network.node(one.place).name,
        "day": one.until.isoformat(),
    }
    return {"state": "reserved", "text": _("%(title)s is ready at %(place)s until %(day)s") % said}


def blocks(reader: PatronView, loans: tuple[AtHome, ...], today: date) -> list[dict[str, str]]:
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


def loan_line(loan: AtHome, today: date, *, titled: bool) -> dict[str, Any]:
    """Return a loan as the panel lists it, without its title where the reader is masked."""
    return {
        "loan_uid": str(loan.uid),
        "barcode": loan.barcode,
        "title": loan.title if titled else "",
        "due_on": loan.due_on.isoformat(),
        "overdue": loan.due_on < today,
    }
