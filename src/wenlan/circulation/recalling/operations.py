"""Recalling a loan for a reader who waits, and taking the recall back. Locks the title's copies, as reserving does."""

from datetime import date, datetime, timedelta

from django.db import transaction

from wenlan.circulation import policies, rulebook
from wenlan.circulation.models import OPEN, Loan, Recall, Reservation
from wenlan.circulation.recalling.errors import NothingToRecall, RecallOver
from wenlan.circulation.recalling.queries import STANDING
from wenlan.circulation.reserving import operations as reserving
from wenlan.circulation.reserving import statements
from wenlan.circulation.reserving.types import ReservationState
from wenlan.holdings import queries as holdings
from wenlan.jobs import operations as jobs
from wenlan.jobs import queries as versions
from wenlan.kernel.acts import Act
from wenlan.network import trees
from wenlan.staff.operations import audit

SOME = 100


@transaction.atomic
def recall(act: Act, *, reservation: int) -> int:
    """Ask for the copy that is due first to come back for a waiting reader; return the id of the recall.

    Where the rule of the loan says so (`recall_days`), it is due on the first open day after so many days, if that is
    earlier. The borrower is told. Raises ReservationOver when nobody waits, NothingToRecall when no copy is on loan
    or all of them are recalled. Repeating `act.key` returns the first answer.
    """
    known = Recall.objects.filter(key=act.key).values_list("id", flat=True).first()
    if known is not None:
        return known
    row = reserving.opened(reservation, ReservationState.WAITING)
    copies = [copy.id for copy in statements.lock_copies(row.record_id) if row.item_id in {None, copy.id}]
    recalled = Recall.objects.filter(STANDING, loan__item__in=copies)
    taken = set(recalled.values_list("loan_id", flat=True))
    loan = Loan.objects.filter(OPEN, item__in=copies).exclude(pk__in=taken).order_by("due_on", "id").first()
    if loan is None or recalled.filter(reservation=row).exists():
        raise NothingToRecall()
    before, loan.due_on = loan.due_on, due_after_recall(act, loan)
    loan.save(update_fields=["due_on"])
    Reservation.objects.filter(pk=row.pk).update(recalled_at=act.at)
    made = Recall.objects.create(
        loan=loan,
        reservation=row,
        recalled_at=act.at,
        recalled_by=act.operator,
        due_before=before,
        due_on=loan.due_on,
        key=act.key,
    )
    said = {"due_on": before.isoformat()}, {"loan": loan.pk, "due_on": loan.due_on.isoformat()}
    audit(act, "circulation.recall", f"loan:{loan.uid}", before=said[0], after=said[1])
    tell(made, "recall")
    return made.pk


def due_after_recall(act: Act, loan: Loan) -> date:
    """Return the day a recalled loan is due: as its rule says by the calendar of its place, never later than it was."""
    item, tree = holdings.item(loan.item_id), trees.current()
    decision = rulebook.current(versions.version(rulebook.VERSION)).decision(
        tree,
        node=loan.lent_node_id,
        owner=item.owner_node,
        category=loan.reader_category,
        material=item.material,
        on=act.day,
    )
    if decision is None or decision.recall_days is None:
        return loan.due_on
    earliest = act.day + timedelta(days=decision.recall_days)
    if earliest >= loan.due_on:
        return loan.due_on
    place = loan.lent_node_id
    day = policies.due_date(lent_on=earliest, loan_days=0, is_open=lambda day: tree.is_open(place, day))
    return min(day, loan.due_on)


@transaction.atomic
def withdraw(act: Act, *, recall: int) -> None:
    """Take a recall back: the loan is due as it was, unless its due date moved since. The borrower is told.

    Raises RecallOver.
    """
    record = Recall.objects.filter(pk=recall).values_list("reservation__record_id", flat=True).first()
    if record is not None:
        statements.lock_copies(record)
    row = Recall.objects.select_for_update(of=("self",)).filter(STANDING, pk=recall).select_related("loan").first()
    if row is None:
        raise RecallOver()
    Recall.objects.filter(pk=row.pk).update(withdrawn_at=act.at)
    if row.loan.due_on == row.due_on < row.due_before:
        Loan.objects.filter(pk=row.loan_id).update(due_on=row.due_before)
        row.loan.due_on = row.due_before
    Reservation.objects.filter(pk=row.reservation_id).update(recalled_at=None)
    audit(act, "circulation.recall_withdrawn", f"loan:{row.loan.uid}", after={"due_on": row.loan.due_on.isoformat()})
    tell(row, "recall_withdrawn")


def tell(row: Recall, template: str) -> None:
    """Let the borrower know until when the loan is due now."""
    item = holdings.item(row.loan.item_id)
    facts = {"record": item.record, "item": item.id, "due_on": row.loan.due_on.isoformat()}
    key = f"{template}:{row.pk}"
    jobs.post("notices", {"template": template, "patron": row.loan.patron_id, "facts": facts, "key": key})


def tidy(at: datetime) -> int:
    """Take back the recalls for whom nobody waits any more; return how many."""
    act = reserving.by_the_clock(at)
    over = Recall.objects.filter(STANDING).exclude(reservation__state=ReservationState.WAITING)
    done = 0
    for one in list(over.order_by("id").values_list("id", flat=True)[:SOME]):
        try:
            withdraw(act, recall=one)
        except RecallOver:
            continue
        done += 1
    return done
