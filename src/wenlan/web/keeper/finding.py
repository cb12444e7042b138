"""A reader by card, name, or the end of a telephone or document; a book by barcode, ISBN or title."""

from dataclasses import dataclass

from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.types import Counts, RecordView, SearchQuery
from wenlan.holdings import queries as holdings
from wenlan.holdings.short import queries as short
from wenlan.holdings.types import ItemView
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.patrons.tails import readers_by_document
from wenlan.patrons.types import PatronStatus, PatronView, masked_phone
from wenlan.staff.desks import Desk
from wenlan.staff.types import Right

MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundReader:
    """A reader as the keeper chooses among some: the name in full only of the own room's, the telephone never."""

    card: str
    name: str
    phone: str
    category: str
    home: str
    loans: int
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundItem:
    """A book of the room: "this one"."""

    item: ItemView
    title: str
    author: str


def readers(desk: Desk, text: str) -> tuple[FoundReader, ...]:
    """Return the readers that somebody may mean; those of other places by their whole card or document only."""
    if not text:
        return ()
    homes = desk.nodes_with(Right.PATRONS_NAMES)
    ids = [line.id for line in patrons.search(text, names_of=homes, limit=MOST)]
    ids += [one for one in readers_by_document(text, homes, limit=MOST) if one not in ids]
    known = patrons.patrons_by_id(ids[:MOST])
    found = (found_reader(known[one], is_own=known[one].home_node in homes) for one in ids[:MOST] if one in known)
    return tuple(one for one in found if one is not None)


def found_reader(reader: PatronView, *, is_own: bool) -> FoundReader | None:
    """Return a reader to choose; None for one without a card that serves."""
    serving = [card.number for card in reader.cards if card.until_day is None]
    if not serving or reader.status == PatronStatus.DEREGISTERED:
        return None
    shown = reader if is_own else reader.masked()
    return FoundReader(
        card=serving[0],
        name=shown.name,
        phone=masked_phone(reader.phone),
        category=reader.category.name,
        home=network.node(reader.home_node).name,
        loans=reader.open_loans,
        late=False,
    )


def books(desk: Desk, text: str) -> tuple[FoundItem, ...]:
    """Return the books that somebody may mean: what carries the barcode, else what the room has of an ISBN or title."""
    if not text:
        return ()
    carrying = holdings.items_with_barcode(text)
    here = tuple(one for one in carrying if desk.node in (one.present_node, one.shelved_at))
    return described(here or carrying or short.at_hand(desk.node, [one.id for one in records(desk, text)]))


def records(desk: Desk, text: str, *, everywhere: bool = False) -> tuple[RecordView, ...]:
    """Return the records that a number names, or a title of what stands in the room or (`everywhere`) the county."""
    if found := catalogue.by_number(text):
        return found
    query = SearchQuery(text=text, node=None if everywhere else desk.node, size=20, counts=Counts.NEVER)
    return catalogue.search(query).hits


def described(items: tuple[ItemView, ...]) -> tuple[FoundItem, ...]:
    """Return items with their titles, at most twenty."""
    known = catalogue.records({item.record for item in items[:20]})
    return tuple(
        FoundItem(item=item, title=known[item.record].title, author=known[item.record].responsibility)
        for item in items[:20]
        if item.record in known
    )
