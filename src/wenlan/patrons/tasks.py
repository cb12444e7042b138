"""What the clock does for readers."""

from datetime import datetime, timedelta

from django.utils import timezone

from wenlan.jobs.types import Recurring
from wenlan.patrons import operations
from wenlan.patrons.intake import operations as intake
from wenlan.patrons.joining import operations as joining

HOURS_6 = 6 * 3600


def snapshot_yesterday(at: datetime) -> None:
    """Count the valid accounts as they stood at the end of yesterday; repeating it counts them again."""
    operations.snapshot_valid_patrons(on=timezone.localdate(at) - timedelta(days=1))


def tidy_applications(at: datetime) -> None:
    """Let applications lapse that nobody decided, and forget the people of old applications and lists."""
    joining.tidy_up(at=at)
    intake.tidy_up(at=at)


RECURRING = [
    Recurring(name="patrons.snapshot", every_seconds=HOURS_6, run=snapshot_yesterday),
    Recurring(name="patrons.applications", every_seconds=HOURS_6, run=tidy_applications),
]
