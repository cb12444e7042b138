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
    """Bring the sums up to date, for at most two seconds; returns how many acts were added."""
    added, until = 0, time.monotonic() + LONGEST_SECONDS
    while ledger.unfolded_since() is not None and time.monotonic() < until:
        added += operations.fold(BATCH[connection.vendor])
        time.sleep(PAUSE_SECONDS)
    return added


RECURRING = (Recurring(name="indicators.fold", every_seconds=1.0, run=follow, claimed=False),)
