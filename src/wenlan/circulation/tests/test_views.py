"""The desk's page and its scans, as the browser sends them."""

import json
from datetime import UTC, date, datetime, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wenlan.circulation.testing import card_of, lend, make_act, make_rule
from wenlan.holdings.testing import make_item
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network
from wenlan.patrons import operations as patrons
from wenlan.patrons.testing import make_category, make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
TODAY = date(2019, 3, 4)


@pytest.fixture
def places(monkeypatch) -> tuple[int, int]:
    """Two branches with a rule, on a Monday morning."""
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(TODAY, time(2), UTC))
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    return east.id, west.id


def send(client: Client, code: str, *, key: str = "k", mode: str = "auto", **more: object) -> dict:
    body = {"key": key, "mode": mode, "code": code, "reader": "", "overrides": [], "reason": "", "scope": ""}
    response = client.post("/desk/circulation/scan", json.dumps(body | more), content_type="application/json")
    assert response.status_code == 200, response.content
    return response.json()


def test_a_card_opens_the_readers_panel(places):
    east, _ = places
    reader = make_patron(node=east, name="王小明")
    late = make_item(node=east)
    lend(late, reader, make_act(east, date(2019, 1, 10)))
    client = signed_in(east, "circulation")

    answer = send(client, reader.cards[0].number.lower())

    assert (answer["outcome"], answer["act"]) == ("good", "reader")
    panel = answer["reader"]
    assert (panel["name"], panel["loans"], panel["limit"], panel["id"]) == ("王小明", 1, 10, reader.id)
    assert panel["blocks"] == [{"state": "overdue", "text": "1 item overdue, 23 days"}]
    assert (panel["open_loans"][0]["barcode"], panel["open_loans"][0]["overdue"]) == (late.barcode, True)
    assert panel["url"] == f"/desk/readers/{reader.id}/"


def test_a_reader_of_another_branch_is_masked(places):
    east, west = places
    reader = make_patron(node=west, name="王小明")

    answer = send(signed_in(east, "circulation"), reader.cards[0].number)

    assert answer["reader"]["name"] == "王**"


def test_another_branch_sees_barcodes_and_due_dates_of_a_masked_reader_but_not_what_they_read(places):
    east, west = places
    reader, item = make_patron(node=west, name="王小明"), make_item(node=west)
    at_home, returned = lend(item, reader, make_act(west)), make_item(node=west)
    lend(returned, reader, make_act(west, date(2019, 1, 10)))
    send(signed_in(west, "circulation"), returned.barcode, mode="in", key="in")
    eastern, western = signed_in(east, "circulation"), signed_in(west, "circulation")

    panel = send(eastern, reader.cards[0].number)["reader"]
    page, own = (
        desk.get(f"/desk/circulation/readers/{reader.id}/loans").content.decode() for desk in (eastern, western)
    )
    of_item = eastern.get(f"/desk/circulation/items/{item.id}/loans").content.decode()

    assert [(loan["barcode"], loan["title"]) for loan in panel["open_loans"]] == [(item.barcode, "")]
    assert {at_home.title in own, returned.barcode in own, item.barcode in page} == {True}
    assert {at_home.title in page, returned.barcode in page} == {False}
    assert "a reader of Branch WEST" in of_item
    assert {"王" in of_item, f"/desk/readers/{reader.id}/" in of_item} == {False}


def test_with_a_reader_an_item_is_lent_and_a_resend_answers_the_same(places):
    east, _ = places
    item, reader = make_item(node=east), make_patron(node=east)
    client, card = signed_in(east, "circulation"), card_of(reader).number

    first = send(client, item.barcode, reader=card, key="scan-1")
    again = send(client, item.barcode, reader=card, key="scan-1")

    assert (first["outcome"], first["act"], first["due_on"]) == ("good", "out", "2019-04-03")
    assert (first["undo_key"], first["reader"]["loans"]) == ("scan-1", 1)
    assert first["rule"] == "30 days: rule “standard” of Branch N"
    assert (again["act"], again["due_on"], again["outcome"]) == ("out", "2019-04-03", "good")


def test_without_a_reader_an_item_is_taken_back_and_sent_home(places):
    east, west = places
    item, reader = make_item(node=east), make_patron(node=east)
    lend(item, reader, make_act(east, date(2019, 1, 10)))

    answer = send(signed_in(west, "circulation"), item.barcode)

    assert (answer["outcome"], answer["act"], answer["days_late"]) == ("look", "in", 23)
    assert answer["lines"] == ["Send it to Branch EAST, where it has its place.", "23 days late."]
    assert answer["reader"] is None
    assert (answer["told"], answer["borrower"]) == (["23 days late."], reader.id)  # for the slip
    assert answer["at"] == "2019-03-04 10:00"


def test_a_refusal_tells_every_reason_and_what_this_desk_may_overrule(places):
    east, _ = places
    make_category("adult", loan_limit=0)
    item, reader = make_item(node=east), make_patron(node=east)
    client, card = signed_in(east, "circulation"), card_of(reader).number

    refused = send(client, item.barcode, reader=card)
    forced = send(client, item.barcode, reader=card, overrides=["loan_limit_reached"], reason="exam", key="k2")

    assert refused["outcome"] == "stop"
    assert [(one["code"], one["may_override"]) for one in refused["refusals"]] == [("loan_limit_reached", True)]
    assert forced["outcome"] == "good"


