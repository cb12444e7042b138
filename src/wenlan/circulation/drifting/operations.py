"""Releasing drifting books, and counting what is taken and left. No reader is named, and no item is lent by it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import F

from wenlan.circulation.drifting import queries
from wenlan.circulation.drifting.errors import BookUnknown, NotThere, PointClosed, StillInStock, TallyWrong
from wenlan.circulation.drifting.models import DriftBook, DriftMove, DriftPoint
from wenlan.circulation.drifting.types import BookView, DriftAct, DriftOrigin, NewDriftBook, PointView
from wenlan.holdings import queries as holdings
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.types import ItemStatus
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.staff.operations import audit

COUNTED = frozenset({DriftAct.RELEASED, DriftAct.TAKEN, DriftAct.LEFT})
TALLIED = frozenset({DriftAct.TAKEN, DriftAct.LEFT})
LARGEST = 10_000


@transaction.atomic
def open_point(act: Act, *, words: Mapping[str, str], place: str = "") -> PointView:
    """Open a drifting point that the act's node looks after. Repeating `act.key` returns the first."""
    row, is_new = DriftPoint.objects.get_or_create(
        key=act.key,
        defaults={"node_id": act.node, "words": dict(words), "place": place.strip()[:200], "from_day": act.day},
    )
    if is_new:
        audit(act, "circulation.drift_point", f"point:{row.pk}", after={"words": dict(words)})
    return queries.point(row.pk)


@transaction.atomic
def close_point(act: Act, *, point: int) -> PointView:
    """Close a point from the act's day on; its books stand nowhere until they are left at another. Twice is as once."""
    row = _locked(point)
    if row.until_day is None:
        DriftPoint.objects.filter(pk=row.pk).update(until_day=act.day)
        DriftBook.objects.filter(point=row).update(point=None)
    return queries.point(point)


@transaction.atomic
def release(act: Act, *, point: int, book: NewDriftBook) -> BookView:
    """Release a book (投放) at a point, with a running number of its own.

    An item may drift only after it was deregistered: what is counted as stock is not counted here. Raises StillInStock,
    PointClosed, ItemUnknown. Repeating `act.key` returns the first.
    """
    if done := DriftMove.objects.filter(key=act.key).select_related("book").first():
        assert done.book is not None
        return queries.book_view(done.book)
    at = _open(point, act.day)
    if book.item is not None:
        item = holdings.item(book.item)
        if item.status != ItemStatus.WITHDRAWN or DriftBook.objects.filter(item=item.id).exists():
            raise StillInStock(barcode=item.barcode)
    made = DriftBook.objects.create(
        number=f"PL{jobs.next_number('drifting', 'books'):07d}",
        title=book.title.strip()[:300],
        author=book.author.strip()[:200],
        isbn=book.isbn.strip()[:20],
        origin=DriftOrigin.STOCK if book.item is not None else book.origin,
        item_id=book.item,
        point=at,
        released_on=act.day,
        note=book.note.strip()[:200],
    )
    _move(act, DriftAct.RELEASED, at, made)
    return queries.book_view(made)


@transaction.atomic
def take(act: Act, *, number: str) -> BookView:
    """Somebody takes a book along. Raises BookUnknown, NotThere. Repeating `act.key` counts nothing."""
    row = _book(number)
    if not _done(act):
        if row.point is None:
            raise NotThere(number=row.number, state=_state(row))
        _move(act, DriftAct.TAKEN, row.point, row)
        DriftBook.objects.filter(pk=row.pk).update(point=None, times_taken=F("times_taken") + 1)
    return queries.book(number)


@transaction.atomic
def leave(act: Act, *, number: str, point: int) -> BookView:
    """Somebody leaves a book at a point, whichever it was taken from. One that was taken unseen counts as taken too.

    Raises BookUnknown, PointClosed, NotThere for one that drifts no more. Repeating `act.key` counts nothing.
    """
    row, at = _book(number), _open(point, act.day)
    if not _done(act):
        if row.ended_on is not None:
            raise NotThere(number=row.number, state=_state(row))
        if row.point is not None:
            take(replace(act, key=f"{act.key}/taken"), number=number)
        _move(act, DriftAct.LEFT, at, row)
        DriftBook.objects.filter(pk=row.pk).update(point=at)
    return queries.book(number)


@transaction.atomic
def end(act: Act, *, number: str) -> BookView:
    """End the drifting of a book that is worn out or never came back; it is not counted. Twice is as once."""
    row = _book(number)
    if row.ended_on is None:
        last = row.point or DriftPoint.objects.get(pk=row.moves.order_by("-id").values_list("point", flat=True)[0])
        _move(act, DriftAct.ENDED, last, row)
        DriftBook.objects.filter(pk=row.pk).update(point=None, ended_on=act.day)
    return queries.book(number)


@transaction.atomic
def tally(act: Act, *, point: int, what: str, quantity: int, day: date) -> bool:
    """Enter how many volumes without scans were taken or left at a point on a day; return whether it changed anything.

    Another number for the same day replaces the first: the ledger shows both. Scans count beside it. Raises
    PointClosed and TallyWrong.
    """
    at = _open(point, day)
    if DriftAct(what) not in TALLIED or not 0 <= quantity <= LARGEST or day > act.day:
        raise TallyWrong()
    if _done(act):
        return False
    before = DriftMove.objects.filter(book=None, point=at, day=day, act=what, replaced_at=None).first()
    if (before.quantity if before else 0) == quantity:
        return False
    if before is not None:
        DriftMove.objects.filter(pk=before.pk).update(replaced_at=act.at)
        if before.quantity:
            ledger.reverse(act, day=day, source=source_of(before))
    _move(act, DriftAct(what), at, None, quantity=quantity, day=day)
    return True


def _locked(point: int) -> DriftPoint:
    row = DriftPoint.objects.select_for_update().filter(pk=point).first()
    if row is None:
        raise NotFound(what=str(point))
    return row


def _open(point: int, day: date) -> DriftPoint:
    row = _locked(point)
    if day < row.from_day or (row.until_day is not None and day >= row.until_day):
        raise PointClosed()
    return row


def _book(number: str) -> DriftBook:
    row = DriftBook.objects.select_for_update(of=("self",)).select_related("point").filter(number=barcode_key(number))
    found = row.first()
    if found is None:
        raise BookUnknown(what=number)
    return found


def _done(act: Act) -> bool:
    return DriftMove.objects.filter(key=act.key).exists()


def _state(row: DriftBook) -> str:
    last = row.moves.order_by("-id").first()
    return str(DriftAct(last.act).label) if last else ""


def _move(
    act: Act, what: DriftAct, point: DriftPoint, book: DriftBook | None, *, quantity: int = 1, day: date | None = None
) -> None:
    """Write what happened and count it at the point's node."""
    row = DriftMove.objects.create(
        book=book, point=point, act=what, quantity=quantity, day=day or act.day, at=act.at, by=act.operator, key=act.key
    )
    if what in COUNTED and quantity:
        ledger.record(
            replace(act, node=point.node_id),
            Kind.BOOK_DRIFTED,
            quantity=quantity,
            day=row.day,
            subject=what.value,
            source=source_of(row),
        )


def source_of(row: DriftMove) -> str:
    """Return the key that a move has in the ledger."""
    return f"drift:{row.uid}"
