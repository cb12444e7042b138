"""Taking over loans and reservations in batches, each in one transaction with the ledger's rows of the days as told.

What comes in is of the channel `import` and counts on the day on which it happened. A key that is there already is
left out by the caller, and refused by the table.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from wenlan.circulation import events, rulebook
from wenlan.circulation.models import OPEN, Loan, Reservation
from wenlan.circulation.reserving import operations as reserving
from wenlan.circulation.reserving.statements import lock_copies
from wenlan.circulation.reserving.types import ReservationKind, ReservationState
from wenlan.circulation.takeover import statements
from wenlan.circulation.takeover.statements import ItemRow, ReaderRow
from wenlan.circulation.takeover.types import KnownLoan, OldLoan, OldReservation
from wenlan.holdings.types import ItemStatus
from wenlan.jobs import queries as versions
from wenlan.kernel.acts import Act
from wenlan.kernel.ids import new_uid
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.types import EventRow
from wenlan.patrons import queries as patrons
from wenlan.patrons.policies import completed_years

REMEMBERED = timedelta(days=90)  # a loan that came back earlier forgets its reader at once, as ours do by then
MADE, RETURNED = Kind.LOAN_MADE.value, Kind.LOAN_RETURNED.value
NO_RULE = 0  # the version of a rule that nobody here wrote
BATCH = 500
Locked = tuple[Mapping[int, ReaderRow], Mapping[int, ItemRow]]


@transaction.atomic
def take_open(act: Act, *, loans: Sequence[OldLoan]) -> int:
    """Write loans that are open in the other system, with item, tally and ledger; return how many.

    Locks the readers, then the items. The caller has looked: no item is lent, no key is known.
    """
    locked = _lock(loans)
    rows = _rows(act, loans, locked)
    Loan.objects.bulk_create(rows, batch_size=BATCH)
    statements.lend([(one.lent_on, one.lent_node, one.item) for one in loans if one.item is not None])
    statements.tally(Counter(one.patron for one in loans if one.patron is not None))
    ledger.record_many([_made(act, one, row, locked) for one, row in zip(loans, rows, strict=True)])
    return len(rows)


@transaction.atomic
def take_past(act: Act, *, loans: Sequence[OldLoan], counts_on_items: bool) -> int:
    """Write loans of the past with the ledger's rows of loan and return; return how many.

    Of what is no longer in the stock only the ledger knows, under the key of the loan. Who borrowed stays with a loan
    of the last weeks, and with those of readers who keep their history. `counts_on_items` adds them to the loans of
    the items.
    """
    locked = _lock(loans)
    held = [one for one in loans if one.item is not None]
    rows = _rows(act, held, locked)
    keepers = patrons.history_keepers()
    for row in rows:
        if row.patron_id is not None and row.returned_on is not None and row.patron_id not in keepers:
            row.patron_id = row.patron_id if row.returned_on >= act.day - REMEMBERED else None
    Loan.objects.bulk_create(rows, batch_size=BATCH)
    by_key = {row.out_key: row for row in rows}
    made = [_made(act, one, by_key.get(one.key), locked) for one in loans]
    ledger.record_many(made + [_back(act, one, by_key.get(one.key), locked) for one in loans])
    if counts_on_items:
        statements.count_on_items([one.item for one in held if one.item is not None])
    return len(loans)


@transaction.atomic
def bring_up(*, changes: Iterable[tuple[KnownLoan, OldLoan]]) -> int:
    """Bring open loans up to the due date and the renewals that the other system says now; return how many."""
    changed = 0
    for known, told in changes:
        rows = Loan.objects.filter(OPEN, pk=known.id)
        changed += rows.update(due_on=told.due_on, renewals=told.renewals)
    return changed


@transaction.atomic
def end(act: Act, *, loans: Sequence[tuple[KnownLoan, OldLoan | None]]) -> int:
    """Close loans that came back in the other system, on the day it says, or else on the day of the act.

    Locks the readers, then the items; items stand at the place of return, and are on their shelf there. Who waits for
    them is asked at the next look at reservations. Returns how many were closed.
    """
    rows = list(Loan.objects.filter(OPEN, pk__in=[known.id for known, _ in loans]).order_by("id"))
    told = {known.id: one for known, one in loans}
    readers = statements.lock_readers({row.patron_id for row in rows if row.patron_id is not None})
    items = statements.lock_items({row.item_id for row in rows})
    back, made = [], []
    for row in rows:
        _close(act, row, told[row.pk], items[row.item_id])
        back.append((ItemStatus.AVAILABLE.value, act.day, items[row.item_id].shelved_at, row.item_id))
        made.append(_event(act, RETURNED, row, (readers, items), events.return_source(row.uid, row.returns_undone)))
    Loan.objects.bulk_update(rows, ["returned_at", "returned_on", "returned_node", "overdue_days"], batch_size=BATCH)
    statements.put_back(back)
    statements.tally({patron: -n for patron, n in Counter(row.patron_id for row in rows).items() if patron is not None})
    ledger.record_many(made)
    return len(rows)


def _close(act: Act, row: Loan, told: OldLoan | None, item: ItemRow) -> None:
    """Fill in the return of a loan, as told or as of the act."""
    row.returned_at, row.returned_on, row.returned_node_id = act.at, act.day, item.shelved_at
    if told is not None and told.returned_at is not None:
        row.returned_at, row.returned_on = told.returned_at, told.returned_on
        row.returned_node_id = told.returned_node or item.shelved_at
        row.due_on, row.renewals = told.due_on, told.renewals
    row.overdue_days = told.late_days if told else 0


@transaction.atomic
def take_reservation(act: Act, *, old: OldReservation) -> int:
    """Write one wish with its place in the queue, and the copy that lies ready for it; return its id.

    Locks the reader, then the copies of the title. The caller has looked: the reader has not reserved the title here,
    and the copy lies on a shelf. Wishes come in the order in which they were made.
    """
    reader = patrons.patron(old.patron)
    statements.lock_readers([old.patron])
    lock_copies(old.record)
    row = Reservation.objects.create(
        kind=ReservationKind.RESERVATION,
        state=ReservationState.READY if old.item else ReservationState.WAITING,
        patron_id=old.patron,
        record_id=old.record,
        pickup_id=old.pickup,
        made_at=old.made_at,
        made_on=old.made_on,
        made_node_id=old.pickup,
        made_by=act.operator,
        key=old.key,
        assigned_id=old.item,
        assigned_at=act.at if old.item else None,
        ready_on=act.day if old.item else None,
        pick_up_by=old.pick_up_by if old.item else None,
    )
    if old.item:
        statements.keep([(act.day, old.pickup, old.patron, old.item)])
    reserving.flag(row, reserved=True)
    reserving.count(_at(act, old.made_at, old.pickup), row, reader)
    return row.pk


def _at(act: Act, at: datetime, node: int) -> Act:
    """Return the act as of another moment and place, told now."""
    return replace(act, at=at, node=node, department=None, told_at=act.at)


def _lock(loans: Sequence[OldLoan]) -> Locked:
    readers = statements.lock_readers({one.patron for one in loans if one.patron is not None})
    return readers, statements.lock_items({one.item for one in loans if one.item is not None})


def _rows(act: Act, loans: Sequence[OldLoan], locked: Locked) -> list[Loan]:
    categories = rulebook.current(versions.version(rulebook.VERSION)).categories
    rows = []
    for one in loans:
        assert one.item is not None
        reader = locked[0].get(one.patron) if one.patron is not None else None
        category = categories[reader.category] if reader else None
        rows.append(
            Loan(
                uid=new_uid(),
                item_id=one.item,
                patron_id=one.patron,
                reader_category=category.code if category else "",
                loan_kind=category.loan_kind if category else "personal",
                rule_version=NO_RULE,
                lent_at=one.lent_at,
                lent_on=one.lent_on,
                lent_node_id=one.lent_node,
                lent_by=act.operator,
                out_key=one.key,
                due_on=max(one.due_on, one.lent_on),
                renewals=one.renewals,
                returned_at=one.returned_at,
                returned_on=one.returned_on,
                returned_node_id=(one.returned_node or one.lent_node) if one.returned_at else None,
                overdue_days=one.late_days if one.returned_at else None,
            )
        )
    return rows


def _made(act: Act, one: OldLoan, row: Loan | None, locked: Locked) -> EventRow:
    """Return the ledger's row of the loan itself."""
    if row is None:
        return _bare(act, MADE, one, one.lent_at, one.lent_node, locked)
    patron = one.patron  # the row may have forgotten it
    return _event(act, MADE, row, locked, events.loan_source(row.uid), patron=patron)


