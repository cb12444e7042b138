"""Writes of the ledger: acts, their reversal, snapshots, keys, partitions and the dictionary of measures."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import connection, transaction

from wenlan.jobs.operations import bump
from wenlan.kernel.acts import Act
from wenlan.kernel.sql import instant
from wenlan.ledger import declarations, statements
from wenlan.ledger.errors import EventUnknown
from wenlan.ledger.models import Measure, Snapshot
from wenlan.ledger.partitions import ensure_partitions
from wenlan.ledger.tokens import destroy_key, ensure_token_keys, person_token
from wenlan.ledger.types import NO_ITEM, NO_READER, EventRow, ItemDimensions, MeasureView, ReaderDimensions

__all__ = [
    "declare_measure",
    "destroy_key",
    "ensure_partitions",
    "ensure_token_keys",
    "event_row",
    "load_measures",
    "person_token",
    "record",
    "record_many",
    "reverse",
    "take_snapshot",
]


def event_row(  # noqa: PLR0913 - the ledger's dimensions are many by design, and each is named
    act: Act,
    kind: str,
    *,
    source: str,
    quantity: int = 1,
    day: date | None = None,
    department: int | None = None,
    owner_node: int | None = None,
    home_node: int | None = None,
    subject: str = "",
    reader: ReaderDimensions | None = None,
    item: ItemDimensions | None = None,
    loan_kind: str = "",
    rule_version: int = 0,
    special_group: str = "",
    estimated: bool = False,
) -> EventRow:
    """Return the row of an act, ready for `record_many` or a hot statement; nothing is written.

    `day` is the day counted, if it is not the day of the act (a paper list entered later); `source` is the
    stable text key of the record it came from, and the act counts once a day under it.
    """
    reader, item = reader or NO_READER, item or NO_ITEM
    at = instant(act.at)
    return EventRow(
        day or act.day,
        str(kind),
        at,
        at,
        act.node,
        department if department is not None else act.department,
        owner_node if owner_node is not None else item.owner_node,
        home_node if home_node is not None else reader.home_node,
        str(act.channel),
        act.operator,
        quantity,
        subject,
        reader.category,
        reader.sex,
        reader.age,
        reader.person_token,
        item.material,
        item.main_class,
        item.audience,
        item.language,
        loan_kind,
        rule_version,
        special_group,
        estimated,
        source,
        None,
    )


def record(  # noqa: PLR0913 - as event_row
    act: Act,
    kind: str,
    *,
    source: str,
    quantity: int = 1,
    day: date | None = None,
    department: int | None = None,
    owner_node: int | None = None,
    home_node: int | None = None,
    subject: str = "",
    reader: ReaderDimensions | None = None,
    item: ItemDimensions | None = None,
    loan_kind: str = "",
    rule_version: int = 0,
    special_group: str = "",
    estimated: bool = False,
) -> int:
    """Record one act and return its id, in the caller's transaction.

    A source already recorded that day keeps its first row: its id is returned and nothing is written.
    """
    row = event_row(
        act,
        kind,
        source=source,
        quantity=quantity,
        day=day,
        department=department,
        owner_node=owner_node,
        home_node=home_node,
        subject=subject,
        reader=reader,
        item=item,
        loan_kind=loan_kind,
        rule_version=rule_version,
        special_group=special_group,
        estimated=estimated,
    )
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        return statements.record_event(cursor, row)


def record_many(rows: Sequence[EventRow]) -> int:
    """Record the rows that `event_row` made and return how many were new; the others stood already."""
    if not rows:
        return 0
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        return statements.record_events(cursor, rows)


def reverse(act: Act, *, day: date, source: str) -> int:
    """Take an act back by a row of the opposite quantity with the same day and dimensions; return its id.

    Twice is as once. Raises EventUnknown when nothing was recorded under the source that day.
    """
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        found = statements.reverse_event(cursor, day=day, source=source, recorded_at=instant(act.at))
    if found is None:
        raise EventUnknown(source=source, day=day)
    return found


@transaction.atomic
def take_snapshot(*, measure: str, day: date, rows: Iterable[tuple[int, Mapping[str, str | int], int]]) -> int:
    """Keep a stock as it stands at the end of `day`: rows of (node, dimensions, value); return how many.

    Repeating it replaces the day's snapshot.
    """
    Snapshot.objects.filter(measure=measure, day=day).delete()
    kept = Snapshot.objects.bulk_create(
        [
            Snapshot(day=day, measure=measure, node=node, dimensions=dict(dimensions), value=value)
            for node, dimensions, value in rows
        ],
        batch_size=500,
    )
    return len(kept)


@transaction.atomic
def load_measures() -> int:
    """Bring the dictionary in line with every package's `measures.toml`; return how many versions it declares.

    Measures made in the browser stay. Those that a package no longer declares are taken out.
    """
    declared = declarations.declared_measures()
    wanted = {(view.code, view.valid_from) for view in declared}
    for row in Measure.objects.exclude(origin__startswith="browser"):
        if (row.code, row.valid_from) not in wanted:
            row.delete()
    for view in declared:
        _store(view)
    bump("measures")
    return len(declared)


@transaction.atomic
def declare_measure(view: MeasureView) -> None:
    """Put one measure into the dictionary: a register made in the browser brings its own."""
    declarations.check(view, known=frozenset())
    _store(view)
    bump("measures")


def _store(view: MeasureView) -> None:
    Measure.objects.update_or_create(
        code=view.code,
        valid_from=view.valid_from,
        defaults={
            "valid_until": view.valid_until,
            "origin": view.origin,
            "sums": view.sums,
            "words": dict(view.words),
            "declaration": declarations.to_json(view),
        },
    )
