"""Drawers and shifts (交接班): who has the drawer counts it on taking it and on leaving it; the next person signs."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Count, Sum, Value
from django.db.models.functions import Coalesce

from wenlan.credit.errors import ReasonMissing
from wenlan.credit.money import journal
from wenlan.credit.money.models import MoneyEntry
from wenlan.credit.money.types import Means, MoneyKind
from wenlan.credit.till import counting
from wenlan.credit.till.errors import (
    DayClosed,
    DifferenceNeedsReason,
    DrawerTaken,
    DrawerUnknown,
    NoShift,
    NotEnoughCash,
)
from wenlan.credit.till.models import DayClose, Drawer, Shift
from wenlan.credit.till.types import DrawerView, ShiftView, SumLine
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.kernel.money import yuan
from wenlan.staff.operations import audit


@transaction.atomic
def add_drawer(act: Act, *, name: str) -> DrawerView:
    """Set up a drawer at the place of the act. Raises ReasonMissing without a name. The same name twice is as once."""
    if not name.strip():
        raise ReasonMissing()
    row, _ = Drawer.objects.get_or_create(node_id=act.node, name=name.strip()[:60])
    return _drawer_view(row)


@transaction.atomic
def sign_on(act: Act, *, drawer_id: int, counted_fen: int, reason: str = "") -> ShiftView:
    """Take a drawer over: count it, and by that sign for the last shift.

    What differs from what the last shift left is explained and booked. The first count of a drawer is change put in.
    Raises DrawerUnknown, DrawerTaken, DifferenceNeedsReason. Repeating `act.key` returns the shift.
    """
    if done := Shift.objects.filter(key=act.key).first():
        return shift(done.pk)
    drawer = Drawer.objects.select_for_update().filter(pk=drawer_id, node=act.node, closed_on=None).first()
    if drawer is None:
        raise DrawerUnknown(what=str(drawer_id))
    last = Shift.objects.filter(drawer=drawer).order_by("-id").first()
    held = Shift.objects.filter(operator=act.operator, closed_at=None).exists()
    if held or (last is not None and last.closed_at is None):
        raise DrawerTaken()
    left = last.left_fen or 0 if last is not None else 0
    if last is not None and counted_fen != left and not reason.strip():
        raise DifferenceNeedsReason(difference=yuan(counted_fen - left))
    try:
        with transaction.atomic():
            row = Shift.objects.create(
                drawer=drawer, operator=act.operator, opened_at=act.at, opening_fen=left,
                opening_reason=reason.strip()[:200], key=act.key,
            )  # fmt: skip
    except IntegrityError as taken:
        raise DrawerTaken() from taken
    if counted_fen != left:
        kind = MoneyKind.FLOAT_ADDED if last is None else MoneyKind.DIFFERENCE
        _cash(act, row, kind, counted_fen - left, reason, key=f"shift:{row.pk}:opening")
    Shift.objects.filter(drawer=drawer, closed_at__isnull=False, signed_at=None).update(
        signed_at=act.at, signed_by=act.operator
    )
    return shift(row.pk)


def _cash(act: Act, row: Shift, kind: MoneyKind, sum_fen: int, reason: str, *, key: str) -> None:
    journal.write(act, None, kind, key=key, money_fen=sum_fen, means=Means.CASH, shift=row, reason=reason.strip()[:200])


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What lies in the drawer at the end, how much of it is handed in, and why the count differs if it does."""

    counted_fen: int
    handed_in_fen: int = 0
    reason: str = ""


@transaction.atomic
def sign_off(act: Act, *, leaving: Leaving) -> ShiftView:
    """Leave the drawer: count it, explain a difference, hand in what goes to finance; the rest waits for the next.

    Raises NoShift, DifferenceNeedsReason with the difference, NotEnoughCash for more handed in than was counted.
    """
    row = of_operator(act, lock=True)
    system = cash_in(row)
    difference = leaving.counted_fen - system
    if difference and not leaving.reason.strip():
        raise DifferenceNeedsReason(difference=yuan(difference))
    if not 0 <= leaving.handed_in_fen <= leaving.counted_fen:
        raise NotEnoughCash(cash=yuan(leaving.counted_fen))
    if difference:
        _cash(act, row, MoneyKind.DIFFERENCE, difference, leaving.reason, key=f"shift:{row.pk}:difference")
    if leaving.handed_in_fen:
        _cash(act, row, MoneyKind.HANDED_IN, -leaving.handed_in_fen, "", key=f"shift:{row.pk}:handed-in")
    row.closed_at, row.system_fen, row.counted_fen = act.at, system, leaving.counted_fen
    row.left_fen, row.reason = leaving.counted_fen - leaving.handed_in_fen, leaving.reason.strip()[:200]
    row.counts = counting.of_shift(operator=row.operator, start=row.opened_at, end=act.at)
    row.save(update_fields=["closed_at", "system_fen", "counted_fen", "left_fen", "reason", "counts"])
    after = {"system": system, "counted": leaving.counted_fen, "handed_in": leaving.handed_in_fen}
    audit(act, "credit.signed_off", f"shift:{row.pk}", after=after, reason=leaving.reason)
    return shift(row.pk)


