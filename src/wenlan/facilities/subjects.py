"""What the subjects of our acts in the ledger are called: the gates and the reading rooms."""

from collections.abc import Collection

from wenlan.facilities import queries
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network


def subject_words(kinds: Collection[str], codes: Collection[str]) -> dict[str, str]:
    """Return the names of gates and rooms by code (one statement)."""
    found = queries.gate_names(codes) if Kind.VISIT_COUNTED in kinds else {}
    if Kind.READING_ROOM_VISITED in kinds:
        found |= {room.code: room.name for room in network.departments() if room.code in codes}
    return found
