"""What the clock does for the figures."""

import time
from datetime import datetime

from django.db import connection

from wenlan.indicators import operations
from wenlan.jobs.types import Recurring
from wenlan.ledger import queries as ledger

# On SQLite a desk waits while a batch is summed: small batches, and a pause before the next.
BATCH = {"sqlite": 200, "postgresql": 5_000}
PAUSE_SECONDS = 0.01
LONGEST_SECONDS = 2.0


def follow(at: datetime) -> int:
    """Bring the sums up to date, for at most two seconds; returns how many acts were added.

    A batch costs the same few statements whether it is full or not: what comes in while a desk is busy waits for
    the next second's batch.
    """
    if ledger.unfolded_since() is None:
        return 0
    batch, until = BATCH[connection.vendor], time.monotonic() + LONGEST_SECONDS
    added = taken = operations.fold(batch)
    while taken == batch and time.monotonic() < until:
        time.sleep(PAUSE_SECONDS)
        taken = operations.fold(batch)
        added += taken
    return added


RECURRING = (Recurring(name="indicators.fold", every_seconds=1.0, run=follow, claimed=False),)
