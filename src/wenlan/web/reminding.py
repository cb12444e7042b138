"""Loans as dunning wants them: what circulation knows of the loan joined with what readers' accounts need."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from wenlan.circulation import queries as circulation
from wenlan.credit.reminding import Due
from wenlan.patrons import queries as patrons

AHEAD = 30  # days before the due date that a rule may look at
BATCH = 200


def due_loans(nodes: Collection[int], *, on: date, ahead: int = AHEAD) -> Iterator[list[Due]]:
    """Yield the open loans of the places that are overdue or fall due within `ahead` days, in batches."""
    until, after = on + timedelta(days=ahead), None
    while batch := circulation.overdue_loans(nodes, until, after=after, limit=BATCH):
        last = batch[-1].loan
        after = (last.due_on, last.id)
        readers = patrons.patrons_by_id({one.loan.patron for one in batch if one.loan.patron is not None})
        yield [
            Due(
                source=f"loan:{one.loan.uid}:{one.loan.due_on}",
                patron=one.loan.patron,
                home_node=readers[one.loan.patron].home_node,
                category=readers[one.loan.patron].category.id,
                days=one.days - ahead,
                due_on=one.loan.due_on,
                barcode=one.loan.barcode,
                title=one.loan.title,
            )
            for one in batch
            if one.loan.patron in readers
        ]
