"""Reads of recalls."""

from collections.abc import Collection

from django.db.models import Q

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.models import Recall
from wenlan.circulation.recalling.types import RecallView
from wenlan.holdings import queries as holdings

STANDING = Q(withdrawn_at__isnull=True, loan__returned_at__isnull=True, loan__cancelled_at__isnull=True)


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
