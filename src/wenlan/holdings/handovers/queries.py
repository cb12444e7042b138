"""Reads of handover slips and allocation plans."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from wenlan.holdings import slips
from wenlan.holdings.handovers.models import AllocationPlan, Handover, HandoverLine
from wenlan.kernel.errors import NotFound
from wenlan.kernel.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverView:
    """A slip. `titles` (种), `units` (册) and `list_sum_fen` (码洋) count all its lines, `refused` those not taken."""

    id: int
    number: str
    from_node: int
    to_node: int
    to_department: int | None
    ready: bool
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

    @property
    def state(self) -> str:
        """Where the slip stands: draft, sent, received or cancelled."""
        return slips.state(sent_at=self.sent_at, received_at=self.received_at, cancelled_at=self.cancelled_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverLineView:
    """One item of a slip and what became of it: received, refused with a reason, or nothing yet."""

    item: int
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan of allocation: `shares` are (node, department, copies or weight)."""

    id: int
    node: int
    name: str
    in_turn: bool
    shares: tuple[tuple[int, int | None, int], ...]


def handover(handover_id: int) -> HandoverView:
    """Return a slip. Raises NotFound."""
    row = Handover.objects.filter(pk=handover_id).first()
    if row is None:
        raise NotFound(what=str(handover_id))
    return _views([row])[0]


def handovers(nodes: Collection[int], *, open_only: bool = False, limit: int = 100) -> tuple[HandoverView, ...]:
    """Return the slips from or to the nodes, the latest first (two statements)."""
    rows = Handover.objects.filter(Q(from_node__in=nodes) | Q(to_node__in=nodes))
    if open_only:
        rows = rows.filter(received_at=None, cancelled_at=None)
    return tuple(_views(list(rows.order_by("-id")[:limit])))


def lines(handover_id: int) -> tuple[HandoverLineView, ...]:
    """Return the lines of a slip in the order of the shelf."""
    rows = HandoverLine.objects.filter(handover=handover_id).order_by("item__call_key", "item_id")
    return tuple(HandoverLineView(item=row.item_id, outcome=row.outcome, reason=row.reason) for row in rows)


def plans(nodes: Collection[int]) -> tuple[PlanView, ...]:
    """Return the plans of the nodes."""
    return tuple(plan_view(row) for row in AllocationPlan.objects.filter(node__in=nodes).order_by("id"))


def plan(plan_id: int) -> PlanView:
    """Return a plan. Raises NotFound."""
    row = AllocationPlan.objects.filter(pk=plan_id).first()
    if row is None:
        raise NotFound(what=str(plan_id))
    return plan_view(row)


def plan_view(row: AllocationPlan) -> PlanView:
    """Return the public side of a plan."""
    shares = tuple((int(node), department, int(copies)) for node, department, copies in row.shares)
    return PlanView(id=row.pk, node=row.node_id, name=say(row.names), in_turn=row.in_turn, shares=shares)


def _views(rows: list[Handover]) -> list[HandoverView]:
    refused = Count("id", filter=Q(outcome="refused"))
    sums = slips.sums(HandoverLine.objects.all(), "handover", [row.pk for row in rows], refused=refused)
    return [_view(row, sums[row.pk]) for row in rows]


def _view(row: Handover, sums: Mapping[str, int]) -> HandoverView:
    return HandoverView(
        id=row.pk,
        number=row.number,
        from_node=row.from_node_id,
        to_node=row.to_node_id,
        to_department=row.to_department_id,
        ready=row.ready,
        note=row.note,
        made_at=row.made_at,
        made_by=row.made_by,
        sent_at=row.sent_at,
        sent_by=row.sent_by,
        received_at=row.received_at,
        received_by=row.received_by,
        cancelled_at=row.cancelled_at,
        **sums,
    )
