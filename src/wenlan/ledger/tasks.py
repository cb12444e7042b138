"""What the clock does for the ledger: room for the months and keys for the years to come."""

from datetime import datetime, timedelta

from django.utils import timezone

from wenlan.jobs.types import Recurring
from wenlan.ledger import operations

AHEAD = timedelta(days=100)


def look_ahead(at: datetime) -> None:
    """Make ready for the acts of this month and the next three."""
    today = timezone.localdate(at)
    operations.prepare_days(today, today + AHEAD)


RECURRING = (Recurring(name="ledger.look_ahead", every_seconds=6 * 3600, run=look_ahead),)
