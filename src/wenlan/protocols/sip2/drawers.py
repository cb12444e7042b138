"""The cash drawer of a machine: opened and emptied by staff, in the machine's name, like the drawer of a person."""

from dataclasses import replace

from django.db import transaction

from wenlan.credit.till import shifts
from wenlan.credit.till.shifts import Leaving
from wenlan.credit.till.types import DrawerView, ShiftView
from wenlan.kernel.acts import Act
from wenlan.protocols.sip2.terminals import TerminalView
from wenlan.protocols.sip2.types import TerminalRight
from wenlan.staff.operations import audit

TAKES_MONEY = (TerminalRight.FEES, TerminalRight.REGISTER)


def takes_money(terminal: TerminalView) -> bool:
    """Return whether a terminal may be given money at all."""
    return any(terminal.may(right) for right in TAKES_MONEY)


def drawer_of(terminal: TerminalView) -> DrawerView | None:
    """Return the machine's drawer, None before it was opened for the first time."""
    return next((one for one in shifts.drawers([terminal.node]) if one.name == terminal.code), None)


def shift_of(terminal: TerminalView) -> ShiftView | None:
    """Return the open shift of the machine's drawer with what should lie in it."""
    return shifts.my_shift(f"device:{terminal.code}")


@transaction.atomic
def open_drawer(act: Act, *, terminal: TerminalView, counted_fen: int, reason: str = "") -> ShiftView:
    """Put change into the machine's drawer and let it take money from now on. Raises what signing on raises.

    Its receipts are handed to the drawer like those of any other.
    """
    by_machine = in_its_name(act, terminal)
    drawer = shifts.add_drawer(by_machine, name=terminal.code)
    shift = shifts.sign_on(by_machine, drawer_id=drawer.id, counted_fen=counted_fen, reason=reason)
    audit(act, "protocols.open_drawer", f"terminal:{terminal.id}", after={"fen": counted_fen})
    return shift


@transaction.atomic
def empty_drawer(act: Act, *, terminal: TerminalView, counted_fen: int, reason: str = "") -> ShiftView:
    """Count what lies in the machine's drawer, take it all out for finance, and close it.

    Raises NoShift, DifferenceNeedsReason with the difference.
    """
    leaving = Leaving(counted_fen=counted_fen, handed_in_fen=counted_fen, reason=reason)
    shift = shifts.sign_off(in_its_name(act, terminal), leaving=leaving)
    audit(act, "protocols.empty_drawer", f"terminal:{terminal.id}", after={"fen": counted_fen}, reason=reason)
    return shift


def in_its_name(act: Act, terminal: TerminalView) -> Act:
    """Return the act as the machine's own, where the machine stands."""
    return replace(act, staff=None, device=terminal.code, node=terminal.node, department=terminal.department)
