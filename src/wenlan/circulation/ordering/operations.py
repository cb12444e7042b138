"""Taking an order, looking after it, handing out. Every write locks the order, then what it picks or lends."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from wenlan.circulation.models import BookOrder, OrderCopy, OrderLine, OrderStep, ThemedSet
from wenlan.circulation.ordering import policies, progress, queries
from wenlan.circulation.ordering.errors import NothingReady, OrderOver, OrderRefused, ReasonMissing
from wenlan.circulation.ordering.policies import AskFacts
from wenlan.circulation.ordering.types import (
    ENDED,
    CopyState,
    NewLine,
    NewOrder,
    OrderKind,
    OrderState,
    OrderView,
    Picked,
    StepKind,
)
from wenlan.circulation.reserving import operations as reserving
from wenlan.circulation.reserving.types import Wish
from wenlan.holdings import queries as holdings
from wenlan.jobs import operations as jobs
from wenlan.jobs import queries as answers
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.patrons import queries as patrons
from wenlan.patrons.identity import PRESENT_VERSION, cipher
from wenlan.patrons.types import PatronStatus

ASKED = "book_order"
FREED = frozenset({CopyState.WAITING, CopyState.TO_PICK, CopyState.ON_THE_WAY, CopyState.READY})
PICK = "circulation.order_pick"


@transaction.atomic
def ask(act: Act, *, order: NewOrder) -> OrderView:
    """Take an order for a reader, a class or an institution; the reader is told that it has come in.

    Raises PatronUnknown, and OrderRefused with every reason; then nothing is written. Repeating `act.key` returns the
    first order.
    """
    if first := queries.by_key(act.key):
        return first
    lines = lines_of(act, order)
    if refusals := policies.ask_refusals(facts_of(act, order, lines)):
        raise OrderRefused(refusals)
    row = write(act, order, lines)
    ledger.record(act, Kind.RECORD_ENTERED, source=f"order:{row.uid}", subject=f"{ASKED}:{row.kind}")
    progress.step(act, row, StepKind.ASKED, tell=True)
    return queries.order(row.pk)


def lines_of(act: Act, order: NewOrder) -> Sequence[NewLine]:
    """Return what is wished for: the lines as told, or the titles of the themed set, none of one not offered."""
    if order.themed is None:
        return order.lines
    offered = {one.id for one in queries.menu(act.day, at=order.place)}
    if order.themed not in offered:
        return ()
    return [NewLine(record=one.record, wanted=one.copies) for one in queries.titles_of(order.themed)]


def facts_of(act: Act, order: NewOrder, lines: Sequence[NewLine]) -> AskFacts:
    """Return what the rules look at."""
    said = [one for one in lines if one.record is not None or one.text.strip() or one.class_number.strip()]
    return AskFacts(
        on=act.day,
        wanted=[one.wanted for one in said],
        wanted_on=order.wanted_on,
        ages=[(one.age_from, one.age_to) for one in said],
        is_reader=patrons.patron(order.patron).status != PatronStatus.DEREGISTERED,
        is_offered=order.themed is None or bool(lines),
        lacks_address=order.to_door and not order.address.strip(),
    )


def write(act: Act, order: NewOrder, lines: Sequence[NewLine]) -> BookOrder:
    """Write an order and its lines; the address is sealed."""
    row = BookOrder.objects.create(
        number=f"DD{jobs.next_number('circulation.orders', 'readers'):07d}",
        kind=OrderKind.FREE if order.themed is None else OrderKind.MENU,
        themed=ThemedSet.objects.get(pk=order.themed) if order.themed is not None else None,
        patron_id=order.patron,
        wish=order.wish.strip()[:500],
        unit=order.unit.strip()[:60],
        persons=order.persons,
        wanted_on=order.wanted_on,
        place_id=order.place,
        to_door=order.to_door,
        channel=order.channel,
        made_at=act.at,
        made_on=act.day,
        made_node_id=act.node,
        made_by=act.operator,
        key=act.key,
    )
    if order.to_door:
        row.address_cipher = cipher().encrypt(order.address.strip()[:300], bound_to=row.uid.bytes)
        row.address_key_version = PRESENT_VERSION
        row.save(update_fields=["address_cipher", "address_key_version"])
    said = [one for one in lines if one.record is not None or one.text.strip() or one.class_number.strip()]
    OrderLine.objects.bulk_create(
        OrderLine(
            order=row,
            position=position,
            text=one.text.strip()[:300],
            record_id=one.record,
            class_number=one.class_number.strip().upper()[:20],
            age_from=one.age_from,
            age_to=one.age_to,
            wanted=one.wanted,
        )
        for position, one in enumerate(said, 1)
    )
    return row


def locked(order: int) -> BookOrder:
    """Lock an order that has not ended and return it. Raises NotFound and OrderOver."""
    row = BookOrder.objects.select_for_update().filter(pk=order).first()
    if row is None:
        queries.order(order)
        raise AssertionError
    if row.state in ENDED:
        raise OrderOver(number=row.number, state=OrderState(row.state).label)
    return row


@transaction.atomic
def take(act: Act, *, order: int) -> OrderView:
    """Look after an order from now on, oneself; another may take it over. Twice is as once. Raises OrderOver."""
    row = locked(order)
    if row.taken_by != act.operator:
        row.taken_by = act.operator
        row.save(update_fields=["taken_by"])
        progress.step(act, row, StepKind.TAKEN)
    return queries.order(row.pk)


@transaction.atomic
def pick(act: Act, *, order: int) -> Picked:
    """Put what is wished for by its title on the pick lists of the nearest shelves; what is out is waited for.

    Raises OrderOver. Repeating `act.key` picks nothing and says what the first time did.
    """
    if first := answers.answer(act.key, PICK):
        return Picked(found=first["found"], waited_for=first["waited_for"], refused=tuple(first["refused"]))
    row = locked(order)
    lines = [one for one in queries.lines(row.pk) if one.record is not None and one.missing]
    found, waited = 0, 0
    refused: list[str] = []
    for line in lines:
        assert line.record is not None
        free = queries.candidates([line.record], place=row.place_id, on=act.day)
        for one in free[: line.missing]:
            found += _reserve(act, row, line.id, one.record, one.item, refused)
        if len(free) < line.missing and not any(copy.state == CopyState.WAITING for copy in line.copies):
            waited += _reserve(act, row, line.id, line.record, None, refused)
    progress.settle(act, row)
    answer = {"found": found, "waited_for": waited, "refused": refused}
    jobs.remember(act.key, PICK, answer, at=act.at)
    return Picked(found=found, waited_for=waited, refused=tuple(refused))


@transaction.atomic
def choose(act: Act, *, order: int, line: int, items: Sequence[int]) -> Picked:
    """Put copies that somebody chose for a line on the pick lists of the places where they stand.

    Raises OrderOver. Repeating `act.key` changes nothing and says what the first time did.
    """
    if first := answers.answer(act.key, PICK):
        return Picked(found=first["found"], waited_for=0, refused=tuple(first["refused"]))
    row = locked(order)
    OrderLine.objects.get(pk=line, order=row)
    known = holdings.items_by_id(items)
    refused: list[str] = []
    found = sum(_reserve(act, row, line, known[one].record, one, refused) for one in items if one in known)
    progress.settle(act, row)
    jobs.remember(act.key, PICK, {"found": found, "refused": refused}, at=act.at)
    return Picked(found=found, waited_for=0, refused=tuple(refused))


def _reserve(act: Act, row: BookOrder, line: int, record: int, item: int | None, refused: list[str]) -> int:
    """Have a copy fetched to the order's place, or wait for one; return whether it was done (1 or 0)."""
    assert row.patron_id is not None
    wish = Wish(patron=row.patron_id, record=record, pickup=row.place_id, item=item, for_order=True)
    try:
        with transaction.atomic():
            made = reserving.reserve(progress.part(act, line, item or 0), wish=wish)
    except DomainError as refusal:
        if str(refusal) not in refused:
            refused.append(str(refusal))
        return 0
    return int(OrderCopy.objects.get_or_create(reservation_id=made.id, defaults={"line_id": line})[1])


