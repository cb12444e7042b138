"""A scan at the desk: what it means, which operation it calls, and the answer in the words of the page.

The page's side of this contract is `frontend/src/desk-circulation/contract.ts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wenlan.catalogue import queries as catalogue
from wenlan.circulation import operations, scan_statements
from wenlan.circulation.errors import CardUnknown, ItemAmbiguous, ItemUnknown, Refused
from wenlan.circulation.panel import reader_panel
from wenlan.circulation.reserving.types import Held
from wenlan.circulation.scan_statements import ScannedItem
from wenlan.circulation.types import (
    DECIDED_OVER_A_READER,
    OVERRIDABLE,
    CardRef,
    ItemRef,
    Lent,
    NextStep,
    Refusal,
    Renewed,
    Returned,
    Terms,
    UndoneAct,
)
from wenlan.credit.types import Consequence
from wenlan.holdings import queries as holdings
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.types import ItemStatus, ItemView
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons import passes
from wenlan.patrons import queries as patrons
from wenlan.patrons.errors import PassStale
from wenlan.patrons.identity import card_key
from wenlan.staff.desks import Desk
from wenlan.staff.types import Right
from wenlan.ui import clock

MODES = ("auto", "reader", "out", "in", "renew")
DONE_BEFORE = {UndoneAct.CHECK_OUT: "out", UndoneAct.CHECK_IN: "in", UndoneAct.RENEW: "renew"}
LONGEST_KEY = 80
LONGEST_TEXT = 200
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One scan as the page sends it; `key` is the key of the act it leads to."""

    key: str
    mode: str
    code: str
    reader: str
    overrides: frozenset[Refusal]
    reason: str
    scope: str

    @property
    def item(self) -> ItemRef:
        """The code read as an item."""
        return ItemRef(self.code, self.scope)


class ScanUnreadable(ValueError):
    """The page sent something that is no scan."""


def read_scan(sent: object) -> Scan:
    """Return the scan. Raises ScanUnreadable."""
    if not isinstance(sent, Mapping):
        raise ScanUnreadable("not an object")
    text = {name: sent.get(name, "") for name in ("key", "mode", "code", "reader", "reason", "scope")}
    overrides = sent.get("overrides", [])
    if not all(isinstance(value, str) for value in text.values()) or not isinstance(overrides, list):
        raise ScanUnreadable("wrong types")
    if any(len(value) > LONGEST_TEXT or "\0" in value for value in text.values()):
        raise ScanUnreadable("too long, or no text")
    read_key(sent, "key")
    if text["mode"] not in MODES or not text["code"].strip():
        raise ScanUnreadable("no mode or no code")
    known = frozenset(Refusal(code) for code in overrides if isinstance(code, str) and code in Refusal.values)
    return Scan(**text, overrides=known)


def read_key(sent: object, name: str) -> str:
    """Return the key of an act. Raises ScanUnreadable."""
    key = sent.get(name) if isinstance(sent, Mapping) else None
    if not isinstance(key, str) or not 0 < len(key) <= LONGEST_KEY or "\0" in key:
        raise ScanUnreadable(f"no {name}")
    return key


def answer_scan(desk: Desk, scan: Scan) -> Answer:
    """Do what the scan asks for and say what happened."""
    mode, is_item = scan.mode, scan.mode not in {"auto", "reader"}
    try:
        card = "" if is_item else passes.card_number(scan.code, clock.now())
    except PassStale as stale:
        return plain(scan, "stop", "reader", str(stale))
    found = scan_statements.meant(
        key=scan.key, card_key=card_key(card), barcode_key=barcode_key(scan.code), scope=scan.scope
    )
    if is_item:
        return answer_item(desk, scan, mode, found.items)
    if mode == "auto" and found.done:  # sent again: as it was meant then
        return answer_item(desk, scan, DONE_BEFORE[UndoneAct(found.done)], found.items)
    if found.patron is not None:
        return plain(scan, "good", "reader") | {"reader": reader_panel(desk, found.patron, card=card)}
    if mode == "reader":
        return plain(scan, "stop", "reader", str(CardUnknown(what=card)))
    return answer_item(desk, scan, mode, found.items)


