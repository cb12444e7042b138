"""Readers compared with the ledger, day by day."""

from wenlan.kernel.differences import Difference
from wenlan.patrons import comparing_statements as statements

CHECKS = {
    "patrons.registrations_in_ledger": statements.DIFFERING_REGISTRATIONS,
    "patrons.deregistrations_in_ledger": statements.DIFFERING_DEREGISTRATIONS,
}
MOST = 200


def differences() -> list[Difference]:
    """Return the days on which table and ledger part; two statements."""
    return [
        Difference(check=check, place=str(day), expected=expected, found=found)
        for check, sql in CHECKS.items()
        for day, expected, found in statements.differing_rows(sql, MOST)
    ]
