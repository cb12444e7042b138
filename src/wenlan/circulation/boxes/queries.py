"""Reads of the machines' boxes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.boxes import statements
from wenlan.circulation.models import EmptiedBox, Loan
from wenlan.holdings import queries as holdings

LOOKED_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class InTheBox:
    """An item that a machine took in; `status` as it is now."""

    item: int
    title: str
    barcode: str
    scope: str
    returned_at: datetime
    status: str
    status_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What should be in a machine's box; `days` since the oldest fell in, `emptied_at` None when it never was."""

    device: str
    node: int
    items: int
    days: int
    emptied_at: datetime | None


def boxes(nodes: Collection[int], at: datetime) -> tuple[Box, ...]:
    """Return the boxes of the machines that took something in at the places of late (two statements a machine)."""
    found = []
    for node, device in statements.machines(nodes, timezone.localdate(at - LOOKED_BACK)):
        loans, emptied = _loans(device, node, at)
        first = min((loan.returned_at for loan in loans if loan.returned_at), default=at)
        found.append(Box(device=device, node=node, items=len(loans), days=(at - first).days, emptied_at=emptied))
    return tuple(sorted(found, key=lambda box: (-box.days, box.node, box.device)))


def in_the_box(*, device: str, node: int, at: datetime) -> tuple[InTheBox, ...]:
    """Return what a machine took in since its box was emptied, the oldest first (five statements)."""
    loans, _emptied = _loans(device, node, at)
    items = holdings.items_by_id({loan.item_id for loan in loans})
    titles = catalogue.titles({item.record for item in items.values()})
    return tuple(
        InTheBox(
            item=loan.item_id,
            title=titles.get(items[loan.item_id].record, ""),
            barcode=items[loan.item_id].barcode,
            scope=items[loan.item_id].barcode_scope,
            returned_at=loan.returned_at or at,
            status=items[loan.item_id].status,
            status_label=items[loan.item_id].status_label,
        )
        for loan in loans
    )


def _loans(device: str, node: int, at: datetime) -> tuple[list[Loan], datetime | None]:
    """Return the returns a machine took in that stand, each item once, and when its box was emptied last."""
    last = EmptiedBox.objects.filter(node=node, device=device).order_by("-emptied_at").first()
    after = max(last.emptied_at, at - LOOKED_BACK) if last else at - LOOKED_BACK
    sources = statements.taken_in(device=device, node=node, since=timezone.localdate(after), after=after)
    uids = [UUID(source.split(":")[1]) for source in sources if source.startswith("return:")]
    rows = Loan.objects.filter(uid__in=uids, returned_by=f"device:{device}", returned_node=node)
    latest = {loan.item_id: loan for loan in rows.order_by("returned_at", "id")}
    return sorted(latest.values(), key=lambda loan: loan.pk), last.emptied_at if last else None
