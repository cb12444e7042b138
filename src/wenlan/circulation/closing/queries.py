"""Moves of due dates, and what one would do."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from wenlan.circulation import policies
from wenlan.circulation.closing.models import DueDateMove, MovedLoan
from wenlan.circulation.closing.types import MovedThere, MoveView, Preview, Span
from wenlan.circulation.models import OPEN, Loan
from wenlan.network import queries as network

DAY = timedelta(days=1)


def affected(span: Span) -> QuerySet[Loan]:
    """Return the open loans made under the node that fall due while it is shut."""
    places = network.subtree(span.node)
    return Loan.objects.filter(OPEN, lent_node__in=places, due_on__gte=span.start, due_on__lt=span.end)


def new_due_date(node: int, span: Span) -> date:
    """Return the first day from `due_again` on when the place of loan is open."""
    is_open = network.calendar_of(node)
    return policies.due_date(lent_on=span.due_again, loan_days=0, is_open=lambda day: day >= span.end and is_open(day))


def preview(span: Span) -> Preview:
    """Return what a move would do now (two statements)."""
    rows = affected(span).values_list("lent_node_id").annotate(loans=Count("id")).order_by("-loans", "lent_node_id")
    places = tuple(MovedThere(node=node, loans=loans, due_on=new_due_date(node, span)) for node, loans in rows)
    readers = affected(span).aggregate(readers=Count("patron_id", distinct=True))["readers"]
    return Preview(loans=sum(place.loans for place in places), readers=readers, places=places)


def moves(nodes: Collection[int], *, limit: int = 50) -> tuple[MoveView, ...]:
    """Return the moves that began at these nodes, the newest first (one statement)."""
    return _views(DueDateMove.objects.filter(node__in=nodes).order_by("-id")[:limit])


def move(move_id: int) -> MoveView | None:
    """Return one move."""
    found = _views(DueDateMove.objects.filter(pk=move_id))
    return found[0] if found else None


def span_of(row: DueDateMove) -> Span:
    """Return where and when a move is for."""
    return Span(node=row.node_id, start=row.start, end=row.end, due_again=row.due_again)


def at_work() -> QuerySet[DueDateMove]:
    """Return the moves and undoings that are not finished."""
    return DueDateMove.objects.filter(Q(finished_at=None) | Q(undone_at__isnull=False, undo_finished_at=None)).order_by(
        "id"
    )


def _views(rows: Iterable[DueDateMove]) -> tuple[MoveView, ...]:
    found = list(rows)
    counted = MovedLoan.objects.filter(move__in=found).values_list("move_id", "restored").annotate(n=Count("id"))
    tally = {(move_id, restored): count for move_id, restored, count in counted.order_by()}
    return tuple(
        MoveView(
            id=row.pk,
            span=span_of(row),
            reason=row.reason,
            made_at=row.made_at,
            made_by=row.made_by,
            moved=sum(tally.get((row.pk, restored), 0) for restored in (None, True, False)),
            finished_at=row.finished_at,
            undone_at=row.undone_at,
            restored=tally.get((row.pk, True), 0),
            left=tally.get((row.pk, False), 0),
        )
        for row in found
    )
