"""Passing property on: the items leave the books of one owner and enter those of the other, and the ledger."""

from collections.abc import Mapping

from wenlan.holdings import policies
from wenlan.holdings.accounts import entering
from wenlan.holdings.dimensions import at_owner, dimensions
from wenlan.holdings.models import FormerHolding, Item, Transfer, TransferLine
from wenlan.holdings.states import CHUNK
from wenlan.holdings.types import Direction
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.types import EventRow
from wenlan.network import queries as network

WAY = "transfer"
WRITTEN = ("owner_node", "accession_number", "accessioned_on", "entered_in")


def change_owner(act: Act, slip: Transfer, lines: Mapping[TransferLine, Item]) -> None:
    """Write locked items out of the old owner's books (注销) and into the new one's (登记), with their new numbers.

    The lines take the accession numbers before and after; the caller writes them. Raises MonthLocked, and then the
    transaction writes nothing.
    """
    old, new = owners(slip)
    for owner in sorted((old, new)):
        entering.hold_books(owner)
    names = network.node_names()
    out = entering.entry(
        act, owner=old, direction=Direction.OUT, way=WAY, voucher=slip.voucher, source=names.get(new, "")
    )
    into = entering.entry(
        act, owner=new, direction=Direction.IN, way=WAY, voucher=slip.voucher, source=names.get(old, "")
    )
    left = [deregistered(act, slip, item) for item in lines.values()]
    former = [
        FormerHolding(
            item=item,
            owner_node_id=old,
            accession_number=item.accession_number,
            accessioned_on=item.accessioned_on,
            entered_in_id=item.entered_in_id,
            left_on=act.day,
            left_in=out,
            price_fen=item.list_price_fen,
            reason=f"{WAY} {slip.voucher}"[:200],
        )
        for item in lines.values()
    ]
    number = jobs.next_number("accession", str(new), count=len(lines))
    for at, (line, item) in enumerate(lines.items()):
        line.old_number, line.new_number = item.accession_number, policies.accession_number(number + at)
        item.owner_node_id, item.accession_number = new, line.new_number
        item.accessioned_on, item.entered_in = act.day, into
    FormerHolding.objects.bulk_create(former, batch_size=CHUNK)
    Item.objects.bulk_update(list(lines.values()), WRITTEN, batch_size=CHUNK)
    ledger.record_many([*left, *(accessioned(act, slip, item) for item in lines.values())])


def owners(slip: Transfer) -> tuple[int, int]:
    """Return the old and the new owner of a slip by which property passes."""
    if slip.old_owner_id is None or slip.new_owner_id is None:
        raise ValueError(f"the items of the slip {slip.number} keep their owner")
    return slip.old_owner_id, slip.new_owner_id


def deregistered(act: Act, slip: Transfer, item: Item) -> EventRow:
    """Return that the old owner has the item no more; the item still says whose it was."""
    source = f"item-passed-on:{item.uid}:{slip.pk}"
    at, what = at_owner(act, item.owner_node_id), dimensions(item)
    return ledger.event_row(at, Kind.STOCK_DEREGISTERED, subject=WAY, item=what, source=source)


def accessioned(act: Act, slip: Transfer, item: Item) -> EventRow:
    """Return that the new owner has the item; the item says already whose it is."""
    source = f"item-taken-over:{item.uid}:{slip.pk}"
    at, what = at_owner(act, item.owner_node_id), dimensions(item)
    return ledger.event_row(at, Kind.STOCK_ACCESSIONED, subject=WAY, item=what, source=source)
