"""Writes of the register of machines: entered, moved, repaired, disposed of, put right, and taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wenlan.facilities.machines import policies, queries
from wenlan.facilities.machines.errors import (
    DeviceTaken,
    MachineDayWrong,
    MachineGone,
    MachineNumberTaken,
    MachineTypeUnknown,
    NothingDone,
    NotListable,
    OnlyEntered,
)
from wenlan.facilities.machines.models import Machine, MachineDeed, MachineDevice, OwnMachineType
from wenlan.facilities.machines.sheets import SheetLine
from wenlan.facilities.machines.types import Deed, MachineFacts, MachineState, MachineType, MachineView
from wenlan.jobs.operations import next_number
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network
from wenlan.registers import operations as registers
from wenlan.staff.operations import audit

MOST_AT_ONCE = 500
PLAIN = ("name", "serial", "plate", "bought_on", "fund", "supplier", "warranty_until", "note")


@transaction.atomic
def add_type(act: Act, *, words: Mapping[str, str]) -> MachineType:
    """Add a type of machine of the library's own; it counts as equipment under a subject of its own.

    One that the library has under this name already is returned as it is.
    """
    if known := OwnMachineType.objects.filter(words=dict(words)).first():
        return queries.machine_types()[known.code]
    code = f"own_{next_number('facilities.machine_type', 'own')}"
    OwnMachineType.objects.create(code=code, words=dict(words))
    audit(act, "facilities.machine_type", f"machine_type:{code}", after={"words": dict(words)})
    return queries.machine_types()[code]


@transaction.atomic
def enter(act: Act, *, facts: MachineFacts, note: str = "") -> MachineView:
    """Enter a machine into the register; it counts at its place from `facts.since` on, but not before the place was
    opened in the tree: figures roll up by the tree of the day.

    Raises MachineTypeUnknown, MachineNumberTaken, MachineDayWrong for a day that has not come. Repeating `act.key`
    returns the machine entered first.
    """
    if done := Machine.objects.filter(key=act.key).first():
        return queries.machine(done.pk)
    known_type(facts.type)
    if facts.since > act.day:
        raise MachineDayWrong(day=facts.since)
    since = max(facts.since, network.opened_on(facts.node))
    number = facts.number.strip() or next_free_number()
    if queries.numbers_taken([number]):
        raise MachineNumberTaken(number=number)
    row = Machine.objects.create(
        number=number,
        type=facts.type,
        node_id=facts.node,
        department_id=facts.department,
        spot=facts.spot.strip(),
        price_fen=facts.price_fen,
        since=since,
        last_on=since,
        key=act.key,
        **{name: getattr(facts, name) for name in PLAIN},
    )
    do(act, row, Deed.TAKEN_IN, day=since, note=note)
    audit(act, "facilities.machine", f"machine:{row.pk}", after=said_of(row))
    return queries.machine(row.pk)


@transaction.atomic
def enter_alike(act: Act, *, facts: MachineFacts, pieces: int) -> tuple[MachineView, ...]:
    """Enter so many machines of one kind, all or none. Raises what `enter` raises. Repeating `act.key` returns them."""
    return tuple(enter(replace(act, key=f"{act.key}:{piece}"), facts=facts) for piece in range(pieces))


@transaction.atomic
def move(
    act: Act,
    *,
    machine: int,
    node: int,
    department: int | None = None,
    spot: str = "",
    day: date | None = None,
    note: str = "",
) -> MachineView:
    """Move a machine to another place or spot from a day on (default: the act's). Locks the machine's row.

    Raises NotFound, MachineGone, MachineDayWrong, NothingDone. Repeating `act.key` moves nothing.
    """
    row = lock(machine)
    if not is_done(act):
        ready(act, row, day)
        if (row.node_id, row.department_id, row.spot) == (node, department, spot.strip()):
            raise NothingDone()
        row.node_id, row.department_id, row.spot = node, department, spot.strip()
        do(act, row, Deed.MOVED, day=day or act.day, note=note)
    return queries.machine(machine)


@transaction.atomic
def set_state(act: Act, *, machine: int, state: MachineState, day: date | None = None, note: str = "") -> MachineView:
    """Say how a machine stands from a day on: in use, in repair, out of use, disposed of. Locks the machine's row.

    Raises NotFound, MachineGone, MachineDayWrong, NothingDone. Repeating `act.key` changes nothing.
    """
    row = lock(machine)
    if not is_done(act):
        ready(act, row, day)
        if row.state == state:
            raise NothingDone()
        row.state = state
        do(act, row, Deed.STATED, day=day or act.day, note=note)
        if state == MachineState.DISPOSED:
            end_links(row, day or act.day)
    return queries.machine(machine)


@transaction.atomic
def put_right(act: Act, *, machine: int, facts: MachineFacts) -> MachineView:
    """Put right what was written of a machine; where it stands is changed by `move`, its days stay.

    Another type or price is restated: what the machine has counted is taken back and counted anew, day by day.
    Raises NotFound, MachineTypeUnknown, MachineNumberTaken.
    """
    row = lock(machine)
    before, number = said_of(row), facts.number.strip() or row.number
    known_type(facts.type)
    if number != row.number and queries.numbers_taken([number]):
        raise MachineNumberTaken(number=number)
    is_restated = (row.type, row.price_fen) != (facts.type, facts.price_fen)
    row.number, row.type, row.price_fen = number, facts.type, facts.price_fen
    for name in PLAIN:
        setattr(row, name, getattr(facts, name))
    row.revision += is_restated
    row.save()
    if is_restated:
        restate(act, row)
    audit(act, "facilities.machine", f"machine:{row.pk}", before=before, after=said_of(row))
    return queries.machine(machine)


@transaction.atomic
def take_back(act: Act, *, machine: int) -> MachineView:
    """Take back the last thing done with a machine, as if it had not been; the history keeps it, struck out.

    One that was disposed of is the devices again that it was until that day, unless they are others' by now. Raises
    NotFound, OnlyEntered. Repeating `act.key` takes no more back.
    """
    row = lock(machine)
    if MachineDeed.objects.filter(machine=row, undone_key=act.key).exists():
        return queries.machine(machine)
    standing = list(MachineDeed.objects.filter(machine=row, undone_at=None).order_by("-id")[:2])
    if len(standing) == 1:
        raise OnlyEntered()
    last, before = standing
    uncount(act, last)
    last.undone_at, last.undone_key, last.recorded = act.at, act.key, []
    last.save()
    row.node_id, row.department_id, row.spot = before.node_id, before.department_id, before.spot
    row.state, row.last_on = before.state, before.day
    row.save()
    if last.state == MachineState.DISPOSED:
        link_again(row, last.day)
    return queries.machine(machine)


@transaction.atomic
def link(act: Act, *, machine: int, device: str, since: date | None = None) -> None:
    """Say that a machine is the device with a code (a terminal's) from a day on (default: the day it was entered for).

    What the device did counts for the machine from then on. Raises NotFound, MachineGone, MachineDayWrong for a day
    before the machine was there, DeviceTaken. Twice is as once.
    """
    row, device = lock(machine), device.strip()
    since = since or row.since
    if row.state == MachineState.DISPOSED:
        raise MachineGone()
    if not row.since <= since <= act.day:
        raise MachineDayWrong(day=row.since)
    others = MachineDevice.objects.filter(device=device).filter(Q(until_day=None) | Q(until_day__gt=since))
    taken = others.select_related("machine").first()
    if taken is not None and taken.machine_id == row.pk and taken.until_day is None:
        return
    if taken is not None:
        raise DeviceTaken(device=device, machine=taken.machine.name)
    MachineDevice.objects.create(machine=row, device=device, from_day=since)
    audit(act, "facilities.machine_device", f"machine:{row.pk}", after={"device": device, "since": since.isoformat()})


@transaction.atomic
def unlink(act: Act, *, machine: int, link: int) -> None:
    """Say that a machine is a device no longer, from the act's day on. Twice is as once. Raises NotFound."""
    row = lock(machine)
    found = MachineDevice.objects.filter(machine=row, pk=link, until_day=None).first()
    if found is None:
        return
    end_link(found, act.day)
    audit(act, "facilities.machine_device", f"machine:{row.pk}", before={"device": found.device})


@transaction.atomic
def list_singly(act: Act, *, entry: UUID | str, node: int) -> tuple[MachineView, ...]:
    """Make single machines of a line of a record book that counts them as a number, and strike the line out.

    They count at the line's place from its day on, so no figure of any day changes. Raises NotFound, NotListable.
    """
    found = next((one for one in queries.unlisted([node]) if str(one.entry) == str(entry)), None)
    if found is None or not 0 < found.pieces <= MOST_AT_ONCE:
        raise NotListable()
    registers.strike(act, entry=found.entry, reason="register of machines")
    facts = MachineFacts(type=found.type.code, name=found.name, node=found.node, since=found.day)
    return enter_alike(replace(act, key=f"entry:{found.entry}"), facts=facts, pieces=found.pieces)


def enter_lines(act: Act, lines: Iterable[SheetLine]) -> int:
    """Enter the machines of a sheet that were looked at (`sheets.looked_at`); return how many were new.

    Lines that were kept out or are known stay out; the same sheet again enters nothing.
    """
    new = 0
    for line in lines:
        if line.facts is not None and line.is_new:
            for key in line.keys:
                enter(replace(act, key=key), facts=line.facts)
            new += len(line.keys) - line.known
    return new


def known_type(code: str) -> MachineType:
    """Return a type. Raises MachineTypeUnknown."""
    found = queries.machine_types().get(code)
    if found is None:
        raise MachineTypeUnknown(type=code)
    return found


def next_free_number() -> str:
    """Return the next asset number that no machine has."""
    while True:
        number = f"SB{next_number('facilities.machine', 'number'):05d}"
        if not queries.numbers_taken([number]):
            return number


def lock(machine: int) -> Machine:
    """Return a machine's row, locked until the transaction ends. Raises NotFound."""
    row = Machine.objects.select_for_update().filter(pk=machine).first()
    if row is None:
        raise NotFound(what=str(machine))
    return row


def is_done(act: Act) -> bool:
    """Return whether the act was done already."""
    return MachineDeed.objects.filter(key=act.key).exists()


def ready(act: Act, row: Machine, day: date | None) -> None:
    """Raise MachineGone or MachineDayWrong when nothing can be done with a machine on the day."""
    if row.state == MachineState.DISPOSED:
        raise MachineGone()
    if not row.last_on <= (day or act.day) <= act.day:
        raise MachineDayWrong(day=row.last_on)


def do(act: Act, row: Machine, kind: Deed, *, day: date, note: str) -> None:
    """Write what was done, and count the difference to how the machine stood before."""
    before = MachineDeed.objects.filter(machine=row, undone_at=None).order_by("-id").first()
    deed = MachineDeed.objects.create(
        machine=row,
        kind=kind,
        day=day,
        node_id=row.node_id,
        department_id=row.department_id,
        spot=row.spot,
        state=row.state,
        note=note.strip()[:200],
        at=act.at,
        by=act.operator,
        key=act.key,
    )
    row.last_on = day
    row.save()
    count(act, row, deed, before)


def count(act: Act, row: Machine, deed: MachineDeed, before: MachineDeed | None) -> None:
    """Record what a deed has changed of what its machine counts for."""
    kind = known_type(row.type)

    def counted(one: MachineDeed | None) -> tuple[policies.Counted, ...]:
        if one is None:
            return ()
        place, subjects = (one.node_id, one.department_id), (kind.subject, kind.value_subject)
        return policies.counted(one.state, place=place, subjects=subjects, price_fen=row.price_fen)

    rows = [
        ledger.event_row(
            replace(act, node=node, department=department),
            Kind.RECORD_ENTERED,
            source=f"machine:{row.uid}:{row.revision}:{deed.pk}:{place}",
            day=deed.day,
            quantity=quantity,
            subject=subject,
        )
        for place, (node, department, subject, quantity) in enumerate(policies.change(counted(before), counted(deed)))
    ]
    ledger.record_many(rows)
    deed.recorded = [one.source for one in rows]
    deed.save(update_fields=["recorded"])


def uncount(act: Act, deed: MachineDeed) -> None:
    """Take back what a deed recorded."""
    for source in deed.recorded:
        ledger.reverse(act, day=deed.day, source=source)


def restate(act: Act, row: Machine) -> None:
    """Take back all that a machine has counted, and count it anew as its row says now."""
    before = None
    for deed in MachineDeed.objects.filter(machine=row, undone_at=None).order_by("id"):
        uncount(act, deed)
        count(act, row, deed, before)
        before = deed


def end_links(row: Machine, day: date) -> None:
    """Let a machine be no device any longer."""
    for found in MachineDevice.objects.filter(machine=row, until_day=None):
        end_link(found, day)


def link_again(row: Machine, day: date) -> None:
    """Let a machine be the devices again whose links ended on a day, where no other machine is one of them."""
    ended = MachineDevice.objects.filter(machine=row, until_day=day)
    later = MachineDevice.objects.exclude(machine=row).filter(Q(until_day=None) | Q(until_day__gt=day))
    ended.exclude(device__in=later.values("device")).update(until_day=None)


def end_link(found: MachineDevice, day: date) -> None:
    """End a link on a day; one that began that day never was."""
    if day <= found.from_day:
        found.delete()
    else:
        found.until_day = day
        found.save(update_fields=["until_day"])


def said_of(row: Machine) -> dict[str, Any]:
    """Return what is written of a machine, for the audit trail."""
    names = ("number", "type", "price_fen", *PLAIN)
    return {name: str(value) for name in names if (value := getattr(row, name)) not in {None, ""}}
