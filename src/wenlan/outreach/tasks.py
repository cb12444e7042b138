"""What the clock does for outreach."""

from datetime import datetime

from wenlan.jobs.types import Recurring
from wenlan.kernel.acts import Act, Channel
from wenlan.network import queries as network
from wenlan.outreach.bus import operations as bus

HOUR = 3600


def refill_trips(at: datetime) -> int:
    """Bring acts that were told late (a journal from the mountains) into the lines of their trips; return how many."""
    root = network.root_or_none()
    if root is None:
        return 0
    return bus.refill_late(Act(at=at, node=root.id, channel=Channel.DESK, key=f"outreach.refill:{at.isoformat()}"))


RECURRING = [Recurring(name="outreach.refill_trips", every_seconds=6 * HOUR, run=refill_trips)]
