"""Proof that the ledger agrees with itself: reversals mirror what they reverse, marks lead to acts."""

from django.db import connection

from wenlan.kernel.differences import Difference
from wenlan.ledger import statements


def differences() -> list[Difference]:
    """Return reversals that do not mirror their act, and marks of acts that do not exist."""
    found = []
    with connection.cursor() as cursor:
        for day, source, quantity, mirrored in statements.crooked_reversals(cursor):
            found.append(
                Difference(
                    check="ledger.reversal",
                    place=f"day={day}",
                    expected="no such act" if mirrored is None else -mirrored,
                    found=quantity,
                    rows=(source,),
                )
            )
        for event, day in statements.lost_marks(cursor):
            found.append(
                Difference(
                    check="ledger.unfolded", place=f"day={day}", expected="an act", found=None, rows=(str(event),)
                )
            )
    return found