def answer_item(desk: Desk, scan: Scan, mode: str, found: tuple[ScannedItem, ...]) -> Answer:
    """Lend, take back or renew the item that was scanned."""
    if not found:
        return plain(scan, "stop", "unknown" if mode == "auto" else mode, str(ItemUnknown(what=scan.code)))
    if len(found) > 1:
        ambiguous = ItemAmbiguous(barcode=scan.code, scopes=tuple(item.scope for item in found))
        return plain(scan, "stop", "item", str(ambiguous)) | {"choices": choices(found)}
    item = found[0]
    if mode == "auto":
        mode = "out" if scan.reader and item.status != ItemStatus.ON_LOAN else "in"
    try:
        answer = {"out": lend, "in": take_back, "renew": renew}[mode](desk, scan)
        return answer | {"call_number": item.call_number} if answer["title"] else answer
    except Refused as refused:
        return refusal(desk, scan, mode, refused) | described(item)
    except DomainError as failure:
        return plain(scan, "stop", mode, str(failure))


def lend(desk: Desk, scan: Scan) -> Answer:
    """Check the item out to the reader in the panel."""
    if not scan.reader:
        return plain(scan, "stop", "out", _("Scan the reader's card first, then the item."))
    act = desk.act(key=scan.key)
    lent = operations.check_out(
        act, item=scan.item, card=CardRef(scan.reader), overrides=scan.overrides, reason=scan.reason
    )
    return done(scan, "out", lent) | {
        "due_on": day(lent.due_on),
        "rule": rule(lent.terms),
        "reader": reader_panel(desk, lent.patron, card=scan.reader),
    }


def take_back(desk: Desk, scan: Scan) -> Answer:
    """Check the item in; the panel stays unless it shows the reader who had the item."""
    returned = operations.check_in(desk.act(key=scan.key), item=scan.item)
    lines, told = step_lines(returned), told_lines(returned)
    answer = done(scan, "in", returned) | {
        "outcome": "look" if lines or told else "good",
        "days_late": returned.overdue_days,
        "lines": lines + told,
        "told": told,
        "due_on": day(returned.due_on),
        "slip_url": slip_url(returned),
    }
    if not returned.was_on_loan:
        answer["undo_key"] = ""
        if returned.next_step == NextStep.LOOK:
            answer["outcome"] = "stop"
    elif scan.reader and returned.patron and patrons.is_card_of(scan.reader, returned.patron):
        answer["reader"] = reader_panel(desk, returned.patron, card=scan.reader)
    return answer


def renew(desk: Desk, scan: Scan) -> Answer:
    """Renew the loan of the item."""
    renewed = operations.renew(desk.act(key=scan.key), item=scan.item, overrides=scan.overrides, reason=scan.reason)
    return done(scan, "renew", renewed) | {
        "due_on": day(renewed.due_on),
        "rule": rule(renewed.terms),
        "reader": reader_panel(desk, renewed.patron, card=scan.reader) if scan.reader else None,
    }


def answer_undo(desk: Desk, *, key: str, undo_key: str) -> Answer:
    """Take the act of `undo_key` back and say what happened."""
    scan = Scan(key=key, mode="auto", code="", reader="", overrides=frozenset(), reason="", scope="")
    try:
        undone = operations.undo(desk.act(key=key), key=undo_key)
    except DomainError as failure:
        return plain(scan, "stop", "undo", str(failure))
    said = {
        UndoneAct.CHECK_OUT: _("The loan was undone. The item is here and not lent."),
        UndoneAct.CHECK_IN: _("The return was undone. The item is on loan again."),
        UndoneAct.RENEW: _("The renewal was undone. The old due date holds."),
    }
    answer = plain(scan, "good", "undo", said[undone.act]) | described(holdings.item(undone.item))
    return answer | {"reader": reader_panel(desk, undone.patron) if undone.patron else None}


def slip_url(returned: Returned) -> str:
    """Return where the slip for a book that travels, or lies ready for a reader, is printed; empty for the others."""
    needs_one = returned.held is not None or returned.next_step == NextStep.SEND
    return reverse("circulation:transit_slip", args=[returned.item]) if needs_one else ""


def step_lines(returned: Returned) -> list[str]:
    """Return what the clerk has to do with an item that came in."""
    lines = []
    if returned.held is not None:
        lines.append(held_line(returned.held))
    elif returned.next_step == NextStep.SEND and returned.destination is not None:
        place = network.node(returned.destination).name
        lines.append(_("Send it to %(place)s, where it has its place.") % {"place": place})
    elif returned.next_step != NextStep.SHELVE:
        lines.append(str(returned.next_step.label))
        lines.append(_("Recorded as: %(status)s.") % {"status": ItemStatus(returned.status).label})
    if not returned.was_on_loan and returned.next_step == NextStep.SHELVE:
        lines.append(_("It was not on loan. It belongs on the shelf here."))
    return lines


