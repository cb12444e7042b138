"""What stands on readers' rows compared with the ledgers of points and money."""

from wenlan.credit import comparing_statements as statements
from wenlan.kernel.differences import Difference

MOST = 200


def differences() -> list[Difference]:
    """Return the readers, charges and drawers whose figure is not the sum of its lines; one statement a check."""
    return [
        Difference(check=check, place=str(place), expected=expected, found=found)
        for check, sql in statements.CHECKS.items()
        for place, expected, found in statements.differing_rows(sql, MOST)
    ]
