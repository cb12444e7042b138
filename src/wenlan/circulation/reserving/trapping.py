"""What a copy that comes in, goes out or arrives means for those who wait. Each part joins the act's transaction."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from wenlan.circulation import rulebook
from wenlan.circulation.models import Loan, Reservation
from wenlan.circulation.reserving import policies, statements
from wenlan.circulation.reserving.models import HOLDS_A_COPY
from wenlan.circulation.reserving.types import Held, ReservationKind, ReservationState
from wenlan.circulation.statements import HotRead, ItemRow
from wenlan.jobs import operations as jobs
from wenlan.jobs import queries as versions
from wenlan.kernel.acts import Act
from wenlan.network import trees

NOBODY = {"assigned": None, "assigned_at": None, "trapped": None, "ready_on": None, "pick_up_by": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who comes next for a copy that came in: a locked reservation that is not written yet."""

    id: int
    uid: UUID
    record: int
    patron: int
    pickup: int
    pick_up_by: date | None
    kind: str

    @property
    def held(self) -> Held:
        """The claim as the desk hears of it."""
        return Held(reservation=self.uid, patron=self.patron, pickup=self.pickup, pick_up_by=self.pick_up_by)


def claim(act: Act, read: HotRead, item: ItemRow) -> Claim | None:
    """Return who comes next for a locked item that may be lent. One statement, and only for a flagged item."""
    if not item.reserved or item.lending != "lendable":
        return None
    tree = trees.current(read.versions.tree)
    found = statements.next_for(
        record=item.record, item=item.id, on=read.on, shelf_way_up=tree.ancestors(item.shelved_at, read.on)
    )
    if found is None:
        return None
    last = None
    if found.pickup == act.node:
        book = rulebook.current(read.versions.policies)
        last = last_day(book, tree, item, category=book.categories[found.category].code, pickup=act.node, on=read.on)
    uid = found.uid if isinstance(found.uid, UUID) else UUID(str(found.uid))
    return Claim(
        id=found.id,
        uid=uid,
        record=item.record,
        patron=found.patron,
        pickup=found.pickup,
        pick_up_by=last,
        kind=found.kind,
    )


def last_day(book: rulebook.Rulebook, tree: trees.Tree, item: ItemRow, *, category: str, pickup: int, on: date) -> date:
    """Return the last day on the hold shelf of a place for an item that arrives there on the day."""
    decision = book.decision(tree, node=pickup, owner=item.owner_node, category=category, material=item.material, on=on)
    days = decision.hold_days if decision else 1
    return policies.last_pick_up_day(arrived_on=on, hold_days=days, is_open=lambda day: tree.is_open(pickup, day))


def settle(act: Act, claimed: Claim, item: int, *, loan: int | None = None) -> None:
    """Write who gets the copy: it is ready here, or on its way to the pick-up point."""
    is_here = claimed.pick_up_by is not None
    Reservation.objects.filter(pk=claimed.id).update(
        state=ReservationState.READY if is_here else ReservationState.ON_THE_WAY,
        assigned=item,
        assigned_at=act.at,
        trapped=loan,
        ready_on=act.day if is_here else None,
        pick_up_by=claimed.pick_up_by,
    )
    if is_here and claimed.kind != ReservationKind.ORDER:
        tell_ready(claimed, item)


def tell_ready(claimed: Claim, item: int) -> None:
    """Let the reader know that the copy is there."""
    last = claimed.pick_up_by.isoformat() if claimed.pick_up_by else ""
    facts = {"record": claimed.record, "item": item, "node": claimed.pickup, "pick_up_by": last}
    key = f"ready:{claimed.uid}:{item}"
    jobs.post("notices", {"template": "reservation_ready", "patron": claimed.patron, "facts": facts, "key": key})


def arrive(act: Act, item: ItemRow) -> Claim | None:
    """Return the claim on a locked item that is kept for a reader, ready when this is the pick-up point.

    It was on its way, or was carried off from the hold shelf of another place.
    """
    kept = [ReservationState.ON_THE_WAY, ReservationState.READY]
    row = Reservation.objects.select_for_update().filter(assigned=item.id, state__in=kept).first()
    if row is None or row.patron_id is None:
        return None
    last = None
    if row.pickup_id == act.node:
        book, tree = rulebook.current(versions.version(rulebook.VERSION)), trees.current()
        category = patron_category(book, row.patron_id)
        last = last_day(book, tree, item, category=category, pickup=act.node, on=act.day)
    return Claim(
        id=row.pk,
        uid=row.uid,
        record=item.record,
        patron=row.patron_id,
        pickup=row.pickup_id,
        pick_up_by=last,
        kind=row.kind,
    )


def patron_category(book: rulebook.Rulebook, patron: int) -> str:
    """Return the category of a reader."""
    from_row = Reservation.objects.filter(patron=patron).values_list("patron__category_id", flat=True).first()
    return book.categories[from_row].code if from_row in book.categories else ""


def lent(act: Act, item: ItemRow, *, patron: int, loan: UUID) -> None:
    """End the reader's own wait when a copy is lent to them; who else it was meant for waits on at their place."""
    own = Reservation.objects.filter(
        Q(record=item.record, state=ReservationState.WAITING) & (Q(item=None) | Q(item=item.id))
        | HOLDS_A_COPY & Q(assigned=item.id),
        patron=patron,
    )
    row = own.order_by("-assigned", "id").first()
    if row is not None:
        row.state, row.assigned_id, row.ended_at, row.ended_by = "collected", item.id, act.at, act.operator
        row.loan_id = loan_id(loan)
        row.save(update_fields=["state", "assigned", "ended_at", "ended_by", "loan"])
    Reservation.objects.filter(HOLDS_A_COPY, assigned=item.id).update(state=ReservationState.WAITING, **NOBODY)


def loan_id(uid: UUID) -> int:
    """Return the id of a loan that was just written."""
    return Loan.objects.values_list("id", flat=True).get(uid=uid)


def unlent(loan: int) -> int | None:
    """Put a reservation back on the hold shelf when its loan is undone; return the reader it is kept for."""
    row = Reservation.objects.select_for_update().filter(loan=loan, state=ReservationState.COLLECTED).first()
    if row is None:
        return None
    row.loan_id, row.ended_at, row.ended_by = None, None, ""
    row.state = ReservationState.READY if row.ready_on else ReservationState.WAITING
    if row.state == ReservationState.WAITING:
        row.assigned_id = None
    row.save(update_fields=["state", "assigned", "loan", "ended_at", "ended_by"])
    return row.patron_id if row.state == ReservationState.READY else None


def untrap(item: int) -> None:
    """Let who was to have an item wait on at their place: its return is undone, and it is on loan again."""
    Reservation.objects.filter(HOLDS_A_COPY, assigned=item).update(state=ReservationState.WAITING, **NOBODY)


def is_waited_for(read: HotRead, item: ItemRow, *, patron: int) -> bool:
    """Return whether somebody else waits for a locked item: then its loan is not renewed. One statement, if flagged."""
    if not item.reserved:
        return False
    not_resting = Q(suspended_until=None) | Q(suspended_until__lt=read.on)
    waiting = Reservation.objects.filter(not_resting, record=item.record, state=ReservationState.WAITING)
    tree = trees.current(read.versions.tree)
    within = Q(within=None) | Q(within__in=tree.ancestors(item.shelved_at, read.on))
    return waiting.filter(Q(item=None) | Q(item=item.id), within).exclude(patron=patron).exists()
