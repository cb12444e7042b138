"""What the clock does for the catalogue."""

from datetime import datetime

from wenlan.catalogue.authorities.following import follow_some
from wenlan.catalogue.indexing import index_posted
from wenlan.catalogue.pocket.operations import refresh
from wenlan.jobs.types import Recurring


def follow(at: datetime) -> int:
    """Bring the index up to date; returns how many messages were handled."""
    return index_posted(at=at)


RECURRING = (
    Recurring(name="catalogue.index", every_seconds=0.2, run=follow, claimed=False),
    Recurring(name="catalogue.headings", every_seconds=1, run=follow_some),
    Recurring(name="catalogue.pocket", every_seconds=600, run=refresh),
)
