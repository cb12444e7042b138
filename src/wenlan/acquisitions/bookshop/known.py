"""What is known of a book by its ISBN: our record, a supplier's file, an earlier choice; and its copies (查重)."""

from wenlan.acquisitions.bookshop.models import Choice
from wenlan.acquisitions.bookshop.types import BookOnPaper, ChoiceState, Copies, KnownBook
from wenlan.acquisitions.models import BatchCopy, BatchTitle
from wenlan.acquisitions.types import BatchState
from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.description import numbers
from wenlan.catalogue.types import RecordView
from wenlan.holdings import queries as holdings

ARRIVING = (BatchState.RECEIVING, BatchState.MATCHING, BatchState.CHECKING, BatchState.ACCEPTING)


def known_book(isbn: str, read: BookOnPaper) -> tuple[KnownBook, Copies]:
    """Return a book by its ISBN of thirteen digits, and its copies over the whole network (five statements).

    What the clerk read off the book is the price, and fills in what nobody else says. `isbn` is valid.
    """
    records = catalogue.records_by_number([isbn])
    book = _from_record(isbn, records[0]) if records else _from_elsewhere(isbn)
    book = KnownBook(
        isbn=isbn,
        record=book.record,
        title=book.title or " ".join(read.title.split()),
        author=book.author or " ".join(read.author.split()),
        publisher=book.publisher or " ".join(read.publisher.split()),
        year=book.year or read.year,
        class_number=book.class_number,
        price_fen=read.price_fen if read.price_fen is not None else book.price_fen,
    )
    return book, copies(isbn, records)


def copies(isbn: str, records: tuple[RecordView, ...]) -> Copies:
    """Return the copies of an ISBN that these records carry (three statements): held, on order, chosen at a shop."""
    ordered = BatchCopy.objects.filter(title__isbn=isbn, batch__state__in=ARRIVING, item=None, is_missing=False)
    return Copies(
        places=holdings.copies_at_hand([record.id for record in records]),
        on_order=ordered.count(),
        chosen=Choice.objects.filter(isbn=isbn, state=ChoiceState.LENT).count(),
    )


def _from_record(isbn: str, record: RecordView) -> KnownBook:
    return KnownBook(
        isbn=isbn,
        record=record.id,
        title=record.title,
        author=record.responsibility,
        publisher=record.publisher,
        year=record.year,
        class_number=record.class_number,
        price_fen=record.price_fen,
    )


def _from_elsewhere(isbn: str) -> KnownBook:
    """Return what a supplier's file says of an ISBN that the catalogue has not (one statement)."""
    row = BatchTitle.objects.filter(isbn=isbn).order_by("-id").first()
    if row is None:
        return KnownBook(isbn=isbn)
    return KnownBook(
        isbn=isbn,
        title=row.title,
        author=row.responsibility,
        publisher=row.publisher,
        year=numbers.year(row.year),
        class_number=row.class_number,
        price_fen=row.price_fen,
    )
