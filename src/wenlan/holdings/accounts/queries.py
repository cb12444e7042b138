"""Reads of the two registers: locked months as they were locked, open days as the items are."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Q, Sum, Value
from django.db.models.functions import Coalesce

from wenlan.catalogue import queries as catalogue
from wenlan.holdings.accounts.models import BookEntry, LockedLine, LockedMonth, PriceCorrection
from wenlan.holdings.models import Item
from wenlan.holdings.types import Direction
from wenlan.kernel.periods import Period

CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Units (册) and list price in fen."""

    units: int = 0
    fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One line of the batch register. `balance` is what the library owns after it (结存)."""

    number: str
    day: date
    direction: str
    way: str
    voucher: str
    source: str
    titles: int
    sums: Sums
    by_class: dict[str, int]
    by_material: dict[str, int]
    paid_fen: int | None
    note: str
    balance: Sums = field(default_factory=Sums)


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeLine:
    """One line of the accession register."""

    item: int
    direction: str
    day: date
    accession_number: str
    entry: str
    price_fen: int
    said: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """A locked month."""

    month: date
    opening: Sums
    entered: Sums
    left: Sums
    corrected_fen: int
    closing: Sums
    digest: str


def locked_months(owner: int) -> tuple[MonthView, ...]:
    """Return the locked months of an owner, the latest first."""
    return tuple(
        MonthView(
            month=row.month,
            opening=Sums(units=row.opening_units, fen=row.opening_fen),
            entered=Sums(units=row.units_in, fen=row.fen_in),
            left=Sums(units=row.units_out, fen=row.fen_out),
            corrected_fen=row.fen_corrected,
            closing=Sums(units=row.closing_units, fen=row.closing_fen),
            digest=row.digest,
        )
        for row in LockedMonth.objects.filter(owner_node=owner).order_by("-month")
    )


def moved(owner: int, direction: str, days: Q) -> Sums:
    """Return what came in or left on the days, as the items have it now (`days` is about `day`)."""
    column = "accessioned_on" if direction == Direction.IN else "withdrawn_on"
    rows = Item.objects.filter(owner_node=owner).annotate(day=F(column)).filter(days, day__isnull=False)
    found = rows.aggregate(units=Count("id"), fen=Coalesce(Sum("list_price_fen"), Value(0)))
    return Sums(units=found["units"], fen=found["fen"])


def stock_before(owner: int, day: date) -> Sums:
    """Return what the owner had at the beginning of a day: from the last locked month before it, or from the items."""
    last = LockedMonth.objects.filter(owner_node=owner, month__lt=day.replace(day=1)).order_by("-month").first()
    if last is None:
        came, left = (moved(owner, direction, Q(day__lt=day)) for direction in (Direction.IN, Direction.OUT))
        return Sums(units=came.units - left.units, fen=came.fen - left.fen)
    start = Q(day__gte=month_after(last.month), day__lt=day)
    came, left = (moved(owner, direction, start) for direction in (Direction.IN, Direction.OUT))
    corrected = corrected_fen(owner, start)
    return Sums(
        units=last.closing_units + came.units - left.units, fen=last.closing_fen + came.fen - left.fen + corrected
    )


def corrected_fen(owner: int, days: Q) -> int:
    """Return by how much corrections of the days changed the sum."""
    rows = PriceCorrection.objects.filter(days, owner_node=owner)
    found = rows.aggregate(fen=Coalesce(Sum(F("after_fen") - F("before_fen")), Value(0)))
    return int(found["fen"])


def month_after(month: date) -> date:
    """Return the first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def volumes(owner: int, period: Period) -> Iterator[VolumeLine]:
    """Yield the lines of the accession register in a period: by day, those that came before those that left."""
    locked = LockedLine.objects.filter(month__owner_node=owner, day__gte=period.start, day__lt=period.end)
    for row in locked.select_related("entry").order_by("day", "direction", "accession_number", "id").iterator(CHUNK):
        yield VolumeLine(
            item=row.item_id,
            direction=row.direction,
            day=row.day,
            accession_number=row.accession_number,
            entry=str(row.entry),
            price_fen=row.price_fen,
            said=row.said,
        )
    last = LockedMonth.objects.filter(owner_node=owner).aggregate(last=Max("month"))["last"]
    start = max(period.start, month_after(last)) if last else period.start
    if start < period.end:
        yield from sorted(open_volumes(owner, Period(start, period.end)), key=place_in_register)


