"""Making, changing and ending reservations. Every one locks the reader, then the copies in the order of their ids."""

from collections.abc import Container, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from wenlan.circulation import rulebook
from wenlan.circulation.models import OPEN, Loan, Reservation
from wenlan.circulation.policies import ReaderFacts
from wenlan.circulation.reserving import policies, queries, statements, trapping
from wenlan.circulation.reserving.errors import ReservationOver, ReservationRefused
from wenlan.circulation.reserving.models import HOLDS_A_COPY, OPEN_STATES
from wenlan.circulation.reserving.policies import Copy, ReserveFacts
from wenlan.circulation.reserving.statements import CopyRow
from wenlan.circulation.reserving.types import ReservationKind, ReservationState, ReservationView, Wish
from wenlan.circulation.statements import lock_items, place_item
from wenlan.circulation.types import Decision
from wenlan.holdings import operations as holdings
from wenlan.holdings.types import ItemStatus, Transition
from wenlan.jobs import operations as jobs
from wenlan.jobs import queries as versions
from wenlan.kernel.acts import Act, Channel
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network
from wenlan.network import trees
from wenlan.patrons import queries as patrons
from wenlan.patrons.dimensions import countable
from wenlan.patrons.types import CardStatus, PatronView

WAITING, TO_PICK, READY = ReservationState.WAITING, ReservationState.TO_PICK, ReservationState.READY
SOME = 100


@transaction.atomic
def reserve(act: Act, *, wish: Wish) -> ReservationView:
    """Reserve a title or a copy for a reader (预约), or have it fetched from the shelf where it stands (预借).

    Which of the two it is says whether a copy stands free on a shelf. Raises PatronUnknown and ReservationRefused
    with every reason; then nothing is written. Repeating `act.key` returns the first answer. The act's rules are
    those of the pick-up point.
    """
    statements.lock_reader(wish.patron)
    if first := queries.by_key(act.key):
        return first
    copies = wanted(statements.lock_copies(wish.record), wish)
    reader = patrons.patron(wish.patron)
    decision = decide(act, reader, copies, wish)
    facts = gather(act, reader, copies, wish, decision)
    if refusals := policies.reserve_refusals(facts):
        raise ReservationRefused(refusals)
    found = nearest(facts.copies, pickup=wish.pickup, on=act.day)
    row = Reservation.objects.create(
        kind=kind_of(wish, found),
        state=TO_PICK if found else WAITING,
        patron_id=wish.patron,
        record_id=wish.record,
        item_id=wish.item,
        within_id=wish.within,
        pickup_id=wish.pickup,
        made_at=act.at,
        made_on=act.day,
        made_node_id=act.node,
        made_by=act.operator,
        key=act.key,
        assigned_id=found.id if found else None,
        assigned_at=act.at if found else None,
    )
    flag(row, reserved=True)
    count(act, row, reader)
    return queries.reservation(row.pk)


def kind_of(wish: Wish, found: Copy | None) -> str:
    """Return which kind of reservation a wish makes."""
    if wish.for_order:
        return ReservationKind.ORDER
    return ReservationKind.REQUEST if found else ReservationKind.RESERVATION


def wanted(copies: Sequence[CopyRow], wish: Wish) -> tuple[CopyRow, ...]:
    """Return the copies that would do."""
    places = network.subtree(wish.within) if wish.within is not None else None
    return tuple(
        copy for copy in copies if wish.item in {None, copy.id} and (places is None or copy.shelved_at in places)
    )


def decide(act: Act, reader: PatronView, copies: Sequence[CopyRow], wish: Wish) -> Decision | None:
    """Return what the rules of the pick-up point say of the first copy."""
    if not copies:
        return None
    book = rulebook.current(versions.version(rulebook.VERSION))
    return book.decision(
        trees.current(),
        node=wish.pickup,
        owner=copies[0].owner,
        category=reader.category.code,
        material=copies[0].material,
        on=act.day,
    )


