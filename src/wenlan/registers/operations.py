"""Writes of the record books: declaring them, and entering, amending and striking what stands in them."""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wenlan.jobs.operations import bump, next_number
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.ledger import operations as ledger
from wenlan.ledger.types import EventRow, MeasureView
from wenlan.network import queries as network
from wenlan.registers import declarations, queries, sheets
from wenlan.registers.errors import EntryRefused, EntryStruck
from wenlan.registers.models import Amendment, BookVersion, Entry
from wenlan.registers.types import Book, EntryStatus, EntryView, Field, SheetReport
from wenlan.registers.values import clean, read_day, said_all

BROWSER = "browser"


@transaction.atomic
def declare(act: Act | None, book: Book) -> int:
    """Put a book into force, as a new version when it differs from the present one; return the version's number.

    A book made in the browser brings its measures: `register.<book>` and one for each field that counts.
    `act` is None only for the books that the packages ship. Raises BookMisdeclared.
    """
    declarations.check(book)
    if act is not None:
        book = replace(book, origin=BROWSER)
    latest = BookVersion.objects.filter(code=book.code).order_by("-version").first()
    declaration = declarations.to_json(book)
    if latest is not None and declarations.from_json(latest.declaration) == book:
        return latest.version
    number = latest.version + 1 if latest else 1
    BookVersion.objects.create(code=book.code, version=number, origin=book.origin, declaration=declaration)
    if book.origin == BROWSER:
        for measure in measures_of(book):
            ledger.declare_measure(measure)
    bump("books")
    return number


def new_code() -> str:
    """Return a code for a book that is made in the browser."""
    return f"book_{next_number('registers.book', 'browser')}"


def declare_shipped() -> int:
    """Put the books of every package into force; return how many there are."""
    for book in declarations.shipped_books():
        declare(None, book)
    return len(declarations.shipped_books())


def measures_of(book: Book) -> list[MeasureView]:
    """Return the measures that a book brings by itself."""
    subject = f"{book.code}:*" if book.subject_from else book.code
    entries = MeasureView(
        code=f"register.{book.code}",
        words=book.words,
        unit={"zh": "条", "en": "entries"},
        kinds=(book.kind,),
        filter={"subject": [subject]},
        origin=BROWSER,
    )
    counted = [
        MeasureView(
            code=f"register.{book.code}.{field.code}",
            words=field.words,
            unit=field.unit or {"zh": "个", "en": "units"},
            kinds=(field.counts,),
            filter={"subject": [field.counts_subject or f"{book.code}.{field.code}"]},
            divisor=field.counts_factor,
            decimals=0 if field.counts_factor == 1 else 1,
            origin=BROWSER,
        )
        for field in book.fields
        if field.counts and not field.counts_subject_from
    ]
    return [entries, *counted] if book.counted else counted


@transaction.atomic
def enter(
    act: Act,
    *,
    book: str,
    day: date,
    values: Mapping[str, Any],
    key: str | None = None,
    node: int | None = None,
    department: int | None = None,
    level: str | None = None,
) -> EntryView:
    """Write an entry for a place (default: the act's) and record what counts in it.

    `level` overrides the book's place in the chronicle. Repeating the key (default: the act's) in the same book
    returns the first entry. Raises BookUnknown, or EntryRefused with every fault.
    """
    declared, number = queries.book_and_version(book)
    key = key or act.key
    if standing := Entry.objects.filter(book=book, key=key).first():
        return queries.view_of(standing)
    kept = clean(declared, values)
    row = Entry.objects.create(
        book=book,
        book_version=number,
        day=day,
        node_id=node or act.node,
        department_id=department or (act.department if node in {None, act.node} else None),
        values=kept,
        text=searchable(declared, kept),
        level=level or declared.level,
        entered_by=act.operator,
        entered_at=act.at,
        key=key,
    )
    record(act, row, declared)
    return queries.view_of(row)


@transaction.atomic
def amend(
    act: Act,
    *,
    entry: UUID | str,
    values: Mapping[str, Any],
    day: date | None = None,
    level: str | None = None,
    reason: str = "",
) -> EntryView:
    """Change an entry: what it said is kept, what it counted is reversed and recorded anew.

    Raises NotFound, EntryStruck, or EntryRefused with every fault.
    """
    row = lock(entry)
    declared, number = queries.book_and_version(row.book)
    kept = clean(declared, values)
    keep_history(act, row, reason)
    take_back(act, row)
    row.values, row.text, row.book_version = kept, searchable(declared, kept), number
    row.day, row.level, row.revision = day or row.day, level or row.level, row.revision + 1
    row.save()
    record(act, row, declared)
    return queries.view_of(row)


@transaction.atomic
def strike(act: Act, *, entry: UUID | str, reason: str) -> EntryView:
    """Strike an entry out: it stays readable and counts no more. Twice is as once. Raises NotFound."""
    try:
        row = lock(entry)
    except EntryStruck:
        return queries.entry(entry)
    keep_history(act, row, reason)
    take_back(act, row)
    row.status, row.recorded, row.revision = EntryStatus.STRUCK, {}, row.revision + 1
    row.save()
    return queries.view_of(row)


