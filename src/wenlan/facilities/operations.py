"""Counting who came: gates and reading rooms, a sum a day each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from django.db import transaction

from wenlan.facilities import errors, gate_files, policies, queries
from wenlan.facilities.models import Gate, GateCount, RoomCount
from wenlan.facilities.signing.errors import RoomSignsIn
from wenlan.facilities.signing.queries import signing_rooms
from wenlan.facilities.types import CountOrigin, CountView, DayEntered, Direction, GateImport, GateView
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network


class _Outcome(StrEnum):
    NEW = "new"
    CORRECTED = "corrected"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A number as somebody said it."""

    day: date
    persons: int
    passages: int | None = None
    origin: CountOrigin = CountOrigin.HAND
    estimated: bool = False
    method: str = ""


@transaction.atomic
def add_gate(
    act: Act,
    *,
    code: str,
    words: dict[str, str],
    direction: Direction = Direction.ONE_WAY,
    department: int | None = None,
    since: date | None = None,
) -> GateView:
    """Set up a gate at the act's node from a day (default: the act's). Raises GateCodeTaken."""
    if Gate.objects.filter(code=code).exists():
        raise errors.GateCodeTaken(gate=code)
    row = Gate.objects.create(
        code=code,
        words=words,
        node_id=act.node,
        department_id=department,
        direction=direction,
        from_day=since or act.day,
    )
    return queries.gate_view(row)


@transaction.atomic
def close_gate(act: Act, *, gate: str, until: date) -> GateView:
    """Take a gate out of use: `until` is the first day without it. Raises NotFound. Locks the gate's row."""
    row = _locked_gate(gate)
    row.until_day = until
    row.save(update_fields=["until_day"])
    return queries.gate_view(row)


@transaction.atomic
def count_visits(
    act: Act,
    *,
    gate: str,
    persons: int,
    day: date | None = None,
    estimated: bool = False,
    method: str = "",
    origin: CountOrigin = CountOrigin.HAND,
) -> CountView:
    """Count the visits (people, not passages) of a gate on a day, by default the act's.

    Counting the same number again changes nothing. Raises NotFound, CountInvalid, CountAhead,
    GateNotInUse, EstimateUnexplained without staff and method, and CountStands when another number
    stands. Locks the gate's row.
    """
    row = _locked_gate(gate)
    said = _Said(day=day or act.day, persons=persons, origin=origin, estimated=estimated, method=method)
    _require_same_or_none(_standing_at_gate(row, said.day), said)
    _set_gate(act, row, said)
    return _view(said)


@transaction.atomic
def correct_visits(
    act: Act, *, gate: str, persons: int, day: date, estimated: bool = False, method: str = ""
) -> CountView:
    """Put another number in the place of a gate's count: its ledger row is reversed, a new one written.

    Raises as `count_visits` does, but for CountStands. Locks the gate's row.
    """
    row = _locked_gate(gate)
    said = _Said(day=day, persons=persons, estimated=estimated, method=method)
    _set_gate(act, row, said)
    return _view(said)


@transaction.atomic
def count_reading_room(
    act: Act, *, department: int, persons: int, day: date | None = None, estimated: bool = False, method: str = ""
) -> CountView:
    """Count the visits to a reading room on a day, by default the act's (阅览人次).

    Counting the same number again changes nothing. Raises NotFound, CountInvalid, CountAhead,
    EstimateUnexplained, RoomSignsIn, and CountStands when another number stands. The unique constraint keeps two desks
    from counting one room twice.
    """
    said = _Said(day=day or act.day, persons=persons, estimated=estimated, method=method)
    _require_same_or_none(_standing_in_room(department, said.day), said)
    _require_counted_by_hand([department], said.day)
    _set_room(act, department, said)
    return _view(said)


@transaction.atomic
def correct_reading_room(act: Act, *, department: int, persons: int, day: date) -> CountView:
    """Put another number in the place of a room's count. Raises as `count_reading_room` does, but for CountStands."""
    said = _Said(day=day, persons=persons)
    _require_counted_by_hand([department], day)
    _set_room(act, department, said)
    return _view(said)


@transaction.atomic
def enter_day(act: Act, *, day: date, readings: Mapping[str, int], rooms: Mapping[int, int]) -> DayEntered:
    """Enter a whole day: what each gate's counter shows, by gate code, and the people in each room.

    A counter that counts exits too is halved. Numbers that differ from a standing count correct it; all
    are entered, or none when one is refused. Raises as `count_visits` and `count_reading_room` do.
    """
    done = [_read_gate(act, _locked_gate(code), day, shown) for code, shown in sorted(readings.items())]
    _require_counted_by_hand(rooms, day)
    done += [_set_room(act, room, _Said(day=day, persons=persons)) for room, persons in sorted(rooms.items())]
    return DayEntered(
        new=done.count(_Outcome.NEW),
        corrected=done.count(_Outcome.CORRECTED),
        unchanged=done.count(_Outcome.UNCHANGED),
    )


