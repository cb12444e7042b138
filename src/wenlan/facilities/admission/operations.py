"""Booking an admission, letting people in at the door, turning them away."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from wenlan.facilities import queries as gates
from wenlan.facilities.admission import queries
from wenlan.facilities.admission.errors import BookedAlready, NotCapped, PersonsWrong, SlotFull, SlotOver
from wenlan.facilities.admission.models import EntryAct, EntryBooking, EntrySlotCount
from wenlan.facilities.admission.types import EntrySlot, EntryState, EntryView
from wenlan.facilities.tallies import operations as tallies
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound

MOST_BOOKED, MOST_AT_ONCE = 5, 100


@transaction.atomic
def book(act: Act, *, node: int, patron: int, starts: datetime, persons: int = 1) -> EntryView:
    """Keep places in a slot for a reader and who comes along. Locks the slot.

    Raises PersonsWrong, SlotOver, BookedAlready, SlotFull. Repeating `act.key` returns the first.
    """
    if done := EntryBooking.objects.filter(key=act.key).first():
        return queries.entry_view(done)
    if not 0 < persons <= MOST_BOOKED:
        raise PersonsWrong(most=MOST_BOOKED)
    day = timezone.localdate(starts)
    _locked(node, day, starts)
    slot = next((one for one in queries.slots(node, day) if one.starts == starts), None)
    if slot is None or slot.ends <= act.at:
        raise SlotOver()
    if EntryBooking.objects.filter(node=node, patron=patron, day=day, state=EntryState.BOOKED).exists():
        raise BookedAlready()
    if slot.free < persons:
        raise SlotFull(most=slot.most, free=slot.free)
    row = EntryBooking.objects.create(
        node_id=node,
        day=day,
        starts=starts,
        ends=slot.ends,
        patron_id=patron,
        persons=persons,
        made_at=act.at,
        by=act.operator,
        key=act.key,
    )
    return queries.entry_view(row)


@transaction.atomic
def cancel(act: Act, *, booking: int) -> EntryView:
    """Give a booked admission back. Twice is as once; one that was used stays. Raises NotFound."""
    row = EntryBooking.objects.select_for_update().filter(pk=booking).first()
    if row is None:
        raise NotFound(what=str(booking))
    if row.state == EntryState.BOOKED:
        row.state = EntryState.CANCELLED
        row.save(update_fields=["state"])
    return queries.entry_view(row)


@transaction.atomic
def admit(act: Act, *, persons: int = 1, patron: int | None = None) -> EntrySlot:
    """Let people in at the act's place now, a reader on the booking of this slot; return the slot after it.

    Where no gate counts, they are counted as visits too. Who booked comes in whatever the count; others while places
    are left. Raises NotCapped, PersonsWrong, SlotFull; then nothing is written. Repeating `act.key` lets nobody in.
    """
    slot, row = _slot_now(act)
    if EntryAct.objects.filter(key=act.key).exists():
        return slot
    booking = EntryBooking.objects.select_for_update().filter(
        node=act.node, starts=slot.starts, patron=patron, state=EntryState.BOOKED
    ).first() if patron else None  # fmt: skip
    coming = booking.persons if booking else persons
    if not 0 < coming <= MOST_AT_ONCE:
        raise PersonsWrong(most=MOST_AT_ONCE)
    if booking is None and slot.free < coming:
        raise SlotFull(most=slot.most, free=slot.free)
    if booking is not None:
        EntryBooking.objects.filter(pk=booking.pk).update(state=EntryState.USED)
    _write(act, row, coming, is_in=True)
    if not gates.gates([act.node], act.day):
        tallies.tally(act, persons=coming)
    found = queries.slot_at(act.node, act.at)
    assert found is not None
    return found


@transaction.atomic
def turn_away(act: Act, *, persons: int = 1) -> EntrySlot:
    """Write down that people were sent away because the slot was full. Raises NotCapped, PersonsWrong."""
    slot, row = _slot_now(act)
    if EntryAct.objects.filter(key=act.key).exists():
        return slot
    if not 0 < persons <= MOST_AT_ONCE:
        raise PersonsWrong(most=MOST_AT_ONCE)
    _write(act, row, persons, is_in=False)
    found = queries.slot_at(act.node, act.at)
    assert found is not None
    return found


def forget_old(*, before: date, limit: int = 500) -> int:
    """Let bookings before a day forget their reader, at most `limit`; return how many did."""
    old = EntryBooking.objects.filter(day__lt=before, patron__isnull=False).values_list("pk", flat=True)[:limit]
    return EntryBooking.objects.filter(pk__in=list(old)).update(patron=None)


def _slot_now(act: Act) -> tuple[EntrySlot, EntrySlotCount]:
    """Return the slot of the act and its locked row; what stands in the slot is read after the lock."""
    found = queries.slot_at(act.node, act.at)
    if found is None:
        raise NotCapped()
    row = _locked(act.node, act.day, found.starts)
    again = queries.slot_at(act.node, act.at)
    assert again is not None
    return again, row


def _locked(node: int, day: date, starts: datetime) -> EntrySlotCount:
    EntrySlotCount.objects.get_or_create(node_id=node, starts=starts, defaults={"day": day})
    return EntrySlotCount.objects.select_for_update().get(node=node, starts=starts)


def _write(act: Act, row: EntrySlotCount, persons: int, *, is_in: bool) -> None:
    EntryAct.objects.create(
        node_id=act.node, slot=row, at=act.at, persons=persons, is_in=is_in, by=act.operator, key=act.key
    )
    column = "admitted" if is_in else "turned_away"
    EntrySlotCount.objects.filter(pk=row.pk).update(**{column: F(column) + persons})
