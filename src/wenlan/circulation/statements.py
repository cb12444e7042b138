"""The hot acts' SQL: one read of reader and item; one write that does the whole act.

On PostgreSQL the write is one statement whose parts all hang on its first: no row there, nothing written. There are
two ways to it. A loan or a return that is nothing but its write reads without a lock, outside a transaction; the write
locks reader, then item, and does nothing unless both rows are of the version that was read and nobody else is at them.
Everything else, and what was in vain that way, is done in a transaction: the read is one statement whose materialised
parts lock in the same order. Under READ COMMITTED a read that had to wait sees the locked rows as they are, and all
others as they were: so the policy decides on columns of locked rows only, and what it took from others (the card's
status, the loan's due date) the write compares again, by a snapshot taken after the locks. Whoever changes a card locks
its reader; whoever changes a loan locks its item.

On SQLite the transaction holds the only writer's lane from its start.

Written to by listed contract: `holdings_item` (status, status_since, present_node_id, loans, reserved, held_for_id),
`patrons_patron` (open_loans), `ledger_serviceevent`, `ledger_unfolded`.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from wenlan.kernel.sql import instant
from wenlan.ledger.types import EventRow

ON_SQLITE = connection.vendor == "sqlite"
LOCKING = (True, True, True)  # a hot act reads again when what it read changed before it could write
OPEN = "l.returned_at IS NULL AND l.cancelled_at IS NULL"
# The same for the hot acts. PostgreSQL must not read an index of all open loans for one of them, as it likes to while
# its statistics are old and know of few; so it is said in a way that fits no such index, only the one by item.
STILL_OPEN = OPEN if ON_SQLITE else "COALESCE(l.returned_at, l.cancelled_at) IS NULL"
# And for the loans of one reader, in the words of the index of open loans by reader, which nothing else uses.
OPEN_OF_READER = OPEN if ON_SQLITE else "GREATEST(l.returned_at, l.cancelled_at) IS NULL"


class ReaderRow(NamedTuple):
    """The columns of the reader that are decided on or copied, and the version of the row."""

    id: int
    category_id: int
    home_node: int
    sex: str
    birth_date: date | None
    status: str
    suspended_until: date | None
    valid_until: date | None
    special_group: str
    open_loans: int
    credit_points: int | None
    owed_fen: int
    deposit_fen: int
    version: int | str


class ItemRow(NamedTuple):
    """The columns of the item that are decided on or copied, the row's version, and the title, only to be shown."""

    id: int
    record: int
    barcode: str
    scope: str
    owner_node: int
    shelved_at: int
    present_node: int
    status: str
    lending: str
    material: str
    main_class: str
    audience: str
    language: str
    reserved: bool
    held_for: int | None
    list_price_fen: int | None
    version: int | str
    title: str


class CardRow(NamedTuple):
    """The card, which is not locked: its reader is."""

    id: int
    status: str


class LoanRow(NamedTuple):
    """The open loan of an item."""

    id: int
    uid: UUID
    patron: int
    reader_category: str
    loan_kind: str
    rule_version: int
    lent_on: date
    lent_node: int
    due_on: date
    renewals: int
    in_key: str | None
    returns_undone: int


class LoanTally(NamedTuple):
    """How many items of an owner and a material a reader has, and how many of them are overdue."""

    owner: int
    material: str
    loans: int
    overdue: int


class Versions(NamedTuple):
    """The versions of rules and tree, and the loan that this key has returned before, if any."""

    policies: int
    tree: int
    answered: int | None


class HotRead(NamedTuple):
    """What one hot read found on the day of the act; several items when a barcode is ambiguous.

    `is_locked` says whether reader and item stay as they are until the transaction ends.
    """

    on: date
    is_locked: bool
    versions: Versions
    reader: ReaderRow | None
    card: CardRow | None
    items: tuple[ItemRow, ...]
    loan: LoanRow | None


