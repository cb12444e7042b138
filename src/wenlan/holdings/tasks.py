"""What the clock does for holdings."""

from datetime import datetime

from wenlan.holdings import telling
from wenlan.jobs.types import Recurring

DAY = 86_400


def tell(at: datetime) -> int:
    """Tell the catalogue what changed; returns how many messages were handled."""
    return telling.tell_posted()


def recount(at: datetime) -> int:
    """Tell the catalogue of every record, its loans with it; returns of how many it knew less or more."""
    return telling.recount()


RECURRING = (
    Recurring(name="holdings.tell", every_seconds=0.5, run=tell, claimed=False),
    Recurring(name="holdings.recount", every_seconds=DAY, run=recount),
)
