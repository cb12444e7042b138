"""What the subjects of our acts in the ledger are called: gates, reading rooms, tallies, openings."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from wenlan.facilities import queries
from wenlan.facilities.machines import queries as machines
from wenlan.facilities.openings.operations import DAY, MINUTES
from wenlan.facilities.tallies.operations import ABOARD
from wenlan.facilities.tallies.operations import SUBJECT as TALLY
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network


def subject_words(kinds: Collection[str], codes: Collection[str]) -> dict[str, str]:
    """Return the names of gates and rooms by code, and what else is counted (one statement)."""
    found: dict[str, str] = {}
    if Kind.VISIT_COUNTED in kinds:
        found |= queries.gate_names(codes) | {TALLY: _("Counted by hand"), ABOARD: _("Aboard the bus")}
    if Kind.PLACE_OPENED in kinds:
        found |= {DAY: _("Days open"), MINUTES: _("Minutes open")}
    if Kind.RECORD_ENTERED in kinds:
        found |= machines.subject_names(codes)
    if Kind.READING_ROOM_VISITED in kinds:
        found |= {room.code: room.name for room in network.departments()}
    return {code: words for code, words in found.items() if code in codes}