READER = (
    "p.id, p.category_id, p.home_node_id, p.sex, p.birth_date, p.status, p.suspended_until, p.valid_until, "
    "p.special_group, p.open_loans, p.credit_points, p.owed_fen, p.deposit_fen, "
    "p.row_version AS reader_version"
)
CARD = "c.id AS card_id, c.status AS card_status"
ITEM = (
    "i.id, i.record_id, i.barcode, i.barcode_scope, i.owner_node_id, i.shelved_at_id, i.present_node_id, i.status, "
    "i.lending, i.material, i.main_class, i.audience, i.language, i.reserved, i.held_for_id, "
    "i.list_price_fen, i.row_version AS item_version, t.title_proper AS title"
)
ITEMS = "holdings_facts i JOIN catalogue_facts t ON t.id = i.record_id"
LOAN = (
    "l.id, l.uid, l.patron_id, l.reader_category, l.loan_kind, l.rule_version, l.lent_on, l.lent_node_id, l.due_on, "
    "l.renewals, l.in_key, l.returns_undone"
)
VERSIONS = (
    "(SELECT value FROM jobs_facts WHERE name = 'policies') AS policies_version, "
    "(SELECT value FROM jobs_facts WHERE name = 'tree') AS tree_version"
)
ANSWERED = "(SELECT id FROM circulation_loan WHERE in_key = %s) AS answered"
BY_CARD = (
    "FROM patrons_card_facts c JOIN patrons_facts p ON p.id = c.patron_id WHERE c.number_key = %s "
    "ORDER BY c.until_day IS NOT NULL, c.id DESC LIMIT 1"
)
BY_BARCODE = "WHERE i.barcode_key = %s AND (%s = '' OR i.barcode_scope = %s)"

READ_CHECKOUT = f"""
SELECT {VERSIONS}, NULL AS answered, reader.*, item.*
FROM (SELECT 1) one LEFT JOIN (SELECT {READER}, {CARD} {BY_CARD}) reader ON TRUE
LEFT JOIN (SELECT {ITEM} FROM {ITEMS} {BY_BARCODE} ORDER BY i.barcode_scope LIMIT 2) item ON TRUE"""
READ_LOAN = f"""
SELECT {VERSIONS}, {ANSWERED}, {READER}, item.*, {LOAN}
FROM (SELECT 1) one
LEFT JOIN (SELECT {ITEM} FROM {ITEMS} {BY_BARCODE} ORDER BY i.barcode_scope LIMIT 2) item ON TRUE
LEFT JOIN circulation_loan l ON l.item_id = item.id AND {STILL_OPEN} LEFT JOIN patrons_facts p ON p.id = l.patron_id"""
LOCK_CHECKOUT = f"""
WITH reader AS MATERIALIZED (SELECT {READER}, {CARD} {BY_CARD} FOR NO KEY UPDATE OF p),
item AS MATERIALIZED (
    SELECT {ITEM} FROM {ITEMS} {BY_BARCODE} AND (SELECT count(*) FROM reader) >= 0
    ORDER BY i.barcode_scope LIMIT 2 FOR NO KEY UPDATE OF i)
SELECT {VERSIONS}, NULL AS answered, reader.*, item.*
FROM (SELECT 1) one LEFT JOIN reader ON TRUE LEFT JOIN item ON TRUE"""
LOCK_LOAN = f"""
WITH found AS MATERIALIZED (
    SELECT i.id AS item_id, l.id AS loan_id, l.patron_id
    FROM (SELECT i.id FROM holdings_facts i {BY_BARCODE} LIMIT 2) i
    LEFT JOIN circulation_loan l ON l.item_id = i.id AND {STILL_OPEN}),
reader AS MATERIALIZED (
    SELECT {READER} FROM patrons_facts p WHERE p.id IN (SELECT patron_id FROM found)
    ORDER BY p.id FOR NO KEY UPDATE),
item AS MATERIALIZED (
    SELECT {ITEM} FROM {ITEMS}
    WHERE i.id IN (SELECT item_id FROM found) AND (SELECT count(*) FROM reader) >= 0
    ORDER BY i.id FOR NO KEY UPDATE OF i)
SELECT {VERSIONS}, {ANSWERED}, reader.*, item.*, {LOAN}
FROM (SELECT 1) one LEFT JOIN item ON TRUE LEFT JOIN found ON found.item_id = item.id
LEFT JOIN circulation_loan l ON l.id = found.loan_id LEFT JOIN reader ON reader.id = l.patron_id"""
TALLY_LOANS = f"""SELECT i.owner_node_id, i.material, count(*), sum(CASE WHEN l.due_on < %s THEN 1 ELSE 0 END)
    FROM circulation_loan l JOIN holdings_facts i ON i.id = l.item_id
    WHERE l.patron_id = %s AND {OPEN_OF_READER} GROUP BY i.owner_node_id, i.material"""

