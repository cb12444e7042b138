"""Who is taken into a reading room, and for how long, as pure functions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from wenlan.circulation.reading.types import PlaceKind, Refusal, RoomRule

OF_AGE = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFacts:
    """All that the rules look at. `now` is local; `is_named` says whether a card was scanned, unknown `age` is None.

    `place_kind` is what is given, '' for none; `is_place_free` is False for a chosen one that is not.
    """

    now: datetime
    rule: RoomRule
    is_named: bool
    card_serves: bool = True
    is_reader_gone: bool = False
    age: int | None = None
    with_guardian: bool = False
    place_kind: str = ""
    is_place_left: bool = True
    is_place_free: bool = True
    minutes_used: int = 0

    @property
    def is_minor_at_computer(self) -> bool:
        """Whether the rules for minors at computers ask something."""
        return self.place_kind == PlaceKind.COMPUTER and self.age is not None and self.age < OF_AGE

    @property
    def asks_for_age(self) -> bool:
        """Whether the age decides here."""
        rule = self.rule
        has_rule = rule.minor_minutes is not None or rule.school_from is not None
        at_computer = self.place_kind == PlaceKind.COMPUTER and has_rule
        return self.is_named and (at_computer or rule.guardian_under is not None)


def in_school_hours(rule: RoomRule, now: datetime) -> bool:
    """Return whether children are at school at a local moment."""
    if rule.school_from is None or rule.school_until is None or now.weekday() not in rule.school_days:
        return False
    if any(first <= now.date() <= last for first, last in rule.vacations):
        return False
    return rule.school_from <= now.time() < rule.school_until


SIGN_IN_RULES: tuple[tuple[Refusal, Callable[[SignInFacts], bool]], ...] = (
    (Refusal.CARD_NOT_VALID, lambda f: not f.card_serves),
    (Refusal.READER_GONE, lambda f: f.is_reader_gone),
    (Refusal.BY_CARD_ONLY, lambda f: not f.is_named and not f.rule.takes_anonymous),
    (Refusal.NO_PLACE_LEFT, lambda f: f.rule.gives_places and not f.is_place_left),
    (Refusal.PLACE_TAKEN, lambda f: not f.is_place_free),
    (Refusal.AGE_UNKNOWN, lambda f: f.asks_for_age and f.age is None),
    (Refusal.SCHOOL_HOURS, lambda f: f.is_minor_at_computer and in_school_hours(f.rule, f.now)),
    (
        Refusal.TIME_USED,
        lambda f: (
            f.is_minor_at_computer and f.rule.minor_minutes is not None and f.minutes_used >= f.rule.minor_minutes
        ),
    ),
    (
        Refusal.GUARDIAN_NEEDED,
        lambda f: (
            f.rule.guardian_under is not None
            and f.age is not None
            and f.age < f.rule.guardian_under
            and not f.with_guardian
        ),
    ),
)


def sign_in_refusals(facts: SignInFacts) -> tuple[Refusal, ...]:
    """Return every reason not to sign in, in the order of the desk; empty means come in."""
    return tuple(reason for reason, applies in SIGN_IN_RULES if applies(facts))


def time_is_over(facts: SignInFacts) -> datetime | None:
    """Return the local moment at which a minor's time at a computer ends: by the minutes, or when school begins."""
    if not facts.is_minor_at_computer:
        return None
    ends = []
    if facts.rule.minor_minutes is not None:
        ends.append(facts.now + timedelta(minutes=max(facts.rule.minor_minutes - facts.minutes_used, 0)))
    if facts.rule.school_from is not None and facts.now.time() < facts.rule.school_from:
        begins = facts.now.replace(
            hour=facts.rule.school_from.hour, minute=facts.rule.school_from.minute, second=0, microsecond=0
        )
        if in_school_hours(facts.rule, begins):
            ends.append(begins)
    return min(ends, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingFacts:
    """What decides over a booking. `starts` and `now` are local; `is_slot` says whether the room has such a time."""

    now: datetime
    starts: datetime
    ends: datetime
    rule: RoomRule
    is_slot: bool
    free: int
    age: int | None
    has_booking: bool
    is_reader_gone: bool = False
    for_computer: bool = False

    @property
    def is_minor_at_computer(self) -> bool:
        """Whether the rules for minors at computers ask something."""
        return self.for_computer and self.age is not None and self.age < OF_AGE


def overlaps_school(rule: RoomRule, starts: datetime, ends: datetime) -> bool:
    """Return whether a time touches school hours."""
    if rule.school_from is None or rule.school_until is None:
        return False
    begins = datetime.combine(starts.date(), rule.school_from, starts.tzinfo)
    is_school = in_school_hours(rule, begins)
    return is_school and starts < datetime.combine(starts.date(), rule.school_until, starts.tzinfo) and begins < ends


BOOKING_RULES: tuple[tuple[Refusal, Callable[[BookingFacts], bool]], ...] = (
    (Refusal.READER_GONE, lambda f: f.is_reader_gone),
    (Refusal.NOT_BOOKABLE, lambda f: f.rule.booking_days == 0 or not f.rule.gives_places),
    (Refusal.NO_SUCH_SLOT, lambda f: not f.is_slot or f.starts <= f.now),
    (Refusal.TOO_FAR_AHEAD, lambda f: f.starts.date() > f.now.date() + timedelta(days=f.rule.booking_days)),
    (Refusal.BOOKED_ALREADY, lambda f: f.has_booking),
    (Refusal.FULLY_BOOKED, lambda f: f.is_slot and f.free == 0),
    (
        Refusal.AGE_UNKNOWN,
        lambda f: (
            f.for_computer and f.age is None and (f.rule.minor_minutes is not None or f.rule.school_from is not None)
        ),
    ),
    (Refusal.SCHOOL_HOURS, lambda f: f.is_minor_at_computer and overlaps_school(f.rule, f.starts, f.ends)),
)


def booking_refusals(facts: BookingFacts) -> tuple[Refusal, ...]:
    """Return every reason not to book; empty means the place is kept."""
    return tuple(reason for reason, applies in BOOKING_RULES if applies(facts))


def minutes_between(started: datetime, ended: datetime) -> int:
    """Return the minutes of a session, every begun one counted, at least one."""
    return max(-(-int((ended - started).total_seconds()) // 60), 1)
