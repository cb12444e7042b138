"""The pages of reservations: at the desk, in the reader's panel, and on line."""

import inspect
import json
import re
from datetime import UTC, date, datetime, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wenlan.catalogue import queries as catalogue
from wenlan.circulation import panel
from wenlan.circulation.models import Reservation
from wenlan.circulation.reserving import operations, queries
from wenlan.circulation.testing import card_of, lend, make_act, make_rule, make_special_rule, reserve, take_back
from wenlan.holdings.testing import make_item
from wenlan.network import queries as network
from wenlan.network.testing import make_network, make_node
from wenlan.patrons import passes, passwords
from wenlan.patrons.operations import issue_card
from wenlan.patrons.testing import make_patron
from wenlan.patrons.types import CardKind
from wenlan.staff.testing import signed_in
from wenlan.ui import clock
from wenlan.ui.strings import STRINGS

pytestmark = pytest.mark.django_db
TODAY = date(2019, 3, 4)
PAGE = "/desk/circulation/reservations/"
PASSWORD = "six-lakes-7"


@pytest.fixture
def places(monkeypatch) -> tuple[int, int]:
    """Two branches with a rule, on a Monday morning."""
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(TODAY, time(2), UTC))
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    return east.id, west.id


def scan(client: Client, code: str, **more: str) -> dict:
    body = {"key": f"k-{code}", "mode": "in", "code": code, "reader": "", "reason": "", "scope": "", "overrides": []}
    response = client.post("/desk/circulation/scan", json.dumps(body | more), content_type="application/json")
    return response.json()


def test_a_reservation_is_taken_at_the_desk_and_the_scan_says_where_the_book_goes(places):
    east, _ = places
    book, reader = make_item(node=east), make_patron(node=east, name="王小明", card="R00007788")
    lend(book, make_patron(node=east), make_act(east))
    client = signed_in(east, "circulation")
    sent = {"card": "R00007788", "barcode": book.barcode, "pickup": east, "key": "once"}

    made = [client.post(PAGE, sent).status_code for _ in range(2)]
    refused = client.post(PAGE, sent | {"key": "twice"})
    answer = scan(client, book.barcode)
    panel = scan(client, card_of(reader).number, mode="reader")["reader"]

    assert made == [302, 302]
    assert Reservation.objects.count() == 1
    assert refused.status_code == 422
    assert "The reader has reserved this already." in refused.content.decode()
    assert answer["lines"][0] == "Put it on the hold shelf for 王** …7788 until 2019-03-11."
    assert answer["outcome"] == "look"
    title = catalogue.titles([book.record])[book.record]
    said = f"{title} is ready at Branch EAST until 2019-03-11"
    assert panel["blocks"] == [{"state": "reserved", "text": said}]
    assert book.barcode in client.get(PAGE).content.decode()


def test_a_reservation_is_taken_with_the_code_on_a_readers_telephone(places):
    east, _ = places
    book, reader = make_item(node=east), make_patron(node=east)
    card = issue_card(make_act(east), patron=reader.id, number="E000000001", kind=CardKind.E_CARD)
    lend(book, make_patron(node=east), make_act(east))
    code = passes.make(card.id, clock.now())

    sent = {"card": code, "barcode": book.barcode, "pickup": east, "key": "once"}

    assert signed_in(east, "circulation").post(PAGE, sent).status_code == 302
    assert Reservation.objects.get().patron_id == reader.id


def test_the_panel_shows_points_floor_and_sums(places):
    east, _ = places
    reader = make_patron(node=east)
    make_special_rule(east, code="credit", credit_floor=60)
    Reservation.patron.field.related_model.objects.filter(pk=reader.id).update(
        credit_points=80, owed_fen=250, deposit_fen=10_000
    )

    shown = scan(signed_in(east, "circulation"), card_of(reader).number, mode="reader")["reader"]

    assert (shown["points"], shown["points_floor"], shown["deposit"]) == (80, 60, "100.00")
    assert shown["blocks"] == [{"state": "owes", "text": "Owes 2.50 yuan"}]


def test_the_pick_list_is_worked_by_who_has_the_shelf_and_others_do_not_see_it(places):
    east, west = places
    book = make_item(node=east)
    wish = reserve(book, make_patron(node=west), make_act(west))
    eastern, stranger = signed_in(east, "circulation"), signed_in(make_network_node(), "circulation")

    listed = eastern.get(f"{PAGE}?list=fetch").content.decode()
    printed = eastern.get(f"{PAGE}print/?list=fetch").content.decode()
    slip = eastern.get(f"{PAGE}{wish.id}/slip/")
    denied = [stranger.get(f"{PAGE}{wish.id}/slip/").status_code, stranger.post(f"{PAGE}{wish.id}/cancel").status_code]
    eastern.post(f"{PAGE}{wish.id}/not-found", {"list": "fetch"})

    assert {book.barcode in page for page in (listed, printed, slip.content.decode())} == {True}
    assert denied == [403, 403]
    assert queries.reservation(wish.id).state == "waiting"


def make_network_node() -> int:
    """Open one more branch."""
    return make_node("NORTH", parent=network.root().id).id