def gather(
    act: Act, reader: PatronView, copies: Sequence[CopyRow], wish: Wish, decision: Decision | None
) -> ReserveFacts:
    """Return what the policy looks at; the reader and the copies are locked, so the counts hold."""
    mine = Reservation.objects.filter(patron=wish.patron, state__in=OPEN_STATES)
    same = mine.filter(record=wish.record).filter(the_same(wish))
    borrowed = Loan.objects.filter(OPEN, patron=wish.patron, item__in=[copy.id for copy in copies])
    taken = set(Reservation.objects.filter(HOLDS_A_COPY, record=wish.record).values_list("assigned_id", flat=True))
    return ReserveFacts(
        on=act.day,
        reader=reader_facts(reader),
        credit_floor=decision.credit_floor if decision else None,
        owed_limit_fen=decision.owed_limit_fen if decision else None,
        reservations=mine.exclude(kind=ReservationKind.ORDER).count(),
        most=decision.reservations if decision and not wish.for_order else None,
        has_reserved=same.exists(),
        has_borrowed=borrowed.exists(),
        copies=tuple(copy_of(copy, taken) for copy in copies),
    )


def the_same(wish: Wish) -> Q:
    """Return which reservations of the title are this wish again; an order may have several copies of one title."""
    if wish.for_order:
        return Q(item=wish.item)
    return Q(item=None) | Q(item=wish.item) if wish.item else Q()


def reader_facts(reader: PatronView) -> ReaderFacts:
    """Return the reader as the rules see them."""
    return ReaderFacts(
        card_status=CardStatus.VALID,
        status=reader.status,
        suspended_until=reader.suspended_until,
        valid_until=reader.valid_until,
        open_loans=reader.open_loans,
        loan_limit=reader.category.loan_limit,
        overdue_limit=None,
        overdue_loans=0,
        credit_points=reader.credit_points,
        owed_fen=reader.owed_fen,
    )


def copy_of(row: CopyRow, taken: Container[int | None]) -> Copy:
    """Return a copy as the rules see it."""
    return Copy(
        id=row.id,
        status=row.status,
        lending=row.lending,
        shelved_at=row.shelved_at,
        present_node=row.present_node,
        is_taken=row.id in taken,
    )


def nearest(copies: Sequence[Copy], *, pickup: int, on: date, but: Sequence[int] = ()) -> Copy | None:
    """Return the free copy on a shelf with the shortest way, leaving out those that were not found."""
    tree = trees.current()
    return policies.to_fetch(
        [copy for copy in copies if copy.id not in but],
        pickup_way_up=tree.ancestors(pickup, on),
        ways_up=lambda node: tree.ancestors(node, on),
    )


def flag(row: Reservation, *, reserved: bool) -> None:
    """Let the returns of the copies that would do ask for the queue, or no longer."""
    if row.item_id is not None:
        statements.flag_copy(row.item_id, reserved=reserved)
    else:
        statements.flag_copies(row.record_id, reserved=reserved)


def count(act: Act, row: Reservation, reader: PatronView) -> None:
    """Record the wish in the ledger; reservations and requests are told apart by the subject."""
    ledger.record(
        act,
        Kind.RESERVATION_MADE,
        source=f"reservation:{row.uid}",
        subject=row.kind,
        special_group=reader.special_group,
        reader=countable(reader, act.day),
    )


def opened(reservation: int, *states: str) -> Reservation:
    """Lock the copies of an open reservation's title, then itself, and return it. Raises ReservationOver."""
    record = Reservation.objects.filter(pk=reservation).values_list("record_id", flat=True).first()
    if record is not None:
        statements.lock_copies(record)
    row = Reservation.objects.select_for_update().filter(pk=reservation).first()
    if row is None or row.state not in (states or OPEN_STATES):
        raise ReservationOver()
    return row


@transaction.atomic
def cancel(act: Act, *, reservation: int) -> ReservationView:
    """End a reservation; a copy that was kept for it goes to the next in line. Raises ReservationOver."""
    row = opened(reservation)
    end(act, row, ReservationState.CANCELLED)
    return queries.reservation(row.pk)


