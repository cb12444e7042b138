"""The SQL that reads the acts of a trip from the ledger."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from wenlan.kernel.sql import instant, places
from wenlan.outreach.bus.types import Deed

ACTS = """SELECT occurred_at, operator, kind, quantity FROM ledger_facts
    WHERE day >= %s AND day <= %s AND kind IN {kinds} AND node IN {nodes}
    AND occurred_at >= %s AND occurred_at < %s ORDER BY occurred_at, id"""


def acts_between(nodes: Collection[int], kinds: Collection[str], start: datetime, end: datetime) -> list[Deed]:
    """Return the acts of some kinds at some nodes in `[start, end)`, reversals among them (one statement)."""
    sql = ACTS.format(kinds=places(kinds), nodes=places(nodes))
    days = (timezone.localdate(start), timezone.localdate(end))
    with connection.cursor() as cursor:
        cursor.execute(sql, (*days, *kinds, *sorted(nodes), instant(start), instant(end)))
        rows = list(cursor.fetchall())
    return [Deed(at=aware(at), operator=by, kind=kind, quantity=int(quantity)) for at, by, kind, quantity in rows]


def aware(at: Any) -> datetime:
    """Return a stored instant as an aware one."""
    found = datetime.fromisoformat(at) if isinstance(at, str) else at
    if settings.USE_TZ and timezone.is_naive(found):
        found = timezone.make_aware(found, connection.timezone)
    assert isinstance(found, datetime)
    return found
