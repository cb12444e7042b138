"""What reserving takes and answers."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.utils.translation import pgettext_lazy


class ReservationKind(models.TextChoices):
    """Which of the two it was when it was made; figures count them apart."""

    RESERVATION = "reservation", pgettext_lazy("kind of reservation", "Reservation")
    REQUEST = "request", pgettext_lazy("kind of reservation", "Request from a shelf")
    ORDER = "order", pgettext_lazy("kind of reservation", "Picked for an order")


class ReservationState(models.TextChoices):
    """Where a reservation stands. The last three are the end."""

    WAITING = "waiting", pgettext_lazy("reservation", "Waiting in the queue")
    TO_PICK = "to_pick", pgettext_lazy("reservation", "To be fetched from the shelf")
    ON_THE_WAY = "on_the_way", pgettext_lazy("reservation", "On the way to the pick-up point")
    READY = "ready", pgettext_lazy("reservation", "Ready on the hold shelf")
    COLLECTED = "collected", pgettext_lazy("reservation", "Collected")
    CANCELLED = "cancelled", pgettext_lazy("reservation", "Cancelled")
    EXPIRED = "expired", pgettext_lazy("reservation", "Not collected in time")


ENDED = frozenset({ReservationState.COLLECTED, ReservationState.CANCELLED, ReservationState.EXPIRED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Who wants what, and where it is to be fetched.

    `record` and `patron` are ids; `item` narrows it to one copy, `within` to copies that have their place at a node
    or under it. A copy `for_order` is picked by the library for an order: no limit of reservations holds, and the order
    tells the reader when it is ready.
    """

    patron: int
    record: int
    pickup: int
    item: int | None = None
    within: int | None = None
    for_order: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationView:
    """One reservation. `place_in_queue` counts from 1 among those that wait, 0 for the others.

    `item` is the copy that is wanted or found; `pick_up_by` the last day on the hold shelf.
    """

    id: int
    uid: UUID
    kind: str
    state: str
    patron: int
    record: int
    title: str
    item: int | None
    barcode: str
    call_number: str
    pickup: int
    item_at: int | None
    made_at: datetime
    made_on: date
    suspended_until: date | None
    place_in_queue: int
    ready_on: date | None
    pick_up_by: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """For whom an item that came in is kept, where, and until which day; None while it has to travel first."""

    reservation: UUID
    patron: int
    pickup: int
    pick_up_by: date | None
