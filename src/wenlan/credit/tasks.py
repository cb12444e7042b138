"""What the clock does for readers' accounts."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from wenlan.credit import forgetting, operations
from wenlan.credit.external import alipay
from wenlan.credit.external import operations as external
from wenlan.jobs.types import Recurring
from wenlan.kernel.acts import Act, Channel
from wenlan.network import queries as network

HOUR = 3600
HISTORY_DAYS = 90  # as long as a returned loan remembers its reader
STEPS, PAUSE_SECONDS = 50, 0.02
Step = Callable[..., tuple[int, int]]


def in_steps(step: Step, at: datetime) -> int:
    """Take a step after another until none is left, or enough for this time; return how many were done."""
    root = network.root_or_none()
    if root is None:
        return 0
    act = Act(at=at, node=root.id, channel=Channel.DESK, key=f"{step.__name__}:{at:%Y%m%d%H%M%S}")
    done = after = 0
    for _ in range(STEPS):
        count, after = step(act, after=after)
        done += count
        if not after:
            break
        time.sleep(PAUSE_SECONDS)
    return done


def open_accounts(at: datetime) -> int:
    """Give new readers the points that their rule starts."""
    return in_steps(operations.open_accounts, at)


def restore(at: datetime) -> int:
    """Give points back to readers who had no deduction for long enough."""
    return in_steps(operations.restore_due, at)


def forget(at: datetime) -> int:
    """Let old lines forget which loan they came from."""
    before = timezone.localdate(at) - timedelta(days=HISTORY_DAYS)
    return forgetting.forget_loans(before=before)


def free_who_left(at: datetime) -> int:
    """End at the outside credit what stands for accounts that were closed; nothing where no merchant is written."""
    client, root = alipay.of_installation(at), network.root_or_none()
    if client is None or root is None:
        return 0
    act = Act(at=at, node=root.id, channel=Channel.DESK, key=f"free:{at:%Y%m%d%H%M%S}", device="clock")
    return external.free_who_left(act, provider=client)


RECURRING = [
    Recurring(name="credit.open_accounts", every_seconds=600, run=open_accounts),
    Recurring(name="credit.restore", every_seconds=6 * HOUR, run=restore),
    Recurring(name="credit.forget", every_seconds=HOUR, run=forget),
    Recurring(name="credit.free_who_left", every_seconds=HOUR, run=free_who_left),
]
