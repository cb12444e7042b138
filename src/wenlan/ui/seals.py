"""The seals: a state that matters, drawn like the mark of a stamp. On screens only, never in a document."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Seal:
    """`tone` is a colour token; a filled seal (白文) calls louder than an outlined one (朱文)."""

    words: Any
    tone: str
    filled: bool = False


SEALS = {
    # items
    "in": Seal(pgettext_lazy("item", "in"), "moss"),
    "on_loan": Seal(pgettext_lazy("item", "on loan"), "indigo"),
    "overdue": Seal(_("overdue"), "vermilion", filled=True),
    "reserved": Seal(_("reserved"), "amber"),
    "in_transit": Seal(_("in transit"), "indigo"),
    "processing": Seal(_("in processing"), "ink"),
    "reference": Seal(_("read here"), "ink"),
    "lost": Seal(pgettext_lazy("item", "lost"), "vermilion"),
    "missing": Seal(_("missing"), "vermilion"),
    "repair": Seal(_("in repair"), "amber"),
    "withdrawn": Seal(_("withdrawn"), "ink"),
    # acts at the desk
    "lent": Seal(_("lent"), "moss"),
    "returned": Seal(_("returned"), "moss"),
    "renewed": Seal(_("renewed"), "moss"),
    "undone": Seal(_("undone"), "ink"),
    "reader": Seal(_("reader"), "indigo"),
    "look": Seal(_("look"), "amber"),
    "stop": Seal(_("stop"), "vermilion", filled=True),
    "pending": Seal(_("sending"), "ink"),
    "unsent": Seal(_("not sent"), "amber", filled=True),
    # readers and cards
    "valid": Seal(_("valid"), "moss"),
    "expired": Seal(_("expired"), "vermilion"),
    "suspended": Seal(_("suspended"), "vermilion", filled=True),
    "card_lost": Seal(pgettext_lazy("card", "lost"), "vermilion"),
    "blocked": Seal(_("blocked"), "vermilion", filled=True),
    # activities, records, editions
    "planned": Seal(_("planned"), "ink"),
    "open": Seal(_("open"), "moss"),
    "full": Seal(_("full"), "amber"),
    "held": Seal(_("held"), "celadon"),
    "cancelled": Seal(_("cancelled"), "ink"),
    "closed": Seal(_("closed"), "ink"),
    "draft": Seal(_("draft"), "ink"),
    "proofread": Seal(_("proof-read"), "indigo"),
    "approved": Seal(_("approved"), "vermilion"),
    "published": Seal(_("published"), "vermilion", filled=True),
    "estimated": Seal(_("estimated"), "amber"),
    "sample": Seal(_("sample"), "amber"),
}


def seal(state: str) -> Seal:
    """Return the seal of a state; an unknown state shows its own name in plain ink."""
    return SEALS.get(state) or Seal(state, "ink")