def _back(act: Act, one: OldLoan, row: Loan | None, locked: Locked) -> EventRow:
    """Return the ledger's row of the return."""
    if row is None:
        assert one.returned_at is not None
        return _bare(act, RETURNED, one, one.returned_at, one.returned_node or one.lent_node, locked)
    return _event(act, RETURNED, row, locked, events.return_source(row.uid, 0), patron=one.patron)


def _event(act: Act, kind: str, row: Loan, locked: Locked, source: str, patron: int | None = None) -> EventRow:
    """Return the row of an act on a loan, with reader and item as they are known today: nothing older is told."""
    is_made = kind == MADE
    at, day, node = (
        (row.lent_at, row.lent_on, row.lent_node_id)
        if is_made
        else (row.returned_at or act.at, row.returned_on or act.day, row.returned_node_id or act.node)
    )
    reader = locked[0].get(patron or row.patron_id or 0)
    item = locked[1][row.item_id]
    base = ledger.event_row(
        _at(act, at, node), kind, source=source, day=day, owner_node=item.owner, loan_kind=row.loan_kind,
        rule_version=row.rule_version,
    )  # fmt: skip
    base = base._replace(
        item_material=item.material,
        item_class=item.main_class,
        item_audience=item.audience,
        item_language=item.language,
        reader_category=row.reader_category,
    )
    return _of(base, reader)


def _bare(act: Act, kind: str, one: OldLoan, at: datetime, node: int, locked: Locked) -> EventRow:
    """Return the row of an act on what is no longer in the stock."""
    reader = locked[0].get(one.patron or 0)
    source = bare_source(kind, one.key)
    base = ledger.event_row(_at(act, at, node), kind, source=source, loan_kind="personal")
    return _of(base, reader)


def bare_source(kind: str, key: str) -> str:
    """Return the key that the ledger has of an act on what is no longer in the stock."""
    return f"moved:{kind}:{key}"


def _of(base: EventRow, reader: ReaderRow | None) -> EventRow:
    """Return a row with its reader's dimensions, as of its day."""
    if reader is None:
        return base
    return base._replace(
        home_node=reader.home_node,
        reader_sex=reader.sex,
        reader_age=completed_years(reader.birth_date, base.day),
        special_group=reader.special_group,
        person_token=ledger.person_token(reader.id, base.day.year),
    )
