"""Emptying a return machine's box: what is in it is scanned and compared with what the machine took in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from wenlan.circulation import operations as desk
from wenlan.circulation.boxes import queries
from wenlan.circulation.boxes.queries import InTheBox
from wenlan.circulation.models import EmptiedBox
from wenlan.circulation.types import ItemRef, Returned
from wenlan.holdings import operations as holdings
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.types import ItemStatus, Transition
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError
from wenlan.staff.operations import audit


@dataclass(frozen=True, slots=True, kw_only=True)
class Emptied:
    """The answer: what was there as the machine said, what was not, what lay beside, and scans nobody knows."""

    there: tuple[InTheBox, ...] = ()
    missing: tuple[InTheBox, ...] = ()
    beside: tuple[Returned, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()


@transaction.atomic
def empty(act: Act, *, device: str, scans: Sequence[ItemRef]) -> Emptied:
    """Sign for the box of a machine here. What was scanned and the machine did not know is taken back now.

    What the machine took in and nobody scanned is searched for if it belongs on a shelf here, and stays on the list
    of what is on its way if it travels. Repeating `act.key` does nothing.
    """
    if EmptiedBox.objects.filter(key=act.key).exists():
        return Emptied()
    expected = queries.in_the_box(device=device, node=act.node, at=act.at)
    scanned = {(barcode_key(scan.barcode), scan.scope): scan for scan in scans}
    seen = {key for key, _scope in scanned}
    there = tuple(one for one in expected if barcode_key(one.barcode) in seen)
    missing = tuple(one for one in expected if barcode_key(one.barcode) not in seen)
    known = {barcode_key(one.barcode) for one in expected}
    beside: list[Returned] = []
    unknown: list[tuple[str, str]] = []
    for (key, _scope), scan in scanned.items():
        if key not in known:
            try:
                beside.append(desk.check_in(replace(act, key=f"{act.key}/{key}"[:80]), item=scan))
            except DomainError as refusal:
                unknown.append((scan.barcode, str(refusal)))
    for one in missing:
        if one.status == ItemStatus.AVAILABLE:
            holdings.change_state(replace(act, key=f"{act.key}/search"), item=one.item, transition=Transition.SEARCH)
    row = EmptiedBox.objects.create(
        device=device[:60],
        node_id=act.node,
        emptied_at=act.at,
        emptied_by=act.operator,
        expected=len(expected),
        missing=[one.item for one in missing],
        beside=len(beside),
        key=act.key,
    )
    after = {"expected": len(expected), "missing": len(missing), "beside": len(beside)}
    audit(act, "circulation.box_emptied", f"box:{row.pk}", after=after)
    return Emptied(there=there, missing=missing, beside=tuple(beside), unknown=tuple(unknown))