LOAN_COLUMNS = (
    "uid, item_id, patron_id, reader_category, loan_kind, rule_version, lent_at, lent_on, lent_node_id, lent_by, "
    "out_key, due_on, renewals, returned_by, returns_undone"
)
EVENT_COLUMNS = (
    "day, kind, occurred_at, recorded_at, node, department, owner_node, home_node, channel, operator, quantity, "
    "subject, reader_category, reader_sex, reader_age, person_token, item_material, item_class, item_audience, "
    "item_language, loan_kind, rule_version, special_group, estimated, source, reverses"
)
RENEWAL_COLUMNS = "uid, loan_id, renewed_at, renewed_on, node_id, renewed_by, initiative, key, due_before, due_on"
TRANSIT_COLUMNS = "uid, item_id, loan_id, from_node_id, to_node_id, sent_at"


def places(columns: str) -> str:
    """Return as many parameter marks as columns."""
    return ", ".join(["%s"] * len(columns.split(", ")))


INSERT_LOAN = f"""INSERT INTO circulation_loan ({LOAN_COLUMNS})
    SELECT {places("-, " * 11 + "-")}, 0, '', 0
    WHERE EXISTS (SELECT 1 FROM patrons_card_facts WHERE id = %s AND status = %s)
    ON CONFLICT DO NOTHING"""
LEND_ITEM = """UPDATE holdings_item SET status = 'on_loan', status_since = %s, present_node_id = %s, loans = loans + 1,
    held_for_id = NULL WHERE id = %s"""
ONE_MORE = "UPDATE patrons_patron SET open_loans = open_loans + 1 WHERE id = %s"
CLOSE_LOAN = f"""UPDATE circulation_loan AS l SET returned_at = %s, returned_on = %s, returned_node_id = %s,
    returned_by = %s, in_key = %s, overdue_days = %s
    WHERE l.id = %s AND l.due_on = %s AND l.returns_undone = %s AND {STILL_OPEN}"""
TAKE_ITEM = """UPDATE holdings_item SET status = %s, status_since = %s, present_node_id = %s, held_for_id = %s
    WHERE id = %s"""
ONE_LESS = "UPDATE patrons_patron SET open_loans = open_loans - 1 WHERE id = %s"
UNLEND_ITEM = """UPDATE holdings_item SET status = 'available', status_since = %s, present_node_id = %s,
    loans = loans - 1 WHERE id = %s"""
CHANGE_TALLY = "UPDATE patrons_patron SET open_loans = open_loans + %s WHERE id = %s"
INSERT_RENEWAL = f"""INSERT INTO circulation_renewal ({RENEWAL_COLUMNS})
    SELECT {places(RENEWAL_COLUMNS)}
    WHERE EXISTS (
        SELECT 1 FROM circulation_loan l WHERE l.id = %s AND l.due_on = %s AND l.renewals = %s AND {STILL_OPEN})
    ON CONFLICT DO NOTHING"""
LENGTHEN_LOAN = "UPDATE circulation_loan SET due_on = %s, renewals = renewals + 1 WHERE id = %s"
INSERT_TRANSIT = f"INSERT INTO circulation_transit ({TRANSIT_COLUMNS}) SELECT {places(TRANSIT_COLUMNS)}"
INSERT_EVENT = f"INSERT INTO ledger_serviceevent ({EVENT_COLUMNS}) SELECT {places(EVENT_COLUMNS)}"
INSERT_UNFOLDED = "INSERT INTO ledger_unfolded (event, day) VALUES (last_insert_rowid(), %s)"


