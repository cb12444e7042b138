"""A keeper takes a book in by the county's record, or in three fields; a cataloguer finishes it."""

from datetime import date

import pytest

from wenlan.catalogue import operations as catalogue
from wenlan.catalogue.brief import queries as brief
from wenlan.catalogue.brief.types import BriefFacts
from wenlan.catalogue.errors import TitleMissing
from wenlan.catalogue.testing import make_marc, make_record
from wenlan.circulation.testing import make_act
from wenlan.facilities.testing import counted
from wenlan.holdings.errors import BarcodeTaken
from wenlan.holdings.short import operations, queries
from wenlan.holdings.short.types import BookInHand
from wenlan.holdings.testing import make_item
from wenlan.holdings.verification import differences
from wenlan.kernel.acts import Channel
from wenlan.network.testing import make_node
from wenlan.network.types import NodeKind
from wenlan.staff.testing import signed_in

ISBN = "9787536692930"
MONDAY = date(2019, 3, 4)
FACTS = BriefFacts(title=" 陵川 民歌 ", author="王三旦编", isbn="978-7-5366-9293-0", price_fen=1850)


@pytest.fixture
def room(db):
    """A village room under a county."""
    return make_node(parent=make_node("LC", kind=NodeKind.LIBRARY).id, code="LC-V1", kind=NodeKind.VILLAGE_ROOM).id


def test_a_book_of_the_county_gets_the_next_number_of_the_rooms_owner(room):
    record = make_record(room, isbn=ISBN)
    county = make_item(node=room, barcode="A1")

    taken = operations.take_in(make_act(room, MONDAY, key="one"), book=BookInHand(record=record.id))
    again = operations.take_in(make_act(room, MONDAY, key="one"), book=BookInHand(record=record.id))
    glued = operations.take_in(make_act(room, MONDAY), book=BookInHand(record=record.id, barcode="sq 900"))

    assert taken == again
    assert (taken.barcode, taken.accession_number) == ("LC-V1-0000002", "0000002")
    assert (glued.barcode, glued.accession_number, glued.owner_node) == ("sq 900", "0000003", county.owner_node)
    assert [one.barcode for one in queries.at_hand(room, [record.id])] == ["LC-V1-0000002", "sq 900"]
    with pytest.raises(BarcodeTaken):
        operations.take_in(make_act(room, MONDAY), book=BookInHand(record=record.id, barcode="SQ900"))
    assert differences() == []


def test_what_stood_in_the_room_before_is_no_addition_of_the_year(room):
    record = make_record(room).id

    operations.take_in(make_act(room, MONDAY), book=BookInHand(record=record))
    operations.take_in(make_act(room, MONDAY), book=BookInHand(record=record, was_here=False))

    added = {
        channel: counted("stock.accessioned", channel=channel, node=room) for channel in (Channel.IMPORT, Channel.DESK)
    }
    assert added == {Channel.IMPORT: 1, Channel.DESK: 1}


def test_three_fields_make_a_brief_record_that_waits_until_it_is_whole(room):
    item = operations.take_in(make_act(room, MONDAY), book=BookInHand(facts=FACTS))
    waits = brief.waiting()
    shown = signed_in(room, "cataloguer").get("/desk/catalogue/edit/brief/")
    whole = catalogue.add_record(make_act(room, MONDAY), marc=make_marc("陵川民歌", isbn=ISBN))

    (line,) = waits
    assert (line.record.title_proper, line.record.isbn, line.record.price_fen) == ("陵川 民歌", (ISBN,), 1850)
    assert (item.record, item.list_price_fen, item.is_available) == (line.record.id, 1850, True)
    assert [one["one"].record.id for one in shown.context["lines"]] == [item.record]
    assert brief.waiting()[0].also.id == whole.id
    catalogue.change_record(make_act(room, MONDAY), record=line.record.uid, marc=make_marc("陵川民歌", isbn=ISBN))
    assert (brief.waiting(), brief.waiting_count()) == ((), 0)


def test_a_book_without_a_title_is_refused(room):
    for book in (BookInHand(), BookInHand(facts=BriefFacts(title=" "))):
        with pytest.raises(TitleMissing):
            operations.take_in(make_act(room, MONDAY), book=book)

    assert counted("stock.accessioned") == 0
