"""What the subjects of our acts in the ledger are called: who asked for a renewal, what kind of reservation."""

from collections.abc import Collection

from wenlan.circulation.reserving.types import ReservationKind
from wenlan.circulation.types import Initiative
from wenlan.ledger.kinds import Kind


def subject_words(kinds: Collection[str], codes: Collection[str]) -> dict[str, str]:
    """Return who asked for a renewal, and which kind of reservation it was, by code."""
    found = {code: str(Initiative(code).label) for code in codes if Kind.LOAN_RENEWED in kinds and code in Initiative}
    if Kind.RESERVATION_MADE in kinds:
        found |= {code: str(ReservationKind(code).label) for code in codes if code in ReservationKind}
    return found