def place_in_register(line: VolumeLine) -> tuple[date, str, str]:
    """Return where a line stands."""
    return line.day, line.direction, line.accession_number


def open_volumes(owner: int, period: Period) -> Iterator[VolumeLine]:
    """Yield the lines of days that no month has locked, as the items and records are now, in no order."""
    for direction, row in open_items(owner, period):
        yield VolumeLine(
            item=row["item"].pk,
            direction=direction,
            day=row["day"],
            accession_number=row["item"].accession_number,
            entry=str(row["entry"]) if row["entry"] else "",
            price_fen=row["item"].list_price_fen or 0,
            said=row["said"],
        )


def open_items(owner: int, period: Period) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (direction, item with its entry, day and what is said of it) of a period, in chunks of few statements."""
    for direction, column, entry in (
        (Direction.IN, "accessioned_on", "entered_in"),
        (Direction.OUT, "withdrawn_on", "left_in"),
    ):
        rows = Item.objects.filter(
            **{"owner_node": owner, f"{column}__gte": period.start, f"{column}__lt": period.end}
        ).select_related(entry)
        rows = rows.order_by(column, "accession_number", "id")
        for chunk in chunks(rows.iterator(CHUNK)):
            records = catalogue.records({row.record_id for row in chunk})
            for row in chunk:
                record = records[row.record_id]
                said = {
                    "title": record.title,
                    "author": "，".join(record.authors) or record.responsibility,
                    "publisher": record.publisher,
                    "year": record.year_text or str(record.year or ""),
                    "call_number": row.call_number,
                    "reason": row.withdrawal_reason if direction == Direction.OUT else "",
                }
                yield direction, {"item": row, "entry": getattr(row, entry), "day": getattr(row, column), "said": said}


def chunks(rows: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the rows in lists of `CHUNK`."""
    waiting: list[Item] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == CHUNK:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def entries(owner: int, period: Period) -> tuple[EntryLine, ...]:
    """Return the lines of the batch register in a period with their running balance, corrections among them."""
    rows = BookEntry.objects.filter(owner_node=owner, day__gte=period.start, day__lt=period.end)
    found = [_entry_line(row) for row in rows.order_by("day", "direction", "number")]
    days = Q(day__gte=period.start, day__lt=period.end)
    for row in PriceCorrection.objects.filter(days, owner_node=owner).order_by("day", "id"):
        found.append(
            EntryLine(
                number="",
                day=row.day,
                direction="fix",
                way="correction",
                voucher="",
                source="",
                titles=0,
                sums=Sums(units=0, fen=row.after_fen - row.before_fen),
                by_class={},
                by_material={},
                paid_fen=None,
                note=row.reason,
            )
        )
    return balanced(stock_before(owner, period.start), sorted(found, key=lambda one: (one.day, one.direction != "in")))


def balanced(before: Sums, lines: Iterable[EntryLine]) -> tuple[EntryLine, ...]:
    """Return the lines with what is owned after each."""
    units, fen, found = before.units, before.fen, []
    for line in lines:
        sign = -1 if line.direction == Direction.OUT else 1
        units, fen = units + sign * line.sums.units, fen + sign * line.sums.fen
        values = {name: getattr(line, name) for name in EntryLine.__slots__ if name != "balance"}
        found.append(EntryLine(**values, balance=Sums(units=units, fen=fen)))
    return tuple(found)


def _entry_line(row: BookEntry) -> EntryLine:
    locked = list(
        LockedLine.objects.filter(entry=row).values_list("record_number", "price_fen", "main_class", "material")
    )
    if not locked:
        of = {"entered_in": row} if row.direction == Direction.IN else {"left_in": row}
        locked = [
            (record, fen or 0, main_class, material)
            for record, fen, main_class, material in Item.objects.filter(**of).values_list(
                "record_id", "list_price_fen", "main_class", "material"
            )
        ]
    return EntryLine(
        number=str(row),
        day=row.day,
        direction=row.direction,
        way=row.way,
        voucher=row.voucher,
        source=row.source,
        titles=len({record for record, *_ in locked}),
        sums=Sums(units=len(locked), fen=sum(fen for _, fen, *_ in locked)),
        by_class=dict(sorted(Counter(main_class for _, _, main_class, _ in locked).items())),
        by_material=dict(sorted(Counter(material for *_, material in locked).items())),
        paid_fen=row.paid_sum_fen,
        note=row.note,
    )
