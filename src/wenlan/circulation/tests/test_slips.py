"""Return logistics (通还物流): the way by the owner's rule, the matrix, the slips, and the bars on them."""

import json
from datetime import UTC, date, datetime, time

import pytest

from wenlan.circulation.testing import lend, make_act, make_rule, make_special_rule, reserve, take_back
from wenlan.circulation.transport.bars import drawn
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
TRANSPORT = "/desk/circulation/transport/"


@pytest.fixture
def places(monkeypatch) -> tuple[int, int, int, int]:
    """A county library and two towns on the twentieth of March."""
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(date(2019, 3, 20), time(2), UTC))
    root, main, east, west = make_network("MAIN", "EAST", "WEST")
    make_rule(root.id)
    return root.id, main.id, east.id, west.id


def slip(client, item, **query) -> str:
    response = client.get(f"{TRANSPORT}items/{item.id}/slip/", query)
    return response.content.decode() if response.status_code == 200 else str(response.status_code)


def test_each_owner_says_whether_its_books_go_home_stay_or_go_by_the_hub(places):
    root, main, east, west = places
    make_special_rule(root, code="east-stays", owner=east, floats=True)
    make_special_rule(root, code="west-by-hub", owner=west, hub=main)
    ours, theirs, county = make_item(node=east), make_item(node=west), make_item(node=main)
    ways = {}
    for name, book, back_at in (("stays", ours, west), ("by the hub", theirs, east), ("goes home", county, east)):
        lend(book, make_patron(node=main), make_act(book.shelved_at))
        returned = take_back(book, make_act(back_at))
        ways[name] = (returned.next_step.value, returned.destination)

    assert ways == {"stays": ("shelve", None), "by the hub": ("send", main), "goes home": ("send", main)}


def test_a_slip_says_where_the_book_goes_on_the_paper_of_the_desk(places):
    _, main, east, west = places
    book = make_item(node=main)
    lend(book, make_patron(node=main), make_act(main))
    take_back(book, make_act(east))
    eastern, western = signed_in(east, "circulation"), signed_in(west, "circulation")

    first = slip(eastern, book, paper="58")
    again = slip(eastern, book)

    assert {"Branch EAST" in first, "Branch MAIN" in first, book.barcode in first, "slip-bars" in first} == {True}
    assert {"paper-58" in first, "paper-58" in again, "paper-a6" in slip(eastern, book, paper="a6")} == {True}
    assert slip(western, book) == "403"
    assert slip(eastern, make_item(node=east)) == "409"


def test_the_scan_of_a_return_leads_to_the_slip_where_one_is_needed(places):
    _, main, east, _ = places
    ours, theirs = make_item(node=main), make_item(node=east)
    for book in (ours, theirs):
        lend(book, make_patron(node=east), make_act(east))
    client, urls = signed_in(east, "circulation"), []
    for book in (ours, theirs):
        body = {"key": book.barcode, "mode": "in", "code": book.barcode, "reader": "", "reason": "", "scope": ""}
        answer = client.post("/desk/circulation/scan", json.dumps(body), content_type="application/json").json()
        urls.append(answer["slip_url"])

    assert urls == [f"{TRANSPORT}items/{ours.id}/slip/", ""]
    assert client.get(urls[0]).status_code == 200


def test_a_slip_names_a_reader_by_the_first_letter_and_the_end_of_the_card(places):
    _, _main, east, _west = places
    book = make_item(node=east)
    lend(book, make_patron(node=east), make_act(east))
    reserve(book, make_patron(node=east, name="王小明", card="R00007788"), make_act(east))
    take_back(book, make_act(east, date(2019, 3, 18)))

    said = slip(signed_in(east, "circulation"), book)

    assert {"王** …7788" in said, "Branch EAST" in said, "2019-03-25" in said, "Hold slip" in said} == {True}
    assert "王小明" not in said


def test_the_matrix_has_a_line_and_a_column_for_each_place_and_their_sums(places):
    root, main, east, west = places
    for home, back_at in ((main, east), (main, east), (west, east), (east, main)):
        book = make_item(node=home)
        lend(book, make_patron(node=home), make_act(home))
        take_back(book, make_act(back_at))

    page = signed_in(root, "circulation").get(f"{TRANSPORT}?list=flows&month=2019-03").content.decode()

    cells = [part.split("<")[0] for part in page.split('<td class="number">')[1:]]
    east_row, main_row, west_row, sums = (cells[start : start + 4] for start in range(0, 16, 4))
    assert (east_row, main_row, west_row, sums) == (
        ["—", "2", "1", "3"], ["1", "—", "—", "1"], ["—", "—", "—", "0"], ["1", "2", "1", "4"],
    )  # fmt: skip


def test_bars_are_drawn_from_the_number_or_left_out():
    found = drawn("ZC0000001")

    assert found is not None
    assert found.each[0] == (10, 2)
    assert found.width > found.each[-1][0] + found.each[-1][1]
    assert drawn("条码") is None
