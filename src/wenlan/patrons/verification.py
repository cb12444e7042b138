"""Readers compared with the ledger, day by day, and with their cards."""

from wenlan.kernel.differences import Difference
from wenlan.patrons import comparing_statements as statements

CHECKS = {
    "patrons.registrations_in_ledger": statements.DIFFERING_REGISTRATIONS,
    "patrons.deregistrations_in_ledger": statements.DIFFERING_DEREGISTRATIONS,
    "patrons.cards_of_former_readers": statements.DIFFERING_CARDS,
    "patrons.merged_readers": statements.DIFFERING_MERGES,
}
MOST = 200


def differences() -> list[Difference]:
    """Return the days and readers where the tables and the ledger part; a statement for each check."""
    return [
        Difference(check=check, place=str(day), expected=expected, found=found)
        for check, sql in CHECKS.items()
        for day, expected, found in statements.differing_rows(sql, MOST)
    ]
