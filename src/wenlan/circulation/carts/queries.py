"""Reads of what waits on the cart."""

from datetime import date, datetime

from django.db import connection

from wenlan.circulation.carts import statements
from wenlan.circulation.models import Loan

CHUNK = 500


def returned_items(node: int, *, first: date, last: date) -> dict[int, datetime]:
    """Return the items that came back at a node from `first` to `last`, with the instant of the latest return.

    Undone returns are none. Costs one statement and one for every 500 returns.
    """
    with connection.cursor() as cursor:
        uids = sorted(set(statements.returned(cursor, node, first, last)))
    found: dict[int, datetime] = {}
    for start in range(0, len(uids), CHUNK):
        rows = Loan.objects.filter(uid__in=uids[start : start + CHUNK], returned_node=node, returned_at__isnull=False)
        for item, at in rows.values_list("item_id", "returned_at"):
            if at is not None:
                found[item] = max(at, found.get(item, at))
    return found