def enter_sheet(act: Act, *, book: str, sheet: BinaryIO, nodes: Collection[int]) -> SheetReport:
    """Enter the rows of a spreadsheet. `nodes` are the places for which the rows may be.

    A row without a place belongs to the act's. Rows that are refused come back in a file with their reasons, the
    others are entered; reading the same file again enters nothing twice. Raises SheetUnreadable.
    """
    declared = queries.book(book)
    rows = sheets.read(declared, sheet)
    before = Entry.objects.filter(book=book).count()
    refused: list[tuple[Mapping[str, Any], str]] = []
    seen: Counter[str] = Counter()
    for row in rows:
        line = repr(sorted(row.items(), key=lambda item: item[0]))
        seen[line] += 1  # two equal lines of one file are two entries
        key = hashlib.sha256(f"{line}#{seen[line]}".encode()).hexdigest()
        try:
            enter_line(act, book, row, key=f"sheet:{key}", nodes=nodes)
        except DomainError as refusal:
            refused.append((row, str(refusal)))
    entered = Entry.objects.filter(book=book).count() - before
    return SheetReport(
        read=len(rows),
        entered=entered,
        repeated=len(rows) - entered - len(refused),
        refused=len(refused),
        rejects=sheets.write_refused(declared, refused) if refused else b"",
    )


def enter_line(act: Act, book: str, row: Mapping[str, Any], *, key: str, nodes: Collection[int]) -> EntryView:
    """Enter one line of a spreadsheet. Raises EntryRefused, NotFound."""
    try:
        day = date.fromisoformat(read_day(row.get(sheets.DAY, "")))
    except ValueError:
        raise EntryRefused({sheets.DAY: _("The day cannot be read.")}) from None
    place = row.get(sheets.PLACE)
    node = node_called(str(place)) if place else act.node
    if node not in nodes:
        raise EntryRefused({sheets.PLACE: _("You may not write for this place.")})
    values = {code: value for code, value in row.items() if code not in {sheets.DAY, sheets.PLACE}}
    return enter(act, book=book, day=day, values=values, key=key, node=node)


def node_called(text: str) -> int:
    """Return the node of a code or of a name in either language. Raises NotFound."""
    for view in network.nodes():
        if text.strip() in {view.code, *view.names.values()}:
            return view.id
    raise NotFound(what=text)


def lock(entry: UUID | str) -> Entry:
    """Return the entry's row, locked until the transaction ends. Raises NotFound, EntryStruck."""
    row = Entry.objects.select_for_update().filter(uid=entry).first()
    if row is None:
        raise NotFound(what=str(entry))
    if row.status == EntryStatus.STRUCK:
        raise EntryStruck
    return row


def keep_history(act: Act, row: Entry, reason: str) -> None:
    """Keep what the entry says now, and who is about to change it."""
    Amendment.objects.create(
        entry=row,
        revision=row.revision,
        day=row.day,
        values=row.values,
        changed_by=act.operator,
        changed_at=act.at,
        reason=reason,
    )


def take_back(act: Act, row: Entry) -> None:
    """Reverse everything that the present revision recorded."""
    for source in row.recorded:
        ledger.reverse(act, day=row.day, source=source)


def record(act: Act, row: Entry, book: Book) -> None:
    """Record the entry itself and each field that counts, at the entry's own place and day."""
    there = replace(act, node=row.node_id, department=row.department_id)
    rows = [*entry_rows(there, row, book), *field_rows(there, row, book)]
    ledger.record_many(rows)
    row.recorded = {event.source: event.quantity for event in rows}
    Entry.objects.filter(pk=row.pk).update(recorded=row.recorded)


def entry_rows(act: Act, row: Entry, book: Book) -> list[EventRow]:
    """The act of the entry itself, under the book's code or its code with the choice that tells entries apart."""
    if not book.counted:
        return []
    choice = row.values.get(book.subject_from) if book.subject_from else None
    subject = f"{book.code}:{choice or ''}" if book.subject_from else book.code
    source = f"register:{row.uid}:{row.revision}"
    return [ledger.event_row(act, book.kind, source=source, day=row.day, subject=subject)]


def field_rows(act: Act, row: Entry, book: Book) -> list[EventRow]:
    """One act for each field that counts and is not nought."""
    rows = []
    for field in book.fields:
        quantity = counted(field, row.values)
        if quantity:
            subject = row.values.get(field.counts_subject_from) or field.counts_subject or f"{book.code}.{field.code}"
            source = f"register:{row.uid}:{row.revision}:{field.code}"
            rows.append(
                ledger.event_row(
                    act, str(field.counts), source=source, day=row.day, quantity=quantity, subject=str(subject)
                )
            )
    return rows


def counted(field: Field, values: Mapping[str, Any]) -> int:
    """Return the quantity of a field that counts: its value in the unit of the ledger (hours as minutes)."""
    value = values.get(field.code)
    if not field.counts or value is None:
        return 0
    return round(Decimal(value) * field.counts_factor)


def searchable(book: Book, values: Mapping[str, Any]) -> str:
    """Return the words of an entry, for the search in a book."""
    return "\n".join(text for text in said_all(book, values).values() if text)
