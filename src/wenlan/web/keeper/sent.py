"""What a keeper did without a line beside the journal: the room opened and closed, a book, a line of the register.

Each is known by the uuid that the phone gave it. What cannot be taken in says why, and where to put it right.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.brief.types import BriefFacts
from wenlan.circulation.paper import operations as paper
from wenlan.circulation.paper import queries as copied
from wenlan.circulation.paper.types import NewLine, PageView, Written
from wenlan.facilities.openings import operations as openings
from wenlan.facilities.openings.types import Position
from wenlan.holdings.errors import MonthLocked
from wenlan.holdings.short import operations as short
from wenlan.holdings.short.types import BookInHand
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError
from wenlan.ledger import operations as ledger
from wenlan.staff.desks import Desk
from wenlan.ui import clock
from wenlan.web.keeper import finding
from wenlan.web.keeper.books import price_fen
from wenlan.web.keeper.paper import month_of

Told = dict[str, Any]
LONGEST = {"title": 200, "author": 100, "isbn": 30, "price": 12, "barcode": 40, "number": 20, "item": 200, "reader": 80}
LONGEST_TEXT = 40


def text(told: Told, name: str) -> str:
    """Return a field of a line as text, trimmed and cut."""
    found = told.get(name, "")
    said = found if isinstance(found, str) else str(found) if type(found) is int else ""
    return "".join(sign for sign in said if sign.isprintable()).strip()[: LONGEST.get(name, LONGEST_TEXT)]


def open_room(_desk: Desk, act: Act, told: Told) -> Told:
    """Open the room from where the phone was."""
    position = position_of(told)
    openings.open_room(act, position=position, no_position="" if position else "no_signal")
    return answer("good", "")


def close_room(_desk: Desk, act: Act, _told: Told) -> Told:
    """Close the room."""
    done = openings.close_room(act)
    spent = {"hours": done.minutes // 60, "minutes": done.minutes % 60}
    return answer("good", _("Closed. It was open for %(hours)s h %(minutes)s min.") % spent)


def position_of(told: Told) -> Position | None:
    """Return where the phone was, None for none and for what is no place."""
    place = [told.get(name) for name in ("latitude", "longitude", "accuracy")]
    if any(type(one) not in {int, float} for one in place):
        return None
    latitude, longitude, accuracy = (float(one) for one in place if one is not None)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and 0 <= accuracy <= 100_000):
        return None
    return Position(latitude=latitude, longitude=longitude, accuracy_m=round(accuracy))


def take_book(_desk: Desk, act: Act, told: Told) -> Told:
    """Register a book: by the county's record that the phone found, else by what it knows of it."""
    facts = BriefFacts(
        title=text(told, "title"),
        author=text(told, "author"),
        isbn=text(told, "isbn"),
        price_fen=price_fen(text(told, "price")),
    )
    barcode, was_here = text(told, "barcode"), told.get("was_here") != "no"
    book = BookInHand(record=record_of(told), facts=facts, barcode=barcode, was_here=was_here)
    ledger.prepare_days(act.day, act.day + timedelta(days=1))
    try:
        item = short.take_in(act, book=book)
    except MonthLocked:  # the register of that month is closed: it is entered on the day we hear of it
        item = short.take_in(replace(act, at=clock.now()), book=book)
    said = _("Registered. Its barcode: %(barcode)s") % {"barcode": item.barcode}
    return answer("good", said, title=facts.title)


def record_of(told: Told) -> int | None:
    """Return the record that the phone meant, or another of that number where it has gone; None for none."""
    isbn, meant = text(told, "isbn"), told.get("record")
    found = [one.id for one in catalogue.by_number(isbn)] if isbn else []
    gone = catalogue.conditions(found)
    standing = [one for one in found if one not in gone]
    return meant if type(meant) is int and meant in standing else next(iter(standing), None)


def take_line(desk: Desk, act: Act, told: Told) -> Told:
    """Take in a line of the paper register; one that a person has to look at is led to the page where it is asked.

    A reader and a book are those whose whole number was written; where a name or a title may mean somebody or
    something here, nothing is guessed.
    """
    if copied.lines_by_key([act.key]):
        return answer("good", "")
    page, line = page_of(act, told), line_of(told)
    looked = looked_up(desk, act, line)
    where = reverse("keeper:paper_page", args=[page.uid])
    if looked is None:
        return answer("look", _("Is it a reader or a book that we know? Look at it."), href=where)
    try:
        taken = paper.enter_line(act, line=looked, page=page.uid)
    except DomainError as refusal:
        return answer("look", str(refusal), href=where)
    is_open = any(one.problem for one in taken)
    return answer("good", _("Taken in. Something about it has to be decided at the branch.") if is_open else "")


def page_of(act: Act, told: Told) -> PageView:
    """Return the page that a line stands on, begun with its first line."""
    key = f"{act.node}:{UUID(str(told['page']))}"
    return paper.keep_page(replace(act, key=key), month=month_of(text(told, "month")), number=text(told, "number"))


def line_of(told: Told) -> NewLine:
    """Return the line as it was typed."""
    what, quantity = text(told, "what"), text(told, "quantity")
    return NewLine(
        what=what if what in Written.values else Written.OUT,
        day_written=text(told, "day_written"),
        reader=text(told, "reader"),
        item=text(told, "item"),
        quantity=int(quantity) if quantity.isascii() and quantity.isdigit() else 1,
        back_written=text(told, "back_written"),
    )


def looked_up(desk: Desk, act: Act, line: NewLine) -> NewLine | None:
    """Return a line with the reader and the book whose numbers it says; None where a person has to look."""
    if line.what == Written.VISIT:
        return line
    readers = finding.readers(desk, line.reader) if line.what == Written.OUT else ()
    books = [one for one in finding.books(desk, line.item) if act.node in (one.item.present_node, one.item.shelved_at)]
    if any(one.card.casefold() != line.reader.casefold() for one in readers):
        return None
    if any(one.item.barcode.casefold() != line.item.casefold() for one in books) or len(books) > 1:
        return None
    card, item = readers[0].card if readers else "", books[0].item if books else None
    return replace(line, card=card, barcode=item.barcode if item else "", scope=item.barcode_scope if item else "")


def answer(tone: str, label: str, *, title: str = "", href: str = "") -> Told:
    """Return what the phone shows beside an act; `look` with `href`: it is not done until somebody has looked there."""
    state = {"good": "recorded", "look": "waiting"}.get(tone, "set_aside")
    return {"state": state, "tone": tone, "label": label, "title": title, "due": "", "href": href}


WAYS: dict[str, Callable[[Desk, Act, Told], Told]] = {
    "open": open_room,
    "close": close_room,
    "book": take_book,
    "paper": take_line,
}
