"""Factories for tests that need items."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import count

from django.db import transaction

from wenlan.catalogue.testing import make_record
from wenlan.holdings import operations, queries, states
from wenlan.holdings.types import ItemStatus, ItemView, Lending, NewItem, Transition
from wenlan.kernel.acts import Act, Channel

_numbers = count(1)


def make_item(
    *,
    node: int,
    record: int | None = None,
    barcode: str = "",
    scope: str = "",
    status: str = ItemStatus.AVAILABLE,
    lending: str = Lending.LENDABLE,
    material: str = "book",
    on: date = date(2019, 1, 2),
) -> ItemView:
    """Return an item owned by and shelved at the node; without a record it gets one of its own."""
    number = next(_numbers)
    act = Act(at=datetime.combine(on, time(2), UTC), node=node, channel=Channel.IMPORT, key=f"make-item-{number}")
    return operations.accession(
        act,
        item=NewItem(
            record=record or make_record(node, f"书 {number}").id,
            barcode=barcode or f"ZC{number:08d}",
            barcode_scope=scope,
            status=status,
            lending=lending,
            material=material,
        ),
    )


@transaction.atomic
def withdrawn(act: Act, item: ItemView, *, reason: str = "worn") -> ItemView:
    """Return the item after it was set aside and deregistered, without the papers that go with it."""
    row = states.lock_item(item.id)
    states.change(replace(act, key=f"{act.key}/aside"), [row], Transition.SET_ASIDE, reason=reason)
    operations.deregister(act, [row], reason=reason)
    return queries.item(item.id)
