"""What the clock does for facilities."""

from datetime import datetime, timedelta

from django.utils import timezone

from wenlan.facilities.admission import operations as admission
from wenlan.jobs.types import Recurring

DAY = 24 * 3600
REMEMBERED = timedelta(days=30)  # how long a booked admission says whose it was


def forget_entries(at: datetime) -> int:
    """Let old booked admissions forget their readers; return how many did."""
    return admission.forget_old(before=timezone.localdate(at - REMEMBERED))


RECURRING = [Recurring(name="facilities.forget_entries", every_seconds=DAY, run=forget_entries)]
