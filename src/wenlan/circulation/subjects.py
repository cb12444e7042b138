"""What the subjects of our acts in the ledger are called: who asked for a renewal, what kind of reservation."""

from collections.abc import Collection

from wenlan.circulation.drifting.types import DriftAct
from wenlan.circulation.reserving.types import ReservationKind
from wenlan.circulation.types import Initiative
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network


def subject_words(kinds: Collection[str], codes: Collection[str]) -> dict[str, str]:
    """Return who asked for a renewal, and which kind of reservation it was, by code."""
    found = {code: str(Initiative(code).label) for code in codes if Kind.LOAN_RENEWED in kinds and code in Initiative}
    if Kind.RESERVATION_MADE in kinds:
        found |= {code: str(ReservationKind(code).label) for code in codes if code in ReservationKind}
    if Kind.BOOK_DRIFTED in kinds:
        found |= {code: str(DriftAct(code).label) for code in codes if code in DriftAct}
    if Kind.COMPUTER_USED in kinds:
        found |= {room.code: room.name for room in network.departments() if room.code in codes}
    return found
