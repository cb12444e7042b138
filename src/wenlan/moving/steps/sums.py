"""Sums of past months, as an old system or a printed report states them: opening balances of the ledger.

A sum is what a place did in a month altogether; lines of loans that were taken over are part of it, so the ledger gets
the rest, on the month's last day, by the channel `import` and with the source that said so. What moves a stock is kept
from moving it: the stock of today is counted by readers and items themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from wenlan.kernel.acts import Act, Channel
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.moving import keys, policies, statements
from wenlan.moving.models import PastSum
from wenlan.moving.profiles import Form
from wenlan.moving.tables import Line, Table, opened
from wenlan.moving.types import Outcome, Part, Problem, Stated
from wenlan.moving.work import Work

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Flow:
    """How a measure stands in the ledger. `balance` is the kind that takes its effect on the stock back, if it has one.

    `sign` is that of the balancing row. A sum whose measure leaves the channel `import` out comes as from paper.
    """

    kind: Kind
    subject: str = ""
    channel: Channel = Channel.IMPORT
    balance: Kind | None = None
    sign: int = 1


FLOWS = {
    "loans": Flow(Kind.LOAN_MADE),
    "returns": Flow(Kind.LOAN_RETURNED),
    "renewals": Flow(Kind.LOAN_RENEWED, subject="staff"),
    "visits": Flow(Kind.VISIT_COUNTED),
    "in_house": Flow(Kind.ITEM_USED_IN_HOUSE),
    "reservations": Flow(Kind.RESERVATION_MADE, subject="reservation"),
    "registrations": Flow(Kind.PATRON_REGISTERED, channel=Channel.PAPER, balance=Kind.PATRON_REGISTERED, sign=-1),
    "deregistrations": Flow(Kind.PATRON_DEREGISTERED, balance=Kind.PATRON_REGISTERED),
    "additions": Flow(Kind.STOCK_ACCESSIONED, channel=Channel.PAPER, balance=Kind.STOCK_ACCESSIONED, sign=-1),
    "removals": Flow(Kind.STOCK_DEREGISTERED, balance=Kind.STOCK_ACCESSIONED),
    "sessions": Flow(Kind.ACTIVITY_HELD),
    "attendance": Flow(Kind.ACTIVITY_ATTENDED),
}
STOCKS = {"stock_held": Kind.STOCK_ACCESSIONED, "registered_patrons": Kind.PATRON_REGISTERED}


def form_of(form: Form) -> Form:
    """Return the form with a column for each measure."""
    measures = {f"={code}": tuple(names) for code, names in form.of("measures").items()}
    return replace(form, columns={**form.columns, **measures})


def is_sums(table: Table) -> bool:
    """Return whether a table has months and some measure."""
    return "month" in table.columns and any(what.startswith("=") for what in table.columns)


def take(work: Work, path: Path) -> int:
    """Take in a file of sums: a line a month and place, a column a measure. Returns how many lines it has."""
    table = opened(path, form_of(work.form(Part.SUMS)), encoding=work.profile.encoding)
    assert table is not None
    done = 0
    for line in table.lines:
        for one in stated(work, line):
            settle(work, one, line)
        done += 1
    return done


def stated(work: Work, line: Line) -> Iterator[Stated]:
    """Yield the sums of a line; a year told as one sum goes to its months in equal parts."""
    words = line.text("place")
    place = work.place(words) if words else None
    if words and place is None:
        work.word(Part.SUMS, "place", words, line, words, Problem.PLACE_UNKNOWN)
    node = place.node if place else work.order.node
    try:
        first, last = policies.month(line.text("month"))
        values = {what[1:]: policies.number(text) for what, text in line.told.items() if what[0] == "=" and text}
    except ValueError as wrong:
        work.note(Part.SUMS, line.number, str(wrong), Problem.DAY_UNREADABLE, line.text("month"))
        work.count(Part.SUMS, Outcome.REJECTED)
        return
    for measure, value in values.items():
        if measure not in FLOWS and measure not in STOCKS:
            work.note(Part.SUMS, line.number, measure, Problem.MEASURE_UNKNOWN)
            work.count(Part.SUMS, Outcome.REJECTED)
        elif measure in STOCKS or first.month == last.month:
            yield Stated(measure=measure, node=node, first=first, last=last, value=value)
        else:
            for month, share in enumerate(policies.shares(value, MONTHS), start=1):
                begins, ends = policies.month(f"{first.year}-{month:02d}")
                yield Stated(measure=measure, node=node, first=begins, last=ends, value=share)


def settle(work: Work, one: Stated, line: Line) -> None:
    """Bring the ledger to a sum, and say what became of it."""
    since = work.first_day(one.node)
    if since is not None and one.last < since:
        work.note(Part.SUMS, line.number, one.measure, Problem.BEFORE_THE_TREE, f"{one.last} < {since}")
    flow = FLOWS.get(one.measure)
    target = one.value
    if flow is not None and flow.balance is None:
        lines = statements.counted(flow.kind.value, one.node, one.first, one.last)
        if lines > one.value:
            work.note(Part.SUMS, line.number, one.measure, Problem.LESS_THAN_LINES, f"{one.value} < {lines}")
        target = max(one.value - lines, 0)
    work.prepare({one.last.year})
    moved = (flowed(work, one, flow, target) if flow else stocked(work, one)) if one.last < work.act.day else None
    if moved is None:
        work.note(Part.SUMS, line.number, one.measure, Problem.DAY_UNREADABLE, f"{one.last} ≥ {work.act.day}")
        work.count(Part.SUMS, Outcome.REJECTED)
    else:
        work.count(Part.SUMS, moved)


@transaction.atomic
def flowed(work: Work, one: Stated, flow: Flow, target: int) -> Outcome:
    """Bring what happened in a month to the sum, and its effect on the stock to nought."""
    outcome = bring(work, one, "sum", one.last, (flow.kind, flow.subject, flow.channel), target)
    if flow.balance is not None:
        bring(work, one, "balance", one.last, (flow.balance, "", Channel.IMPORT), flow.sign * target)
    return outcome


@transaction.atomic
def stocked(work: Work, one: Stated) -> Outcome:
    """Bring a stock at the end of a month to what was stated, until the day on which readers and items came over."""
    kind = STOCKS[one.measure]
    rows = PastSum.objects.filter(source=work.source, measure=one.measure, role="sum", node=one.node)
    earlier = sum(row.quantity for row in rows if row.day < one.last)
    outcome = bring(work, one, "sum", one.last, (kind, "", Channel.IMPORT), one.value - earlier)
    since = PastSum.objects.filter(source=work.source, measure=one.measure, role="since", node=one.node).first()
    day = since.day if since else work.act.day
    whole = sum(row.quantity for row in rows.all())
    bring(work, one, "since", day, (kind, "", Channel.IMPORT), -whole)
    return outcome


def bring(work: Work, one: Stated, role: str, day: date, entry: tuple[Kind, str, Channel], target: int) -> Outcome:
    """Bring the rows of one sum to a target by a row of the difference; say whether that was new, a change or none."""
    about = {"source": work.source, "measure": one.measure, "role": role, "node_id": one.node, "day": day}
    row = PastSum.objects.filter(**about).first() or PastSum(**about)
    is_new = row.rows == 0
    outcome = Outcome.NEW if is_new else Outcome.SAME if row.quantity == target else Outcome.CHANGED
    if work.is_trial or outcome is Outcome.SAME or (is_new and target == 0):
        return outcome
    kind, subject, channel = entry
    ledger.record(
        at_noon(work, day, one.node, channel),
        kind,
        source=f"{keys.prefix(work.source)}sum:{one.measure}:{role}:{one.node}:{row.rows}",
        quantity=target - row.quantity,
        subject=subject,
        owner_node=one.node,
        home_node=one.node,
    )
    row.quantity, row.rows = target, row.rows + 1
    row.save()
    return outcome


def at_noon(work: Work, day: date, node: int, channel: Channel) -> Act:
    """Return the act as of the noon of a day at a place, told now."""
    at = timezone.make_aware(datetime.combine(day, time(12)), timezone.get_default_timezone())
    return replace(work.act, at=at, node=node, channel=channel, told_at=work.act.at)
