"""What the subjects of our acts in the ledger are called: how an item came, which way it went, what a slip was for."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.holdings.transfers.types import Purpose
from wenlan.ledger.kinds import Kind

ORIGINS = {
    "purchase": pgettext_lazy("how an item came", "Purchase"),
    "gift": pgettext_lazy("how an item came", "Gift"),
    "exchange": pgettext_lazy("how an item came", "Exchange"),
    "deposit": pgettext_lazy("how an item came", "Legal deposit"),
    "transfer": pgettext_lazy("how an item came", "Transfer"),
    "binding": pgettext_lazy("how an item came", "Bound from issues"),
    "compensation": _("Given for a lost one"),
}
WAYS = {"in": pgettext_lazy("way of moved stock", "In"), "out": pgettext_lazy("way of moved stock", "Out")}
GIVEN = {"branch": Purpose.DISTRIBUTION.label, "deposit": Purpose.DEPOSIT.label}
SLIPS = {f"stock_slip.{one.value}": one.label for one in Purpose}
WORDS = {
    Kind.STOCK_ACCESSIONED: ORIGINS,
    Kind.ITEM_TRANSFERRED: WAYS,
    Kind.ITEM_ROTATED: WAYS,
    Kind.ITEM_DISTRIBUTED: GIVEN,
    Kind.RECORD_ENTERED: SLIPS,
}


def subject_words(kinds: Collection[str], codes: Collection[str]) -> dict[str, str]:
    """Return how items came and went, by code."""
    found: dict[str, str] = {}
    for kind in (one for one in Kind if one in kinds and one in WORDS):
        found |= {code: str(WORDS[kind][code]) for code in codes if code in WORDS[kind]}
    return found
