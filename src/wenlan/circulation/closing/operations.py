"""Moving due dates across a closure, and taking the move back: a small batch at a time, so that no desk waits."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from wenlan.circulation import statements
from wenlan.circulation.closing.models import DueDateMove, MovedLoan
from wenlan.circulation.closing.queries import affected, at_work, new_due_date, span_of
from wenlan.circulation.closing.types import Span
from wenlan.circulation.errors import AlreadyUndone, ClosureWrong
from wenlan.circulation.models import Loan
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.network import operations as network
from wenlan.staff.operations import audit

BATCH = 200


@transaction.atomic
def move_due_dates(act: Act, *, span: Span, reason: str, close: bool = True) -> int:
    """Begin to move every due date under a node out of a closure; return the id of the move.

    What was due while the place is shut is due on the first day from `due_again` on when the place of the loan is
    open. With `close` the closure is written into the calendar too, so that lateness does not count its days.
    The loans follow in batches (`carry_on`). Raises ClosureWrong. Repeating `act.key` begins nothing anew.
    """
    known = DueDateMove.objects.filter(key=act.key).values_list("id", flat=True).first()
    if known is not None:
        return known
    if span.start >= span.end or span.due_again < span.end or not reason.strip():
        raise ClosureWrong()
    if close:
        network.close_days(act, node=span.node, start=span.start, end=span.end, reason={"zh": reason})
    row = DueDateMove.objects.create(
        node_id=span.node,
        start=span.start,
        end=span.end,
        due_again=span.due_again,
        reason=reason[:200],
        made_at=act.at,
        made_by=act.operator,
        key=act.key,
    )
    after = {"start": str(span.start), "end": str(span.end), "due_again": str(span.due_again), "closed": close}
    audit(act, "circulation.due_dates_moved", f"due_date_move:{row.pk}", after=after, reason=reason)
    return row.pk


@transaction.atomic
def undo_move(act: Act, *, move: int, reason: str, reopen: bool = False) -> None:
    """Begin to give the loans of a move their due dates back; those renewed or returned since are left alone.

    With `reopen` the days are taken out of the calendar too; an earlier move's closure that began on the same day
    stands there again. Raises AlreadyUndone, also while the move itself is still at work.
    """
    row = DueDateMove.objects.select_for_update().get(pk=move)
    if row.undone_at is not None or row.finished_at is None:
        raise AlreadyUndone()
    row.undone_at, row.undone_by = act.at, act.operator
    row.save(update_fields=["undone_at", "undone_by"])
    is_open = reopen and network.reopen_days(act, node=row.node_id, start=row.start, end=row.end)
    if is_open:
        _close_as_before(act, row)
    audit(act, "circulation.due_dates_restored", f"due_date_move:{move}", after={"open": is_open}, reason=reason)


def _close_as_before(act: Act, row: DueDateMove) -> None:
    """Write the closure of the last move that stands for this place and day into the calendar again."""
    standing = DueDateMove.objects.filter(node=row.node_id, start=row.start, undone_at=None)
    before = standing.order_by("-id").first()
    if before is not None:
        reason = {"zh": before.reason}
        network.close_days(act, node=before.node_id, start=before.start, end=before.end, reason=reason)


def carry_on(at: datetime) -> int:
    """Do one batch of the oldest move at work; return how many loans it changed, 0 when nothing is left to do.

    Each batch is a transaction of its own and may be repeated: a loan that was moved is no longer affected.
    """
    row = at_work().first()
    if row is None:
        return 0
    with transaction.atomic():
        return _restore(row, at) if row.finished_at else _move(row, at)


def _move(row: DueDateMove, at: datetime) -> int:
    """Move the next loans. Locks their items: whoever changes a loan locks its item."""
    span = span_of(row)
    chosen = list(affected(span).order_by("patron_id", "id").values_list("id", "item_id")[:BATCH])
    if not chosen:
        DueDateMove.objects.filter(pk=row.pk).update(finished_at=at)
        return 0
    statements.lock_items([item for _, item in chosen])
    loans = list(affected(span).filter(pk__in=[loan for loan, _ in chosen]).order_by("patron_id", "id"))
    moved = []
    for loan in loans:
        due_on = new_due_date(loan.lent_node_id, span)
        moved.append(MovedLoan(move=row, loan=loan, due_before=loan.due_on, due_on=due_on))
        loan.due_on = due_on
    Loan.objects.bulk_update(loans, ["due_on"])
    MovedLoan.objects.bulk_create(moved)
    _tell(row, loans)
    return max(len(loans), 1)


def _tell(row: DueDateMove, loans: Sequence[Loan]) -> None:
    """Let each reader know once for the loans of this batch."""
    by_reader: dict[int, list[Loan]] = defaultdict(list)
    for loan in loans:
        if loan.patron_id is not None:
            by_reader[loan.patron_id].append(loan)
    jobs.post_many(
        "notices",
        [
            {
                "template": "closure",
                "patron": patron,
                "facts": {"items": len(theirs), "due_on": max(loan.due_on for loan in theirs).isoformat()},
                "key": f"closure:{row.uid}:{theirs[0].pk}",
            }
            for patron, theirs in by_reader.items()
        ],
    )


def _restore(row: DueDateMove, at: datetime) -> int:
    """Give the next loans their due dates back. Locks their items."""
    waiting = MovedLoan.objects.filter(move=row, restored=None).order_by("id")
    chosen = list(waiting.values_list("id", "loan__item_id")[:BATCH])
    if not chosen:
        DueDateMove.objects.filter(pk=row.pk).update(undo_finished_at=at)
        return 0
    statements.lock_items([item for _, item in chosen])
    untouched = MovedLoan.objects.filter(
        pk__in=[moved for moved, _ in chosen],
        loan__due_on=F("due_on"),
        loan__returned_at=None,
        loan__cancelled_at=None,
    )
    theirs = list(untouched.select_related("loan"))
    for moved in theirs:
        moved.loan.due_on = moved.due_before
    Loan.objects.bulk_update([moved.loan for moved in theirs], ["due_on"])
    restored = {moved.pk for moved in theirs}
    MovedLoan.objects.filter(pk__in=restored).update(restored=True)
    MovedLoan.objects.filter(pk__in={moved for moved, _ in chosen} - restored).update(restored=False)
    return len(chosen)
