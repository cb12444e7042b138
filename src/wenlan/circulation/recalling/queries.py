"""Reads of recalls."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.models import OPEN, Loan, Recall
from wenlan.circulation.recalling.types import Overdue, RecallView
from wenlan.holdings import queries as holdings

STANDING = Q(withdrawn_at__isnull=True, loan__returned_at__isnull=True, loan__cancelled_at__isnull=True)


def recalled_loans(patron: int) -> frozenset[int]:
    """Return which of a reader's open loans were recalled, by id (one statement)."""
    return frozenset(Recall.objects.filter(STANDING, loan__patron=patron).values_list("loan_id", flat=True))


def overdue(patron: int, on: date) -> Overdue:
    """Return how many of a reader's loans are overdue, and how many of those were recalled (one statement)."""
    recalled = Exists(Recall.objects.filter(loan=OuterRef("pk"), withdrawn_at=None))
    late = Loan.objects.filter(OPEN, patron=patron, due_on__lt=on)
    counted = late.aggregate(loans=Count("id"), recalled=Count("id", filter=recalled))
    return Overdue(**counted)


def recalls(nodes: Collection[int], *, limit: int = 200) -> tuple[RecallView, ...]:
    """Return what was recalled and is still out, lent at the places or waited for there, the first due first."""
    ours = Q(loan__lent_node__in=nodes) | Q(reservation__pickup__in=nodes)
    rows = list(
        Recall.objects.filter(STANDING, ours)
        .select_related("loan", "reservation")
        .order_by("loan__due_on", "id")[:limit]
    )
    items = holdings.items_by_id({row.loan.item_id for row in rows})
    titles = catalogue.titles({item.record for item in items.values()})
    return tuple(
        RecallView(
            id=row.pk,
            item=row.loan.item_id,
            title=titles.get(items[row.loan.item_id].record, ""),
            barcode=items[row.loan.item_id].barcode,
            patron=row.loan.patron_id or 0,
            lent_node=row.loan.lent_node_id,
            waiting=row.reservation.patron_id or 0,
            pickup=row.reservation.pickup_id,
            recalled_at=row.recalled_at,
            due_before=row.due_before,
            due_on=row.loan.due_on,
        )
        for row in rows
    )
