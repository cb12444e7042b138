"""What the clock does for holdings."""

from datetime import datetime

from wenlan.holdings import telling
from wenlan.holdings.deposits import operations as deposits
from wenlan.jobs.types import Recurring

DAY = 86_400


def tell(at: datetime) -> int:
    """Tell the catalogue what changed; returns how many messages were handled."""
    return telling.tell_posted()


def recount(at: datetime) -> int:
    """Tell the catalogue of every record, its loans with it; returns of how many it knew less or more."""
    return telling.recount()


def remind_of_deposits(at: datetime) -> int:
    """Tell institutions which bulk deposits are due back; returns how many were told."""
    return deposits.remind(at)


RECURRING = (
    Recurring(name="holdings.tell", every_seconds=0.5, run=tell, claimed=False),
    Recurring(name="holdings.recount", every_seconds=DAY, run=recount),
    Recurring(name="holdings.deposits", every_seconds=DAY, run=remind_of_deposits),
)
