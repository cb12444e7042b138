"""Loans that are open in the other system: taken over, brought up, and ended when it no longer names them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from wenlan.circulation.takeover import operations as circulation
from wenlan.circulation.takeover import queries
from wenlan.circulation.takeover.types import KnownLoan, OldLoan
from wenlan.holdings import takeover
from wenlan.holdings.policies import barcode_key
from wenlan.moving import keys, policies
from wenlan.moving.steps.borrowing import Sought, kept_out, moment_of, place_of, renewals_of, sought
from wenlan.moving.tables import Line, opened
from wenlan.moving.types import Outcome, Part, Problem
from wenlan.moving.work import Work, batches

IN_THE_HOUSE = takeover.SETTLED


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A line that may become a loan."""

    line: Line
    item: str
    reader: str
    lent_at: datetime
    due_on: date
    renewals: int
    node: int
    key: str


@dataclass(slots=True)
class Batch:
    """What is written of a batch, in this order."""

    ended: list[tuple[KnownLoan, OldLoan | None]]
    new: list[OldLoan]
    changed: list[tuple[KnownLoan, OldLoan]]


def take(work: Work, path: Path) -> int:
    """Take in a file of open loans; returns how many lines it has."""
    table = opened(path, work.form(Part.LOANS), encoding=work.profile.encoding)
    assert table is not None
    done = 0
    for batch in batches(table.lines):
        drafts = [draft for line in batch if (draft := drafted(work, line)) is not None]
        settled(work, done, drafts)
        done += len(batch)
        work.say(Part.LOANS, done)
    return done


def drafted(work: Work, line: Line) -> Draft | None:
    """Return what a line says, None when it is kept out by itself."""
    barcode, reader = line.text("barcode"), line.text("reader")
    key = barcode_key(barcode)
    work.stated["loans"] += 1
    lent, is_read = moment_of(work, Part.LOANS, line, "lent", barcode)
    problem = None if key else Problem.BARCODE_MISSING
    problem = Problem.READER_UNKNOWN if not problem and not reader else problem
    problem = Problem.DAY_MISSING if not problem and is_read and lent is None else problem
    if problem or lent is None:
        if is_read:
            kept_out(work, Part.LOANS, line.number, barcode, problem or Problem.DAY_MISSING)
        else:
            work.count(Part.LOANS, Outcome.REJECTED)
            work.kept_out["loans"] += 1
        return None
    return Draft(
        line=line,
        item=key,
        reader=reader,
        lent_at=lent,
        due_on=due_of(work, line, lent.date(), barcode),
        renewals=renewals_of(work, Part.LOANS, line, barcode),
        node=place_of(work, Part.LOANS, line, "place", barcode) or 0,
        key=keys.loan_key(work.source, key, lent.date(), reader),
    )


def due_of(work: Work, line: Line, lent_on: date, barcode: str) -> date:
    """Return when it is due: as told, by the period, or today; never before it was lent."""
    told, _is_read = moment_of(work, Part.LOANS, line, "due", barcode)
    due = told.date() if told else None
    if due is None:
        try:
            days = policies.period_days(line.text("period"))
        except ValueError:
            days = None
        due = lent_on + timedelta(days=days) if days else None
    if due is None:
        work.note(Part.LOANS, line.number, barcode, Problem.DUE_MISSING)
        return max(work.act.day, lent_on)
    if due < lent_on:
        work.note(Part.LOANS, line.number, barcode, Problem.DUE_EARLY)
    return max(due, lent_on)


