"""What the subjects of our acts in the ledger are called: by what right a resource is offered."""

from collections.abc import Collection

from wenlan.digital.types import Ownership
from wenlan.ledger.kinds import Kind

KINDS = frozenset({Kind.STOCK_ACCESSIONED, Kind.STOCK_DEREGISTERED})


def subject_words(kinds: Collection[str], codes: Collection[str]) -> dict[str, str]:
    """Return the rights by code."""
    return {code: str(Ownership(code).label) for code in codes if KINDS & set(kinds) and code in Ownership}
