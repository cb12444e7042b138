"""What the subjects of our acts in the ledger are called: how an item came to the library."""

from collections.abc import Collection

from django.utils.translation import pgettext_lazy

from wenlan.ledger.kinds import Kind

ORIGINS = {
    "purchase": pgettext_lazy("how an item came", "Purchase"),
    "gift": pgettext_lazy("how an item came", "Gift"),
    "exchange": pgettext_lazy("how an item came", "Exchange"),
    "deposit": pgettext_lazy("how an item came", "Legal deposit"),
    "transfer": pgettext_lazy("how an item came", "Transfer"),
    "binding": pgettext_lazy("how an item came", "Bound from issues"),
}


def subject_words(kinds: Collection[str], codes: Collection[str]) -> dict[str, str]:
    """Return how items came, by code."""
    asked = Kind.STOCK_ACCESSIONED in kinds
    return {code: str(ORIGINS[code]) for code in codes if asked and code in ORIGINS}
