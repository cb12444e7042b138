"""Loans of what was bought for them: taken back whole when the book was not fetched after all."""

from uuid import UUID

from django.db import transaction

from wenlan.circulation import statements, undoing
from wenlan.circulation.errors import CannotUndo
from wenlan.circulation.models import Loan
from wenlan.kernel.acts import Act


@transaction.atomic
def cancel(act: Act, *, loan: UUID) -> None:
    """Cancel a loan as if it had not been made, whenever and by whom it was: tally, item and ledger are as before.

    Locks the reader's row, then the item's. Raises CannotUndo for a loan that ended or was renewed: that one took
    place. Cancelling twice is as once.
    """
    row = Loan.objects.filter(uid=loan).first()
    if row is None:
        raise CannotUndo()
    statements.lock_both(patron=row.patron_id, item=row.item_id)
    row.refresh_from_db()
    if row.cancelled_at is None:
        undoing.cancel_loan(act, row)
