"""Reads of transfer slips."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from wenlan.holdings import slips
from wenlan.holdings.transfers.models import Transfer, TransferLine
from wenlan.holdings.transfers.types import Back, Outcome, Purpose
from wenlan.kernel.errors import NotFound

MOST_SLIPS = 100
COLUMNS = (
    "number", "voucher", "voucher_sum_fen", "note", "made_at", "made_by", "sent_at", "sent_by", "received_at",
    "received_by", "cancelled_at", "purpose", "due_on", "host_signer",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferView:
    """A slip. `titles` (种), `units` (册) and `list_sum_fen` (码洋) count all its lines, `refused` those not taken.

    `to_node` is None when the items stay where they are, `new_owner` when they keep their owner. `packed` are in a box,
    `missing` were not there on arrival; of a deposit `out` still stand at the point and are due back on `due_on`.
    """

    id: int
    number: str
    from_node: int
    to_node: int | None
    to_department: int | None
    old_owner: int | None
    new_owner: int | None
    voucher: str
    voucher_sum_fen: int | None
    note: str
    made_at: datetime
    made_by: str
    sent_at: datetime | None
    sent_by: str
    received_at: datetime | None
    received_by: str
    cancelled_at: datetime | None
    titles: int
    units: int
    list_sum_fen: int
    refused: int
    purpose: str = Purpose.TRANSFER
    due_on: date | None = None
    holder: int | None = None
    host_signer: str = ""
    missing: int = 0
    packed: int = 0
    out: int = 0

    @property
    def purpose_label(self) -> str:
        """Why the stock moves, in the language being spoken."""
        return str(Purpose(self.purpose).label)

    @property
    def taken(self) -> int:
        """How many were taken over, once the slip is signed for."""
        return self.units - self.refused - self.missing

    @property
    def state(self) -> str:
        """Where the slip stands: draft, sent, received or cancelled."""
        return slips.state(sent_at=self.sent_at, received_at=self.received_at, cancelled_at=self.cancelled_at)

    @property
    def places(self) -> frozenset[int]:
        """The nodes that the slip is about: whoever sees one of them sees the slip."""
        said = {self.from_node, self.to_node, self.old_owner, self.new_owner}
        return frozenset(node for node in said if node is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferLineView:
    """One item of a slip and what became of it; the accession numbers are those before and after it changed hands."""

    item: int
    outcome: str
    reason: str
    old_number: str
    new_number: str
    box: str = ""
    is_out: bool = False
    back_as: str = ""
    back_at: datetime | None = None

    @property
    def back_label(self) -> str:
        """How its stay at a point ended, or that it lasts, in the language being spoken."""
        return str(Back(self.back_as).label)


def transfer(transfer_id: int) -> TransferView:
    """Return a slip. Raises NotFound."""
    row = Transfer.objects.filter(pk=transfer_id).first()
    if row is None:
        raise NotFound(what=str(transfer_id))
    return _views([row])[0]


def transfers(nodes: Collection[int], *, purpose: str = "") -> tuple[TransferView, ...]:
    """Return the slips from or to the nodes or their owners, of one purpose if asked, the latest first."""
    about = Q(from_node__in=nodes) | Q(to_node__in=nodes) | Q(old_owner__in=nodes) | Q(new_owner__in=nodes)
    rows = Transfer.objects.filter(about, **({"purpose": purpose} if purpose else {}))
    return tuple(_views(list(rows.order_by("-id")[:MOST_SLIPS])))


def deposits(nodes: Collection[int]) -> tuple[TransferView, ...]:
    """Return the bulk deposits of which something is still out, from or to the nodes, the first due first."""
    about = Q(from_node__in=nodes) | Q(to_node__in=nodes)
    standing = TransferLine.objects.filter(is_out=True).values("transfer")
    rows = Transfer.objects.filter(about, purpose=Purpose.DEPOSIT, pk__in=standing)
    return tuple(_views(list(rows.order_by("due_on", "id")[:MOST_SLIPS])))


def lines(transfer_id: int) -> tuple[TransferLineView, ...]:
    """Return the lines of a slip in the order of the shelf."""
    rows = TransferLine.objects.filter(transfer=transfer_id).order_by("item__call_key", "item_id")
    names = ("outcome", "reason", "old_number", "new_number", "box", "is_out", "back_as", "back_at")
    return tuple(TransferLineView(item=row.item_id, **{name: getattr(row, name) for name in names}) for row in rows)


def came_back_on(transfer_ids: Collection[int]) -> dict[int, str]:
    """Return the numbers of those slips from which something came back, by id."""
    rows = TransferLine.objects.filter(transfer__in=transfer_ids, back_at__isnull=False)
    return dict(rows.order_by("transfer").values_list("transfer", "transfer__number").distinct())


def deposits_ended(items: Collection[int]) -> tuple[int, ...]:
    """Return the slips that these items came back from last, by id."""
    rows = TransferLine.objects.filter(item__in=items, back_at__isnull=False)
    last = dict(rows.order_by("back_at", "id").values_list("item", "transfer"))
    return tuple(sorted(set(last.values())))


def _views(rows: list[Transfer]) -> list[TransferView]:
    counted = {
        "refused": Count("id", filter=Q(outcome=Outcome.REFUSED)),
        "missing": Count("id", filter=Q(outcome=Outcome.MISSING)),
        "packed": Count("id", filter=~Q(box="")),
        "out": Count("id", filter=Q(is_out=True)),
    }
    sums = slips.sums(TransferLine.objects.all(), "transfer", [row.pk for row in rows], **counted)
    return [_view(row, sums[row.pk]) for row in rows]


def _view(row: Transfer, sums: Mapping[str, Any]) -> TransferView:
    return TransferView(
        id=row.pk,
        from_node=row.from_node_id,
        to_node=row.to_node_id,
        to_department=row.to_department_id,
        old_owner=row.old_owner_id,
        new_owner=row.new_owner_id,
        holder=row.holder_id,
        **sums,
        **{name: getattr(row, name) for name in COLUMNS},
    )
