"""What the clock does for readers."""

from datetime import datetime, timedelta

from django.utils import timezone

from wenlan.jobs.types import Recurring
from wenlan.patrons import operations

HOURS_6 = 6 * 3600


def snapshot_yesterday(at: datetime) -> None:
    """Count the valid accounts as they stood at the end of yesterday; repeating it counts them again."""
    operations.snapshot_valid_patrons(on=timezone.localdate(at) - timedelta(days=1))


RECURRING = [Recurring(name="patrons.snapshot", every_seconds=HOURS_6, run=snapshot_yesterday)]
