"""The seals: a state that matters, drawn like the mark of a stamp. On screens only, never in a document."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Seal:
    """`tone` is a colour token; a filled seal (白文) calls louder than an outlined one (朱文)."""

    words: Any
    tone: str
    filled: bool = False


SEALS = {
    # items
    "available": Seal(pgettext_lazy("seal", "can be borrowed"), "moss"),
    "in": Seal(pgettext_lazy("seal", "in"), "moss"),
    "on_loan": Seal(pgettext_lazy("seal", "on loan"), "indigo"),
    "overdue": Seal(pgettext_lazy("seal", "overdue"), "vermilion", filled=True),
    "reserved": Seal(pgettext_lazy("seal", "reserved"), "amber"),
    "on_hold_shelf": Seal(pgettext_lazy("seal", "on the hold shelf"), "amber"),
    "in_transit": Seal(pgettext_lazy("seal", "in transit"), "indigo"),
    "in_processing": Seal(pgettext_lazy("seal", "in processing"), "ink"),
    "in_house": Seal(pgettext_lazy("seal", "read here"), "ink"),
    "lost": Seal(pgettext_lazy("seal", "lost"), "vermilion"),
    "missing": Seal(pgettext_lazy("seal", "missing"), "vermilion"),
    "damaged": Seal(pgettext_lazy("seal", "damaged"), "amber"),
    "searched_for": Seal(pgettext_lazy("seal", "searched for"), "amber"),
    "lost_on_the_way": Seal(pgettext_lazy("seal", "lost on the way"), "vermilion"),
    "in_repair": Seal(pgettext_lazy("seal", "in repair"), "amber"),
    "at_bindery": Seal(pgettext_lazy("seal", "at the bindery"), "amber"),
    "in_handover": Seal(pgettext_lazy("seal", "handed over"), "indigo"),
    "in_transfer": Seal(pgettext_lazy("seal", "on transfer"), "indigo"),
    "locked": Seal(pgettext_lazy("seal", "out of service"), "amber"),
    "rare": Seal(pgettext_lazy("seal", "rare book"), "vermilion"),
    "set_aside": Seal(pgettext_lazy("seal", "set aside"), "ink"),
    "withdrawn": Seal(pgettext_lazy("seal", "withdrawn"), "ink"),
    # acts at the desk
    "lent": Seal(pgettext_lazy("seal", "lent"), "moss"),
    "returned": Seal(pgettext_lazy("seal", "returned"), "moss"),
    "renewed": Seal(pgettext_lazy("seal", "renewed"), "moss"),
    "undone": Seal(pgettext_lazy("seal", "undone"), "ink"),
    "look": Seal(pgettext_lazy("seal", "look"), "amber"),
    "stop": Seal(pgettext_lazy("seal", "stop"), "vermilion", filled=True),
    # readers and cards
    "valid": Seal(pgettext_lazy("seal", "valid"), "moss"),
    "expired": Seal(pgettext_lazy("seal", "expired"), "vermilion"),
    "suspended": Seal(pgettext_lazy("seal", "suspended"), "vermilion", filled=True),
    "blocked": Seal(pgettext_lazy("seal", "blocked"), "vermilion", filled=True),
    "card_lost": Seal(pgettext_lazy("seal", "card reported lost"), "vermilion"),
    "replaced": Seal(pgettext_lazy("seal", "replaced"), "ink"),
    "deregistered": Seal(pgettext_lazy("seal", "deregistered"), "ink"),
    # places and activities
    "open": Seal(pgettext_lazy("seal", "open"), "moss"),
    "closed": Seal(pgettext_lazy("seal", "closed"), "ink"),
    "enrolling": Seal(pgettext_lazy("seal", "sign up"), "moss"),
    "full": Seal(pgettext_lazy("seal", "full"), "amber"),
    "planned": Seal(pgettext_lazy("seal", "planned"), "ink"),
    "held": Seal(pgettext_lazy("seal", "held"), "celadon"),
    "cancelled": Seal(pgettext_lazy("seal", "cancelled"), "ink"),
    # records, figures, editions
    "draft": Seal(pgettext_lazy("seal", "draft"), "ink"),
    "proofread": Seal(pgettext_lazy("seal", "proof-read"), "indigo"),
    "approved": Seal(pgettext_lazy("seal", "approved"), "vermilion"),
    "published": Seal(pgettext_lazy("seal", "published"), "vermilion", filled=True),
    "estimated": Seal(pgettext_lazy("seal", "estimated"), "amber"),
    "struck": Seal(pgettext_lazy("seal", "struck"), "ink"),
    "sample": Seal(pgettext_lazy("seal", "sample"), "amber"),
}


def seal(state: str) -> Seal:
    """Return the seal of a state; an unknown state shows its own name in plain ink."""
    return SEALS.get(state) or Seal(state, "ink")
