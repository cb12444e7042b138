"""Making handover slips, signing them twice, and dealing copies out by a plan."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from django.db import transaction

from wenlan.holdings import policies
from wenlan.holdings.errors import HandoverClosed, HandoverEmpty, HandoverTwice, SameSigner
from wenlan.holdings.handovers.models import AllocationPlan, Handover, HandoverLine
from wenlan.holdings.handovers.policies import deal
from wenlan.holdings.handovers.queries import HandoverView, PlanView, handover, plan_view
from wenlan.holdings.models import Item
from wenlan.holdings.states import CHUNK, change, lock_items, refuse
from wenlan.holdings.types import ItemStatus, Transition
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.staff.operations import audit


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where items go. `ready` items are put on the shelf there, the others are processed on."""

    node: int
    department: int | None = None
    ready: bool = True
    note: str = ""


@transaction.atomic
def make(act: Act, *, to: Destination, items: Collection[int] = ()) -> HandoverView:
    """Make a slip from the place of the act; its items still stand where they stood and may be lent.

    Raises ItemUnknown, StatusNotAllowed for what cannot be handed over, HandoverTwice for what stands on another
    open slip. Repeating `act.key` returns the slip made first.
    """
    row = Handover.objects.filter(key=act.key).first()
    if row is None:
        number = jobs.next_number("handover", str(act.day.year))
        row = Handover.objects.create(
            number=f"{act.day.year}-{number:04d}",
            from_node_id=act.node,
            to_node_id=to.node,
            to_department_id=to.department,
            ready=to.ready,
            note=to.note[:200],
            made_at=act.at,
            made_by=act.operator,
            key=act.key,
        )
        _add(row, items)
    return handover(row.pk)


@transaction.atomic
def add_items(act: Act, *, handover_id: int, items: Collection[int]) -> HandoverView:
    """Put further items on a slip that nobody has signed. Raises as `make` does, and HandoverClosed."""
    row = _open(handover_id)
    _add(row, items)
    return handover(row.pk)


def _add(row: Handover, items: Collection[int]) -> None:
    rows = lock_items(items)
    on_slips = dict(
        HandoverLine.objects.filter(item__in=list(rows), is_open=True).values_list("item", "handover__number")
    )
    here = set(row.lines.values_list("item", flat=True))
    fresh = [one for one in rows.values() if one.pk not in here]
    for one in fresh:
        if one.pk in on_slips:
            raise HandoverTwice(barcode=one.barcode, number=on_slips[one.pk])
        if not policies.may_take(Transition.HAND_OVER, one.status):
            raise refuse(one, Transition.HAND_OVER)
    HandoverLine.objects.bulk_create([HandoverLine(handover=row, item=one) for one in fresh], batch_size=CHUNK)


@transaction.atomic
def remove_item(act: Act, *, handover_id: int, item: int) -> HandoverView:
    """Take an item off a slip that nobody has signed. Raises HandoverClosed."""
    row = _open(handover_id)
    row.lines.filter(item=item).delete()
    return handover(row.pk)


def _open(handover_id: int) -> Handover:
    row = Handover.objects.select_for_update().get(pk=handover(handover_id).id)
    if row.sent_at or row.cancelled_at:
        raise HandoverClosed(number=row.number)
    return row


@transaction.atomic
def cancel(act: Act, *, handover_id: int) -> HandoverView:
    """Give up a slip that nobody has signed; its items stay. Raises HandoverClosed."""
    row = Handover.objects.select_for_update().get(pk=handover(handover_id).id)
    if row.cancelled_at is None:
        _open(handover_id)
        row.lines.update(is_open=False)
        Handover.objects.filter(pk=row.pk).update(cancelled_at=act.at)
    return handover(handover_id)


