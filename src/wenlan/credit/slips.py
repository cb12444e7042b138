"""Reminder slips (催还单) printed in runs: each run takes the step for its loans once, and can be printed again."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from wenlan.credit.errors import NothingToPrint
from wenlan.credit.models import Reminded, SlipRun
from wenlan.credit.reminding import Due, Task, row_of, steps_of
from wenlan.credit.types import Contact, Reminder, SlipRunView
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.staff.operations import audit

PRINTED = frozenset({Contact.SLIP, Contact.LETTER})


def due_slips(loans: Collection[Due], *, on: date) -> list[Task]:
    """Return the slips and letters that the rules ask for and that were not printed yet (two statements)."""
    return [task for task in steps_of(loans, on=on) if task.step.how in PRINTED]


def slips_for_all(loans: Collection[Due], *, late_days: int) -> list[Task]:
    """Return a slip for each loan that is so many days late, whatever step the rules ask for (one statement).

    A printing of everything takes the step of those days once: a loan that had a slip for it is left out.
    """
    late = [loan for loan in loans if loan.days >= late_days]
    step = Reminder(days=late_days, how=Contact.SLIP.value)
    found = Reminded.objects.filter(source__in=[loan.source for loan in late], days=late_days, how__in=PRINTED)
    taken = set(found.values_list("source", flat=True))
    return [Task(due=loan, step=step) for loan in late if loan.source not in taken]


@transaction.atomic
def print_slips(act: Act, *, tasks: Collection[Task], by: str, per_sheet: int, return_by: date) -> SlipRunView:
    """Begin a run: write down the step of each loan, once. Raises NothingToPrint when every step was taken meanwhile.

    Repeating `act.key` returns the run.
    """
    if known := SlipRun.objects.filter(key=act.key).first():
        return view(known)
    number = jobs.next_number("slip_run", str(act.day.year))
    keys = {(task.due.source, task.step.days, task.step.how) for task in tasks}
    stand = Reminded.objects.filter(source__in={source for source, _days, _how in keys})
    taken = set(stand.values_list("source", "days", "how"))
    fresh = [task for task in tasks if (task.due.source, task.step.days, task.step.how) not in taken]
    if not fresh:
        raise NothingToPrint()
    run = SlipRun.objects.create(
        number=f"{act.day.year}-{number:04d}",
        at=act.at,
        day=act.day,
        node_id=act.node,
        operator=act.operator,
        by=by,
        per_sheet=per_sheet,
        return_by=return_by,
        readers=len({task.due.patron for task in fresh}),
        loans=len(fresh),
        key=act.key,
    )
    rows = [row_of(act, task, run.number) for task in fresh]
    for row in rows:
        row.run = run
    Reminded.objects.bulk_create(rows, batch_size=500)
    audit(act, "credit.slips_printed", f"slip_run:{run.number}", after={"readers": run.readers, "loans": run.loans})
    return view(run)


def printed_again(act: Act, *, run: int) -> None:
    """Write into the audit trail that a run's slips were made once more; no step is taken."""
    audit(act, "credit.slips_made", f"slip_run:{run}")


def run_of(run: int) -> SlipRunView:
    """Return a run. Raises NotFound."""
    row = SlipRun.objects.filter(pk=run).first()
    if row is None:
        raise NotFound(what=str(run))
    return view(row)


def runs(nodes: Collection[int], *, limit: int = 20) -> tuple[SlipRunView, ...]:
    """Return the runs made at the places, the latest first (one statement)."""
    return tuple(view(row) for row in SlipRun.objects.filter(node__in=nodes).order_by("-id")[:limit])


def sources_of(run: int) -> frozenset[str]:
    """Return the loans of a run by their sources; those whose loan was forgotten are not among them."""
    return frozenset(Reminded.objects.filter(run=run).exclude(source="").values_list("source", flat=True))


def view(row: SlipRun) -> SlipRunView:
    """Return the public side of a run."""
    return SlipRunView(
        id=row.pk,
        number=row.number,
        at=row.at,
        day=row.day,
        node=row.node_id,
        operator=row.operator,
        by=row.by,
        per_sheet=row.per_sheet,
        return_by=row.return_by,
        readers=row.readers,
        loans=row.loans,
    )
