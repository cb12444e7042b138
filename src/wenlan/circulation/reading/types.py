"""Reading rooms, their places and sessions as others see them."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoomKind(models.TextChoices):
    """What a room is for; it decides nothing but what its page offers first."""

    PERIODICALS = "periodicals", _("Periodicals")
    NEWSPAPERS = "newspapers", _("Newspapers")
    ANCIENT = "ancient", _("Ancient books")
    LOCAL = "local", _("Local documents")
    ELECTRONIC = "electronic", _("Electronic reading")
    GENERAL = "general", _("General reading")


class PlaceKind(models.TextChoices):
    """What a reader is given."""

    SEAT = "seat", _("Seat")
    COMPUTER = "computer", _("Computer")


class Refusal(models.TextChoices):
    """Why somebody is not signed in, in the order of the desk."""

    CARD_NOT_VALID = "card_not_valid", _("This card is reported lost, stopped or replaced.")
    READER_GONE = "reader_gone", _("The reader has been deregistered.")
    BY_CARD_ONLY = "by_card_only", _("Readers of this room sign in by card.")
    NO_PLACE_LEFT = "no_place_left", _("Every place of the room is taken.")
    PLACE_TAKEN = "place_taken", _("This place is taken or out of order.")
    SCHOOL_HOURS = "school_hours", _("During school hours the computers are not for minors.")
    TIME_USED = "time_used", _("The time for minors is used up for today.")
    AGE_UNKNOWN = "age_unknown", _("The day of birth is not known; enter it, or ask the person for a proof of age.")
    GUARDIAN_NEEDED = "guardian_needed", _("A child of this age comes with a guardian.")
    NOT_BOOKABLE = "not_bookable", _("This room takes no bookings.")
    NO_SUCH_SLOT = "no_such_slot", _("The room is not open then, or the time has begun already.")
    TOO_FAR_AHEAD = "too_far_ahead", _("That is further ahead than this room takes bookings.")
    BOOKED_ALREADY = "booked_already", _("The reader has a booking in this room for that day.")
    FULLY_BOOKED = "fully_booked", _("Every place is booked for that time.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRule:
    """How a room takes readers in. Minutes and hours are for minors at a computer; empty: no limit.

    `school_days` are weekdays (0 = Monday); `vacations` are spans of days, both ends in, in which school is out.
    `booking_days` ahead a place may be booked (0: not at all), for slots of `slot_minutes` from the opening on.
    `guardian_under` is an age in years. With `needs_approval` materials are handed over on an approved request only.
    """

    kind: str = RoomKind.GENERAL
    takes_anonymous: bool = True
    gives_places: bool = False
    minor_minutes: int | None = None
    school_from: time | None = None
    school_until: time | None = None
    school_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    vacations: tuple[tuple[date, date], ...] = ()
    guardian_under: int | None = None
    needs_approval: bool = False
    booking_days: int = 0
    slot_minutes: int = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomView:
    """A reading room that signs its readers in, from a day on."""

    id: int
    department: int
    node: int
    name: str
    since: date
    rule: RoomRule


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """A seat or a computer; `taken_by` is the session that has it."""

    id: int
    code: str
    kind: str
    is_out_of_order: bool
    taken_by: int | None

    @property
    def is_free(self) -> bool:
        """Whether it can be given now."""
        return not self.is_out_of_order and self.taken_by is None

    @property
    def kind_label(self) -> str:
        """The kind in the language being spoken."""
        return str(PlaceKind(self.kind).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingView:
    """An item over the counter; `returned_at` is empty while the reader has it."""

    id: int
    session: int
    item: int
    handed_at: datetime
    returned_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """Somebody in a room. `patron` is None for those who came without a card, or once forgotten; `until_at` is when the
    time for a minor is over; `minutes` are those of a session that ended.
    """

    id: int
    room: int
    patron: int | None
    persons: int
    place: str
    place_kind: str
    started_at: datetime
    until_at: datetime | None
    ended_at: datetime | None
    minutes: int
    out: tuple[HandingView, ...] = ()


class BookingState(models.TextChoices):
    """Where a booking of a place stands."""

    BOOKED = "booked", pgettext_lazy("place", "Booked")
    USED = "used", pgettext_lazy("place", "Used")
    CANCELLED = "cancelled", pgettext_lazy("place", "Cancelled")
    MISSED = "missed", pgettext_lazy("place", "Nobody came")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time of a day that may be booked, and how many places are free then."""

    starts: datetime
    ends: datetime
    free: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingView:
    """A place booked ahead. `patron` is None once forgotten."""

    id: int
    room: int
    patron: int | None
    place: str
    place_kind: str
    starts: datetime
    ends: datetime
    state: str

    @property
    def state_label(self) -> str:
        """The state in the language being spoken."""
        return str(BookingState(self.state).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySums:
    """A day of a room: persons (阅览人次), items over the counter (册次), minutes at computers (机时)."""

    persons: int
    items: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """A request to see an item that is kept back, decided by another than who wrote it down. `purpose` is personal."""

    id: int
    room: int
    patron: int
    item: int
    purpose: str
    asked_at: datetime
    asked_by: str
    is_granted: bool | None
    decided_by: str
    answer: str
    valid_until: date | None

    @property
    def state(self) -> str:
        """The state in the language being spoken."""
        if self.is_granted is None:
            return str(pgettext_lazy("request to see an item", "Waiting"))
        granted = pgettext_lazy("request to see an item", "Granted")
        return str(granted if self.is_granted else pgettext_lazy("request to see an item", "Refused"))
