"""Dunning (催还): before and after the due date, in the steps of the reader's rule; each step is taken once."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count

from wenlan.credit import policies, rulebook
from wenlan.credit.accounts import NOTICES
from wenlan.credit.models import Reminded
from wenlan.credit.types import Contact, Reminder
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A loan as dunning sees it; `source` names loan and due date, `days` count from it (negative: before)."""

    source: str
    patron: int
    home_node: int
    category: int
    days: int
    due_on: date
    barcode: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A step that a person has to take: a call, a slip, a letter."""

    due: Due
    step: Reminder


def steps_of(loans: Iterable[Due], *, on: date) -> list[Task]:
    """Return the step that each loan has reached and that was not taken yet (two statements)."""
    book, found = rulebook.current(), []
    for loan in loans:
        rule = book.rule_for(home_node=loan.home_node, category=loan.category, on=on)
        step = policies.step_due(rule.reminders, days=loan.days) if rule else None
        if step is not None:
            found.append(Task(due=loan, step=step))
    taken = set(Reminded.objects.filter(source__in=[task.due.source for task in found]).values_list("source", "days"))
    return [task for task in found if (task.due.source, task.step.days) not in taken]


@transaction.atomic
def send(act: Act, *, loans: Collection[Due]) -> int:
    """Post the notices that are due and write them down, one notice for all the loans of a reader and step.

    Returns how many notices were posted; what a person has to do is left for `work`. Twice is as once.
    """
    tasks = [task for task in steps_of(loans, on=act.day) if task.step.how == Contact.NOTICE]
    by_reader: dict[tuple[int, int], list[Due]] = {}
    for task in tasks:
        by_reader.setdefault((task.due.patron, task.step.days), []).append(task.due)
    Reminded.objects.bulk_create([row_of(act, task, "") for task in tasks], ignore_conflicts=True, batch_size=500)
    jobs.post_many(NOTICES, [_notice(act, patron, days, dues) for (patron, days), dues in by_reader.items()])
    return len(by_reader)


def _notice(act: Act, patron: int, days: int, dues: list[Due]) -> dict[str, Any]:
    items = [
        {"title": due.title, "barcode": due.barcode, "due_on": due.due_on.isoformat(), "days": due.days} for due in dues
    ]
    template = "due_soon" if days < 0 else "overdue"
    key = f"{template}:{patron}:{days}:{min(due.due_on for due in dues)}:{act.day}"
    return {"template": template, "patron": patron, "facts": {"items": items, "step": days}, "key": key}


def row_of(act: Act, task: Task, note: str) -> Reminded:
    """Return the row of a step that is taken, not yet written."""
    return Reminded(
        patron_id=task.due.patron,
        source=task.due.source,
        days=task.step.days,
        how=task.step.how,
        at=act.at,
        day=act.day,
        node_id=act.node,
        operator=act.operator,
        note=note.strip()[:200],
    )


def work(loans: Collection[Due], *, on: date) -> list[Task]:
    """Return what a person has to do: calls, slips and letters, by reader."""
    tasks = [task for task in steps_of(loans, on=on) if task.step.how != Contact.NOTICE]
    return sorted(tasks, key=lambda task: (task.due.home_node, task.due.category, task.due.patron, -task.due.days))


@transaction.atomic
def done(act: Act, *, tasks: Collection[Task], note: str = "") -> int:
    """Write down that steps were taken, with what came of them. Twice is as once."""
    rows = [row_of(act, task, note) for task in tasks]
    return len(Reminded.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500))


def history(patron: int, *, limit: int = 50) -> list[dict[str, Any]]:
    """Return the steps that were taken for a reader, the latest first (one statement)."""
    rows = Reminded.objects.filter(patron=patron).order_by("-id")
    return [dict(row) for row in rows.values("at", "days", "how", "operator", "note")[:limit]]


def count(nodes: Collection[int], *, start: date, end: date) -> Counter[tuple[str, date]]:
    """Return how many steps of dunning staff took at the places in `[start, end)`, by operator and day (one statement).

    What the system sent by itself is nobody's.
    """
    rows = Reminded.objects.filter(node__in=nodes, day__gte=start, day__lt=end, operator__startswith="staff:")
    by_day = rows.values_list("operator", "day").annotate(Count("id")).order_by()
    return Counter({(operator, day): steps for operator, day, steps in by_day})
