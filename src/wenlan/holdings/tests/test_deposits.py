"""Bulk deposits (统借): signed for on paper, exchanged, missing, prolonged, reminded of; never loans."""

from datetime import UTC, date, datetime

import pytest

from wenlan.catalogue.testing import make_record
from wenlan.circulation.errors import CheckoutRefused
from wenlan.circulation.testing import lend, make_act, make_rule, take_back
from wenlan.holdings import operations as holdings
from wenlan.holdings import queries as items
from wenlan.holdings.deposits import operations
from wenlan.holdings.errors import (
    DepositWithoutDay,
    NotOnDeposit,
    SameSigner,
    StillLentThere,
    TransferClosed,
    TransferTwice,
)
from wenlan.holdings.models import Item
from wenlan.holdings.readers import BELONGINGS
from wenlan.holdings.testing import make_item
from wenlan.holdings.transfers import operations as slips
from wenlan.holdings.transfers import queries
from wenlan.holdings.transfers.operations import Route
from wenlan.holdings.verification import differences
from wenlan.jobs import queries as posted
from wenlan.network.testing import make_department, make_network
from wenlan.patrons.testing import make_institution, make_patron
from wenlan.patrons.types import PatronView
from wenlan.staff.testing import make_member, signed_in
from wenlan.ui import clock

DUE = date(2019, 6, 30)
PAGE = "/desk/items/deposits/"


@pytest.fixture
def places(db, monkeypatch) -> dict[str, int]:
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 4, 3, 2, tzinfo=UTC))
    root, county, point = make_network("COUNTY", "POINT")
    make_rule(root.id)
    room = make_department(county.id, "STACKS").id
    giver = make_member(county.id, "stacks").id
    return {"root": root.id, "county": county.id, "point": point.id, "giver": giver, "room": room}


def deposited(places: dict[str, int], *barcodes: str, holder: PatronView | None = None) -> queries.TransferView:
    """Return a deposit of new books of the county at the point, signed for on paper by the point's warden."""
    county, point = places["county"], places["point"]
    made = [make_item(node=county, record=make_record(county, f"书 {code}").id, barcode=code) for code in barcodes]
    route = Route(from_node=county, to_node=point, purpose="deposit", due_on=DUE, holder=holder.id if holder else None)
    slip = slips.make(make_act(county), route=route, items=[one.id for one in made])
    slips.sign_over(make_act(county, staff=places["giver"]), transfer_id=slip.id)
    return slips.sign_for(make_act(county, staff=places["giver"]), transfer_id=slip.id, host="王所长")


def of(*barcodes: str) -> list[int]:
    return [items.item_by_barcode(code).id for code in barcodes]


def test_the_point_lends_on_and_what_it_lent_comes_back_to_it_first(places):
    county, point = places["county"], places["point"]
    slip = deposited(places, "A1", "A2", "A3")
    assert (slip.state, slip.out, slip.host_signer) == ("received", 3, "王所长")
    book, reader = items.item_by_barcode("A1"), make_patron(node=point)
    assert (book.shelved_at, book.owner_node, book.status) == (point, county, "available")

    lend(book, reader, make_act(point))
    with pytest.raises(StillLentThere):
        operations.bring_back(make_act(county), items=of("A1", "A2"))
    assert queries.transfer(slip.id).out == 3
    assert take_back(book, make_act(point)).next_step == "shelve"
    came = operations.bring_back(make_act(county, key="van"), items=of("A1", "A2"))
    again = operations.bring_back(make_act(county, key="van"), items=of("A1", "A2"))

    assert (came, again, queries.transfer(slip.id).out) == (2, 0, 1)
    assert [(one.shelved_at, one.present_node) for one in map(items.item_by_barcode, ("A1", "A3"))] == [
        (county, county), (point, point),
    ]  # fmt: skip
    with pytest.raises(NotOnDeposit):
        operations.bring_back(make_act(county), items=[make_item(node=county).id])
    assert differences() == []


def test_what_did_not_come_back_is_missing_and_its_shelf_is_at_home(places):
    county, point = places["county"], places["point"]
    slip = deposited(places, "B1", "B2")
    one, other = of("B1", "B2")
    lend(items.item(other), make_patron(node=point), make_act(point))

    with pytest.raises(StillLentThere):
        operations.report_missing(make_act(county), transfer_id=slip.id, items={other: "?"})
    after = operations.report_missing(make_act(county), transfer_id=slip.id, items={one: "学员带走"})
    with pytest.raises(NotOnDeposit):
        operations.report_missing(make_act(county), transfer_id=slip.id, items={one: "再报"})
    with pytest.raises(CheckoutRefused):
        lend(items.item(one), make_patron(node=county), make_act(county))

    assert (after.out, items.item(one).status, items.item(one).shelved_at) == (1, "missing", county)
    line = next(line for line in queries.lines(slip.id) if line.item == one)
    assert (line.back_as, line.reason, line.is_out) == ("missing", "学员带走", False)
    assert differences() == []


