"""What every slip that goes with stock says: the sums of its lines, and where it stands."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Sum


def sums(lines: QuerySet[Any], slip: str, slips: Collection[int], **counted: Count) -> dict[int, dict[str, int]]:
    """Return `titles` (种), `units` (册) and `list_sum_fen` (码洋) of slips, and what else is to be counted.

    `slip` names the key of a line to its slip. A slip without lines has zeros. One statement.
    """
    asked = {
        "titles": Count("item__record", distinct=True),
        "units": Count("id"),
        "list_sum_fen": Sum("item__list_price_fen", default=0),
        **counted,
    }
    rows = lines.filter(**{f"{slip}__in": slips}).values(slip).annotate(**asked).order_by()
    return {one: dict.fromkeys(asked, 0) for one in slips} | {row.pop(slip): row for row in rows}


def state(*, sent_at: datetime | None, received_at: datetime | None, cancelled_at: datetime | None) -> str:
    """Return where a slip stands: draft, sent, received or cancelled."""
    if cancelled_at:
        return "cancelled"
    return "received" if received_at else "sent" if sent_at else "draft"
