"""The stock told anew at its owners: earlier versions told it where the books were catalogued."""

from __future__ import annotations

from time import sleep

from django.db import transaction

from wenlan.holdings import comparing_statements as statements
from wenlan.kernel.acts import Act
from wenlan.kernel.sql import instant
from wenlan.ledger import operations as ledger

CHUNK = 100
PAUSE_SECONDS = 0.005


def tell_at_owners(act: Act) -> int:
    """Take back the acts of stock that stand at another place than the owner's, and record them there.

    Day and all other dimensions stay. Some hundred acts are one transaction, so that a desk can write between; a run
    that is broken off is simply repeated, and once all is told a run changes nothing. Returns how many acts.
    """
    last = told = 0
    while rows := statements.told_elsewhere(last, CHUNK):
        with transaction.atomic():
            for _id, row in rows:
                ledger.reverse(act, day=row.day, source=row.source)
            ledger.record_many(
                [
                    row._replace(
                        node=row.owner_node or row.node,
                        department=None,
                        recorded_at=instant(act.at),
                        source=f"{row.source}@{row.owner_node}",
                    )
                    for _id, row in rows
                ]
            )
        last, told = rows[-1][0], told + len(rows)
        sleep(PAUSE_SECONDS)
    return told