def test_a_deposit_has_a_day_and_one_item_is_in_one_of_them(places):
    county, point = places["county"], places["point"]
    slip = deposited(places, "C1")
    for wrong in ({"purpose": "deposit"}, {"purpose": "rotation", "due_on": DUE}, {"purpose": "rotation", "holder": 1}):
        with pytest.raises(DepositWithoutDay):
            slips.make(make_act(county), route=Route(from_node=county, to_node=point, **wrong))
    with pytest.raises(TransferTwice):
        slips.make(make_act(point), route=Route(from_node=point, to_node=county), items=of("C1"))

    longer = operations.extend(make_act(county), transfer_id=slip.id, due_on=date(2019, 9, 30))
    with pytest.raises(DepositWithoutDay):
        operations.extend(make_act(county), transfer_id=slip.id, due_on=date(2019, 7, 1))
    operations.bring_back(make_act(county), items=of("C1"))
    with pytest.raises(TransferClosed):
        operations.extend(make_act(county), transfer_id=slip.id, due_on=date(2019, 12, 31))

    assert longer.due_on == date(2019, 9, 30)
    transfer = slips.make(make_act(county), route=Route(from_node=county, to_node=point), items=of("C1"))
    act = make_act(county, staff=places["giver"])
    slips.sign_over(act, transfer_id=transfer.id)
    with pytest.raises(SameSigner):
        slips.sign_for(act, transfer_id=transfer.id, host="王所长")


def test_verify_names_what_is_out_and_has_its_shelf_elsewhere(places):
    deposited(places, "V1", "V2")

    holdings.relocate(make_act(places["county"]), item=of("V1")[0], shelved_at=places["county"])

    assert [(one.check, one.rows) for one in differences()] == [("holdings.deposits", ("V1",))]


def test_the_institution_is_reminded_on_its_days_and_once(places):
    point = places["point"]
    school = make_institution(node=point, name="第一小学")
    slip = deposited(places, "R1", "R2", holder=school)
    told = {}
    for day in (date(2019, 6, 15), date(2019, 6, 16), date(2019, 6, 30), date(2019, 7, 14), date(2019, 8, 20)):
        told[day.isoformat()[5:]] = operations.remind(datetime(day.year, day.month, day.day, 2, tzinfo=UTC))

    (_id, first), *rest = [one for one in posted.posted("notices", 20) if one[1]["template"] == "deposit_due"]
    assert told == {"06-15": 0, "06-16": 1, "06-30": 1, "07-14": 1, "08-20": 0}
    assert (first["patron"], first["facts"]["items"], first["facts"]["due_on"]) == (school.id, 2, "2019-06-30")
    assert len({one["key"] for _id, one in rest} | {first["key"]}) == 3
    assert [one.count for one in BELONGINGS.of(school.id)] == [0, 1]
    assert queries.deposits([point])[0].holder == school.id == slip.holder


def test_the_pages_of_deposits(places):
    county, point = places["county"], places["point"]
    school = make_institution(node=point, name="第一小学")
    reader = make_patron(node=point)
    for one in ("E1", "E2"):
        make_item(node=county, record=make_record(county, f"书 {one}").id, barcode=one)
    client = signed_in(county, "stacks")
    said = {"purpose": "deposit", "place": county, "to": point, "units": 9, "key": "k", "due_on": "2019-06-30"}

    person = client.post("/desk/items/transfers/plan/", said | {"holder": reader.cards[0].number, "make": "list"})
    said["holder"] = school.cards[0].number
    made = client.post("/desk/items/transfers/plan/", said | {"make": "list"})
    client.post(f"{made.url}sign-over")
    client.post(f"{made.url}sign-for", {"host": "李老师"})
    listed = client.get(PAGE).content.decode()
    slip_page = client.get(made.url).content.decode()
    client.post(f"{PAGE}back", {"scans": "E1"})
    (slip,) = queries.deposits([county])
    client.post(f"{PAGE}{slip.id}/extend", {"due_on": "2019-12-31"})
    stranger = signed_in(point, "stacks").post(f"{PAGE}{slip.id}/missing", {"missing": of("E2"), "reason": "x"})
    client.post(f"{PAGE}{slip.id}/missing", {"missing": of("E2"), "reason": "未还"})

    assert person.status_code == 422
    assert {"第一小学" in page for page in (listed, slip_page)} == {True}
    assert "李老师" in slip_page
    assert (slip.out, stranger.status_code) == (1, 403)
    after = queries.transfer(slip.id)
    assert (after.out, after.due_on, items.item_by_barcode("E2").status) == (0, date(2019, 12, 31), "missing")
    assert "is listed here" in client.get(PAGE).content.decode()


def test_what_came_back_has_a_slip_of_its_day_that_both_sign(places):
    slip = deposited(places, "A1", "A2", "A3", "A4")
    Item.objects.update(list_price_fen=2000)
    client, page = signed_in(places["county"], "stacks"), f"{PAGE}{slip.id}/print/"
    assert client.get(page).status_code == 404

    shown = client.post(f"{PAGE}back", {"scans": "A1 A2"}, follow=True)
    later = make_act(places["county"], date(2019, 5, 2))
    operations.bring_back(later, items=of("A3"))
    operations.report_missing(later, transfer_id=slip.id, items=dict.fromkeys(of("A4"), "借出未还"))

    last = client.get(page, headers={"accept-language": "zh-Hans"})
    first = client.get(page, {"day": "2019-04-03"})
    assert shown.context["came_back"] == {slip.id: slip.number}
    assert [entry["item"].barcode for entry in first.context["lines"]] == ["A1", "A2"]
    assert (first.context["sums"], last.context["sums"]) == (
        {"units": 2, "missing": 0, "fen": 4000}, {"units": 1, "missing": 1, "fen": 2000},
    )  # fmt: skip
    said = last.content.decode()
    assert [words for words in ("大写金额", "贰拾元整", "借出未还", "2019-05-02") if words not in said] == []
    assert signed_in(places["point"], "finance").get(page).status_code == 403
