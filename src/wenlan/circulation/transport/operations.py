"""Crates: opened, filled by scan, sent with a run, received; and what was lost between two places."""

from collections.abc import Collection

from django.db import transaction

from wenlan.circulation import operations as desk
from wenlan.circulation import statements
from wenlan.circulation.models import Crate, Reservation, Transit
from wenlan.circulation.rebalancing.operations import send_ordered
from wenlan.circulation.reserving.trapping import NOBODY
from wenlan.circulation.reserving.types import ReservationState
from wenlan.circulation.transport import queries
from wenlan.circulation.transport.errors import CrateWrong, NotForThisCrate, NotOnTheWay
from wenlan.circulation.transport.types import CrateView
from wenlan.circulation.types import ItemRef, Returned
from wenlan.holdings import operations as holdings
from wenlan.holdings import queries as items
from wenlan.holdings.types import ItemStatus, Transition
from wenlan.kernel.acts import Act


@transaction.atomic
def open_crate(act: Act, *, code: str, to_node: int) -> CrateView:
    """Open a crate here for another place. Raises CrateWrong while the box of this code is on a journey.

    Repeating `act.key` returns the first answer.
    """
    row = Crate.objects.filter(key=act.key).first()
    if row is None:
        if to_node == act.node or Crate.objects.filter(code=code, received_at=None).exists():
            raise CrateWrong(code=code)
        row = Crate.objects.create(
            code=code,
            from_node_id=act.node,
            to_node_id=to_node,
            opened_at=act.at,
            opened_by=act.operator,
            key=act.key,
        )
    return queries.crate_view(row, act.at)


def locked(crate: int) -> Crate:
    """Lock a crate and return it. Raises CrateWrong."""
    row = Crate.objects.select_for_update().filter(pk=crate).first()
    if row is None:
        raise CrateWrong(code=crate)
    return row


@transaction.atomic
def put_in(act: Act, *, crate: int, item: ItemRef) -> CrateView:
    """Put an item that travels into an open crate. Twice is as once.

    An item that stands here and belongs elsewhere, or is ordered there, is sent first, as by a return. Raises
    ItemUnknown, CrateWrong, and NotForThisCrate for what travels another way.
    """
    row, found = locked(crate), items.item_by_barcode(item.barcode, item.scope)
    if row.sent_at is not None or row.from_node_id != act.node:
        raise CrateWrong(code=row.code)
    if found.status == ItemStatus.AVAILABLE and not send_ordered(act, found, to_node=row.to_node_id):
        desk.check_in(act, item=item)
    sent = Transit.objects.select_for_update().filter(queries.OPEN, item=found.id, from_node=act.node).first()
    if sent is None or sent.to_node_id != row.to_node_id:
        raise NotForThisCrate(barcode=found.barcode)
    Transit.objects.filter(pk=sent.pk).update(crate=row)
    view = queries.crate(row.pk, act.at)
    assert view is not None
    return view


@transaction.atomic
def send(act: Act, *, crate: int, run: str = "") -> CrateView:
    """Close a crate and hand it to a run. Raises CrateWrong for one that is not open here."""
    row = locked(crate)
    if row.sent_at is not None or row.from_node_id != act.node:
        raise CrateWrong(code=row.code)
    row.sent_at, row.run = act.at, run[:60]
    row.save(update_fields=["sent_at", "run"])
    view = queries.crate(row.pk, act.at)
    assert view is not None
    return view


@transaction.atomic
def receive(act: Act, *, crate: int, missing: Collection[str] = ()) -> tuple[Returned, ...]:
    """Sign for a crate at its place: every item in it arrives, but those whose barcodes are missing.

    Each arrives as by a scan, so that what a reader waits for goes to the hold shelf. What is missing stays on its
    way and grows old on the list. Raises CrateWrong for a crate of another place. Locks the crate, then item by item.
    """
    row = locked(crate)
    if row.received_at is not None:
        return ()
    if row.sent_at is None or row.to_node_id != act.node:
        raise CrateWrong(code=row.code)
    row.received_at, row.received_by = act.at, act.operator
    row.save(update_fields=["received_at", "received_by"])
    inside = [one for one in queries.in_crate(row.pk, act.at) if one.barcode not in set(missing)]
    return tuple(desk.check_in(act, item=ItemRef(one.barcode, items.item(one.item).barcode_scope)) for one in inside)


@transaction.atomic
def report_lost(act: Act, *, transit: int, reason: str) -> None:
    """Give up an item that was sent and never arrived (途中丢失). Who waited for it waits on at their place.

    Raises NotOnTheWay, and ReasonMissing of the holdings. When it turns up, it is found on its own page.
    """
    sent = Transit.objects.filter(queries.OPEN, pk=transit).first()
    if sent is None:
        raise NotOnTheWay()
    status = statements.lock_both(patron=None, item=sent.item_id)
    if status != ItemStatus.IN_TRANSIT:
        raise NotOnTheWay()
    waiting = Reservation.objects.filter(assigned=sent.item_id, state=ReservationState.ON_THE_WAY)
    waiting.update(state=ReservationState.WAITING, **NOBODY)
    here = items.item(sent.item_id).present_node
    statements.place_item(item=sent.item_id, status=status, on=act.day, node=here)
    Transit.objects.filter(pk=sent.pk).update(cancelled_at=act.at, lost_at=act.at)
    holdings.change_state(act, item=sent.item_id, transition=Transition.LOSE_ON_THE_WAY, reason=reason)
