"""The life of an account and its cards as the reader's page tells it: when, what, by whom, where and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.network import queries as network
from wenlan.patrons.queries import card_numbers
from wenlan.patrons.types import CardStatus, Closing, PatronStatus
from wenlan.staff import queries as staff

PLAIN = {
    "patrons.register": gettext_lazy("Registered as a reader"),
    "patrons.issue_card": gettext_lazy("One more card"),
    "patrons.replace_card": gettext_lazy("Card replaced"),
    "patrons.amend": gettext_lazy("Details changed"),
    "patrons.merge": gettext_lazy("Accounts merged"),
    "patrons.erase": gettext_lazy("Personal data erased"),
    "patrons.read_id_number": gettext_lazy("Identity number read"),
    "patrons.password_set": gettext_lazy("Password set"),
    "patrons.keep_history": gettext_lazy("Remembering of loans changed"),
    "patrons.family": gettext_lazy("Family changed"),
    "patrons.contact": gettext_lazy("Contact persons changed"),
    "patrons.taken_over": gettext_lazy("Changed by a file of readers"),
    "volunteers.standing": gettext_lazy("Registration as a volunteer"),
}
CARDS: dict[str, Any] = {
    CardStatus.LOST: gettext_lazy("Card reported lost"),
    CardStatus.SUSPENDED: gettext_lazy("Card stopped"),
    CardStatus.VALID: gettext_lazy("Card serves again"),
}
ACCOUNTS: dict[str, Any] = {
    PatronStatus.SUSPENDED: gettext_lazy("Borrowing stopped"),
    PatronStatus.VALID: gettext_lazy("Borrowing allowed again"),
    PatronStatus.DEREGISTERED: gettext_lazy("Deregistered"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One act on an account. `who` is a member of staff, a device, or empty for the reader and the clock."""

    at: datetime
    what: str
    who: str
    where: str
    why: str


def history(patron: int, *, limit: int = 100) -> tuple[HistoryLine, ...]:
    """Return what was done to an account and its cards, newest first (three statements)."""
    trail = staff.audit_trail(f"patron:{patron}", limit=limit)
    names = staff.names({line["staff_id"] for line in trail if line["staff_id"]})
    cards = card_numbers({card for line in trail for card in cards_in(line)})
    places = network.node_names()
    return tuple(
        HistoryLine(
            at=line["at"],
            what=said(line, cards),
            who=names.get(line["staff_id"]) or line["device"],
            where=places.get(line["node_id"], ""),
            why=line["reason"],
        )
        for line in trail
    )


def cards_in(line: Mapping[str, Any]) -> list[int]:
    """Return the ids of the cards that an act was about, the older one first."""
    sides = (line["before"] or {}, line["after"] or {})
    return list(dict.fromkeys(side["card"] for side in sides if isinstance(side.get("card"), int)))


def said(line: Mapping[str, Any], cards: Mapping[int, str]) -> str:
    """Return an act in words, with the cards or days it was about."""
    action, before, after = line["action"], line["before"] or {}, line["after"] or {}
    if action == "patrons.status":
        return _status(after)
    if action == "patrons.extend":
        days = {"before": before.get("valid_until") or "—", "after": after.get("valid_until") or _("without end")}
        return _("Verified: valid until %(after)s (before: %(before)s)") % days
    what = CARDS.get(after.get("status", "")) if action == "patrons.card_status" else PLAIN.get(action)
    about = " → ".join(cards.get(card, "") for card in cards_in(line))
    return f"{what or action} {about}".strip()


def _status(after: Mapping[str, Any]) -> str:
    what = str(ACCOUNTS.get(after.get("status", ""), ""))
    if after.get("until"):
        what = _("%(what)s until %(day)s") % {"what": what, "day": after["until"]}
    if after.get("why"):
        what = f"{what} · {Closing(after['why']).label}"
    return what
