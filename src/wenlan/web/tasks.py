"""What the clock does across packages: readers are reminded of what falls due and of what is overdue."""

from datetime import datetime

from django.utils import timezone

from wenlan.credit import reminding
from wenlan.jobs.types import Recurring
from wenlan.kernel.acts import Act, Channel
from wenlan.network import queries as network
from wenlan.web.reminding import due_loans

EARLIEST, LATEST = 8, 20  # notices are posted by day; the hours of a reader's own quiet are the notices' business


def remind(at: datetime) -> int:
    """Post the notices that are due by the readers' rules; return how many."""
    root, hour = network.root_or_none(), timezone.localtime(at).hour
    if root is None or not EARLIEST <= hour < LATEST:
        return 0
    act = Act(at=at, node=root.id, channel=Channel.DESK, key=f"remind:{at:%Y%m%d%H%M}")
    nodes = network.subtree(root.id, act.day)
    return sum(reminding.send(act, loans=loans) for loans in due_loans(nodes, on=act.day))


RECURRING = [Recurring(name="web.remind", every_seconds=3600, run=remind)]
