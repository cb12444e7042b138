"""Past loans: one line a loan with its two days, or one line an act, paired by the item."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from wenlan.circulation.takeover import operations as circulation
from wenlan.circulation.takeover import queries
from wenlan.circulation.takeover.types import KnownLoan, OldLoan
from wenlan.holdings.policies import barcode_key
from wenlan.moving import keys, statements
from wenlan.moving.steps.borrowing import Sought, kept_out, moment_of, place_of, renewals_of, sought
from wenlan.moving.tables import Line, Table, opened
from wenlan.moving.types import Outcome, Part, Problem
from wenlan.moving.work import Work, batches


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A loan of the past as it is told."""

    where: int
    item: str
    reader: str
    lent_at: datetime
    lent_node: int | None
    returned_at: datetime
    returned_node: int | None
    due_at: datetime | None
    renewals: int


def take(work: Work, path: Path, *, counts_on_items: bool) -> int:
    """Take in a file of past loans; returns how many lines it has."""
    table = opened(path, work.form(Part.HISTORY), encoding=work.profile.encoding)
    assert table is not None
    lines = Counted(table)
    drafts = of_acts(work, lines) if "act" in table.columns else of_loans(work, lines)
    for batch in batches(drafts):
        settled(work, lines.number, batch, counts_on_items=counts_on_items)
        work.say(Part.HISTORY, lines.number)
    return lines.number


class Counted:
    """The lines of a table, counted while they are read."""

    def __init__(self, table: Table) -> None:
        self.lines = table.lines
        self.number = 0

    def __iter__(self) -> Iterator[Line]:
        for line in self.lines:
            self.number += 1
            yield line


def of_loans(work: Work, lines: Counted) -> Iterator[Draft]:
    """Yield the loans of lines that name both days; one without a return is open and stands in another file."""
    for line in lines:
        barcode = line.text("barcode")
        lent, lent_read = moment_of(work, Part.HISTORY, line, "lent", barcode)
        back, back_read = moment_of(work, Part.HISTORY, line, "returned", barcode)
        if not (lent_read and back_read):
            work.count(Part.HISTORY, Outcome.REJECTED)
        elif lent is None or not barcode:
            problem = Problem.DAY_MISSING if barcode else Problem.BARCODE_MISSING
            kept_out(work, Part.HISTORY, line.number, barcode, problem)
        elif back is None:
            work.count(Part.HISTORY, Outcome.SKIPPED)
        elif back < lent and back.date() < lent.date():
            kept_out(work, Part.HISTORY, line.number, barcode, Problem.RETURN_EARLY)
        else:
            due, _read = moment_of(work, Part.HISTORY, line, "due", barcode)
            yield Draft(
                where=line.number,
                item=barcode_key(barcode),
                reader=line.text("reader"),
                lent_at=lent,
                lent_node=place_of(work, Part.HISTORY, line, "place", barcode),
                returned_at=max(back, lent),
                returned_node=place_of(work, Part.HISTORY, line, "return_place", barcode),
                due_at=due,
                renewals=renewals_of(work, Part.HISTORY, line, barcode),
            )


def of_acts(work: Work, lines: Counted) -> Iterator[Draft]:
    """Yield the loans of a log in the order of its time: a loan ends with the next return of its item."""
    acts = work.form(Part.HISTORY).of("acts")
    open_now: dict[str, tuple[int, str, datetime, int | None, int]] = {}
    for line in lines:
        act, barcode = acts.get(line.text("act"), ""), line.text("barcode")
        at, is_read = moment_of(work, Part.HISTORY, line, "at", barcode)
        if not act or not barcode or at is None:
            work.count(Part.HISTORY, Outcome.SKIPPED if is_read else Outcome.REJECTED)
            continue
        item, node = barcode_key(barcode), place_of(work, Part.HISTORY, line, "place", barcode)
        begun = open_now.get(item)
        if act == "out":
            open_now[item] = (line.number, line.text("reader"), at, node, 0)
        elif act == "renew" and begun:
            open_now[item] = (*begun[:4], begun[4] + 1)
        elif act == "in" and begun:
            del open_now[item]
            yield Draft(
                where=line.number, item=item, reader=begun[1], lent_at=begun[2], lent_node=begun[3],
                returned_at=max(at, begun[2]), returned_node=node, due_at=None, renewals=begun[4],
            )  # fmt: skip
        elif act == "in":
            work.note(Part.HISTORY, line.number, barcode, Problem.RETURN_ALONE)
            work.count(Part.HISTORY, Outcome.SKIPPED)


def settled(work: Work, start: int, drafts: Sequence[Draft], *, counts_on_items: bool) -> None:
    """Say what becomes of a batch, and write it."""
    about = sought(work, [(draft.item, draft.reader) for draft in drafts])
    loans = [old_loan(work, draft, about) for draft in drafts]
    before = queries.loans_by_key([one.key for one in loans])
    counted = statements.recorded([(one.lent_on, gone_source(one)) for one in loans if one.item is None])
    new: list[OldLoan] = []
    ended: list[tuple[KnownLoan, OldLoan | None]] = []
    for draft, one in zip(drafts, loans, strict=True):
        known = before.get(one.key)
        if one.key in work.loans:
            kept_out(work, Part.HISTORY, draft.where, draft.item, Problem.TWICE)
            continue
        work.loans.add(one.key)
        if gone_source(one) in counted:
            work.count(Part.HISTORY, Outcome.SAME)
            continue
        if known is None:
            young(work, draft, one)
            new.append(one)
        elif known.is_open:
            ended.append((known, one))
        work.count(Part.HISTORY, Outcome.NEW if known is None else Outcome.CHANGED if known.is_open else Outcome.SAME)
    work.prepare({one.lent_on.year for one in loans} | {one.returned_on.year for one in loans if one.returned_on})
    if not work.is_trial:
        if ended:
            circulation.end(work.step_of(start), loans=ended)
        if new:
            circulation.take_past(work.step_of(start), loans=new, counts_on_items=counts_on_items)


def gone_source(one: OldLoan) -> str:
    """Return what the ledger has of a loan whose item is gone."""
    return circulation.bare_source(circulation.MADE, one.key)


def young(work: Work, draft: Draft, one: OldLoan) -> None:
    """Say when a place is younger in the tree than what is told of it: then no figure finds the act."""
    since = work.first_day(one.lent_node)
    if since is not None and one.lent_on < since:
        work.some(Part.HISTORY, draft.where, draft.item, Problem.BEFORE_THE_TREE, f"< {since}")


def old_loan(work: Work, draft: Draft, about: Sought) -> OldLoan:
    """Return the loan as it is written; item and reader may be gone by now."""
    item = about.items.get(draft.item)
    node = draft.lent_node or (item.shelved_at if item else work.order.node)
    due = draft.due_at.date() if draft.due_at else draft.returned_at.date()
    told = OldLoan(
        key=keys.loan_key(work.source, draft.item[:40], draft.lent_at.date(), draft.reader),
        item=item.id if item else None,
        patron=about.readers.get(draft.reader, (None, False))[0],
        lent_at=draft.lent_at,
        lent_on=draft.lent_at.date(),
        lent_node=node,
        due_on=max(due, draft.lent_at.date()),
        renewals=draft.renewals,
        returned_at=draft.returned_at,
        returned_on=draft.returned_at.date(),
        returned_node=draft.returned_node or node,
    )
    late = (draft.returned_at.date() - told.due_on).days if draft.due_at else 0
    return replace(told, late_days=min(max(late, 0), 9999))