def test_an_ambiguous_barcode_is_asked_about(places):
    east, west = places
    make_item(node=east, barcode="A1", scope="E")
    make_item(node=west, barcode="A1", scope="W")
    reader = make_patron(node=east)
    client, card = signed_in(east, "circulation"), card_of(reader).number

    asked = send(client, "A1", reader=card)
    chosen = send(client, "A1", reader=card, scope="W", key="k2")

    assert (asked["outcome"], [choice["scope"] for choice in asked["choices"]]) == ("stop", ["E", "W"])
    assert chosen["outcome"] == "good"


def test_what_is_neither_card_nor_item_is_said(places):
    east, _ = places

    answer = send(signed_in(east, "circulation"), "nothing")

    assert (answer["outcome"], answer["act"]) == ("stop", "unknown")
    assert answer["lines"] == [
        "No item has the barcode nothing. Please check the number, or hand the item to cataloguing."
    ]


def test_undo_answers_with_the_item_and_the_reader(places):
    east, _ = places
    item, reader = make_item(node=east), make_patron(node=east)
    client = signed_in(east, "circulation")
    send(client, item.barcode, reader=card_of(reader).number, key="out")

    response = client.post(
        "/desk/circulation/undo", json.dumps({"key": "u1", "undo_key": "out"}), content_type="application/json"
    )

    answer = response.json()
    assert (answer["outcome"], answer["act"], answer["barcode"]) == ("good", "undo", item.barcode)
    assert answer["reader"]["loans"] == 0


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"key": "k", "mode": "fly", "code": "1"}', b"\xff"])
def test_what_is_no_scan_is_refused(places, body):
    east, _ = places

    response = signed_in(east, "circulation").post("/desk/circulation/scan", body, content_type="application/json")

    assert response.status_code == 400


def test_strangers_and_staff_without_the_right_do_not_scan(places):
    east, _ = places

    stranger = Client().post("/desk/circulation/scan", b"{}", content_type="application/json")
    finance = signed_in(east, "finance").post("/desk/circulation/scan", b"{}", content_type="application/json")

    assert (stranger.status_code, finance.status_code) == (401, 403)
    assert Client().get("/desk/circulation/").status_code == 302


def test_the_overdue_list_shows_only_what_the_desk_sees_and_costs_the_same_for_one_and_for_three(places):
    east, west = places
    reader, stranger = make_patron(node=east), make_patron(node=west)
    lend(make_item(node=west), stranger, make_act(west, date(2019, 1, 10)))
    lend(make_item(node=east), reader, make_act(east, date(2019, 1, 10)))
    client = signed_in(east, "circulation")
    client.get("/desk/circulation/overdue/")

    with CaptureQueriesContext(connection) as one:
        shown = client.get("/desk/circulation/overdue/")
    for _ in range(2):
        lend(make_item(node=east), reader, make_act(east, date(2019, 1, 11)))
    with CaptureQueriesContext(connection) as three:
        more = client.get("/desk/circulation/overdue/")

    assert (len(shown.context["lines"]), len(more.context["lines"])) == (1, 3)
    assert len(one) == len(three)


def test_the_pages_of_the_desk_open(places):
    east, _ = places
    item, reader = make_item(node=east), make_patron(node=east)
    lend(item, reader, make_act(east, TODAY))
    patrons.suspend(make_act(east), patron=reader.id, reason="lost books")
    client = signed_in(east, "circulation")

    for address in (
        "/desk/circulation/",
        f"/desk/readers/?q={reader.cards[0].number}",
        f"/desk/readers/{reader.id}/",
        "/desk/readers/register/",
        f"/desk/circulation/readers/{reader.id}/loans",
        f"/desk/circulation/items/{item.id}/loans",
        f"/desk/items/{item.id}/",
        "/desk/items/",
    ):
        response = client.get(address)
        assert response.status_code == 200, address


SCAN_STATEMENTS = {"sqlite": {"card": 4, "out": 10, "in": 8}, "postgresql": {"card": 4, "out": 6, "in": 4}}


def test_a_scan_costs_a_fixed_number_of_statements_with_one_and_with_three_books_at_home(places):
    east, _ = places
    client, reader = signed_in(east, "circulation"), make_patron(node=east)
    card, items = card_of(reader).number, [make_item(node=east) for _ in range(4)]
    ledger.ensure_token_keys(TODAY.year)  # made beforehand, as by the clock
    send(client, items[3].barcode, reader=card, key="w1")  # rules, tree and token key are read once a process
    send(client, items[3].barcode, key="w2")
    spent: dict[str, list[int]] = {"card": [], "out": [], "in": []}

    for number, item in enumerate(items[:3]):
        scans = {"card": (card, {}), "out": (item.barcode, {"reader": card})}
        for name, (code, more) in scans.items():
            spent[name].append(statements_of(client, code, key=f"{name}{number}", **more))
    for number, item in enumerate(items[:3]):
        spent["in"].append(statements_of(client, item.barcode, key=f"in{number}"))

    assert spent == {name: [count] * 3 for name, count in SCAN_STATEMENTS[connection.vendor].items()}


def statements_of(client: Client, code: str, **more: str) -> int:
    """Return how many statements a scan cost."""
    with CaptureQueriesContext(connection) as spent:
        send(client, code, **more)
    return len([query for query in spent if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])
