"""Where drifting books stand, and what was counted of them."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q, Sum

from wenlan.circulation.drifting.errors import BookUnknown
from wenlan.circulation.drifting.models import DriftBook, DriftMove, DriftPoint
from wenlan.circulation.drifting.types import BookView, MoveView, PointView
from wenlan.holdings.policies import barcode_key
from wenlan.kernel.errors import NotFound


def points(on: date, nodes: Collection[int] | None = None) -> tuple[PointView, ...]:
    """Return the points in use on a day, of some places or all, with how many books stand there (two statements)."""
    rows = DriftPoint.objects.filter(Q(until_day=None) | Q(until_day__gt=on), from_day__lte=on)
    if nodes is not None:
        rows = rows.filter(node__in=nodes)
    standing = dict(DriftBook.objects.filter(point__isnull=False).values_list("point").annotate(n=Count("id")))
    return tuple(point_view(row, standing.get(row.pk, 0)) for row in rows.order_by("node_id", "id"))


def point(point_id: int) -> PointView:
    """Return a point. Raises NotFound."""
    row = DriftPoint.objects.filter(pk=point_id).first()
    if row is None:
        raise NotFound(what=str(point_id))
    return point_view(row, DriftBook.objects.filter(point=row).count())


def point_view(row: DriftPoint, books: int) -> PointView:
    """Return the public side of a point."""
    return PointView(
        id=row.pk,
        node=row.node_id,
        words=row.words,
        place=row.place,
        from_day=row.from_day,
        until_day=row.until_day,
        books=books,
    )


def books_at(point_id: int, *, after: int = 0, limit: int = 100) -> tuple[BookView, ...]:
    """Return the books that stand at a point, by number; `after` is the last id seen (one statement)."""
    rows = DriftBook.objects.filter(point=point_id, pk__gt=after).order_by("id")
    return tuple(book_view(row) for row in rows[:limit])


def book(number: str) -> BookView:
    """Return a drifting book by its number. Raises BookUnknown."""
    row = DriftBook.objects.filter(number=barcode_key(number)).first()
    if row is None:
        raise BookUnknown(what=number)
    return book_view(row)


def book_view(row: DriftBook) -> BookView:
    """Return the public side of a book."""
    return BookView(
        id=row.pk,
        number=row.number,
        title=row.title,
        author=row.author,
        isbn=row.isbn,
        origin=row.origin,
        point=row.point_id,
        released_on=row.released_on,
        ended_on=row.ended_on,
        times_taken=row.times_taken,
    )


def moves_of(book_id: int) -> tuple[MoveView, ...]:
    """Return the way of a book, the first step first (one statement)."""
    return tuple(move_view(row) for row in DriftMove.objects.filter(book=book_id).order_by("id"))


def moves_at(point_id: int, *, limit: int = 30) -> tuple[MoveView, ...]:
    """Return what happened at a point, the latest first (one statement)."""
    rows = DriftMove.objects.filter(point=point_id, replaced_at=None).order_by("-id")
    return tuple(move_view(row) for row in rows[:limit])


def move_view(row: DriftMove) -> MoveView:
    """Return the public side of a move."""
    return MoveView(
        id=row.pk,
        at=row.at,
        day=row.day,
        act=row.act,
        point=row.point_id,
        book=row.book_id,
        quantity=row.quantity,
        by=row.by,
    )


def tallies(point_id: int, day: date) -> dict[str, int]:
    """Return the tallies of a point's day by what happened (one statement)."""
    rows = DriftMove.objects.filter(point=point_id, day=day, book=None, replaced_at=None)
    return dict(rows.values_list("act", "quantity"))


def sums(point_ids: Collection[int], first: date, last: date) -> dict[int, Counter[str]]:
    """Return how many volumes were released, taken and left at points in a span of days, both ends in."""
    rows = DriftMove.objects.filter(point__in=point_ids, day__range=(first, last), replaced_at=None)
    found: dict[int, Counter[str]] = {point_id: Counter() for point_id in point_ids}
    for point_id, act, quantity in rows.values_list("point", "act").annotate(Sum("quantity")).order_by():
        found[point_id][act] = quantity
    return found
