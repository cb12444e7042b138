"""Counting what was used in the house. An item is not moved by it, and no reader is named."""

from datetime import date

from django.db import transaction

from wenlan.circulation.errors import ItemNotHere
from wenlan.circulation.inhouse.models import InHouseUse
from wenlan.circulation.types import ItemRef
from wenlan.holdings import queries as holdings
from wenlan.holdings.dimensions import of_view
from wenlan.holdings.types import ItemStatus, ItemView
from wenlan.kernel.acts import Act
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network

USED = Kind.ITEM_USED_IN_HOUSE
NOT_IN_THE_HOUSE = frozenset({ItemStatus.ON_LOAN, ItemStatus.IN_TRANSIT, ItemStatus.WITHDRAWN})


@transaction.atomic
def scan_use(act: Act, *, item: ItemRef) -> ItemView:
    """Count an item that was left on a table, before it is put back (馆内阅览册次, by scan).

    Raises ItemUnknown, ItemAmbiguous, and ItemNotHere for what is on loan or on its way: take it back first.
    Repeating `act.key` counts nothing.
    """
    found = holdings.item_by_barcode(item.barcode, item.scope)
    if InHouseUse.objects.filter(key=act.key).exists():
        return found
    if found.status in NOT_IN_THE_HOUSE:
        raise ItemNotHere(barcode=found.barcode)
    row = InHouseUse.objects.create(
        item_id=found.id,
        node_id=act.node,
        department_id=act.department,
        day=act.day,
        at=act.at,
        by=act.operator,
        key=act.key,
    )
    ledger.record(act, USED, source=source_of(row), item=of_view(found))
    return found


@transaction.atomic
def enter_tally(act: Act, *, department: int, day: date, quantity: int) -> bool:
    """Enter how many items a department put back on a day (馆内阅览册次, by tally); return whether it changed anything.

    Another number for the same day replaces the first: the ledger shows both. Scans of the day count beside it, so a
    department either scans or tallies.
    """
    node = network.department(department).node
    if InHouseUse.objects.filter(key=act.key).exists():
        return False
    before = (
        InHouseUse.objects.select_for_update()
        .filter(item=None, department=department, day=day, replaced_at=None)
        .first()
    )
    if before is not None and before.quantity == quantity:
        return False
    if before is not None:
        InHouseUse.objects.filter(pk=before.pk).update(replaced_at=act.at)
        if before.quantity:
            ledger.reverse(act, day=day, source=source_of(before))
    row = InHouseUse.objects.create(
        node_id=node, department_id=department, day=day, at=act.at, by=act.operator, quantity=quantity, key=act.key
    )
    if quantity:
        ledger.record(act, USED, source=source_of(row), day=day, quantity=quantity, department=department)
    return True


def source_of(row: InHouseUse) -> str:
    """Return the key that a use has in the ledger."""
    return f"inhouse:{row.uid}"
