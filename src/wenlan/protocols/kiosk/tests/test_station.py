"""A self-service station in a browser: which device it is, who stands before it, and what it does for them."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from wenlan.catalogue.testing import make_record
from wenlan.circulation.models import Loan
from wenlan.circulation.testing import lend, make_act, make_rule
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as cubes
from wenlan.indicators import queries as indicators
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network, open_every_day
from wenlan.patrons import operations as patrons
from wenlan.patrons import passes, passwords
from wenlan.patrons.testing import make_patron
from wenlan.patrons.types import CardKind
from wenlan.protocols.kiosk.station import SITTING_COOKIE
from wenlan.protocols.models import Terminal, TerminalDay
from wenlan.protocols.rest import tokens
from wenlan.protocols.sip2.terminals import enrol
from wenlan.ui import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """Return two branches, both open every day; a station stands in the first, a reader has a card and a password."""
    root, east, west = make_network("E", "W")
    make_rule(root.id)
    open_every_day(root.id)
    enrol(code="S1", password="station", node=east.id)
    reader = make_patron(node=east.id, name="李明", card="R1")
    passwords.set_password(make_act(east.id), patron=reader.id, password="123456")
    for barcode, node in (("B1", east), ("B2", west)):
        make_item(node=node.id, barcode=barcode)
    return east, west, reader


@pytest.fixture
def station(place):
    """Return a browser that a librarian has made a device."""
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert client.post("/kiosk/device/", {"code": "S1", "password": "station"}).status_code == 302
    return client


def scan(client, act, code, key="k1"):
    sent = {"act": act, "code": code, "key": key}
    return client.post("/kiosk/scan", json.dumps(sent), content_type="application/json")


def show_card(client, card="R1", leads="borrow"):
    return client.post(f"/kiosk/{leads}/card/", {"card": card})


def set_up(**said):
    Terminal.objects.update(**said)


def test_a_browser_is_a_station_only_after_the_devices_name_and_password(place):
    stranger = Client()

    pages = ("/kiosk/", "/kiosk/borrow/", "/kiosk/return/", "/kiosk/join/", "/kiosk/borrow/card/")
    assert [stranger.get(page).url for page in pages] == ["/kiosk/device/"] * 5
    assert scan(stranger, "in", "B1").status_code == 302
    assert stranger.post("/kiosk/device/", {"code": "S1", "password": "wrong"}).status_code == 422


def test_a_station_ends_with_its_password_or_when_it_is_switched_off(place, station):
    assert station.get("/kiosk/").status_code == 200
    set_up(is_active=False)
    assert station.get("/kiosk/").url == "/kiosk/device/"
    set_up(is_active=True)
    enrol(code="S1", password="another", node=place[0].id)
    assert station.get("/kiosk/").url == "/kiosk/device/"


def test_guessing_a_devices_password_is_held_back(place, monkeypatch):
    monkeypatch.setattr(tokens, "FREE_REFUSALS", 2)
    guess = {"code": "S1", "password": "wrong"}

    for _ in range(2):
        Client().post("/kiosk/device/", guess)
    answer = Client().post("/kiosk/device/", {"code": "S1", "password": "station"})

    assert (answer.status_code, "wenlan_kiosk" in answer.cookies) == (422, False)


@pytest.mark.capability("C14")
def test_story_of_borrowing_and_returning_at_a_station(place, station):
    ledger.load_measures()
    east, west, _reader = place

    # Li shows the card and two books: the second one twice, as the line was slow. The slip names both.
    assert show_card(station).url == "/kiosk/borrow/"
    assert "李*" in station.get("/kiosk/borrow/").content.decode()
    told = [scan(station, "out", *what).json()["outcome"] for what in (("B1", "k1"), ("B2", "k2"), ("B2", "k2"))]
    slip = station.get("/kiosk/borrow/done/").content.decode()

    # The next one brings them back without a card; one belongs to the other branch and goes onto the trolley.
    station.get("/kiosk/start")
    back = [scan(station, "in", barcode, f"r-{barcode}").json() for barcode in ("B1", "B2")]

    assert told == ["good", "good", "good"]
    assert ("B1" in slip, "B2" in slip, "李明" in slip) == (True, True, False)
    assert [(one["outcome"], west.name in one["line"]) for one in back] == [("good", False), ("look", True)]
    assert {(loan.lent_by, loan.returned_by) for loan in Loan.objects.all()} == {("device:S1", "device:S1")}
    cubes.fold()
    found = indicators.figures(
        ["loans", "loans_self_service", "returns_self_service", "self_service_share"],
        node=east.id, period=Period.day(clock.today()),
    )  # fmt: skip
    assert [figure.value for figure in found.values()] == [2, 2, 2, 100]
    day = TerminalDay.objects.get()
    assert (day.acts, day.refusals) == (5, 0)


def test_nothing_is_lent_without_a_card_nor_after_the_sitting(place, station):
    assert scan(station, "out", "B1").status_code == 401
    show_card(station)
    station.get("/kiosk/start")

    assert SITTING_COOKIE not in station.cookies or not station.cookies[SITTING_COOKIE].value
    assert scan(station, "out", "B1").status_code == 401
    assert station.get("/kiosk/borrow/").url == "/kiosk/start"
    assert Loan.objects.count() == 0


def test_where_the_device_asks_for_it_the_password_comes_before_anything_else(place, station):
    set_up(asks_password=True)

    assert show_card(station).url == "/kiosk/borrow/password/"
    assert scan(station, "out", "B1").status_code == 401
    assert station.get("/kiosk/account/").url == "/kiosk/start"
    wrong = station.post("/kiosk/borrow/password/", {"password": "654321"})
    assert scan(station, "out", "B1").status_code == 401
    right = station.post("/kiosk/borrow/password/", {"password": "123456"})

    assert (wrong.status_code, right.url) == (422, "/kiosk/borrow/")
    assert scan(station, "out", "B1").json()["outcome"] == "good"


def test_the_code_on_a_telephone_is_a_card_and_a_stopped_card_is_none(place, station):
    east, _west, reader = place
    act = make_act(east.id, clock.today())
    e_card = patrons.issue_card(act, patron=reader.id, number="E000000001", kind=CardKind.E_CARD)
    plastic = next(card for card in reader.cards if card.number == "R1")
    patrons.suspend_card(make_act(east.id, clock.today()), card=plastic.id, reason="")

    by_phone = show_card(station, passes.make(e_card.id, clock.now()))
    stale = show_card(station, passes.make(e_card.id, clock.now() - timedelta(minutes=3)))
    stopped = show_card(station, "R1")
    unknown = show_card(station, "nobody")

    assert by_phone.url == "/kiosk/borrow/"
    assert [one.status_code for one in (stale, stopped, unknown)] == [422] * 3
    assert "Please ask at the desk" in stopped.content.decode()


def test_a_refusal_says_every_reason_and_lends_nothing(place, station):
    east, _west, _reader = place
    lend(make_item(node=east.id, barcode="B3"), make_patron(node=east.id), make_act(east.id, clock.today()))
    show_card(station)

    refused = scan(station, "out", "B3", "k3").json()
    missing = scan(station, "out", "nothing", "k4").json()

    assert (refused["outcome"], refused["refusals"]) == ("stop", ["item_on_loan"])
    assert "The item is recorded as lent" in refused["line"]
    assert missing["outcome"] == "stop"
    assert TerminalDay.objects.get().refusals == 2


def test_loans_are_renewed_one_by_one_or_all_and_each_says_how_it_went(place, station):
    east, _west, reader = place
    for barcode in ("B5", "B6"):
        lend(make_item(node=east.id, barcode=barcode), reader, make_act(east.id, clock.today() - timedelta(days=3)))
    show_card(station, leads="account")
    page = station.get("/kiosk/account/").content.decode()

    one = station.post("/kiosk/account/renew", {"barcode": "B5", "key": "today"})
    every = station.post("/kiosk/account/renew", {"key": "later"})

    assert ("Items at home: 2" in page, "李明" in page) == (True, False)
    assert [result["is_done"] for result in one.context["results"]] == [True]
    assert {result["title"]: result["is_done"] for result in every.context["results"]} == {"B5": False, "B6": True}
    assert sorted(loan.renewals for loan in Loan.objects.all()) == [1, 1]


def test_titles_are_shown_only_to_who_is_surely_the_reader(place, station):
    east, _west, reader = place
    book = make_item(node=east.id, record=make_record(east.id, "三里湾").id, barcode="B5")
    lend(book, reader, make_act(east.id, clock.today()))
    e_card = patrons.issue_card(
        make_act(east.id, clock.today()), patron=reader.id, number="E000000001", kind=CardKind.E_CARD
    )
    show_card(station, leads="account")
    by_number = station.get("/kiosk/account/").content.decode()
    show_card(station, passes.make(e_card.id, clock.now()), leads="account")
    by_phone = station.get("/kiosk/account/").content.decode()

    assert ("B5" in by_number, "三里湾" in by_number) == (True, False)
    assert "三里湾" in by_phone


def test_a_device_does_only_what_is_ticked_for_it(place, station):
    set_up(rights=["readers"])
    show_card(station, leads="account")

    refused = [show_card(station).status_code, station.get("/kiosk/return/").status_code]
    told = [scan(station, "in", "B1").json()["outcome"], station.post("/kiosk/account/renew").status_code]

    assert (refused, told) == ([422, 403], ["stop", 403])
    assert station.get("/kiosk/account/").status_code == 200
    assert station.get("/kiosk/join/").status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '{"act": "out"}',
        '{"act": "burn", "code": "B1", "key": "k"}',
        '{"act": "in", "code": 1, "key": "k"}',
    ],
)
def test_what_is_no_scan_is_refused(place, station, body):
    assert station.post("/kiosk/scan", body, content_type="application/json").status_code == 400


def test_language_and_look_are_those_of_a_new_reader_after_the_start(place, station):
    station.post("/i18n/setlang/", {"language": "zh-hans", "next": "/kiosk/"})
    station.cookies["wenlan_type"] = "large"
    assert "您要办什么" in station.get("/kiosk/").content.decode()

    station.get("/kiosk/start")

    assert station.cookies["wenlan_type"].value == ""
    assert "What would you like to do?" in station.get("/kiosk/").content.decode()


def test_a_scan_costs_a_fixed_number_of_statements(place, station, django_assert_max_num_queries):
    show_card(station)
    scan(station, "out", "B1", "warm")
    with django_assert_max_num_queries(22):
        scan(station, "out", "B2", "measured")