@transaction.atomic
def drop(act: Act, *, copy: int) -> OrderView:
    """Put back one copy that was picked: it goes to its shelf or to who waits for it. Raises OrderOver."""
    line = OrderCopy.objects.select_related("line").get(pk=copy).line
    row = locked(line.order_id)
    put_back(act, row, only=copy)
    progress.settle(act, row)
    return queries.order(row.pk)


def put_back(act: Act, row: BookOrder, *, only: int | None = None) -> None:
    """Give on what is picked or waited for and was not lent."""
    for one in queries.copy_rows(progress.of(row)):
        if one.state in FREED and one.reservation is not None and only in {None, one.id}:
            reserving.cancel(act, reservation=one.reservation)


@transaction.atomic
def ready(act: Act, *, order: int) -> OrderView:
    """Say that an order may be fetched or is brought: the reader is told. Raises OrderOver and NothingReady."""
    row = locked(order)
    if not queries.order(row.pk).ready:
        raise NothingReady()
    if row.state in {OrderState.ASKED, OrderState.PICKING}:
        row.state = OrderState.READY
        row.save(update_fields=["state"])
        progress.step(act, row, StepKind.READY, tell=True)
    return queries.order(row.pk)


@transaction.atomic
def refuse(act: Act, *, order: int, reason: str) -> OrderView:
    """End an order that cannot be met; the reader hears why, and what was picked goes back.

    Raises ReasonMissing, and OrderOver also for one of which something was handed out: close that short instead.
    """
    if not reason.strip():
        raise ReasonMissing()
    return _end(act, order, OrderState.IMPOSSIBLE, StepKind.IMPOSSIBLE, reason)


