"""The close of a day at a place (日结): every drawer counted, sums by means, receipts handed in, cash to finance."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Sum

from wenlan.credit.errors import SamePerson
from wenlan.credit.money.models import MoneyEntry
from wenlan.credit.money.types import MoneyKind
from wenlan.credit.till import shifts
from wenlan.credit.till.errors import ShiftsOpen, SumNeedsReason
from wenlan.credit.till.models import DayClose, Receipt, Shift
from wenlan.credit.till.types import DayView, ReceiptState, SumLine
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.staff import queries as staff
from wenlan.staff.operations import audit


@transaction.atomic
def close_day(act: Act, *, day: date) -> DayView:
    """Close a day of the place of the act: its sums are kept, its receipts handed in, its cash goes to finance.

    After that nothing is taken on that day and no receipt of it is voided. Raises ShiftsOpen. Twice is as once.
    """
    if done := DayClose.objects.filter(node=act.node, day=day).first():
        return view(done)
    still_open = Shift.objects.select_for_update().filter(drawer__node=act.node, closed_at=None).first()
    if still_open is not None:
        raise ShiftsOpen(who=person(still_open.operator))
    lines = MoneyEntry.objects.filter(node=act.node, day=day)
    handed = lines.filter(kind=MoneyKind.HANDED_IN).aggregate(sum=Sum("money_fen"))["sum"]
    receipts = Receipt.objects.filter(book__node=act.node, day=day, close=None)
    row = DayClose.objects.create(
        node_id=act.node,
        day=day,
        number=f"{act.node}-{day:%Y%m%d}-{jobs.next_number('day_close', str(day.year)):05d}",
        closed_at=act.at,
        closed_by=act.operator,
        sums=[[one.kind, one.means, one.times, one.fen, one.charge] for one in shifts.sums(node=act.node, day=day)],
        cash_fen=-(handed or 0),
        receipts=receipts.count(),
        voided=receipts.filter(state=ReceiptState.VOIDED).count(),
    )
    receipts.update(close=row)
    audit(act, "credit.day_closed", f"day:{row.number}", after={"cash": row.cash_fen, "receipts": row.receipts})
    return view(row)


@transaction.atomic
def receive(act: Act, *, close_id: int, received_fen: int, note: str = "") -> DayView:
    """Sign as finance for the cash of a closed day. Raises SamePerson, SumNeedsReason. Twice is as once."""
    row = DayClose.objects.select_for_update().filter(pk=close_id).first()
    if row is None:
        raise NotFound(what=str(close_id))
    if row.received_at is None:
        if row.closed_by == act.operator:
            raise SamePerson()
        if received_fen != row.cash_fen and not note.strip():
            raise SumNeedsReason()
        row.received_at, row.received_by = act.at, act.operator
        row.received_fen, row.note = received_fen, note.strip()[:200]
        row.save(update_fields=["received_at", "received_by", "received_fen", "note"])
        audit(act, "credit.day_received", f"day:{row.number}", after={"cash": received_fen}, reason=note)
    return view(row)


def person(operator: str) -> str:
    """Return the name behind the code of an operator, the code itself for a device."""
    number = operator.removeprefix("staff:")
    return staff.names([int(number)]).get(int(number), operator) if number.isdigit() else operator


def day(close_id: int) -> DayView:
    """Return a closed day. Raises NotFound."""
    row = DayClose.objects.filter(pk=close_id).first()
    if row is None:
        raise NotFound(what=str(close_id))
    return view(row)


def days(nodes: Collection[int], *, limit: int = 60) -> tuple[DayView, ...]:
    """Return the closed days of the places, the latest first (one statement)."""
    rows = DayClose.objects.filter(node__in=nodes).order_by("-day", "-id")[:limit]
    return tuple(view(row) for row in rows)


def view(row: DayClose) -> DayView:
    """Return the public side of a closed day."""
    return DayView(
        id=row.pk,
        node=row.node_id,
        day=row.day,
        number=row.number,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        sums=tuple(
            SumLine(kind=kind, means=means, times=times, fen=fen, charge="".join(charge))
            for kind, means, times, fen, *charge in row.sums
        ),
        cash_fen=row.cash_fen,
        receipts=row.receipts,
        voided=row.voided,
        received_at=row.received_at,
        received_by=row.received_by,
        received_fen=row.received_fen,
        note=row.note,
    )
