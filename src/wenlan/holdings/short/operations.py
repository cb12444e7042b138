"""Registering one book where it stands."""

from dataclasses import replace

from django.db import transaction

from wenlan.catalogue.brief import operations as brief
from wenlan.catalogue.errors import TitleMissing
from wenlan.holdings import policies, queries
from wenlan.holdings.accessioning import accession
from wenlan.holdings.short.queries import usual_owner
from wenlan.holdings.short.types import BookInHand
from wenlan.holdings.types import ItemView, NewItem
from wenlan.jobs import operations as jobs
from wenlan.jobs.queries import answer
from wenlan.kernel.acts import Act, Channel
from wenlan.network import queries as network

ANSWERS = "holdings.take_in"


@transaction.atomic
def take_in(act: Act, *, book: BookInHand) -> ItemView:
    """Register a book as an item that stands at the act's place, with a brief record where there is none.

    It belongs to whoever owns the other books there, and takes the next accession number (登录号) of that owner, which
    is its barcode too where none is glued in. A book that was there before is no addition of the year. Raises
    TitleMissing without record and facts, BarcodeTaken, and NotFound for an unknown record; then nothing is written.
    Repeating `act.key` returns the first answer.
    """
    if before := answer(act.key, ANSWERS):
        return queries.item(before["id"])
    record = book.record
    if record is None:
        if book.facts is None:
            raise TitleMissing()
        record = brief.make_brief(act, facts=book.facts).id
    owner, barcode, number = usual_owner(act.node), book.barcode.strip(), ""
    if not barcode:
        barcode, number = _numbered(owner)
    new = NewItem(
        record=record,
        barcode=barcode,
        accession_number=number,
        owner=owner,
        shelved_at=act.node,
        list_price_fen=_price(book),
    )
    item = accession(replace(act, channel=Channel.IMPORT) if book.was_here else act, item=new)
    jobs.remember(act.key, ANSWERS, {"id": item.id}, at=act.at)
    return item


def _price(book: BookInHand) -> int | None:
    return book.price_fen if book.price_fen is not None else book.facts.price_fen if book.facts else None


def _numbered(owner: int) -> tuple[str, str]:
    """Return the next accession number of an owner, as a barcode and as a number; one that is taken is passed over."""
    code = network.node(owner).code
    while True:
        number = policies.accession_number(jobs.next_number("accession", str(owner)))
        barcode = f"{code}-{number}"
        if not queries.items_with_barcode(barcode):
            return barcode, number