def of_operator(act: Act, *, lock: bool = True) -> Shift:
    """Return the open shift of who acts, at the place of the act. Raises NoShift, DayClosed when the day is closed."""
    rows = Shift.objects.select_for_update() if lock else Shift.objects
    row = rows.filter(operator=act.operator, drawer__node=act.node, closed_at=None).first() if act.operator else None
    if row is None:
        raise NoShift()
    if DayClose.objects.filter(node=act.node, day=act.day).exists():
        raise DayClosed()
    return row


def cash_in(row: Shift) -> int:
    """Return the cash that should lie in a drawer now."""
    moved = MoneyEntry.objects.filter(shift=row, means=Means.CASH).aggregate(sum=Sum("money_fen"))["sum"]
    return row.opening_fen + (moved or 0)


def insist_on_cash(row: Shift, sum_fen: int) -> None:
    """Raise NotEnoughCash when a drawer does not hold a sum."""
    held = cash_in(row)
    if sum_fen > held:
        raise NotEnoughCash(cash=yuan(held))


def drawers(nodes: Collection[int]) -> tuple[DrawerView, ...]:
    """Return the drawers of the places with who holds them (two statements)."""
    rows = Drawer.objects.filter(node__in=nodes, closed_on=None).order_by("node", "name")
    return tuple(_drawer_view(row) for row in rows.prefetch_related("shifts"))


def _drawer_view(row: Drawer) -> DrawerView:
    last = max(row.shifts.all(), key=lambda one: one.pk, default=None)
    is_open = last is not None and last.closed_at is None
    return DrawerView(
        id=row.pk,
        node=row.node_id,
        name=row.name,
        holder=last.operator if last is not None and is_open else "",
        shift=last.pk if last is not None else None,
        left_fen=last.left_fen if last is not None else None,
        waits_for_signature=last is not None and not is_open and last.signed_at is None,
    )


def my_shift(operator: str) -> ShiftView | None:
    """Return the open shift of a person, None when they hold no drawer."""
    row = Shift.objects.filter(operator=operator, closed_at=None).first() if operator else None
    return shift(row.pk) if row else None


def shift(shift_id: int) -> ShiftView:
    """Return a shift with its sums and, once it ended, the acts of service that were counted. Raises NotFound."""
    row = Shift.objects.filter(pk=shift_id).select_related("drawer").first()
    if row is None:
        raise NotFound(what=str(shift_id))
    return ShiftView(
        id=row.pk,
        drawer=row.drawer_id,
        drawer_name=row.drawer.name,
        node=row.drawer.node_id,
        operator=row.operator,
        opened_at=row.opened_at,
        opening_fen=row.opening_fen,
        opening_reason=row.opening_reason,
        closed_at=row.closed_at,
        system_fen=cash_in(row) if row.system_fen is None else row.system_fen,
        counted_fen=row.counted_fen,
        left_fen=row.left_fen,
        reason=row.reason,
        signed_at=row.signed_at,
        signed_by=row.signed_by,
        sums=sums(shift=row),
        counts=row.counts,
    )


def sums(**which: object) -> tuple[SumLine, ...]:
    """Return what moved by kind, charge and means, as often and as much; `which` chooses the lines (one statement)."""
    rows = MoneyEntry.objects.filter(**which).exclude(money_fen=0, deposit_fen=0)
    grouped = rows.values("kind", "means", charged=Coalesce("charge__kind", Value(""))).annotate(
        times=Count("id"), fen=Sum("money_fen"), held=Sum("deposit_fen")
    )
    return tuple(
        SumLine(
            kind=one["kind"],
            means=one["means"],
            times=one["times"],
            fen=one["fen"] or one["held"],
            charge=one["charged"],
        )
        for one in grouped.order_by("kind", "charged", "means")
    )


def shifts_of(node: int, *, limit: int = 50) -> tuple[ShiftView, ...]:
    """Return the shifts of a place, the latest first."""
    ids = Shift.objects.filter(drawer__node=node).order_by("-id").values_list("id", flat=True)[:limit]
    return tuple(shift(one) for one in ids)
