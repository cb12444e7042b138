"""How far an order is: its steps, what the reader is told of them, and what the ledger counts at its end."""

from dataclasses import replace

from django.db.models import Exists, F, OuterRef, Q
from django.utils import translation

from wenlan.circulation.models import BookOrder, OrderCopy, OrderStep
from wenlan.circulation.ordering import policies, queries
from wenlan.circulation.ordering.policies import Progress
from wenlan.circulation.ordering.types import ENDED, TO_DO, OrderState, StepKind
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind

GIVEN, VOLUMES = "book_order.given", "book_order.volumes"
LATER = frozenset({OrderState.GIVEN, OrderState.RETURNED})
STEP_OF = {
    OrderState.PICKING: StepKind.PICKING,
    OrderState.READY: StepKind.READY,
    OrderState.PARTLY: StepKind.PARTLY,
    OrderState.GIVEN: StepKind.GIVEN,
    OrderState.RETURNED: StepKind.RETURNED,
}
TOLD = frozenset({OrderState.PICKING, OrderState.PARTLY, OrderState.GIVEN, OrderState.RETURNED})


def of(row: BookOrder) -> Q:
    """Return what chooses the copies of an order."""
    return Q(line__order=row.pk)


def part(act: Act, *numbers: int) -> Act:
    """Return the part of an act that concerns one line and copy, with a key of its own."""
    return replace(act, key="/".join((act.key[:60], *map(str, numbers))))


def step(act: Act, row: BookOrder, kind: StepKind, *, note: str = "", tell: bool = False) -> None:
    """Write a step of the history, and tell the reader."""
    told = tell and row.patron_id is not None
    made = OrderStep.objects.create(order=row, at=act.at, kind=kind, by=act.operator, note=note[:300], told=told)
    if told:
        say(row, made, queries.order(row.pk).ready if kind == StepKind.READY else 0)


def say(row: BookOrder, made: OrderStep, ready: int) -> None:
    """Post what the reader is told of a step: where to fetch what is ready, why something is not possible, how far."""
    template = "order_changed"
    if made.kind == StepKind.READY and not row.to_door:
        template = "order_ready"
    elif made.kind in {StepKind.IMPOSSIBLE, StepKind.SHORT}:
        template = "order_not_met"
    with translation.override("zh-hans"):
        state_zh = str(StepKind(made.kind).label)
    with translation.override("en"):
        state_en = str(StepKind(made.kind).label)
    facts = {"number": row.number, "state_zh": state_zh, "state_en": state_en, "node": row.place_id}
    facts |= {"reason": made.note} if made.note else {}
    facts |= {"items": ready} if ready else {}
    key = f"order:{row.uid}:{made.pk}"
    jobs.post("notices", {"template": template, "patron": row.patron_id, "facts": facts, "key": key})


def settle(act: Act, row: BookOrder) -> bool:
    """Bring a locked order to the state that its books are in, and count it once it is met; return whether it moved."""
    now = queries.order(row.pk)
    picked = OrderCopy.objects.filter(of(row)).count()
    facts = Progress(
        state=row.state, wanted=now.wanted, picked=picked, given=now.given, out=now.out, is_short=row.is_short
    )
    after = policies.state_after(facts)
    if after == row.state:
        return False
    before, row.state = row.state, after
    row.ended_at = act.at if after in ENDED else None
    row.save(update_fields=["state", "ended_at"])
    count(act, row, now.given, is_met=after in LATER, was_met=before in LATER)
    step(act, row, STEP_OF[after], tell=after in TOLD)
    return True


def count(act: Act, row: BookOrder, given: int, *, is_met: bool, was_met: bool) -> None:
    """Record that an order was met, with its volumes (part of the loans); take it back when a loan is undone."""
    if is_met == was_met:
        return
    if is_met:
        row.counted, row.counted_on = F("counted") + 1, act.day
        row.save(update_fields=["counted", "counted_on"])
        row.refresh_from_db(fields=["counted"])
    source, there = f"order:{row.uid}:{row.counted}", replace(act, node=row.place_id)
    if is_met:
        rows = [
            ledger.event_row(there, Kind.RECORD_ENTERED, subject=f"{GIVEN}:{row.kind}", source=source),
            ledger.event_row(there, Kind.RECORD_ENTERED, subject=VOLUMES, source=f"{source}:volumes", quantity=given),
        ]
        ledger.record_many(rows)
        return
    assert row.counted_on is not None
    for one in (source, f"{source}:volumes"):
        ledger.reverse(act, day=row.counted_on, source=one)


def behind(limit: int) -> tuple[int, ...]:
    """Return the orders whose books may have moved on without them, the oldest first (one statement)."""
    copies = OrderCopy.objects.filter(line__order=OuterRef("pk"))
    lent = copies.filter(Q(loan__isnull=False) | Q(reservation__loan__isnull=False))
    out = lent.filter(
        Q(loan__returned_at=None, loan__cancelled_at=None, loan__isnull=False)
        | Q(reservation__loan__returned_at=None, reservation__loan__cancelled_at=None, reservation__loan__isnull=False)
    )
    rows = BookOrder.objects.filter(
        Q(state__in=sorted(TO_DO)) & Exists(lent) | Q(state=OrderState.GIVEN) & ~Exists(out)
    )
    return tuple(rows.order_by("pk").values_list("pk", flat=True)[:limit])
