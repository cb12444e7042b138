"""What was lost and may be compensated by a copy, and what was."""

from collections.abc import Collection, Iterable

from django.db.models import Q

from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.types import RecordView
from wenlan.circulation.compensating.models import Compensation
from wenlan.circulation.compensating.types import CompensationView, LostLoan, Work
from wenlan.circulation.models import OPEN, Loan
from wenlan.circulation.types import LoanEnd
from wenlan.credit.money import queries as money
from wenlan.holdings import queries as holdings
from wenlan.kernel.errors import NotFound

MOST = 100
MAY_BE_BROUGHT = OPEN | Q(ended_as=LoanEnd.LOST, cancelled_at__isnull=True)


def work_of(record: RecordView) -> Work:
    """Return what a record is compared by."""
    return Work(
        record=record.id,
        isbn=frozenset(record.isbn),
        title=catalogue.compared(record.title_proper + record.volume),
        authors=frozenset(catalogue.compared(name) for name in record.authors),
        year=record.year,
    )


def lost_loans(patron: int) -> tuple[LostLoan, ...]:
    """Return what a reader has at home or has lost, the lost first (five statements and one for each charge)."""
    rows = Loan.objects.filter(MAY_BE_BROUGHT, patron=patron).order_by("-ended_as", "due_on", "id")
    return _views(rows[:MOST])


def lost_loan(loan: int) -> LostLoan:
    """Return one loan that is open or ended by a loss. Raises NotFound."""
    found = _views(Loan.objects.filter(MAY_BE_BROUGHT, pk=loan))
    if not found:
        raise NotFound(what=str(loan))
    return found[0]


def patron_of_barcode(barcode: str) -> int | None:
    """Return whose loan of an item is open or was lost last. Raises ItemUnknown and ItemAmbiguous."""
    item = holdings.item_by_barcode(barcode)
    rows = Loan.objects.filter(MAY_BE_BROUGHT, item=item.id).order_by("-lent_at")
    return rows.values_list("patron_id", flat=True).first()


def recent(nodes: Collection[int], *, limit: int = 50) -> tuple[CompensationView, ...]:
    """Return the copies that were taken at the places, the latest first (one statement)."""
    rows = Compensation.objects.filter(node__in=nodes).order_by("-id")
    return tuple(view(row) for row in rows[:limit])


def compensation(compensation_id: int) -> CompensationView:
    """Return one. Raises NotFound."""
    row = Compensation.objects.filter(pk=compensation_id).first()
    if row is None:
        raise NotFound(what=str(compensation_id))
    return view(row)


def of_item(item: int) -> tuple[CompensationView, ...]:
    """Return where an item was the lost or the new one (one statement)."""
    return tuple(view(row) for row in Compensation.objects.filter(Q(lost_item=item) | Q(new_item=item)).order_by("id"))


def settled_otherwise() -> tuple[list[tuple[int, int, int]], tuple[int, int]]:
    """Return where what a compensation says it settled is not what the reader's account says (two statements).

    First (compensation, as the account says, as it says itself), in fen; then the same two sums of those whose charge
    has forgotten the loan, or never was: one by one they cannot be told any more.
    """
    by_loss, forgotten, differing = money.settled_by_item(), 0, []
    for pk, uid, fen in Compensation.objects.order_by("id").values_list("id", "loan__uid", "settled_fen"):
        told = by_loss.pop(f"loss:{uid}", None)
        if told is None:
            forgotten += fen
        elif told != fen:
            differing.append((pk, told, fen))
    return differing, (sum(by_loss.values()), forgotten)


def view(row: Compensation) -> CompensationView:
    """Return the public side of a compensation."""
    return CompensationView(
        id=row.pk,
        loan=row.loan_id,
        lost_item=row.lost_item_id,
        new_item=row.new_item_id,
        day=row.day,
        node=row.node_id,
        by=row.by,
        match=row.match,
        reason=row.reason,
        settled_fen=row.settled_fen,
    )


def _views(found: Iterable[Loan]) -> tuple[LostLoan, ...]:
    rows = list(found)
    items = holdings.items_by_id({row.item_id for row in rows})
    titles = catalogue.titles({item.record for item in items.values()})
    brought = dict(Compensation.objects.filter(loan__in=rows).values_list("loan_id", "id"))
    shown = []
    for row in rows:
        item, is_lost = items[row.item_id], row.ended_as == LoanEnd.LOST
        charge = money.charge_of(f"loss:{row.uid}") if is_lost else None
        shown.append(
            LostLoan(
                loan=row.pk,
                item=item.id,
                patron=row.patron_id,
                barcode=item.barcode,
                accession_number=item.accession_number,
                title=titles.get(item.record, ""),
                price_fen=item.list_price_fen,
                due_on=row.due_on,
                is_reported=is_lost,
                open_fen=charge.open_fen if charge else 0,
                paid_fen=charge.paid_fen if charge else 0,
                compensation=brought.get(row.pk),
            )
        )
    return tuple(shown)
