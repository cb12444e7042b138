"""What was counted by gates, in rooms and by hand, and the openings, compared with the ledger."""

from wenlan.facilities import statements
from wenlan.kernel.differences import Difference

CHECKS = {
    "facilities.tallies_in_ledger": statements.DIFFERING_TALLIES,
    "facilities.openings_in_ledger": statements.DIFFERING_OPENINGS,
    "facilities.gates_in_ledger": statements.DIFFERING_GATES,
    "facilities.rooms_in_ledger": statements.DIFFERING_ROOMS,
}
MOST = 200


def differences() -> list[Difference]:
    """Return the days on which the tables of facilities and the ledger part; a statement for each check."""
    return [
        Difference(check=check, place=f"day {day}", expected=expected, found=found, rows=(str(day),))
        for check, sql in CHECKS.items()
        for day, expected, found in statements.differing_rows(sql, MOST)
    ]
