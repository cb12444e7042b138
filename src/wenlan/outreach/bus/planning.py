"""Writes of the plan: stops, lines, the timetable and its exceptions."""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from uuid import UUID

from django.db import transaction

from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.outreach.books import BUS_STOPS
from wenlan.outreach.bus import queries
from wenlan.outreach.bus.errors import LineEnds, StopGivenUp, StopOnLine, TimetableWrong
from wenlan.outreach.bus.models import BusLine, BusStop, LineCall, LineException
from wenlan.outreach.bus.types import LineView, Pattern, StopView
from wenlan.registers import operations as registers
from wenlan.registers import queries as entries
from wenlan.staff.operations import audit

A_DAY = timedelta(days=1)
Timetable = Sequence[tuple[int, time, time]]
"""Stops by id with arrival and departure, in order."""


@transaction.atomic
def set_up_stop(
    act: Act,
    *,
    words: Mapping[str, str],
    host: str = "",
    address: str = "",
    since: date | None = None,
    node: int | None = None,
    entry: UUID | str | None = None,
) -> StopView:
    """Set up a stop that the act's place keeps, and enter it in the record book of stops, where it counts.

    `entry` is its line in the book where it stands there already: then nothing more is counted, and the day is that of
    the line. Raises NotFound, EntryRefused. Repeating `act.key` returns the first.
    """
    if done := BusStop.objects.filter(key=act.key).first():
        return queries.stop_of(done)
    day = since or act.day
    values = {"name": words["zh"], "host": host or None, "change": 1}
    line = (
        entries.entry(entry)
        if entry
        else registers.enter(act, book=BUS_STOPS.code, day=day, values=values, key=f"stop:{act.key}")
    )
    row = BusStop.objects.create(
        words=dict(words),
        host=host or str(line.values.get("host") or ""),
        address=address.strip(),
        home_id=act.node,
        node_id=node,
        from_day=line.day,
        entry=line.uid,
        key=act.key,
    )
    audit(act, "outreach.stop", f"stop:{row.pk}", after={"words": dict(words)})
    return queries.stop_of(row)


@transaction.atomic
def give_up_stop(act: Act, *, stop: int) -> StopView:
    """Give a stop up from the act's day on: it is kept no longer, and the record book says so. Twice is as once.

    Raises NotFound, StopOnLine while a line still calls there. Locks the stop's row.
    """
    row = BusStop.objects.select_for_update().filter(pk=stop).first()
    if row is None:
        raise NotFound(what=str(stop))
    if row.until_day is None:
        calls = LineCall.objects.filter(stop=row, line__until_day=None).select_related("line")
        if call := calls.first():
            raise StopOnLine(line=queries.line_of(call.line, ()).name)
        values = {"name": row.words["zh"], "host": row.host or None, "change": -1}
        line = registers.enter(
            act, book=BUS_STOPS.code, day=act.day, values=values, key=f"stop:{row.uid}:out", node=row.home_id
        )
        row.until_day, row.entry_out = act.day, line.uid
        row.save()
        audit(act, "outreach.stop_given_up", f"stop:{row.pk}")
    return queries.stop_of(row)


@transaction.atomic
def open_line(
    act: Act,
    *,
    words: Mapping[str, str],
    weekday: int,
    pattern: str = Pattern.EVERY,
    since: date,
    vehicle: int | None = None,
    node: int | None = None,
) -> LineView:
    """Open a line from a place of the network (default: the act's). Repeating `act.key` returns the first."""
    row, is_new = BusLine.objects.get_or_create(
        key=act.key,
        defaults={
            "words": dict(words),
            "node_id": node or act.node,
            "vehicle_id": vehicle,
            "weekday": weekday,
            "pattern": pattern,
            "from_day": since,
        },
    )
    if is_new:
        audit(act, "outreach.line", f"line:{row.pk}", after={"words": dict(words), "weekday": weekday})
    return queries.line(row.pk)


@transaction.atomic
def change_line(
    act: Act,
    *,
    line: int,
    words: Mapping[str, str],
    weekday: int,
    pattern: str,
    since: date,
    vehicle: int | None,
) -> LineView:
    """Change a line's name, days or vehicle; trips that were made stay as they were.

    Raises NotFound, and LineEnds when it would begin after its end.
    """
    row = _locked(line)
    if row.until_day is not None and since >= row.until_day:
        raise LineEnds(day=row.until_day)
    row.words, row.weekday, row.pattern, row.from_day = dict(words), weekday, pattern, since
    row.vehicle_id = vehicle
    row.save()
    audit(act, "outreach.line", f"line:{line}", after={"words": dict(words), "weekday": weekday, "pattern": pattern})
    return queries.line(line)


@transaction.atomic
def end_line(act: Act, *, line: int) -> LineView:
    """End a line: it runs no more from tomorrow on, and not at all when it was to begin then or later.

    Such a line is kept with yesterday as its only day. Twice is as once. Raises NotFound.
    """
    row = _locked(line)
    if row.until_day is None:
        row.until_day = act.day + A_DAY
        if row.from_day >= row.until_day:
            row.from_day, row.until_day = act.day - A_DAY, act.day
        row.save()
        audit(act, "outreach.line_ended", f"line:{line}")
    return queries.line(line)


@transaction.atomic
def set_timetable(act: Act, *, line: int, calls: Timetable) -> LineView:
    """Say at which stops a line calls, and when. Trips that were opened keep the times they were opened with.

    Raises NotFound, TimetableWrong, StopGivenUp.
    """
    row = _locked(line)
    times = [moment for _stop, arrives, leaves in calls for moment in (arrives, leaves)]
    is_forward = all(before < after for before, after in zip(times[::2], times[1::2], strict=True))
    goes_on = all(before <= after for before, after in zip(times[1::2], times[2::2], strict=False))
    if not (is_forward and goes_on) or len({stop for stop, _arrives, _leaves in calls}) < len(calls):
        raise TimetableWrong()
    kept = set(BusStop.objects.filter(until_day=None).values_list("pk", flat=True))
    if {stop for stop, _arrives, _leaves in calls} - kept:
        raise StopGivenUp()
    LineCall.objects.filter(line=row).delete()
    LineCall.objects.bulk_create(
        [LineCall(line=row, stop_id=stop, arrives=arrives, leaves=leaves) for stop, arrives, leaves in calls]
    )
    audit(act, "outreach.timetable", f"line:{line}", after={"stops": [stop for stop, _a, _l in calls]})
    return queries.line(line)


@transaction.atomic
def set_exception(act: Act, *, line: int, day: date, runs: bool | None, reason: str = "") -> None:
    """Say that a line runs on a day, or does not, whatever its timetable and the calendar say; None: as they say.

    Raises NotFound.
    """
    row = _locked(line)
    if runs is None:
        LineException.objects.filter(line=row, day=day).delete()
    else:
        LineException.objects.update_or_create(
            line=row, day=day, defaults={"runs": runs, "reason": reason.strip()[:120]}
        )
    after = {"day": day.isoformat(), "runs": runs}
    audit(act, "outreach.exception", f"line:{line}", after=after, reason=reason)


def _locked(line: int) -> BusLine:
    row = BusLine.objects.select_for_update().filter(pk=line).first()
    if row is None:
        raise NotFound(what=str(line))
    return row
