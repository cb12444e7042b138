"""Reads of the register of machines."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q, QuerySet

from wenlan.facilities.machines import policies
from wenlan.facilities.machines.kinds import SHIPPED
from wenlan.facilities.machines.models import Machine, MachineDeed, MachineDevice, OwnMachineType
from wenlan.facilities.machines.types import (
    HELD,
    Deed,
    DeedView,
    LinkView,
    MachineState,
    MachineType,
    MachineView,
    UnlistedView,
)
from wenlan.kernel.errors import NotFound
from wenlan.registers import queries as registers

BOOKS = ("equipment", "bus_vehicle")
MOST_ENTRIES = 500
CHUNK = 10_000  # keys in one statement, within what both databases take


def machine_types() -> dict[str, MachineType]:
    """Return the shipped types and those of the library, by code (one statement)."""
    own = (
        MachineType(code=row.code, words=row.words, subject=f"equipment.{row.code}", is_own=True)
        for row in OwnMachineType.objects.order_by("id")
    )
    return {one.code: one for one in (*SHIPPED, *own)}


def machine(machine_id: int) -> MachineView:
    """Return a machine (two statements). Raises NotFound."""
    row = Machine.objects.filter(pk=machine_id).first()
    if row is None:
        raise NotFound(what=str(machine_id))
    return view_of(row, machine_types())


def machines(
    nodes: Collection[int],
    *,
    kind: str = "",
    state: str = "",
    text: str = "",
    after: int = 0,
    limit: int = 100,
) -> tuple[MachineView, ...]:
    """Return the machines at some nodes in the order they were entered (two statements).

    `kind` is the code of a type; `state` is a state, "held" or empty for any; `text` is sought in names, numbers,
    plates, spots and suppliers.
    """
    rows = Machine.objects.filter(node__in=nodes, pk__gt=after)
    if kind:
        rows = rows.filter(type=kind)
    if state:
        rows = rows.filter(state__in=HELD) if state == "held" else rows.filter(state=state)
    if text:
        names = ("name", "number", "serial", "plate", "spot", "supplier")
        asked = Q()
        for name in names:
            asked |= Q(**{f"{name}__icontains": text})
        rows = rows.filter(asked)
    known = machine_types()
    return tuple(view_of(row, known) for row in rows.order_by("id")[:limit])


def vehicles(nodes: Collection[int], *, held: bool = True) -> tuple[MachineView, ...]:
    """Return the vehicles at some nodes (two statements); `held` leaves out those no longer in use."""
    known = machine_types()
    rows = Machine.objects.filter(node__in=nodes, type__in=[one.code for one in known.values() if one.is_vehicle])
    if held:
        rows = rows.filter(state__in=HELD)
    return tuple(view_of(row, known) for row in rows.order_by("id"))


def machines_by_id(ids: Collection[int]) -> dict[int, MachineView]:
    """Return machines by id (two statements)."""
    known = machine_types()
    return {row.pk: view_of(row, known) for row in Machine.objects.filter(pk__in=ids)}


def numbers_taken(numbers: Collection[str]) -> frozenset[str]:
    """Return which of these asset numbers stand in the register."""
    return frozenset(Machine.objects.filter(number__in=numbers).values_list("number", flat=True))


def keys_taken(keys: Collection[str]) -> frozenset[str]:
    """Return under which of these keys a machine was entered (a statement for each 10 000)."""
    asked = list(keys)
    parts = (asked[start : start + CHUNK] for start in range(0, len(asked), CHUNK))
    return frozenset(
        key for part in parts for key in Machine.objects.filter(key__in=part).values_list("key", flat=True)
    )


def deeds(machine_id: int) -> tuple[DeedView, ...]:
    """Return what was done with a machine, the latest first; what was taken back is among it."""
    return tuple(
        DeedView(
            id=row.pk,
            kind=Deed(row.kind),
            day=row.day,
            node=row.node_id,
            department=row.department_id,
            spot=row.spot,
            state=MachineState(row.state),
            note=row.note,
            at=row.at,
            by=row.by,
            undone_at=row.undone_at,
        )
        for row in MachineDeed.objects.filter(machine=machine_id).order_by("-id")
    )


def links(machines: Collection[int]) -> tuple[LinkView, ...]:
    """Return the devices that machines are and were, the present ones first."""
    rows = MachineDevice.objects.filter(machine__in=machines).order_by("-until_day", "device", "id")
    found = [_link(row) for row in rows]
    return tuple(sorted(found, key=lambda one: one.until_day is not None))


def machine_of_device(device: str, on: date) -> MachineView | None:
    """Return the machine that a device is on a day, None when nobody said so."""
    row = _linked(device, on).select_related("machine").first()
    return view_of(row.machine, machine_types()) if row else None


def unlisted(nodes: Collection[int]) -> tuple[UnlistedView, ...]:
    """Return the lines of the record books that count machines at some nodes which are not listed one by one."""
    by_subject = {one.subject: one for one in SHIPPED}
    found = []
    for book in BOOKS:
        page = registers.entries(book, nodes=nodes, status="stands", limit=MOST_ENTRIES)
        for entry in page.rows:
            subject = entry.values.get("type") if book == "equipment" else "bus_vehicle.change"
            kind = by_subject.get(str(subject))
            if kind is not None and entry.values.get("change"):
                found.append(
                    UnlistedView(
                        entry=entry.uid,
                        book=book,
                        type=kind,
                        name=str(entry.values.get("name", "")),
                        node=entry.node,
                        day=entry.day,
                        pieces=int(entry.values["change"]),
                    )
                )
    return tuple(found)


def subject_names(codes: Collection[str]) -> Mapping[str, str]:
    """Return the words of the subjects under which machines and their prices count."""
    words: dict[str, str] = {}
    for one in machine_types().values():
        words |= {one.subject: one.name, one.value_subject: one.name}
    return {code: words[code] for code in codes if code in words}


def view_of(row: Machine, known: Mapping[str, MachineType]) -> MachineView:
    """Return a machine as others see it."""
    return MachineView(
        id=row.pk,
        uid=row.uid,
        number=row.number,
        type=known[row.type],
        name=row.name,
        node=row.node_id,
        department=row.department_id,
        spot=row.spot,
        state=MachineState(row.state),
        serial=row.serial,
        plate=row.plate,
        bought_on=row.bought_on,
        price_fen=row.price_fen,
        fund=row.fund,
        supplier=row.supplier,
        warranty_until=row.warranty_until,
        note=row.note,
        since=row.since,
        last_on=row.last_on,
    )


def _link(row: MachineDevice) -> LinkView:
    return LinkView(
        id=row.pk, machine=row.machine_id, device=row.device, from_day=row.from_day, until_day=row.until_day
    )


def _linked(device: str, on: date) -> QuerySet[MachineDevice]:
    rows = MachineDevice.objects.filter(device=device, from_day__lte=on)
    return rows.filter(Q(until_day__isnull=True) | Q(until_day__gt=on))


def counted_now() -> dict[tuple[int, str], int]:
    """Return what the machines count for as they stand, by node and subject (two statements)."""
    known, sums = machine_types(), Counter[tuple[int, str]]()
    for row in Machine.objects.only("node", "department", "type", "state", "price_fen").iterator():
        kind = known[row.type]
        place, subjects = (row.node_id, row.department_id), (kind.subject, kind.value_subject)
        for node, _department, subject, quantity in policies.counted(
            row.state, place=place, subjects=subjects, price_fen=row.price_fen
        ):
            sums[node, subject] += quantity
    return dict(sums)
