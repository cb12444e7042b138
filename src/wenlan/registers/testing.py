"""Factories for tests that need a book or an entry."""

from datetime import date

from wenlan.ledger.testing import make_act
from wenlan.registers import operations
from wenlan.registers.types import Book, EntryView, Field

PATROL = {"place": "三层书库", "people": ["李一"], "items": "fire"}


def make_book(code: str = "visits_received", **declared: object) -> Book:
    """Return the declaration of a book with one line of text, unless other fields are given."""
    plain = {
        "words": {"zh": "来访接待", "en": "Visits received"},
        "fields": (Field(code="guest", words={"zh": "来访单位", "en": "Guest"}, required=True),),
    }
    return Book(code=code, **{**plain, **declared})  # type: ignore[arg-type]


def make_patrol(node: int, day: date = date(2019, 3, 4), key: str = "patrol", **values: object) -> EntryView:
    """Enter a patrol of that day at a place."""
    act = make_act(day, node=node, key=key)
    return operations.enter(act, book="safety_patrols", day=day, values={**PATROL, **values})