def test_waiting_reservations_rest_are_recalled_and_cancelled(places):
    east, _ = places
    book = make_item(node=east)
    lend(book, make_patron(node=east), make_act(east))
    wish = reserve(book, make_patron(node=east), make_act(east))
    client = signed_in(east, "circulation")

    for what, more in (("recall", {}), ("rest", {"until": "2019-03-20"})):
        assert client.post(f"{PAGE}{wish.id}/{what}", {"list": "waiting"} | more).status_code == 302
    resting = queries.reservation(wish.id).suspended_until
    client.post(f"{PAGE}{wish.id}/cancel", {"list": "waiting"})

    row = Reservation.objects.get()
    assert (resting, row.state, row.recalled_at is not None) == (date(2019, 3, 20), "cancelled", True)


@pytest.mark.parametrize("which", ["shelf", "waiting"])
def test_a_list_costs_the_same_for_one_and_for_three(places, which):
    east, _ = places
    client, spent = signed_in(east, "circulation"), []
    for count in (1, 2):
        for _ in range(count):
            book = make_item(node=east)
            lend(book, make_patron(node=east), make_act(east))
            reserve(book, make_patron(node=east), make_act(east))
            if which == "shelf":
                take_back(book, make_act(east))
        client.get(f"{PAGE}?list={which}")
        with CaptureQueriesContext(connection) as found:
            client.get(f"{PAGE}?list={which}")
        spent.append(len(found))

    assert spent[0] == spent[1]


def reader_in_browser(reader) -> Client:
    """Return the browser of a reader who signed in."""
    passwords.set_password(make_act(reader.home_node), patron=reader.id, password=PASSWORD)
    client = Client()
    client.post("/my/sign-in/", {"card": reader.cards[0].number, "password": PASSWORD})
    return client


def test_a_reader_reserves_on_line_sees_the_place_in_the_queue_and_cancels(places):
    east, west = places
    book, reader = make_item(node=east), make_patron(node=west)
    lend(book, make_patron(node=east), make_act(east))
    record = catalogue.record(book.record)
    client = reader_in_browser(reader)

    page = client.get(f"/records/{record.uid}/").content.decode()
    client.post(f"/records/{record.uid}/reserve", {"pickup": east, "key": "a"})
    mine = client.get("/my/").content.decode()
    (wish,) = queries.of_reader(reader.id)
    others = reader_in_browser(make_patron(node=east))
    others.post(f"/my/reservations/{wish.uid}/cancel")
    untouched = queries.reservation(wish.id).state
    client.post(f"/my/reservations/{wish.uid}/cancel")

    assert "Branch EAST" in page
    assert (wish.pickup, wish.place_in_queue, untouched) == (east, 1, "waiting")
    assert {"Waiting in the queue" in mine, record.title_proper in mine} == {True}
    assert queries.of_reader(reader.id) == ()
    assert Client().post(f"/records/{record.uid}/reserve").status_code == 302


def test_a_reader_lets_a_reservation_rest_and_asks_for_the_copy_of_one_branch(places):
    east, west = places
    here = make_item(node=east)
    there = make_item(node=west, record=here.record)
    for book in (here, there):
        lend(book, make_patron(node=east), make_act(book.shelved_at))
    record, reader = catalogue.record(here.record), make_patron(node=west)
    client = reader_in_browser(reader)

    offered = client.get(f"/records/{record.uid}/").content.decode()
    client.post(f"/records/{record.uid}/reserve", {"pickup": west, "copy": f"at.{east}", "key": "a"})
    (wish,) = queries.of_reader(reader.id)
    client.post(f"/my/reservations/{wish.uid}/rest", {"until": "2019-03-01"})
    in_the_past = queries.reservation(wish.id).suspended_until
    client.post(f"/my/reservations/{wish.uid}/rest", {"until": "2019-03-20"})
    resting = client.get("/my/").content.decode()
    reader_in_browser(make_patron(node=east)).post(f"/my/reservations/{wish.uid}/rest", {})
    kept = queries.reservation(wish.id).suspended_until
    client.post(f"/my/reservations/{wish.uid}/rest", {})

    assert f'value="at.{east}"' in offered
    assert Reservation.objects.get().within_id == east
    assert (in_the_past, kept, queries.reservation(wish.id).suspended_until) == (None, date(2019, 3, 20), None)
    assert {"2019-03-20" in resting, "Wait again" in resting} == {True}


def test_what_was_not_collected_is_listed_to_be_taken_off_the_shelf(places):
    east, _ = places
    book = make_item(node=east)
    lend(book, make_patron(node=east), make_act(east, date(2019, 2, 1)))
    reserve(book, make_patron(node=east), make_act(east, date(2019, 2, 1)))
    take_back(book, make_act(east, date(2019, 2, 2)))

    operations.expire(clock.now())

    assert "To be taken off the hold shelf" in signed_in(east, "circulation").get(PAGE).content.decode()


def test_every_seal_of_the_panel_has_a_word():
    source = inspect.getsource(panel)

    states = set(re.findall(r'"state": "(\w+)"', source))

    assert {"owes", "reserved", "overdue"} <= states
    assert {state for state in states if f"block_{state}" not in STRINGS["circulation"]} == set()