@transaction.atomic
def cancel(act: Act, *, order: int) -> OrderView:
    """End an order that its reader no longer wants; what was picked goes back. Raises OrderOver."""
    return _end(act, order, OrderState.CANCELLED, StepKind.CANCELLED, "")


def _end(act: Act, order: int, state: OrderState, kind: StepKind, reason: str) -> OrderView:
    row = locked(order)
    if queries.order(row.pk).given:
        raise OrderOver(number=row.number, state=OrderState(row.state).label)
    put_back(act, row)
    row.state, row.reason, row.ended_at = state, reason.strip()[:300], act.at
    row.save(update_fields=["state", "reason", "ended_at"])
    progress.step(act, row, kind, note=row.reason, tell=True)
    return queries.order(row.pk)


@transaction.atomic
def close_short(act: Act, *, order: int, reason: str) -> OrderView:
    """Close an order with what was handed out; the rest is not coming, and the reader hears why.

    Raises ReasonMissing, and OrderOver where nothing was handed out yet (then it is refused).
    """
    if not reason.strip():
        raise ReasonMissing()
    row = locked(order)
    if not queries.order(row.pk).given:
        raise OrderOver(number=row.number, state=OrderState(row.state).label)
    if not row.is_short:
        put_back(act, row)
        row.is_short, row.reason = True, reason.strip()[:300]
        row.save(update_fields=["is_short", "reason"])
        progress.step(act, row, StepKind.SHORT, note=row.reason, tell=True)
        progress.settle(act, row)
    return queries.order(row.pk)


def carry_on(at: datetime, *, limit: int = 100) -> int:
    """Bring orders to where their books are: lent at any desk, or all back. Return how many have moved on.

    Each in a transaction of its own; those that cannot have moved are not locked.
    """
    act = reserving.by_the_clock(at)
    moved = 0
    for order in progress.behind(limit):
        with transaction.atomic():
            row = BookOrder.objects.select_for_update().get(pk=order)
            moved += int(row.state not in ENDED and progress.settle(act, row))
    return moved


def hand_over(gone: int, kept: int) -> None:
    """Give a locked reader's orders to another."""
    BookOrder.objects.filter(patron=gone).update(patron=kept)


@transaction.atomic
def forget_ended(*, before: datetime, limit: int = 200) -> int:
    """Let orders that ended before an instant forget who asked, their words and address; return how many did."""
    rows = BookOrder.objects.filter(ended_at__lt=before, patron__isnull=False)
    chosen = list(rows.exclude(patron__in=patrons.history_keepers()).values_list("pk", flat=True)[:limit])
    OrderStep.objects.filter(order__in=chosen).update(note="")
    OrderLine.objects.filter(order__in=chosen, record=None).update(text="")
    forgotten = {"patron": None, "wish": "", "unit": "", "reason": "", "address_cipher": None}
    return BookOrder.objects.filter(pk__in=chosen).update(**forgotten)
