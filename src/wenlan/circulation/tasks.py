"""What the clock does for loans."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from wenlan.circulation import automatic, operations
from wenlan.circulation.campaigns import operations as campaigns
from wenlan.circulation.closing import operations as closing
from wenlan.circulation.journals import operations as journals
from wenlan.circulation.ordering import operations as ordering
from wenlan.circulation.paper import operations as paper
from wenlan.circulation.reading import booking, requests
from wenlan.circulation.reading import operations as reading
from wenlan.circulation.recalling import operations as recalling
from wenlan.circulation.reserving import operations as reserving
from wenlan.jobs.types import Recurring

HOUR = 3600
HISTORY_DAYS = 90  # how long a returned loan remembers its reader, who may ask for longer
REQUEST_DAYS = 3 * 365  # how long a request to see what is kept back says what it was for
STEPS, PAUSE_SECONDS = 25, 0.02
RENEWS_FROM = 6  # o'clock: who is told is told by day


def in_steps(step: Callable[[], int]) -> int:
    """Take a step after another until one finds nothing to do, or enough for this time; return how much was done."""
    total = 0
    for _ in range(STEPS):
        done = step()
        if not done:
            break
        total += done
        time.sleep(PAUSE_SECONDS)
    return total


def forget(at: datetime) -> int:
    """Let old loans and reservations forget their readers, some thousands an hour; return how many did."""
    before = timezone.localdate(at) - timedelta(days=HISTORY_DAYS)
    forgotten = in_steps(lambda: operations.forget_returned(before=before))
    old = at - timedelta(days=HISTORY_DAYS)
    forgotten += requests.forget(before=timezone.localdate(at) - timedelta(days=REQUEST_DAYS))
    forgotten += journals.forget_told(before=old)
    forgotten += booking.forget_old(before=timezone.localdate(old))
    forgotten += paper.forget(before=timezone.localdate(old))
    forgotten += ordering.forget_ended(before=old)
    return forgotten + reserving.forget_ended(before=old) + reading.forget_ended(before=old)


def move_due_dates(at: datetime) -> int:
    """Carry on with moves of due dates across closures; return how many loans were changed."""
    return in_steps(lambda: closing.carry_on(at))


def look_after_reservations(at: datetime) -> int:
    """End what was not collected, have fetched what came free, withdraw recalls nobody waits for; return how many."""
    return reserving.expire(at) + reserving.match(at) + recalling.tidy(at)


def renew_by_rule(at: datetime) -> int:
    """Renew by day what renews itself and is due; return how many loans were renewed."""
    return automatic.renew_due(at) if timezone.localtime(at).hour >= RENEWS_FROM else 0


def carry_on_campaigns(at: datetime) -> int:
    """Tell the readers of recall campaigns and write down what came back; return how many loans were touched."""
    return in_steps(lambda: campaigns.carry_on(at))


RECURRING = [
    Recurring(name="circulation.bookings", every_seconds=60, run=booking.lapse),
    Recurring(name="circulation.reading_rooms", every_seconds=HOUR, run=reading.close_forgotten),
    Recurring(name="circulation.reservations", every_seconds=60, run=look_after_reservations),
    Recurring(name="circulation.orders", every_seconds=60, run=ordering.carry_on),
    Recurring(name="circulation.renew_by_rule", every_seconds=HOUR, run=renew_by_rule),
    Recurring(name="circulation.forget", every_seconds=HOUR, run=forget),
    Recurring(name="circulation.campaigns", every_seconds=60, run=carry_on_campaigns),
    Recurring(name="circulation.move_due_dates", every_seconds=5, run=move_due_dates),
]
