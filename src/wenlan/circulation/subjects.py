"""What the subjects of our acts in the ledger are called: who asked for a renewal, what kind of reservation."""

from collections.abc import Collection

from wenlan.circulation.campaigns import queries as campaigns
from wenlan.circulation.campaigns.types import CampaignPart
from wenlan.circulation.drifting.types import DriftAct
from wenlan.circulation.reserving.types import ReservationKind
from wenlan.circulation.types import Initiative, Surety
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network


def subject_words(kinds: Collection[str], codes: Collection[str]) -> dict[str, str]:
    """Return who asked for a renewal, and which kind of reservation it was, by code."""
    found = {code: str(Initiative(code).label) for code in codes if Kind.LOAN_RENEWED in kinds and code in Initiative}
    if Kind.LOAN_MADE in kinds:
        found |= {code: str(Surety(code).label) for code in codes if code in Surety}
    if Kind.RESERVATION_MADE in kinds:
        found |= {code: str(ReservationKind(code).label) for code in codes if code in ReservationKind}
    if Kind.BOOK_DRIFTED in kinds:
        found |= {code: str(DriftAct(code).label) for code in codes if code in DriftAct}
    if Kind.LOAN_RECALLED in kinds:
        found |= campaign_words(codes)
    if Kind.COMPUTER_USED in kinds:
        found |= {room.code: room.name for room in network.departments() if room.code in codes}
    return found


def campaign_words(codes: Collection[str]) -> dict[str, str]:
    """Return which campaign a copy was asked back by, and whether it came back, by code (one statement)."""
    parts = {code: code.partition(":") for code in codes}
    known = {code: (part, int(number)) for code, (part, _sign, number) in parts.items() if number.isdigit()}
    names = campaigns.names({number for _part, number in known.values()})
    return {
        code: f"{names[number]}: {CampaignPart(part).label}"
        for code, (part, number) in known.items()
        if part in CampaignPart and number in names
    }
