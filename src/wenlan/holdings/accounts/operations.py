"""Locking a month of the registers, and correcting a price afterwards."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from wenlan.holdings.accounts import entering, queries
from wenlan.holdings.accounts.models import LockedLine, LockedMonth, PriceCorrection
from wenlan.holdings.accounts.queries import CHUNK, MonthView, OpenLine
from wenlan.holdings.errors import MonthNotOver, ReasonMissing
from wenlan.holdings.models import Item
from wenlan.holdings.states import lock_item
from wenlan.holdings.types import Direction
from wenlan.kernel.acts import Act
from wenlan.kernel.periods import Period
from wenlan.staff.operations import audit

NOTHING_BEFORE = ""


@transaction.atomic
def lock_month(act: Act, *, owner: int, month: date) -> MonthView:
    """Close the registers of an owner up to the end of a month: lines are written down and never change again.

    Months are closed in order: those since the last closed one are closed with it. The first to be closed takes all
    that was before as its opening balance. Raises MonthNotOver. Closing twice is as once.
    """
    month = month.replace(day=1)
    if act.day < entering.following(month):
        raise MonthNotOver(month=f"{month:%Y-%m}")
    entering.hold_books(owner)
    last = LockedMonth.objects.filter(owner_node=owner).order_by("-month").first()
    while last is None or last.month < month:
        last = _lock(act, owner, entering.following(last.month) if last else month, last)
    audit(act, "holdings.month_locked", f"node:{owner}", after={"month": f"{month:%Y-%m}"})
    return next(one for one in queries.locked_months(owner) if one.month == month)


def _lock(act: Act, owner: int, month: date, before: LockedMonth | None) -> LockedMonth:
    period = Period(month, entering.following(month))
    days = Q(day__gte=period.start, day__lt=period.end)
    opening = queries.stock_before(owner, month)
    came, left = (queries.moved(owner, direction, days) for direction in (Direction.IN, Direction.OUT))
    corrected = queries.corrected_fen(owner, days)
    row = LockedMonth.objects.create(
        owner_node_id=owner,
        month=month,
        locked_at=act.at,
        locked_by=act.operator,
        opening_units=opening.units,
        opening_fen=opening.fen,
        units_in=came.units,
        fen_in=came.fen,
        units_out=left.units,
        fen_out=left.fen,
        fen_corrected=corrected,
        closing_units=opening.units + came.units - left.units,
        closing_fen=opening.fen + came.fen - left.fen + corrected,
        digest="",
    )
    lines = [_line(row, found) for found in queries.open_items(owner, period)]
    LockedLine.objects.bulk_create(lines, batch_size=CHUNK)
    row.digest = digest(row, lines, before.digest if before else NOTHING_BEFORE)
    LockedMonth.objects.filter(pk=row.pk).update(digest=row.digest)
    return row


def _line(month: LockedMonth, found: OpenLine) -> LockedLine:
    return LockedLine(
        month=month,
        entry=found.entry,
        item=found.item,
        direction=found.direction,
        day=found.day,
        accession_number=found.accession_number,
        record_number=found.item.record_id,
        main_class=found.item.main_class,
        material=found.item.material,
        price_fen=found.price_fen,
        said=found.said,
    )


def digest(month: LockedMonth, lines: Iterable[LockedLine], before: str) -> str:
    """Return the SHA-256 of a month: its sums, its lines in order, and the digest of the month before."""
    sums = [month.opening_units, month.opening_fen, month.closing_units, month.closing_fen]
    found = hashlib.sha256(json.dumps([f"{month.month}", month.owner_node_id, sums, before]).encode())
    for line in sorted(lines, key=lambda one: (one.direction, one.day, one.item_id, one.accession_number)):
        said = [line.direction, f"{line.day}", line.item_id, line.entry_id, line.accession_number, line.price_fen]
        found.update(json.dumps([*said, line.said], ensure_ascii=False, sort_keys=True).encode())
    return found.hexdigest()


@transaction.atomic
def correct_price(act: Act, *, item: int, price_fen: int, reason: str) -> None:
    """Correct the list price of a volume.

    While the month of its accession is open the price is simply put right; afterwards the difference is a row of the
    month of the act. Raises ItemUnknown, ReasonMissing, MonthLocked. Repeating `act.key` changes nothing.
    """
    row = lock_item(item)
    before = row.list_price_fen or 0
    if before == price_fen or PriceCorrection.objects.filter(key=act.key).exists():
        return
    if not reason.strip():
        raise ReasonMissing()
    entering.hold_books(row.owner_node_id)
    entering.refuse_locked(row.owner_node_id, act.day)
    if _locked_in(row).exists() or _opening(row):
        PriceCorrection.objects.create(
            item=row,
            owner_node_id=row.owner_node_id,
            day=act.day,
            before_fen=before,
            after_fen=price_fen,
            reason=reason[:200],
            operator=act.operator,
            key=act.key,
        )
    Item.objects.filter(pk=item).update(list_price_fen=price_fen)
    audit(act, "holdings.price", f"item:{item}", before={"fen": before}, after={"fen": price_fen}, reason=reason)


def _locked_in(row: Item) -> QuerySet[LockedLine]:
    """The locked lines by which the volume came to its present owner."""
    lines = LockedLine.objects.filter(item=row, direction=Direction.IN, accession_number=row.accession_number)
    return lines.filter(month__owner_node=row.owner_node_id)


def _opening(row: Item) -> bool:
    """Whether the volume is part of the opening balance of the first closed month."""
    return LockedMonth.objects.filter(owner_node=row.owner_node_id, month__gt=row.accessioned_on).exists()
