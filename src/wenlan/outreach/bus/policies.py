"""On which days a line runs, whose acts belong to a trip, and what they add up to."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from wenlan.outreach.bus.types import Composition, Deed, Pattern, Totals

COMPOSED: Mapping[str, str] = {
    "loan.made": "loans",
    "loan.returned": "returns",
    "loan.renewed": "renewals",
    "patron.registered": "cards",
    "visit.counted": "visitors",
}
"""The kinds of act that a trip is composed of, and what they are called in it."""

OF_THE_MONTH = {
    Pattern.FIRST: {1},
    Pattern.SECOND: {2},
    Pattern.THIRD: {3},
    Pattern.FOURTH: {4},
    Pattern.FIRST_THIRD: {1, 3},
    Pattern.SECOND_FOURTH: {2, 4},
}


def is_in_timetable(day: date, *, weekday: int, pattern: str, since: date) -> bool:
    """Return whether a line is to run on a day; every second week is counted from the week of `since`."""
    if day < since or day.weekday() != weekday:
        return False
    if pattern == Pattern.ALTERNATE:
        weeks = (day.toordinal() - day.weekday() - since.toordinal() + since.weekday()) // 7
        return weeks % 2 == 0
    which = OF_THE_MONTH.get(Pattern(pattern))
    return which is None or (day.day - 1) // 7 + 1 in which


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A trip as the sharing of acts looks at it: when it was out, and who was aboard (`staff:7`, `device:K1`)."""

    id: int
    start: datetime
    end: datetime
    aboard: frozenset[str]


def is_of(deed: Deed, trip: Span, others: Collection[Span], *, on_the_bus: bool) -> bool:
    """Return whether an act done where a trip's acts are done belongs to it; each act belongs to one trip at most.

    Who is aboard does it for that trip. What somebody else did on the bus belongs to the trip that was out first. Where
    the place is no bus (a vehicle of the main library), only what those aboard did counts.
    """
    if not trip.start <= deed.at < trip.end:
        return False
    out = [one for one in others if one.id != trip.id and one.start <= deed.at < one.end]
    first = min([trip, *out], key=lambda one: (one.start, one.id))
    claims = [one for one in [trip, *out] if deed.operator in one.aboard]
    if claims:
        return min(claims, key=lambda one: (one.start, one.id)).id == trip.id
    return on_the_bus and first.id == trip.id


def composed(deeds: Iterable[Deed], stops: Sequence[tuple[int, datetime, datetime]]) -> Composition:
    """Return what the acts of a trip come to: in all, at each stop while the bus stood there, and between.

    `stops` are id, arrival and departure. The parts add up to the whole.
    """
    totals, between = Counter[str](), Counter[str]()
    by_stop: dict[int, Counter[str]] = {stop: Counter() for stop, _start, _end in stops}
    for deed in deeds:
        name = COMPOSED.get(deed.kind)
        if name is None:
            continue
        totals[name] += deed.quantity
        here = next((stop for stop, start, end in stops if start <= deed.at < end), None)
        (between if here is None else by_stop[here])[name] += deed.quantity
    return Composition(
        totals=whole(totals), by_stop={stop: whole(sums) for stop, sums in by_stop.items()}, between=whole(between)
    )


def whole(sums: Mapping[str, int]) -> Totals:
    """Return every sum by name, nought where there is none."""
    return {name: sums.get(name, 0) for name in COMPOSED.values()}


def refilled(
    values: Mapping[str, object], filled: Mapping[str, object], now: Mapping[str, object]
) -> dict[str, object]:
    """Return an entry's values filled anew: what a person put right (it differs from what was filled) stays."""
    fresh = {name: value for name, value in now.items() if values.get(name) == filled.get(name)}
    return {**values, **fresh}
