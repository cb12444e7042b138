"""What the subjects of our acts in the ledger are called: record books, their choices, their counting fields."""

from collections.abc import Collection

from wenlan.kernel.words import say
from wenlan.registers import queries
from wenlan.registers.types import Book, Field


def subject_words(kinds: Collection[str], codes: Collection[str]) -> dict[str, str]:
    """Return the words of the subjects that record books record under these kinds."""
    found: dict[str, str] = {}
    for book in queries.books():
        if book.kind in kinds:
            found |= entry_words(book)
        for field in book.fields:
            if field.counts and str(field.counts) in kinds:
                found = {**field_words(book, field), **found}
    return {code: words for code, words in found.items() if code in codes}


def entry_words(book: Book) -> dict[str, str]:
    """Return the subjects of a book's entries: the book, or the book with each choice that tells entries apart."""
    if not book.subject_from:
        return {book.code: book.name}
    choices = book.field(book.subject_from).choices
    return {f"{book.code}:{choice.code}": f"{book.name} · {say(choice.words)}" for choice in choices}


def field_words(book: Book, field: Field) -> dict[str, str]:
    """Return the subjects under which a field counts."""
    said = f"{book.name} · {field.label}"
    found = {f"{book.code}.{field.code}": said}
    if field.counts_subject:
        found[field.counts_subject] = said
    if field.counts_subject_from:
        found |= {choice.code: say(choice.words) for choice in book.field(field.counts_subject_from).choices}
    return found
