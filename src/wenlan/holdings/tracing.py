"""What became of the volumes that came in under one voucher (批次号): registered, handed over, on the shelf."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Count, Sum

from wenlan.holdings.accounts.models import BookEntry
from wenlan.holdings.handovers.models import HandoverLine
from wenlan.holdings.models import Item

Kind = TypeVar("Kind", str, int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A line of the batch register under the voucher; money in fen, `paid_fen` None when it is not known."""

    number: str
    day: date
    units: int
    list_price_fen: int
    paid_fen: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A handover slip with volumes of the voucher on it: sent, and received, by two people."""

    id: int
    number: str
    to_node: int
    units: int
    is_sent: bool
    is_received: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The way of a voucher's volumes. `by_status` and `by_place` count where they are now, the most first."""

    entered: tuple[Entered, ...]
    slips: tuple[Slip, ...]
    by_status: tuple[tuple[str, int], ...]
    by_place: tuple[tuple[int, int], ...]


def trace(voucher: str) -> Trace:
    """Return the way of the volumes that came in under a voucher (five statements)."""
    lines = HandoverLine.objects.filter(item__entered_in__voucher=voucher, handover__cancelled_at=None)
    slips = lines.values_list(
        *("handover", "handover__number", "handover__to_node", "handover__sent_at", "handover__received_at")
    ).order_by("handover")
    items = Item.objects.filter(entered_in__voucher=voucher).order_by()
    entered = items.values("entered_in").annotate(units=Count("pk"), fen=Sum("list_price_fen"))
    counts = {row["entered_in"]: row for row in entered}
    return Trace(
        entered=tuple(
            Entered(
                number=str(row),
                day=row.day,
                units=counts[row.pk]["units"],
                list_price_fen=counts[row.pk]["fen"] or 0,
                paid_fen=row.paid_sum_fen,
            )
            for row in BookEntry.objects.filter(pk__in=counts).order_by("day", "number")
        ),
        slips=tuple(
            Slip(
                id=slip,
                number=number,
                to_node=node,
                units=units,
                is_sent=sent is not None,
                is_received=received is not None,
            )
            for slip, number, node, sent, received, units in slips.annotate(units=Count("pk"))
        ),
        by_status=_most(items.values_list("status").annotate(units=Count("pk"))),
        by_place=_most(items.values_list("shelved_at").annotate(units=Count("pk"))),
    )


def _most(counts: Iterable[tuple[Kind, int]]) -> tuple[tuple[Kind, int], ...]:
    return tuple(sorted(counts, key=lambda one: -one[1]))