def end(act: Act, row: Reservation, state: str) -> None:
    """End a locked reservation, and give its copy on. What is on its way goes on travelling, for its shelf."""
    kept, before = row.assigned_id, row.state
    row.state, row.ended_at, row.ended_by = state, act.at, act.operator
    row.save(update_fields=["state", "ended_at", "ended_by"])
    if kept is not None and before in {READY, ReservationState.ON_THE_WAY}:
        give_on(act, row, kept, is_here=before == READY)
    if not Reservation.objects.filter(record=row.record_id, state__in=OPEN_STATES).exists():
        statements.flag_copies(row.record_id, reserved=False)


def give_on(act: Act, row: Reservation, item: int, *, is_here: bool) -> None:
    """Keep a locked copy for nobody, or for the next in line when it is ready at their pick-up point.

    Who is next elsewhere finds it on the pick list: it has to be taken off the hold shelf first.
    """
    copy = next(found for found in statements.lock_copies(row.record_id) if found.id == item)
    if not is_here:
        place_item(item=item, status=copy.status, on=act.day, node=copy.present_node)
        return
    way_up = network.ancestors(copy.shelved_at)
    following = statements.next_for(record=row.record_id, item=item, on=act.day, shelf_way_up=way_up)
    if following is not None and following.pickup == copy.present_node:
        last = keep_until(following.category, copy, following.pickup, act.day)
        status = ItemStatus.ON_HOLD_SHELF.value
        place_item(item=item, status=status, on=act.day, node=copy.present_node, held_for=following.patron)
        given = trapping.Claim(
            id=following.id,
            uid=following.uid,
            record=row.record_id,
            patron=following.patron,
            pickup=following.pickup,
            pick_up_by=last,
            kind=following.kind,
        )
        trapping.settle(act, given, item)
        return
    place_item(item=item, status=ItemStatus.AVAILABLE.value, on=act.day, node=copy.present_node)
    if following is not None:
        Reservation.objects.filter(pk=following.id).update(state=TO_PICK, assigned=item, assigned_at=act.at)


def keep_until(category: int, copy: CopyRow, pickup: int, on: date) -> date:
    """Return the last day on the hold shelf of a place for a copy that is there."""
    book, tree = rulebook.current(versions.version(rulebook.VERSION)), trees.current()
    decision = book.decision(
        tree,
        node=pickup,
        owner=copy.owner,
        category=book.categories[category].code,
        material=copy.material,
        on=on,
    )
    days = decision.hold_days if decision else 1
    return policies.last_pick_up_day(arrived_on=on, hold_days=days, is_open=lambda day: tree.is_open(pickup, day))


@transaction.atomic
def suspend(act: Act, *, reservation: int, until: date | None) -> ReservationView:
    """Let a waiting reservation rest until after a day, keeping its place; None lets it wait again.

    Raises ReservationOver for one that has a copy already.
    """
    row = opened(reservation, WAITING, TO_PICK)
    row.suspended_until = until
    if until is not None and row.state == TO_PICK:
        row.state, row.assigned_id, row.assigned_at = WAITING, None, None
    row.save(update_fields=["suspended_until", "state", "assigned", "assigned_at"])
    return queries.reservation(row.pk)


@transaction.atomic
def not_found(act: Act, *, reservation: int) -> ReservationView:
    """Say that the copy to be fetched is not on its shelf: it is searched for, and the next copy is fetched instead.

    Without another free copy the reservation waits at its place. For an order any other copy of the title will do.
    Raises ReservationOver.
    """
    row = opened(reservation, TO_PICK)
    assert row.assigned_id is not None
    missing = row.assigned_id
    row.passed_over = [*row.passed_over, missing]
    take_next(act, row, statements.lock_copies(row.record_id))
    holdings.change_state(act, item=missing, transition=Transition.SEARCH, reason="")
    return queries.reservation(row.pk)


def take_next(act: Act, row: Reservation, copies: Sequence[CopyRow]) -> bool:
    """Assign the nearest free copy to a locked reservation, or let it wait; return whether one was found."""
    of_order = row.kind == ReservationKind.ORDER
    wish = Wish(
        patron=row.patron_id or 0,
        record=row.record_id,
        pickup=row.pickup_id,
        item=None if of_order else row.item_id,
        within=row.within_id,
    )
    held = Reservation.objects.filter(HOLDS_A_COPY, record=row.record_id).values_list("assigned_id", flat=True)
    free = [copy_of(copy, set(held)) for copy in wanted(copies, wish)]
    found = nearest(free, pickup=row.pickup_id, on=act.day, but=row.passed_over)
    row.state, row.assigned_id = (TO_PICK, found.id) if found else (WAITING, None)
    row.assigned_at = act.at if found else None
    if of_order and row.item_id is not None and found is not None:
        row.item_id = found.id
    row.save(update_fields=["state", "item", "assigned", "assigned_at", "passed_over"])
    return found is not None


