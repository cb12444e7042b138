"""Reads of capped days."""

from datetime import date, datetime, timedelta

from django.db.models import Sum
from django.utils import timezone

from wenlan.facilities.admission.models import EntryBooking, EntrySlotCount
from wenlan.facilities.admission.types import EntrySlot, EntryState, EntryView
from wenlan.network import queries as network
from wenlan.network.almanac.queries import cap_on

MOST_SHOWN = 300


def slots(node: int, day: date) -> tuple[EntrySlot, ...]:
    """Return the slots of a day by its openings and its cap, none without a cap (three statements)."""
    cap = cap_on(node, day)
    if cap is None:
        return ()
    counts = {row.starts: row for row in EntrySlotCount.objects.filter(node=node, day=day)}
    waiting = EntryBooking.objects.filter(node=node, day=day, state=EntryState.BOOKED).values_list("starts")
    booked = dict(waiting.annotate(persons=Sum("persons")).order_by())
    found = []
    for starts, ends in _spans(node, day, timedelta(minutes=cap.slot_minutes)):
        count = counts.get(starts)
        found.append(
            EntrySlot(
                starts=starts,
                ends=ends,
                most=cap.most,
                admitted=count.admitted if count else 0,
                booked=booked.get(starts, 0),
                turned_away=count.turned_away if count else 0,
            )
        )
    return tuple(found)


def slot_at(node: int, at: datetime) -> EntrySlot | None:
    """Return the slot that holds an instant."""
    found = slots(node, timezone.localdate(at))
    return next((slot for slot in found if slot.starts <= at < slot.ends), None)


def of_reader(patron: int, since: date) -> tuple[EntryView, ...]:
    """Return a reader's booked admissions from a day on, the next first (one statement)."""
    rows = EntryBooking.objects.filter(patron=patron, day__gte=since).order_by("starts", "id")
    return tuple(entry_view(row) for row in rows[:MOST_SHOWN])


def expected(node: int, starts: datetime) -> tuple[EntryView, ...]:
    """Return who booked a slot and has not come yet (one statement)."""
    rows = EntryBooking.objects.filter(node=node, starts=starts, state=EntryState.BOOKED).order_by("id")
    return tuple(entry_view(row) for row in rows[:MOST_SHOWN])


def entry_view(row: EntryBooking) -> EntryView:
    """Return the public side of a booked admission."""
    return EntryView(
        id=row.pk,
        node=row.node_id,
        day=row.day,
        starts=row.starts,
        ends=row.ends,
        patron=row.patron_id,
        persons=row.persons,
        state=row.state,
    )


def _spans(node: int, day: date, length: timedelta) -> list[tuple[datetime, datetime]]:
    found = []
    for opens, closes in network.opening_on(node, day):
        starts, end = (timezone.make_aware(datetime.combine(day, at)) for at in (opens, closes))
        while starts < end:
            found.append((starts, min(starts + length, end)))
            starts += length
    return found
