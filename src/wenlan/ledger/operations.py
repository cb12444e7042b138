"""Writes of the ledger: acts, their reversal, snapshots, keys, partitions and the dictionary of measures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Unpack

from django.db import connection, transaction

from wenlan.jobs.operations import bump
from wenlan.kernel.acts import Act
from wenlan.kernel.sql import instant
from wenlan.ledger import declarations, statements
from wenlan.ledger.errors import EventUnknown
from wenlan.ledger.models import Measure, Snapshot
from wenlan.ledger.partitions import ensure_partitions
from wenlan.ledger.tokens import destroy_key, ensure_token_keys, person_token
from wenlan.ledger.types import (
    AS_GIVEN,
    DETAILS,
    NO_ITEM,
    NO_READER,
    Details,
    EventRow,
    ItemDimensions,
    MeasureView,
    ReaderDimensions,
)

__all__ = [
    "declare_measure",
    "destroy_key",
    "ensure_partitions",
    "ensure_token_keys",
    "event_row",
    "load_measures",
    "person_token",
    "prepare_days",
    "record",
    "record_many",
    "reverse",
    "take_snapshot",
    "take_unfolded",
    "unfold_all",
]


def event_row(act: Act, kind: str, *, source: str, **given: Unpack[Details]) -> EventRow:
    """Return the row of an act, ready for `record_many` or a hot statement; nothing is written.

    `source` is the stable text key of the record the act came from: it counts once a day under it. `Details`
    names the rest; keywords stand here in place of one more object, because each call gives two or three of many.
    """
    if unknown := given.keys() - DETAILS.keys():
        raise TypeError(f"an act has no {', '.join(sorted(unknown))}")
    said: dict[str, Any] = {**DETAILS, **given}
    reader: ReaderDimensions = given.get("reader") or NO_READER
    item: ItemDimensions = given.get("item") or NO_ITEM
    return EventRow(
        day=given.get("day") or act.day,
        kind=str(kind),
        occurred_at=instant(act.at),
        recorded_at=instant(act.recorded_at),
        node=act.node,
        department=first_known(given.get("department"), act.department),
        owner_node=first_known(given.get("owner_node"), item.owner_node),
        home_node=first_known(given.get("home_node"), reader.home_node),
        channel=str(act.channel),
        operator=act.operator,
        reader_category=reader.category,
        reader_sex=reader.sex,
        reader_age=reader.age,
        person_token=reader.person_token,
        item_material=item.material,
        item_class=item.main_class,
        item_audience=item.audience,
        item_language=item.language,
        source=source,
        reverses=None,
        **{name: said[name] for name in AS_GIVEN},
    )


def first_known(*ids: int | None) -> int | None:
    """Return the first id that is given."""
    return next((found for found in ids if found is not None), None)


def record(act: Act, kind: str, *, source: str, **given: Unpack[Details]) -> int:
    """Record one act and return its id, in the caller's transaction.

    A source already recorded that day keeps its first row: its id is returned and nothing is written.
    """
    row = event_row(act, kind, source=source, **given)
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

    Twice is as once. Raises EventUnknown when nothing was recorded under the source that day, or when what was
    recorded is itself a reversal: what was taken back in error is recorded anew.
    """
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        found = statements.reverse_event(cursor, day=day, source=source, recorded_at=instant(act.recorded_at))
    if found is None:
        raise EventUnknown(source=source, day=day)
    return found


def prepare_days(start: date, end: date) -> None:
    """Make ready for acts of `[start, end)`: the partitions of the months, the token keys of the years."""
    ensure_partitions(start, end)
    ensure_token_keys(*range(start.year, end.year + 1))


@contextmanager
def take_unfolded(limit: int) -> Iterator[tuple[Any, int]]:
    """Take up to `limit` acts out of the unfolded and give (cursor, how many) to whoever sums them.

    Inside the block they stand in the table `ledger_batch_facts`. The block is one transaction with the sums it
    writes: when it fails, the acts are unfolded as before.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        taken = statements.take_unfolded(cursor, limit)
        yield cursor, taken
        if taken:
            statements.drop_batch(cursor)


def unfold_all() -> int:
    """Mark every act as not contained in the sums, for whoever rebuilds them; return how many there are."""
    with transaction.atomic(), connection.cursor() as cursor:
        return statements.mark_all_unfolded(cursor)


@transaction.atomic
def take_snapshot(*, measure: str, day: date, rows: Iterable[tuple[int, Mapping[str, str | int | None], int]]) -> int:
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