@transaction.atomic
def sign_over(act: Act, *, handover_id: int) -> HandoverView:
    """Sign as who hands over: from now on the items are on their way and nobody's to lend.

    Raises HandoverEmpty, HandoverClosed for a cancelled slip, StatusNotAllowed when an item was lent meanwhile: take
    it off the slip. Signing twice is as once.
    """
    row = Handover.objects.select_for_update().get(pk=handover(handover_id).id)
    if row.cancelled_at:
        raise HandoverClosed(number=row.number)
    if row.sent_at is None:
        items = list(lock_items(row.lines.values_list("item", flat=True)).values())
        if not items:
            raise HandoverEmpty()
        change(act, items, Transition.HAND_OVER, reason=row.number)
        Handover.objects.filter(pk=row.pk).update(sent_at=act.at, sent_by=act.operator)
        audit(act, "holdings.handed_over", f"handover:{row.pk}", after={"items": len(items)})
    return handover(handover_id)


@transaction.atomic
def sign_for(act: Act, *, handover_id: int, refused: Mapping[int, str] | None = None) -> HandoverView:
    """Sign as who takes over: the items get their new place, `refused` ones (item to reason) go back to processing.

    What came meanwhile by another way (lost between libraries) keeps its state. Raises HandoverClosed before the first
    signature, SameSigner when one person would sign twice. Signing twice is as once.
    """
    row = Handover.objects.select_for_update().get(pk=handover(handover_id).id)
    if row.received_at is None:
        if row.sent_at is None or row.cancelled_at:
            raise HandoverClosed(number=row.number)
        if row.sent_by == act.operator:
            raise SameSigner()
        _take_over(act, row, dict(refused or {}))
        Handover.objects.filter(pk=row.pk).update(received_at=act.at, received_by=act.operator)
        audit(act, "holdings.taken_over", f"handover:{row.pk}", after={"refused": len(refused or {})})
    return handover(handover_id)


def _take_over(act: Act, slip: Handover, refused: Mapping[int, str]) -> None:
    lines = list(slip.lines.order_by("item_id"))
    items = lock_items([line.item_id for line in lines])
    taken: list[Item] = []
    sent_back: list[Item] = []
    for line in lines:
        item = items[line.item_id]
        came = policies.may_take(Transition.RECEIVE, item.status)
        line.is_open = False
        line.outcome = "received" if came and item.pk not in refused else "refused"
        line.reason = refused.get(item.pk, "" if came else str(ItemStatus(item.status).label))[:100]
        if came and item.pk in refused:
            sent_back.append(item)
        elif came:
            item.shelved_at_id = item.present_node_id = slip.to_node_id
            item.department_id = slip.to_department_id
            taken.append(item)
    change(act, taken, Transition.RECEIVE if slip.ready else Transition.RECEIVE_ON, reason=slip.number)
    change(replace(act, key=f"{act.key}/refused"), sent_back, Transition.REFUSE, reason=slip.number)
    HandoverLine.objects.bulk_update(lines, ["is_open", "outcome", "reason"], batch_size=CHUNK)


@transaction.atomic
def make_plan(act: Act, *, name: str, shares: Collection[tuple[int, int | None, int]], in_turn: bool) -> PlanView:
    """Write down a plan of allocation for the place of the act; `shares` are (node, department, copies or weight)."""
    row = AllocationPlan.objects.create(
        node_id=act.node, names={"zh": name, "en": name}, in_turn=in_turn, shares=[list(share) for share in shares]
    )
    audit(act, "holdings.plan", f"plan:{row.pk}", after={"shares": row.shares})
    return plan_view(row)


@transaction.atomic
def allocate(act: Act, *, items: Collection[int], by: PlanView, ready: bool = True) -> tuple[HandoverView, ...]:
    """Deal items out by a plan: one unsigned slip for each place, to be looked at, changed, signed or cancelled.

    Raises as `make` does. Repeating `act.key` returns the same slips.
    """
    found = {row.pk: row for row in Item.objects.filter(pk__in=items)}
    order = [(item, found[item].record_id) for item in items if item in found]
    dealt = deal(order, [copies for _, _, copies in by.shares], in_turn=by.in_turn)
    of: dict[int, list[int]] = defaultdict(list)
    for item, share in dealt.items():
        of[share].append(item)
    return tuple(
        make(
            replace(act, key=f"{act.key}/{share}"),
            to=Destination(node=by.shares[share][0], department=by.shares[share][1], ready=ready, note=by.name),
            items=of[share],
        )
        for share in sorted(of)
    )
