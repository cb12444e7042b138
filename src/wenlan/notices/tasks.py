"""What the clock does for notices."""

from datetime import datetime, timedelta

from wenlan.jobs import queries as jobs
from wenlan.jobs.types import Recurring
from wenlan.notices import operations, sending
from wenlan.notices.types import TOPIC

KEPT = timedelta(days=183)


def tell(at: datetime) -> bool:
    """Make notices of what the outbox holds, and send what is due; returns whether there was anything."""
    took = operations.take_in(at) if jobs.posted_count(TOPIC) else 0
    return sending.start(at) or bool(took)


def forget(at: datetime) -> int:
    """Let notices of more than half a year ago be forgotten; returns how many were."""
    return operations.forget(before=at - KEPT)


RECURRING = (
    Recurring(name="notices.tell", every_seconds=2, run=tell),
    Recurring(name="notices.forget", every_seconds=3600, run=forget),
)
