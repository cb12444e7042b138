"""Reads of books, their entries, and the chronicle."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet

from wenlan.jobs.queries import version
from wenlan.kernel.errors import NotFound
from wenlan.kernel.periods import Period
from wenlan.kernel.words import say
from wenlan.network import queries as network
from wenlan.registers import declarations
from wenlan.registers.errors import BookUnknown
from wenlan.registers.models import Amendment, BookVersion, Entry
from wenlan.registers.sentences import sentence
from wenlan.registers.types import Book, ChronicleLine, EntryStatus, EntryView, Level
from wenlan.registers.values import said_all, said_day

_cached: tuple[int, dict[str, tuple[int, Book]]] = (-1, {})
IN_THE_CHRONICLE = (Level.MAJOR, Level.PLAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """Entries, the latest day first. `next` is given back as `after`; None on the last page."""

    rows: tuple[EntryView, ...]
    next: tuple[date, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierView:
    """What an entry said in an earlier revision."""

    revision: int
    day: date
    values: Mapping[str, Any]
    changed_by: str
    changed_at: Any
    reason: str


def books() -> tuple[Book, ...]:
    """Return every book in its present version: the shipped ones by package, then those made in the browser."""
    return tuple(book for _, book in _declared().values())


def book(code: str) -> Book:
    """Return a book. Raises BookUnknown."""
    return book_and_version(code)[0]


def book_and_version(code: str) -> tuple[Book, int]:
    """Return a book and the number of its present version. Raises BookUnknown."""
    found = _present(code) if transaction.get_connection().in_atomic_block else _declared().get(code)
    if found is None:
        raise BookUnknown(book=code)
    return found[1], found[0]


def entry(uid: UUID | str) -> EntryView:
    """Return an entry. Raises NotFound."""
    row = Entry.objects.filter(uid=uid).first()
    if row is None:
        raise NotFound(what=str(uid))
    return view_of(row)


def standing(uids: Collection[UUID], period: Period | None = None) -> tuple[EntryView, ...]:
    """Return those of some entries (of a period) that are not struck out, the latest day first (one statement)."""
    rows = Entry.objects.filter(uid__in=list(uids), status=EntryStatus.STANDS)
    if period is not None:
        rows = rows.filter(day__gte=period.start, day__lt=period.end)
    return tuple(view_of(row) for row in rows.order_by("-day", "-id"))


def entries(
    book: str,
    *,
    nodes: Collection[int],
    period: Period | None = None,
    after: tuple[date, int] | None = None,
    limit: int = 50,
    text: str = "",
    status: str = "",
    values: Mapping[str, Any] | None = None,
) -> EntryPage:
    """Return a page of a book's entries of some places; `text` is sought in every field, `values` must be equal."""
    rows = Entry.objects.filter(book=book, node__in=nodes)
    if period is not None:
        rows = rows.filter(day__gte=period.start, day__lt=period.end)
    if status:
        rows = rows.filter(status=status)
    if text:
        rows = rows.filter(text__icontains=text)
    for name, value in (values or {}).items():
        rows = rows.filter(**{f"values__{name}": value})
    if after is not None:
        rows = rows.filter(Q(day__lt=after[0]) | Q(day=after[0], id__lt=after[1]))
    found = list(rows.order_by("-day", "-id")[: limit + 1])
    following = (found[limit - 1].day, found[limit - 1].pk) if len(found) > limit else None
    return EntryPage(rows=tuple(view_of(row) for row in found[:limit]), next=following)


def entry_counts(nodes: Collection[int], period: Period) -> dict[str, int]:
    """Return how many entries of each book stand for some places and days."""
    rows = _standing(period).filter(node__in=nodes).values_list("book").annotate(entries=Count("id"))
    return dict(rows.order_by())


def amendments(uid: UUID | str) -> tuple[EarlierView, ...]:
    """Return what an entry said before, newest first."""
    rows = Amendment.objects.filter(entry__uid=uid).order_by("-revision")
    return tuple(
        EarlierView(
            revision=row.revision,
            day=row.day,
            values=row.values,
            changed_by=row.changed_by,
            changed_at=row.changed_at,
            reason=row.reason,
        )
        for row in rows
    )


def chronicle(node: int, period: Period, levels: Collection[str] = IN_THE_CHRONICLE) -> tuple[ChronicleLine, ...]:
    """Return the sentences of the entries that belong into the chronicle of a place and all under it, by day.

    An entry belongs where its place stood on its day.
    """
    rows = _standing(period).filter(level__in=levels)
    declared = _declared()
    under: dict[date, frozenset[int]] = {}
    lines = []
    for row in rows.order_by("day", "id"):
        if row.day not in under:
            under[row.day] = network.subtree(node, row.day)
        if row.node_id in under[row.day] and (text := _told(declared.get(row.book), row)):
            lines.append(
                ChronicleLine(day=row.day, text=text, level=row.level, book=row.book, node=row.node_id, entry=row.uid)
            )
    return tuple(lines)


def told(uid: UUID | str) -> str:
    """Return the sentence of an entry in the language being spoken; '' when its book has none. Raises NotFound."""
    row = Entry.objects.filter(uid=uid).first()
    if row is None:
        raise NotFound(what=str(uid))
    return _told(_declared().get(row.book), row)


def _told(declared: tuple[int, Book] | None, row: Entry) -> str:
    if declared is None or not declared[1].sentence:
        return ""
    book = declared[1]
    places = said_all(book, row.values)
    places["day"] = said_day(row.day)
    places["node"] = network.node(row.node_id, row.day).name
    places["department"] = network.department(row.department_id).name if row.department_id else ""
    return sentence(say(book.sentence), places)


def view_of(row: Entry) -> EntryView:
    """Return an entry as others see it."""
    return EntryView(
        id=row.pk,
        uid=row.uid,
        book=row.book,
        day=row.day,
        node=row.node_id,
        department=row.department_id,
        values=row.values,
        status=row.status,
        level=row.level,
        revision=row.revision,
        entered_by=row.entered_by,
        entered_at=row.entered_at,
    )


def _standing(period: Period) -> QuerySet[Entry]:
    return Entry.objects.filter(status=EntryStatus.STANDS, day__gte=period.start, day__lt=period.end)


def _declared() -> dict[str, tuple[int, Book]]:
    """The books by code with their versions, read again when the counter moved; afresh inside a transaction."""
    global _cached
    if transaction.get_connection().in_atomic_block:
        return _read()
    present = version("books")
    if _cached[0] != present:
        _cached = (present, _read())
    return _cached[1]


def _present(code: str) -> tuple[int, Book] | None:
    """The present version of one book as the database has it, without reading all the others; None for no book."""
    row = BookVersion.objects.filter(code=code).order_by("-version").first()
    if row is not None:
        return row.version, declarations.from_json(row.declaration)
    return next(((0, book) for book in declarations.shipped_books() if book.code == code), None)


def _read() -> dict[str, tuple[int, Book]]:
    latest = dict(BookVersion.objects.values_list("code").annotate(latest=Max("version")))
    rows = BookVersion.objects.order_by("id") if latest else []
    stored = {
        row.code: (row.version, declarations.from_json(row.declaration))
        for row in rows
        if row.version == latest[row.code]
    }
    shipped = {book.code: (0, book) for book in declarations.shipped_books()}
    return {**shipped, **stored}