def import_gate_counts(act: Act, *, path: Path) -> GateImport:
    """Take a device's file of daily counts; a later number for the same gate and day corrects the first.

    Each line is its own transaction: what is refused stands with its reason in the rejects file beside
    it. Safe to repeat. Raises GateFileUnreadable when the file is no such list at all.
    """
    outcomes: list[_Outcome] = []
    rejects: list[tuple[gate_files.Line, str]] = []
    for line in gate_files.read(path):
        try:
            outcomes.append(_import_line(act, line))
        except (DomainError, gate_files.LineInvalid) as refusal:
            rejects.append((line, str(refusal)))
    return GateImport(
        read=len(outcomes) + len(rejects),
        created=outcomes.count(_Outcome.NEW),
        corrected=outcomes.count(_Outcome.CORRECTED),
        unchanged=outcomes.count(_Outcome.UNCHANGED),
        rejected=len(rejects),
        rejects=gate_files.write_rejects(path, rejects),
    )


@transaction.atomic
def _import_line(act: Act, line: gate_files.Line) -> _Outcome:
    read = gate_files.parse(line)
    row = _locked_gate(read.gate)
    passages = read.passages
    persons = read.persons if passages is None else policies.visits_of(passages, Direction(row.direction))
    return _set_gate(
        act,
        row,
        _Said(
            day=read.day,
            persons=persons,
            passages=passages,
            origin=CountOrigin.DEVICE,
            estimated=bool(read.method),
            method=read.method,
        ),
    )


def _read_gate(act: Act, row: Gate, day: date, shown: int) -> _Outcome:
    direction = Direction(row.direction)
    passages = shown if direction is Direction.TWO_WAY else None
    return _set_gate(act, row, _Said(day=day, persons=policies.visits_of(shown, direction), passages=passages))


def _set_gate(act: Act, row: Gate, said: _Said) -> _Outcome:
    _require_sound(act, said)
    if not policies.is_in_use(said.day, from_day=row.from_day, until_day=row.until_day):
        raise errors.GateNotInUse(gate=row.code, day=said.day)
    standing = _standing_at_gate(row, said.day)
    if standing is not None and _says_the_same(standing, said) and standing.passages == said.passages:
        return _Outcome.UNCHANGED
    if standing is not None:
        _replace(act, standing, "gate")
    made = GateCount.objects.create(gate=row, passages=said.passages, counted_at=act.at, **_columns(said))
    place = replace(act, node=row.node_id, department=row.department_id)
    _record(place, Kind.VISIT_COUNTED, said, subject=row.code, source=f"gate:{made.uid}")
    return _Outcome.NEW if standing is None else _Outcome.CORRECTED


def _require_counted_by_hand(rooms: Collection[int], day: date) -> None:
    """Raise RoomSignsIn for a room that counts its own readers (one statement for all)."""
    for room in sorted(signing_rooms(rooms, day)):
        raise RoomSignsIn(room=network.department(room).name)


def _set_room(act: Act, department: int, said: _Said) -> _Outcome:
    _require_sound(act, said)
    room = network.department(department)
    standing = _standing_in_room(department, said.day)
    if standing is not None and _says_the_same(standing, said):
        return _Outcome.UNCHANGED
    if standing is not None:
        _replace(act, standing, "room")
    made = RoomCount.objects.create(department_id=department, counted_at=act.at, **_columns(said))
    place = replace(act, node=room.node, department=department)
    _record(place, Kind.READING_ROOM_VISITED, said, subject=room.code, source=f"room:{made.uid}")
    return _Outcome.NEW if standing is None else _Outcome.CORRECTED


def _record(place: Act, kind: Kind, said: _Said, *, subject: str, source: str) -> None:
    if said.persons:
        ledger.record(
            place,
            kind,
            quantity=said.persons,
            day=said.day,
            subject=subject,
            estimated=said.estimated,
            source=source,
        )


def _replace(act: Act, standing: GateCount | RoomCount, scheme: str) -> None:
    standing.replaced_at = act.at
    standing.save(update_fields=["replaced_at"])
    if standing.persons:
        ledger.reverse(act, day=standing.day, source=f"{scheme}:{standing.uid}")


def _require_sound(act: Act, said: _Said) -> None:
    if said.persons < 0:
        raise errors.CountInvalid()
    if said.day > act.day:
        raise errors.CountAhead(day=said.day)
    if said.estimated and not (said.method and act.staff):
        raise errors.EstimateUnexplained()


def _require_same_or_none(standing: GateCount | RoomCount | None, said: _Said) -> None:
    if standing is not None and not _says_the_same(standing, said):
        raise errors.CountStands(persons=standing.persons, day=said.day)


def _says_the_same(standing: GateCount | RoomCount, said: _Said) -> bool:
    return (standing.persons, standing.is_estimated) == (said.persons, said.estimated)


def _columns(said: _Said) -> dict[str, object]:
    return {
        "day": said.day,
        "persons": said.persons,
        "origin": said.origin.value,
        "is_estimated": said.estimated,
        "method": said.method,
    }


def _view(said: _Said) -> CountView:
    return CountView(
        day=said.day,
        persons=said.persons,
        passages=said.passages,
        is_estimated=said.estimated,
        method=said.method,
    )


def _standing_at_gate(row: Gate, day: date) -> GateCount | None:
    return GateCount.objects.filter(gate=row, day=day, replaced_at__isnull=True).first()


def _standing_in_room(department: int, day: date) -> RoomCount | None:
    return RoomCount.objects.filter(department_id=department, day=day, replaced_at__isnull=True).first()


def _locked_gate(code: str) -> Gate:
    row = Gate.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise NotFound(what=code)
    return row
