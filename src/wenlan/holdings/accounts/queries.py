"""Reads of the two registers: locked months as they were locked, open days as the items are."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Q, Sum, Value
from django.db.models.functions import Coalesce

from wenlan.catalogue import queries as catalogue
from wenlan.holdings.accounts.models import BookEntry, FormerHolding, LockedLine, LockedMonth, PriceCorrection
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


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """A line of a day that no month has locked: an item of the owner, or one that was the owner's then."""

    item: Item
    direction: str
    day: date
    entry: BookEntry | None
    accession_number: str
    price_fen: int
    reason: str
    said: dict[str, Any] = field(default_factory=dict)


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
    columns = ("accessioned_on", "accessioned_on") if direction == Direction.IN else ("withdrawn_on", "left_on")
    now, before = Item.objects.filter(owner_node=owner), FormerHolding.objects.filter(owner_node=owner)
    units = fen = 0
    for rows, column, price in ((now, columns[0], "list_price_fen"), (before, columns[1], "price_fen")):
        of_days = rows.annotate(day=F(column)).filter(days, day__isnull=False)
        found = of_days.aggregate(units=Count("id"), fen=Coalesce(Sum(price), Value(0)))
        units, fen = units + found["units"], fen + found["fen"]
    return Sums(units=units, fen=fen)


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
    for one in open_items(owner, period):
        yield VolumeLine(
            item=one.item.pk,
            direction=one.direction,
            day=one.day,
            accession_number=one.accession_number,
            entry=str(one.entry) if one.entry else "",
            price_fen=one.price_fen,
            said=one.said,
        )


def open_items(owner: int, period: Period) -> Iterator[OpenLine]:
    """Yield the lines of a period as items and records are now, in chunks of few statements."""
    for waiting in chunks(_moves(owner, period)):
        records = catalogue.records({line.item.record_id for line in waiting})
        for line in waiting:
            record = records[line.item.record_id]
            said = {
                "title": record.title,
                "author": "，".join(record.authors) or record.responsibility,
                "publisher": record.publisher,
                "year": record.year_text or str(record.year or ""),
                "call_number": line.item.call_number,
                "reason": line.reason,
            }
            yield replace(line, said=said)


def _moves(owner: int, period: Period) -> Iterator[OpenLine]:
    """What came to the owner and what left in a period: of its present items, and of those it had before."""
    for direction, column, entry in (
        (Direction.IN, "accessioned_on", "entered_in"),
        (Direction.OUT, "withdrawn_on", "left_in"),
    ):
        days = {"owner_node": owner, f"{column}__gte": period.start, f"{column}__lt": period.end}
        rows = Item.objects.filter(**days).select_related(entry).order_by(column, "accession_number", "id")
        for row in rows.iterator(CHUNK):
            yield OpenLine(
                item=row,
                direction=direction,
                day=getattr(row, column),
                entry=getattr(row, entry),
                accession_number=row.accession_number,
                price_fen=row.list_price_fen or 0,
                reason=row.withdrawal_reason if direction == Direction.OUT else "",
            )
    for direction, column, entry in (
        (Direction.IN, "accessioned_on", "entered_in"),
        (Direction.OUT, "left_on", "left_in"),
    ):
        days = {"owner_node": owner, f"{column}__gte": period.start, f"{column}__lt": period.end}
        former = FormerHolding.objects.filter(**days).select_related("item", entry).order_by(column, "id")
        for held in former.iterator(CHUNK):
            yield OpenLine(
                item=held.item,
                direction=direction,
                day=getattr(held, column),
                entry=getattr(held, entry),
                accession_number=held.accession_number,
                price_fen=held.price_fen or 0,
                reason=held.reason if direction == Direction.OUT else "",
            )


def chunks(lines: Iterable[OpenLine]) -> Iterator[list[OpenLine]]:
    """Yield the lines in lists of `CHUNK`."""
    waiting: list[OpenLine] = []
    for line in lines:
        waiting.append(line)
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


def _open_volumes_of(row: BookEntry) -> list[tuple[int, int, str, str]]:
    """Record, price, class and material of the volumes of an entry, as items and former holdings have them."""
    of = {"entered_in": row} if row.direction == Direction.IN else {"left_in": row}
    columns = ("record_id", "list_price_fen", "main_class", "material")
    former = ("item__record_id", "price_fen", "item__main_class", "item__material")
    found = [*Item.objects.filter(**of).values_list(*columns), *FormerHolding.objects.filter(**of).values_list(*former)]
    return [(record, fen or 0, main_class, material) for record, fen, main_class, material in found]


def _entry_line(row: BookEntry) -> EntryLine:
    locked = list(
        LockedLine.objects.filter(entry=row).values_list("record_number", "price_fen", "main_class", "material")
    )
    if not locked:
        locked = _open_volumes_of(row)
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
