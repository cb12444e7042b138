"""The sums of another system's past months, compared with the ledger."""

from wenlan.kernel.differences import Difference
from wenlan.moving import statements

MOST = 200


def differences() -> list[Difference]:
    """Return the sums that the ledger does not have as they were told; one statement."""
    return [
        Difference(check="moving.sums_in_ledger", place=f"day {day}", expected=told, found=booked, rows=(source,))
        for source, day, told, booked in statements.differing_sums(MOST)
    ]