def in_one(first: str, *rest: str, before: str = "") -> str:
    """Return one PostgreSQL statement: `first` makes a row or not, and the rest hang on that row.

    Answers with one row when all was written, none when nothing was. `before` are parts that `first` hangs on.
    """
    parts = [f"{before}done AS ({first} RETURNING 1)"]
    for number, statement in enumerate(rest):
        word = "WHERE" if statement.startswith("INSERT") else "AND"
        parts.append(f"part{number} AS ({statement} {word} EXISTS (SELECT 1 FROM done))")
    parts.append(f"event AS ({INSERT_EVENT} WHERE EXISTS (SELECT 1 FROM done) RETURNING id, day)")
    parts.append("unfolded AS (INSERT INTO ledger_unfolded (event, day) SELECT id, day FROM event)")
    return f"WITH {', '.join(parts)} SELECT 1 FROM done"


UNCHANGED = """reader AS MATERIALIZED (
    SELECT 1 FROM patrons_facts WHERE id = %s AND row_version = %s FOR NO KEY UPDATE SKIP LOCKED),
item AS MATERIALIZED (
    SELECT 1 FROM holdings_facts WHERE id = %s AND row_version = %s AND EXISTS (SELECT 1 FROM reader)
    FOR NO KEY UPDATE SKIP LOCKED), """


def if_unchanged(first: str, *rest: str) -> str:
    """Return the same in one statement for rows that were read without a lock: they are locked and compared first."""
    return in_one(first.replace("WHERE ", "WHERE EXISTS (SELECT 1 FROM item) AND ", 1), *rest, before=UNCHANGED)


WRITE_CHECKOUT = (INSERT_LOAN, LEND_ITEM, ONE_MORE)
WRITE_RETURN = (CLOSE_LOAN, TAKE_ITEM, ONE_LESS)
WRITE_RETURN_AND_SEND = (CLOSE_LOAN, TAKE_ITEM, ONE_LESS, INSERT_TRANSIT)
WRITE_RENEWAL = (INSERT_RENEWAL, LENGTHEN_LOAN)
IN_ONE: dict[tuple[str, ...], str] = {
    statements: in_one(*statements)
    for statements in (WRITE_CHECKOUT, WRITE_RETURN, WRITE_RETURN_AND_SEND, WRITE_RENEWAL)
}
IF_UNCHANGED: dict[tuple[str, ...], str] = {
    statements: if_unchanged(*statements) for statements in (WRITE_CHECKOUT, WRITE_RETURN, WRITE_RETURN_AND_SEND)
}


def tries() -> tuple[bool, ...]:
    """Return for each try of an act whether it locks what it reads.

    The first goes without, on PostgreSQL, unless the act is a part of something larger.
    """
    return LOCKING if ON_SQLITE or not is_alone() else (False, *LOCKING)


def is_alone() -> bool:
    """Return whether no transaction is open yet."""
    return not connection.in_atomic_block


def around(*, locks: bool) -> AbstractContextManager[object]:
    """Return the transaction of a try; a write that is one statement needs none."""
    return transaction.atomic(savepoint=False) if locks else nullcontext()


def read_checkout(*, on: date, card_key: str, barcode_key: str, scope: str, locks: bool = True) -> HotRead:
    """Return what the policy needs of a card and an item, the reader locked, then the item. One statement."""
    sql = LOCK_CHECKOUT if locks and not ON_SQLITE else READ_CHECKOUT
    rows = fetch(sql, (card_key, barcode_key, scope, scope))
    return _read(on, rows, with_card=True, is_locked=locks)


