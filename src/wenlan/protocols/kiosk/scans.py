"""An item shown to a station: lent, taken back or renewed, and the line that says so."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from wenlan.circulation import operations as circulation
from wenlan.circulation.errors import Refused
from wenlan.circulation.types import CardRef, Initiative, ItemRef, NextStep, Returned
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.protocols.kiosk.station import Sitting, act_at, count
from wenlan.protocols.sip2.errors import TerminalMayNot
from wenlan.protocols.sip2.terminals import TerminalView
from wenlan.protocols.sip2.types import TerminalRight

LONGEST = 100
RIGHTS = {"out": TerminalRight.CHECK_OUT, "in": TerminalRight.CHECK_IN, "renew": TerminalRight.RENEW}
OF_READERS = frozenset({"out", "renew"})
GOOD, LOOK, STOP = "good", "look", "stop"


class ScanUnreadable(ValueError):
    """The page sent something that is no scan."""


def read(sent: object) -> dict[str, str]:
    """Return `act`, `code` and `key` of a scan. Raises ScanUnreadable."""
    if not isinstance(sent, Mapping):
        raise ScanUnreadable("not an object")
    found = {name: sent.get(name) for name in ("act", "code", "key")}
    texts = {name: text for name, text in found.items() if isinstance(text, str)}
    if len(texts) < len(found) or any(not 0 < len(text) <= LONGEST or "\0" in text for text in texts.values()):
        raise ScanUnreadable("no text")
    if texts["act"] not in RIGHTS:
        raise ScanUnreadable("no act")
    return texts


def answer(terminal: TerminalView, sitting: Sitting | None, scan: dict[str, str]) -> dict[str, Any]:
    """Do what a scan asks for; return its outcome, and the line that the page shows."""
    act, code = scan["act"], scan["code"]
    told: dict[str, Any] = {"act": act, "outcome": STOP, "title": "", "barcode": code, "lines": [], "due_on": None}
    try:
        if not terminal.may(RIGHTS[act]):
            raise TerminalMayNot()
        told |= DOING[act](terminal, sitting, scan)
    except Refused as refused:
        told["lines"] = [refused.sentence(reason) for reason in refused.refusals]
        told["refusals"] = [reason.value for reason in refused.refusals]
    except DomainError as refusal:
        told["lines"] = [str(refusal)]
    count(terminal, is_done=told["outcome"] != STOP)
    return shown(told)


def lend(terminal: TerminalView, sitting: Sitting | None, scan: dict[str, str]) -> dict[str, Any]:
    """Lend an item to who stands there."""
    assert sitting is not None
    act = act_at(terminal, scan["key"])
    lent = circulation.check_out(act, item=ItemRef(scan["code"]), card=CardRef(sitting.card))
    return {"outcome": GOOD, "title": lent.title, "barcode": lent.barcode, "due_on": lent.due_on}


def renew(terminal: TerminalView, sitting: Sitting | None, scan: dict[str, str]) -> dict[str, Any]:
    """Keep an item longer."""
    assert sitting is not None
    renewed = circulation.renew(
        act_at(terminal, scan["key"]),
        item=ItemRef(scan["code"]),
        card=CardRef(sitting.card),
        initiative=Initiative.READER,
    )
    return {"outcome": GOOD, "title": renewed.title, "barcode": renewed.barcode, "due_on": renewed.due_on}


def take_back(terminal: TerminalView, _sitting: Sitting | None, scan: dict[str, str]) -> dict[str, Any]:
    """Take an item back, whoever brings it, and say where it is to be put."""
    returned = circulation.check_in(act_at(terminal, scan["key"]), item=ItemRef(scan["code"]))
    is_shelf = returned.next_step == NextStep.SHELVE
    return {
        "outcome": GOOD if is_shelf else LOOK,
        "title": returned.title,
        "barcode": returned.barcode,
        "lines": where(returned) + late(returned),
    }


def where(returned: Returned) -> list[str]:
    """Return where a reader puts what is not for the shelf here."""
    if returned.next_step == NextStep.SHELVE:
        return []
    if returned.next_step == NextStep.SEND and returned.destination is not None:
        said = {"place": network.node(returned.destination).name}
        return [_("It belongs to %(place)s. Please put it on the trolley.") % said]
    if returned.next_step == NextStep.HOLD:
        return [_("Another reader waits for it. Please hand it in at the desk.")]
    return [_("Please hand it in at the desk.")]


def late(returned: Returned) -> list[str]:
    """Return what being late led to."""
    if not returned.overdue_days:
        return []
    lines = [_("%(days)s days late.") % {"days": returned.overdue_days}]
    followed = returned.consequence
    if followed is not None and followed.points:
        told = {"points": abs(followed.points), "balance": followed.balance}
        lines.append(_("%(points)s credit points less; %(balance)s are left.") % told)
    if followed is not None and followed.charged_fen:
        lines.append(_("Overdue charge: %(sum)s yuan.") % {"sum": f"{followed.charged_fen / 100:.2f}"})
    return lines


def shown(told: dict[str, Any]) -> dict[str, Any]:
    """Return the answer with its line drawn; the pad beside it reads act, outcome, barcode and refusals."""
    line = render_to_string("kiosk/_line.html", {"line": told})
    keep = ("act", "outcome", "barcode")
    return {name: told[name] for name in keep} | {"refusals": told.get("refusals", []), "line": line}


DOING = {"out": lend, "in": take_back, "renew": renew}