def settled(work: Work, start: int, drafts: Sequence[Draft]) -> None:
    """Say what becomes of a batch, and do it in one transaction each for what ended, begins and changed."""
    about = sought(work, [(draft.item, draft.reader) for draft in drafts])
    before = queries.loans_by_key([draft.key for draft in drafts])
    lent = queries.open_of_items({item.id for item in about.items.values()})
    batch = Batch([], [], [])
    for draft in drafts:
        problem = problem_of(work, draft, about)
        outcome = None if problem else met(work, draft, about, before.get(draft.key), lent, batch)
        if problem:
            kept_out(work, Part.LOANS, draft.line.number, draft.item, problem)
        elif outcome is not None:
            work.count(Part.LOANS, outcome)
            work.here["loans"] += outcome is not Outcome.SKIPPED
            work.kept_out["loans"] += outcome is Outcome.SKIPPED
        if not problem and outcome is not None:
            work.lent_there.pop(draft.item, None)
        work.loans.add(draft.key)
    work.prepare({draft.lent_at.year for draft in drafts} | {work.act.day.year})
    if not work.is_trial:
        write(work, start, batch)


def problem_of(work: Work, draft: Draft, about: Sought) -> Problem | None:
    """Return why a line is kept out, None when nothing speaks against it."""
    if not about.has_item(draft.item):
        return Problem.ITEM_UNKNOWN
    if draft.reader not in about.readers:
        return Problem.READER_UNKNOWN
    if not about.readers[draft.reader][1]:
        return Problem.READER_CLOSED
    if f"={draft.item}" in work.loans:
        return Problem.TWICE
    work.loans.add(f"={draft.item}")
    return None


def met(
    work: Work, draft: Draft, about: Sought, before: KnownLoan | None, lent: dict[int, KnownLoan], batch: Batch
) -> Outcome | None:
    """Return what becomes of a line, None when it is kept out after all; what is to be written goes into the batch."""
    item = about.items.get(draft.item)
    if item is None:
        return Outcome.NEW
    told = old_loan(work, draft, about, item.shelved_at)
    if before is not None:
        if not before.is_open:
            work.note(Part.LOANS, draft.line.number, draft.item, Problem.ENDED_HERE)
            return Outcome.SKIPPED
        if (before.due_on, before.renewals) == (told.due_on, told.renewals):
            return Outcome.SAME
        batch.changed.append((before, told))
        return Outcome.CHANGED
    now = lent.get(item.id)
    if now is not None and not now.key.startswith(keys.prefix(work.source)):
        kept_out(work, Part.LOANS, draft.line.number, draft.item, Problem.LENT_HERE)
        return None
    if now is None and item.status not in IN_THE_HOUSE:
        kept_out(work, Part.LOANS, draft.line.number, draft.item, Problem.NOT_THERE)
        return None
    if now is not None:
        batch.ended.append((now, None))
    batch.new.append(told)
    return Outcome.NEW


def old_loan(work: Work, draft: Draft, about: Sought, shelved_at: int) -> OldLoan:
    """Return the loan that a line says; lent where it has its place when the export names none."""
    item = about.items[draft.item]
    return OldLoan(
        key=draft.key,
        item=item.id,
        patron=about.readers[draft.reader][0],
        lent_at=draft.lent_at,
        lent_on=draft.lent_at.date(),
        lent_node=draft.node or shelved_at,
        due_on=draft.due_on,
        renewals=draft.renewals,
    )


def write(work: Work, start: int, batch: Batch) -> None:
    """Write what ended before what begins: an item is lent once at a time."""
    act = work.step_of(start)
    if batch.ended:
        circulation.end(act, loans=batch.ended)
    if batch.new:
        circulation.take_open(act, loans=batch.new)
    if batch.changed:
        circulation.bring_up(changes=batch.changed)


def end_others(work: Work) -> None:
    """End the loans that were taken over before and that the export no longer names: the items came back there."""
    over = [known for known in queries.open_under(keys.prefix(work.source)) if known.key not in work.loans]
    work.count(Part.LOANS, Outcome.CHANGED, len(over))
    work.ended_loans = len(over)
    for start in range(0, len(over), 500):
        if not work.is_trial:
            circulation.end(work.step_of(start), loans=[(known, None) for known in over[start : start + 500]])