def read_loan(*, on: date, key: str, barcode_key: str, scope: str, locks: bool = True) -> HotRead:
    """Return what the policy needs of an item and its open loan, its reader locked, then the item. One statement.

    The loan is as it was before any wait for a lock; the write compares it again.
    """
    found = (barcode_key, scope, scope)
    if locks and not ON_SQLITE:
        rows = fetch(LOCK_LOAN, (*found, key))
    else:
        rows = fetch(READ_LOAN, (key, *found))
    return _read(on, rows, with_card=False, is_locked=locks)


def tally_loans(*, patron: int, on: date) -> tuple[LoanTally, ...]:
    """Return a locked reader's open loans by owner and material.

    A second statement after the lock, with a snapshot of its own: only for categories and rules that ask, so that
    no tally that few need is kept by every act.
    """
    return tuple(LoanTally._make(row) for row in fetch(TALLY_LOANS, (on, patron)))


def write_checkout(*, read: HotRead, loan: Sequence[Any], card: CardRow, node: int, event: EventRow) -> bool:
    """Write a loan, the item's status, the reader's tally and the ledger; False when nothing was written.

    `loan` gives the first twelve LOAN_COLUMNS. Nothing is written when the key or the item has a loan
    already, or when the card, or what was not locked, is no longer as it was read.
    """
    item, patron, day = loan[1], loan[2], loan[7]
    return _write(WRITE_CHECKOUT, ((*loan, card.id, card.status), (day, node, item), (patron,)), event, read)


def write_return(
    *,
    read: HotRead,
    returned: Sequence[Any],
    loan: LoanRow,
    status: str,
    event: EventRow,
    transit: Sequence[Any] = (),
    held_for: int | None = None,
) -> bool:
    """Close a loan, set the item and the reader's tally, send the item off, record it; False when nothing was written.

    `returned` is (at, on, node, by, key, overdue days); `transit` gives TRANSIT_COLUMNS when the item is sent;
    `held_for` is the reader it is kept for.
    Nothing is written when the loan, or what was not locked, is no longer as it was read.
    """
    closing = (*returned, loan.id, loan.due_on, loan.returns_undone)
    item = (status, returned[1], returned[2], held_for, read.items[0].id)
    parts: tuple[Sequence[Any], ...] = (closing, item, (loan.patron,))
    if transit:
        return _write(WRITE_RETURN_AND_SEND, (*parts, transit), event, read)
    return _write(WRITE_RETURN, parts, event, read)


def write_renewal(*, renewal: Sequence[Any], loan: LoanRow, event: EventRow) -> bool:
    """Write a renewal (RENEWAL_COLUMNS), the loan's due date and the ledger; False when nothing was written.

    Nothing is written when the key came before or the loan is no longer as it was read.
    """
    before = (*renewal, loan.id, loan.due_on, loan.renewals)
    return _write(WRITE_RENEWAL, (before, (renewal[-1], loan.id)), event)


def place_item(*, item: int, status: str, on: date, node: int, held_for: int | None = None) -> None:
    """Set what may be done with a locked item, where it stands and for whom it is kept."""
    execute(TAKE_ITEM, (status, on, node, held_for, item))


def unlend_item(*, item: int, on: date, node: int) -> None:
    """Put a locked item back as if it had not been lent."""
    execute(UNLEND_ITEM, (on, node, item))


def change_tally(*, patron: int | None, by: int) -> None:
    """Change a locked reader's tally of open loans."""
    execute(CHANGE_TALLY, (by, patron))


def lock_both(*, patron: int | None, item: int) -> str:
    """Lock a reader's row, then an item's; return the item's status. Two statements."""
    lock = "" if ON_SQLITE else " FOR NO KEY UPDATE"
    fetch(f"SELECT id FROM patrons_facts WHERE id = %s{lock}", (patron,))
    return str(fetch(f"SELECT status FROM holdings_facts WHERE id = %s{lock}", (item,))[0][0])


def copies_here(*, record: int, node: int) -> int:
    """Return how many copies of a title stand at a place that is not theirs."""
    sql = """SELECT count(*) FROM holdings_facts i WHERE i.record_id = %s AND i.present_node_id = %s
        AND i.shelved_at_id <> i.present_node_id AND i.status = 'available'"""
    return int(fetch(sql, (record, node))[0][0])