def hand_over(gone: int, kept: int) -> None:
    """Give a locked reader's reservations to another locked reader, with the copies that are kept for them."""
    theirs = Reservation.objects.filter(patron=gone)
    for item in theirs.filter(HOLDS_A_COPY).order_by("assigned_id").values_list("assigned_id", flat=True):
        assert item is not None
        lock_items([item])
        statements.keep_for(item, patron=kept)
    theirs.update(patron=kept)


@transaction.atomic
def forget_ended(*, before: datetime, limit: int = 200) -> int:
    """Let reservations that ended before an instant forget their reader, at most `limit` of them; return how many.

    Readers who keep their history keep them; the ledger has counted them long since.
    """
    rows = Reservation.objects.filter(ended_at__lt=before, patron__isnull=False)
    chosen = rows.exclude(patron__in=patrons.history_keepers()).values_list("id", flat=True)[:limit]
    return Reservation.objects.filter(pk__in=list(chosen)).update(patron=None)


def by_the_clock(at: datetime) -> Act:
    """Return the act of the clock at the root of the network."""
    return Act(at=at, node=network.root().id, channel=Channel.DESK, key=f"clock:{at.isoformat()}", device="clock")


def expire(at: datetime) -> int:
    """End what was not collected by its last day, each in a transaction of its own; return how many ended.

    What was picked for an order is kept as long as the order is.
    """
    act = by_the_clock(at)
    over = Reservation.objects.filter(state=READY, pick_up_by__lt=act.day).exclude(kind=ReservationKind.ORDER)
    over = over.order_by("pick_up_by", "id")
    ended = 0
    for one in list(over.values_list("id", flat=True)[:SOME]):
        with transaction.atomic():
            row = opened_or_none(one, READY)
            if row is not None and is_over(row, act.day):
                end(act, row, ReservationState.EXPIRED)
                tell_expired(row)
                ended += 1
    return ended


def is_over(row: Reservation, on: date) -> bool:
    """Return whether a locked copy has stood on the hold shelf for its time, by the calendar as it is now.

    Where the pick-up point was shut unforeseen the reader gets as many open days as were promised; that is written.
    """
    if row.patron is None or row.ready_on is None or row.pick_up_by is None or row.pick_up_by >= on:
        return False
    copy = next(found for found in statements.lock_copies(row.record_id) if found.id == row.assigned_id)
    last = keep_until(row.patron.category_id, copy, row.pickup_id, row.ready_on)
    if last >= on:
        row.pick_up_by = last
        row.save(update_fields=["pick_up_by"])
    return last < on


def opened_or_none(reservation: int, *states: str) -> Reservation | None:
    """Return a locked reservation, None when it went on meanwhile."""
    try:
        return opened(reservation, *states)
    except ReservationOver:
        return None


def tell_expired(row: Reservation) -> None:
    """Let the reader know that the copy went to the next."""
    facts = {
        "record": row.record_id,
        "item": row.assigned_id,
        "pick_up_by": row.pick_up_by.isoformat() if row.pick_up_by else "",
    }
    key = f"expired:{row.uid}"
    jobs.post("notices", {"template": "reservation_expired", "patron": row.patron_id, "facts": facts, "key": key})


def match(at: datetime) -> int:
    """Have copies fetched that came free while readers wait: new ones, mended ones; return how many were found."""
    act = by_the_clock(at)
    statements.flag_new_copies()
    found = 0
    for one in statements.waiting_with_free_copies(act.day, limit=SOME):
        with transaction.atomic():
            row = opened_or_none(one, WAITING)
            if row is not None:
                found += take_next(act, row, statements.lock_copies(row.record_id))
    return found
