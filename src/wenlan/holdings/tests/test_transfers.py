"""Transfers (调拨): items change their place for good, or their owner by a voucher and in the books of both."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from wenlan.catalogue.testing import make_record
from wenlan.circulation.errors import CheckoutRefused
from wenlan.circulation.testing import lend, make_act, make_rule, take_back
from wenlan.holdings import operations as holdings
from wenlan.holdings import queries as items
from wenlan.holdings.accounts import operations as accounts
from wenlan.holdings.accounts import queries as registers
from wenlan.holdings.accounts.queries import Sums
from wenlan.holdings.errors import (
    AccessionNumberTaken,
    MonthLocked,
    SameSigner,
    StatusNotAllowed,
    TransferClosed,
    TransferElsewhere,
    TransferNowhere,
    TransferTwice,
    TransferWhole,
    VoucherDiffers,
)
from wenlan.holdings.handovers import operations as handovers
from wenlan.holdings.handovers.operations import Destination
from wenlan.holdings.models import Transfer
from wenlan.holdings.testing import make_item
from wenlan.holdings.transfers import operations, queries
from wenlan.holdings.transfers.operations import Route
from wenlan.holdings.types import ItemStatus, NewItem, Transition
from wenlan.holdings.verification import differences
from wenlan.holdings.weeding import operations as weeding
from wenlan.indicators import operations as cubes
from wenlan.indicators.queries import figures
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import make_member, signed_in
from wenlan.ui import clock

YEAR = Period.year(2019)


@pytest.fixture
def library(db) -> dict[str, int]:
    root, main, east, west = make_network("MAIN", "EAST", "WEST")
    make_rule(root.id)
    ledger.load_measures()
    return {
        "root": root.id,
        "main": main.id,
        "east": east.id,
        "west": west.id,
        "giver": make_member(main.id, "stacks").id,
        "taker": make_member(east.id, "branch_manager").id,
    }


def bought(node: int, *barcodes: str, fen: int = 2000, on: date = date(2019, 1, 8)) -> list[int]:
    record = make_record(node, f"书 {barcodes[0]}").id
    new = [NewItem(record=record, barcode=code, origin="purchase", list_price_fen=fen) for code in barcodes]
    return list(holdings.accession_many(make_act(node, on), items=new))


def both_sign(library: dict[str, int], slip: int, on: date = date(2019, 3, 5)) -> queries.TransferView:
    operations.sign_over(make_act(library["main"], on, staff=library["giver"]), transfer_id=slip)
    return operations.sign_for(make_act(library["east"], on, staff=library["taker"]), transfer_id=slip)


def ownership(library: dict[str, int], *, fen: int, to_node: int | None = None) -> Route:
    return Route(
        from_node=library["main"],
        to_node=to_node,
        old_owner=library["main"],
        new_owner=library["east"],
        voucher="资调〔2019〕3号",
        voucher_sum_fen=fen,
    )


def values(*codes: str, node: int) -> dict[str, int]:
    cubes.fold()
    return {code: int(one.value or 0) for code, one in figures(codes, node=node, period=YEAR).items()}


def test_story_of_a_transfer_to_another_shelf(library):
    # Two books go for good from the main library to the branch; they stay the main library's. Between the signatures
    # nobody lends them; one is found torn and goes back. One book came and one left: no loan, no accession.
    main, east = library["main"], library["east"]
    good, torn = bought(main, "T1", "T2")
    slip = operations.make(make_act(main, key="m"), route=Route(from_node=main, to_node=east), items=[good])
    again = operations.make(make_act(main, key="m"), route=Route(from_node=main, to_node=east))
    operations.add_items(make_act(main), transfer_id=slip.id, items=[torn])
    with pytest.raises(TransferClosed):
        operations.sign_for(make_act(east, staff=library["taker"]), transfer_id=slip.id)

    operations.sign_over(make_act(main, staff=library["giver"]), transfer_id=slip.id)
    with pytest.raises(CheckoutRefused):
        lend(items.item(good), make_patron(node=east), make_act(east))
    with pytest.raises(SameSigner):
        operations.sign_for(make_act(east, staff=library["giver"]), transfer_id=slip.id)
    act = make_act(east, date(2019, 3, 5), staff=library["taker"])
    done = operations.sign_for(act, transfer_id=slip.id, refused={torn: "缺页"})

    assert (again.id, done.number, done.state) == (slip.id, "2019-0001", "received")
    assert (done.titles, done.units, done.list_sum_fen, done.refused) == (1, 2, 4000, 1)
    arrived, back = items.item(good), items.item(torn)
    assert (arrived.status, arrived.shelved_at, arrived.present_node, arrived.owner_node) == (
        "available", east, east, main,
    )  # fmt: skip
    assert (back.status, back.shelved_at) == ("available", main)
    assert values("transferred_in", "transferred_out", "additions", "removals", node=library["root"]) == {
        "transferred_in": 1, "transferred_out": 1, "additions": 2, "removals": 0,
    }  # fmt: skip
    assert values("transferred_in", "transferred_out", node=east) == {"transferred_in": 1, "transferred_out": 0}
    assert differences() == []


def test_story_of_a_transfer_of_property(library):
    # Three books of the main library stand in the branch already; now they pass to it by the county's voucher, one of
    # them on loan. They leave the one accession register under their old numbers and enter the other under new ones.
    main, east = library["main"], library["east"]
    ids = bought(main, "P1", "P2", "P3")
    accounts.lock_month(make_act(main, date(2019, 2, 1)), owner=main, month=date(2019, 1, 1))
    lend(items.item(ids[2]), make_patron(node=main), make_act(main, date(2019, 3, 1)))

    slip = operations.make(make_act(main), route=ownership(library, fen=6000), items=ids)
    done = both_sign(library, slip.id)
    operations.sign_for(make_act(east, staff=library["taker"]), transfer_id=slip.id)

    passed = [items.item(one) for one in ids]
    assert [(one.owner_node, one.accession_number, one.shelved_at) for one in passed] == [
        (east, "0000001", main), (east, "0000002", main), (east, "0000003", main),
    ]  # fmt: skip
    assert [one.status for one in passed] == ["available", "available", "on_loan"]
    assert [(one.old_number, one.new_number) for one in queries.lines(done.id)] == [
        ("0000001", "0000001"), ("0000002", "0000002"), ("0000003", "0000003"),
    ]  # fmt: skip
    gone = list(registers.volumes(main, YEAR))
    assert [(one.direction, one.accession_number, one.said["reason"]) for one in gone][3:] == [
        ("out", f"000000{n}", "transfer 资调〔2019〕3号") for n in (1, 2, 3)
    ]
    (entry,) = registers.entries(east, YEAR)
    assert (entry.way, entry.voucher, entry.source, entry.sums) == (
        "transfer", "资调〔2019〕3号", "Branch MAIN", Sums(units=3, fen=6000),
    )  # fmt: skip
    assert registers.entries(main, YEAR)[-1].balance == Sums(units=0, fen=0)
    assert (items.stock([main], date(2019, 3, 4)), items.stock([main], date(2019, 3, 5))) == ({"book": 3}, {})
    assert values("additions_by_transfer", "removals", "stock_held", node=library["root"]) == {
        "additions_by_transfer": 3, "removals": 3, "stock_held": 3,
    }  # fmt: skip
    assert values("stock_held", node=east) == {"stock_held": 3}
    again = NewItem(record=passed[0].record, barcode="P9", accession_number="0000001")
    with pytest.raises(AccessionNumberTaken):
        holdings.accession(make_act(main), item=again)
    assert differences() == []


def test_the_registers_of_both_owners_stay_as_they_were_when_they_are_locked(library):
    main, east = library["main"], library["east"]
    ids = bought(main, "L1", "L2")
    accounts.lock_month(make_act(main, date(2019, 2, 1)), owner=main, month=date(2019, 1, 1))
    route = ownership(library, fen=4000, to_node=east)
    both_sign(library, operations.make(make_act(main), route=route, items=ids).id)
    back = Route(
        from_node=east, old_owner=east, new_owner=main, voucher="资调〔2019〕4号", voucher_sum_fen=2000, to_node=main
    )
    again = operations.make(make_act(east), route=back, items=ids[:1])
    operations.sign_over(make_act(east, date(2019, 3, 5), staff=library["taker"]), transfer_id=again.id)
    operations.sign_for(make_act(main, date(2019, 3, 5), staff=library["giver"]), transfer_id=again.id)
    said = {owner: (registers.entries(owner, YEAR), list(registers.volumes(owner, YEAR))) for owner in (main, east)}

    for owner in (main, east):
        accounts.lock_month(make_act(owner, date(2019, 4, 1)), owner=owner, month=date(2019, 3, 1))
        assert said[owner] == (registers.entries(owner, YEAR), list(registers.volumes(owner, YEAR)))

    assert [one.accession_number for one in said[main][1]] == ["0000001", "0000002", "0000003", "0000001", "0000002"]
    accounts.correct_price(make_act(main, date(2019, 4, 2)), item=ids[0], price_fen=2500, reason="误录")
    assert [one.balance for one in registers.entries(main, YEAR)][-1] == Sums(units=1, fen=2500)
    late = operations.make(make_act(east), route=replace(back, voucher="资调〔2019〕5号"), items=ids[1:])
    operations.sign_over(make_act(east, staff=library["taker"]), transfer_id=late.id)
    with pytest.raises(MonthLocked):
        operations.sign_for(make_act(main, date(2019, 3, 9), staff=library["giver"]), transfer_id=late.id)
    assert items.item(ids[1]).owner_node == east
    assert differences() == []


def test_what_may_not_be_transferred_stays_off_the_slip(library):
    main, east, west = library["main"], library["east"], library["west"]
    here, lent, weeded = bought(main, "N1", "N2", "N3")
    elsewhere = make_item(node=east).id
    lend(items.item(lent), make_patron(node=main), make_act(main))
    weeding.propose(make_act(main), owner=main, items={weeded: "worn"})
    slip = operations.make(make_act(main), route=Route(from_node=main, to_node=east), items=[here])

    for route, item, refusal in (
        (Route(from_node=main), here, TransferNowhere),
        (Route(from_node=main, to_node=main), here, TransferNowhere),
        (Route(from_node=main, new_owner=east, old_owner=main, voucher="", voucher_sum_fen=1), here, TransferNowhere),
        (Route(from_node=main, to_node=west), here, TransferTwice),
        (Route(from_node=main, to_node=east), lent, StatusNotAllowed),
        (Route(from_node=main, to_node=west), elsewhere, TransferElsewhere),
        (ownership(library, fen=2000), weeded, TransferTwice),
    ):
        with pytest.raises(refusal):
            operations.make(make_act(main), route=route, items=[item])

    assert [one.id for one in queries.transfers([main])] == [slip.id]
    assert differences() == []


def test_property_passes_whole_and_only_by_a_voucher_that_agrees(library):
    main, east = library["main"], library["east"]
    ids = bought(main, "V1", "V2")
    slip = operations.make(make_act(main), route=ownership(library, fen=3999, to_node=east), items=ids)
    with pytest.raises(VoucherDiffers):
        operations.sign_over(make_act(main, staff=library["giver"]), transfer_id=slip.id)
    operations.correct_voucher(make_act(main), transfer_id=slip.id, voucher="资调〔2019〕3号", sum_fen=4000)
    operations.sign_over(make_act(main, staff=library["giver"]), transfer_id=slip.id)
    with pytest.raises(TransferWhole):
        operations.sign_for(make_act(east, staff=library["taker"]), transfer_id=slip.id, refused={ids[0]: "破"})

    lost = make_act(main, date(2019, 3, 6))
    holdings.change_state(lost, item=ids[0], transition=Transition.LOSE_ON_THE_WAY, reason="途中")
    with pytest.raises(TransferWhole):
        operations.sign_for(make_act(east, staff=library["taker"]), transfer_id=slip.id)

    assert [items.item(one).owner_node for one in ids] == [main, main]
    assert Transfer.objects.get().received_at is None
    assert differences() == []


def test_a_slip_is_undone_before_the_second_signature_and_given_up_before_the_first(library):
    main, east = library["main"], library["east"]
    ids = bought(main, "U1", "U2")
    slip = operations.make(make_act(main), route=Route(from_node=main, to_node=east), items=ids)
    operations.sign_over(make_act(main, staff=library["giver"]), transfer_id=slip.id)
    with pytest.raises(TransferClosed):
        operations.cancel(make_act(main), transfer_id=slip.id)

    back = operations.send_back(make_act(east), transfer_id=slip.id, reason="车坏了")
    operations.remove_item(make_act(main), transfer_id=slip.id, item=ids[0])
    given_up = operations.cancel(make_act(main), transfer_id=slip.id)
    with pytest.raises(TransferClosed):
        operations.sign_over(make_act(main), transfer_id=slip.id)

    assert (back.state, given_up.state, given_up.units) == ("draft", "cancelled", 1)
    assert [items.item(one).status for one in ids] == ["available", "available"]
    lend(items.item(ids[1]), make_patron(node=main), make_act(main))
    assert differences() == []


def test_the_tables_want_two_people_and_a_voucher(library):
    main, east = library["main"], library["east"]
    slip = operations.make(make_act(main), route=Route(from_node=main, to_node=east), items=bought(main, "D1"))
    operations.sign_over(make_act(main, staff=library["giver"]), transfer_id=slip.id)
    signer = queries.transfer(slip.id).sent_by

    for wrong in ({"received_at": make_act(1).at, "received_by": signer}, {"new_owner": east}, {"to_node": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Transfer.objects.filter(pk=slip.id).update(**wrong)


@pytest.mark.capability("A20")
def test_the_pages_of_a_transfer_lead_from_the_shelf_to_the_second_signature(library):
    main, east = library["main"], library["east"]
    bought(main, "S1", "S2")
    stacks, branch = signed_in(main, "stacks"), signed_in(east, "branch_manager")
    stranger = signed_in(library["west"], "branch_manager")

    refused = stacks.post("/desk/items/transfers/new/", {"place": str(main)})
    asked = {"place": str(main), "to": str(east), "scans": "S1 nobody", "note": "充实分馆"}
    made = stacks.post("/desk/items/transfers/new/", asked)
    page = made.headers["Location"]
    stacks.post(f"{page}add", {"scans": "S2"})
    early = branch.post(f"{page}sign-over").status_code
    stacks.post(f"{page}sign-over")
    denied = [stacks.post(f"{page}sign-for").status_code, stranger.post(f"{page}sign-for").status_code]
    hidden = stranger.get(page).status_code
    listed, shown = (branch.get(one).content.decode() for one in ("/desk/items/transfers/", page))
    branch.post(f"{page}sign-for", {"refused": [str(items.item_by_barcode("S2").id)]})
    paper = branch.get(f"{page}print/").content.decode()
    cubes.fold()
    figure = figures(("transferred_in",), node=east, period=Period.year(clock.today().year))["transferred_in"]

    assert (refused.status_code, early, denied, hidden) == (422, 403, [403, 403], 403)
    assert ("2019" in listed or "/transfers/" in listed, "Sign for the items" in shown) == (True, True)
    assert [items.item_by_barcode(code).shelved_at for code in ("S1", "S2")] == [east, main]
    assert ("S1" in paper, "充实分馆" in paper, "signature" in paper) == (True, True, True)
    assert figure.value == 1


def test_property_passes_on_the_pages_by_a_part_of_the_shelf(library):
    main, east = library["main"], library["east"]
    bought(main, "Q1", "Q2")
    network_wide = signed_in(library["root"], "stacks")
    second = signed_in(library["root"], "stacks")
    asked = {
        "place": str(main), "new_owner": str(east), "class_start": "I", "voucher": "资调〔2019〕7号",
        "voucher_sum": "39.99",
    }  # fmt: skip

    without = network_wide.post("/desk/items/transfers/new/", asked | {"class_start": ""})
    page = network_wide.post("/desk/items/transfers/new/", asked).headers["Location"]
    network_wide.post(f"{page}sign-over")
    differs = network_wide.get(page).content.decode()
    network_wide.post(f"{page}voucher", {"voucher": "资调〔2019〕7号", "voucher_sum": "40.00"})
    network_wide.post(f"{page}sign-over")
    second.post(f"{page}send-back")
    again = network_wide.get(page).content.decode()
    network_wide.post(f"{page}sign-over")
    second.post(f"{page}sign-for")

    assert without.status_code == 422
    assert ("The voucher says 39.99 yuan" in differs, "Sign and transfer" in again) == (True, True)
    assert {items.item_by_barcode(code).owner_node for code in ("Q1", "Q2")} == {east}
    assert items.item_by_barcode("Q1").status == ItemStatus.AVAILABLE
    assert differences() == []


@pytest.mark.capability("V05")
def test_handover_transfer_and_transit_are_three_operations(library):
    # Three books leave the main library on one day: a new one is handed over, one is transferred with its property,
    # one was returned in the branch and goes home. Each is on its way in its own state, nobody's to lend, and only
    # its own second step brings it back; each is counted where it belongs, and the printed lists say 种, 册, 码洋.
    main, east = library["main"], library["east"]
    new = make_item(node=main, barcode="NEW", status=ItemStatus.IN_PROCESSING)
    (property_,) = bought(main, "OLD")
    ours = make_item(node=main, barcode="OURS")
    reader = make_patron(node=main)
    slip = handovers.make(make_act(main), to=Destination(node=east), items=[new.id])
    handovers.sign_over(make_act(main, staff=library["giver"]), handover_id=slip.id)
    passing = operations.make(make_act(main), route=ownership(library, fen=2000, to_node=east), items=[property_])
    operations.sign_over(make_act(main, staff=library["giver"]), transfer_id=passing.id)
    lend(ours, reader, make_act(main, date(2019, 3, 4)))
    take_back(ours, make_act(east, date(2019, 3, 5)))

    states = [items.item(one).status for one in (new.id, property_, ours.id)]
    for one in (new, items.item(property_)):
        with pytest.raises(CheckoutRefused):
            lend(items.item(one.id), reader, make_act(east, date(2019, 3, 6)))
    taker = make_act(east, date(2019, 3, 6), staff=library["taker"])
    handed = handovers.sign_for(taker, handover_id=slip.id, refused={new.id: "封面破损"})
    taken = operations.sign_for(taker, transfer_id=passing.id)
    take_back(ours, make_act(main, date(2019, 3, 7)))

    assert states == ["in_handover", "in_transfer", "in_transit"]
    assert (handed.titles, handed.units, handed.list_sum_fen, handed.refused) == (1, 1, 2300, 1)
    assert (taken.titles, taken.units, taken.list_sum_fen, taken.voucher_sum_fen) == (1, 1, 2000, 2000)
    assert [items.item(one).owner_node for one in (new.id, property_, ours.id)] == [main, east, main]
    assert [items.item(one).status for one in (new.id, property_, ours.id)] == [
        "in_processing", "available", "available",
    ]  # fmt: skip
    assert values("transferred_in", "additions_by_transfer", "loans", node=library["root"]) == {
        "transferred_in": 1, "additions_by_transfer": 1, "loans": 1,
    }  # fmt: skip
    assert differences() == []