def lock_items(items: Sequence[int]) -> None:
    """Lock items in the order of their ids, so that two batches cannot deadlock. One statement; none on SQLite."""
    if not ON_SQLITE:
        fetch("SELECT id FROM holdings_facts WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", (list(items),))


def stored(at: datetime) -> datetime | str:
    """Return an instant as it is stored; each act asks twice, so the driver's own form is passed on as it is."""
    return instant(at) if ON_SQLITE else at


def execute(sql: str, params: Sequence[Any]) -> None:
    """Run one statement of this package."""
    with connection.cursor() as cursor:
        cursor.execute(sql, _bound(params))


def fetch(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of one statement of this package."""
    with connection.cursor() as cursor:
        cursor.execute(sql, _bound(params))
        return list(cursor.fetchall())


def _write(
    statements: tuple[str, ...], parts: Sequence[Sequence[Any]], event: EventRow, read: HotRead | None = None
) -> bool:
    with connection.cursor() as cursor:
        if not ON_SQLITE:
            values = [value for part in parts for value in part] + list(event)
            if read is None or read.is_locked:
                cursor.execute(IN_ONE[statements], values)
            else:
                cursor.execute(IF_UNCHANGED[statements], [*_seen(read), *values])
            return cursor.fetchone() is not None
        cursor.execute(statements[0], _bound(parts[0]))
        if cursor.rowcount != 1:
            return False
        for statement, part in zip(statements[1:], parts[1:], strict=True):
            cursor.execute(statement, _bound(part))
        cursor.execute(INSERT_EVENT, _bound(event))
        cursor.execute(INSERT_UNFOLDED, _bound((event.day,)))
        return True


def _seen(read: HotRead) -> tuple[int | str, ...]:
    """Return the rows of a read without a lock, and their versions."""
    reader, item = read.reader, read.items[0]
    assert reader is not None
    return reader.id, reader.version, item.id, item.version


def _bound(params: Sequence[Any]) -> Sequence[Any]:
    if not ON_SQLITE:
        return params
    return [SQLITE_FORMS[type(value)](value) if type(value) in SQLITE_FORMS else value for value in params]


SQLITE_FORMS: dict[type, Any] = {date: date.isoformat, UUID: lambda value: value.hex}
READER_END = 3 + len(ReaderRow._fields)


def _read(on: date, rows: list[tuple[Any, ...]], *, with_card: bool, is_locked: bool) -> HotRead:
    first = rows[0]
    card_end = READER_END + (len(CardRow._fields) if with_card else 0)
    item_end = card_end + len(ItemRow._fields)
    has_reader, has_loan = first[3] is not None, len(first) > item_end and first[item_end] is not None
    return HotRead(
        on=on,
        is_locked=is_locked,
        versions=Versions(first[0] or 0, first[1] or 0, first[2]),
        reader=_reader(first[3:READER_END]) if has_reader else None,
        card=CardRow._make(first[READER_END:card_end]) if has_reader and with_card else None,
        items=tuple(ItemRow._make(row[card_end:item_end]) for row in rows if row[card_end] is not None),
        loan=_loan(first[item_end:]) if has_loan else None,
    )


def _reader(row: Sequence[Any]) -> ReaderRow:
    reader = ReaderRow._make(row)
    days = (reader.birth_date, reader.suspended_until, reader.valid_until)
    if str not in {type(day) for day in days}:
        return reader
    birth_date, suspended_until, valid_until = (_day(day) for day in days)
    return reader._replace(birth_date=birth_date, suspended_until=suspended_until, valid_until=valid_until)


def _loan(row: Sequence[Any]) -> LoanRow:
    loan = LoanRow._make(row)
    if not ON_SQLITE:
        return loan
    return loan._replace(uid=UUID(str(loan.uid)), lent_on=_day(loan.lent_on), due_on=_day(loan.due_on))


def _day(value: Any) -> Any:
    """Return a day that SQLite may have given as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