def told_lines(returned: Returned) -> list[str]:
    """Return what the reader who brought an item back is told, and finds on the slip."""
    if not returned.overdue_days:
        return consequence_lines(returned.consequence) if returned.consequence is not None else []
    late = [_("%(days)s days late.") % {"days": returned.overdue_days}]
    return late + (consequence_lines(returned.consequence) if returned.consequence is not None else [])


def consequence_lines(followed: Consequence) -> list[str]:
    """Return what being late meant for the reader, each a sentence for the clerk to say."""
    lines = []
    if followed.points:
        said = {"points": abs(followed.points), "balance": followed.balance}
        lines.append(_("%(points)s credit points less; %(balance)s are left.") % said)
    if followed.charged_fen:
        lines.append(_("Overdue charge: %(sum)s yuan.") % {"sum": f"{followed.charged_fen / 100:.2f}"})
    if followed.suspended_until:
        lines.append(_("No lending until %(day)s is over.") % {"day": day(followed.suspended_until)})
    if followed.waived_points or followed.waived_fen:
        lines.append(_("An amnesty holds: nothing is deducted."))
    return lines


def held_line(held: Held) -> str:
    """Return for whom an item is kept, as the slip names them, and where it goes."""
    reader = patrons.patron(held.patron)
    serving = [card.number for card in reader.cards if card.until_day is None]
    said = {
        "reader": reader.masked().name,
        "card": serving[0][-4:] if serving else "",
        "place": network.node(held.pickup).name,
        "day": day(held.pick_up_by),
    }
    if held.pick_up_by is None:
        return _("Send it to %(place)s for %(reader)s …%(card)s, who reserved it.") % said
    return _("Put it on the hold shelf for %(reader)s …%(card)s until %(day)s.") % said


def done(scan: Scan, act: str, said: Lent | Returned | Renewed) -> Answer:
    """Return the answer to an act that was done; what it told of the item is not read again."""
    return plain(scan, "good", act) | {
        "title": said.title,
        "barcode": said.barcode,
        "undo_key": scan.key,
        "borrower": said.patron or 0,
    }


def refusal(desk: Desk, scan: Scan, mode: str, refused: Refused) -> Answer:
    """Return every reason, and which of them this desk may overrule."""
    may = desk.may(Right.OVERRIDE)
    reasons = [
        {"code": reason.value, "text": refused.sentence(reason), "may_override": may and reason in OVERRIDABLE}
        for reason in refused.refusals
    ]
    way = [_("Who disagrees: “Ask to look again” on the reader's account writes it down, and somebody else decides.")]
    lines = way if DECIDED_OVER_A_READER.intersection(refused.refusals) else []
    return plain(scan, "stop", mode, *lines) | {"refusals": reasons}


def choices(found: tuple[ScannedItem, ...]) -> list[dict[str, str]]:
    """Return the items that carry an ambiguous barcode, to choose from."""
    titles = catalogue.titles({item.record for item in found})
    return [
        {"scope": item.scope, "text": f"{network.node(item.shelved_at).name} · {titles.get(item.record, '')}"}
        for item in found
        if item.scope
    ]


def described(item: ScannedItem | ItemView) -> Answer:
    """Return what the page shows of an item."""
    title = catalogue.titles([item.record]).get(item.record, "")
    return {"title": title, "barcode": item.barcode, "call_number": item.call_number}


def plain(scan: Scan, outcome: str, act: str, *lines: str) -> Answer:
    """Return an answer with nothing special in it."""
    return {
        "key": scan.key,
        "outcome": outcome,
        "act": act,
        "title": "",
        "barcode": scan.code,
        "call_number": "",
        "due_on": "",
        "days_late": 0,
        "lines": list(lines),
        "rule": "",
        "reader": None,
        "refusals": [],
        "choices": [],
        "slip_url": "",
        "undo_key": "",
        "at": f"{clock.here():%Y-%m-%d %H:%M}",
        "borrower": 0,
        "told": [],
    }


def day(on: date | None) -> str:
    """Return a day as the page reads it."""
    return on.isoformat() if on else ""


def rule(terms: Terms | None) -> str:
    """Return why the due date is what it is."""
    return terms.explanation if terms else ""
