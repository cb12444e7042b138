"""Items go from one place to another on slips that two people sign, by scan or dealt out by a plan."""

from collections import Counter
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from wenlan.catalogue.testing import make_record
from wenlan.circulation.errors import CheckoutRefused
from wenlan.circulation.testing import lend, make_act, make_rule
from wenlan.holdings import queries as items
from wenlan.holdings.errors import HandoverClosed, HandoverTwice, SameSigner, StatusNotAllowed
from wenlan.holdings.handovers import operations, queries
from wenlan.holdings.handovers.operations import Destination
from wenlan.holdings.handovers.policies import deal
from wenlan.holdings.models import Handover
from wenlan.holdings.testing import make_item
from wenlan.holdings.types import ItemStatus
from wenlan.holdings.verification import differences
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import make_member, signed_in

PAIRS = st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 5)), max_size=60, unique_by=lambda pair: pair[0])
SHARES = st.lists(st.integers(0, 5), min_size=1, max_size=5).filter(any)


@given(PAIRS, SHARES, st.booleans())
def test_every_item_is_dealt_once_and_only_to_places_with_a_share(pairs, shares, in_turn):
    dealt = deal(pairs, shares, in_turn=in_turn)

    assert set(dealt) == {item for item, _ in pairs}
    assert all(shares[share] for share in dealt.values())


@given(PAIRS, SHARES)
def test_in_turn_every_place_has_at_least_its_share(pairs, shares):
    dealt = Counter(deal(pairs, shares, in_turn=True).values())

    for share, weight in enumerate(shares):
        assert dealt[share] >= len(pairs) * weight // sum(shares)


@given(PAIRS, SHARES)
def test_by_copy_no_title_gives_a_later_place_something_before_the_earlier_is_full(pairs, shares):
    dealt = deal(pairs, shares, in_turn=False)

    for record in {record for _, record in pairs}:
        given_to = Counter(dealt[item] for item, of in pairs if of == record)
        rounds = sum(given_to.values()) // sum(shares)
        assert all(given_to[share] >= rounds * copies for share, copies in enumerate(shares))


@pytest.fixture
def library(db) -> dict[str, int]:
    root, main, east, west = make_network("MAIN", "EAST", "WEST")
    make_rule(root.id)
    return {
        "main": main.id,
        "east": east.id,
        "west": west.id,
        "giver": make_member(main.id, "stacks").id,
        "taker": make_member(east.id, "branch_manager").id,
    }


def test_story_of_a_handover_with_two_signatures(library):
    # Three new books go from the main library to the branch. Between the two signatures nobody can lend them.
    # The branch counts: one is torn and goes back; two are the branch's to lend.
    main, east = library["main"], library["east"]
    record = make_record(main, "三体").id
    first, second = (make_item(node=main, record=record, status=ItemStatus.IN_PROCESSING) for _ in range(2))
    torn = make_item(node=main, status=ItemStatus.IN_PROCESSING)
    all_three = [first.id, second.id, torn.id]
    slip = operations.make(make_act(main, key="m", staff=library["giver"]), to=Destination(node=east), items=all_three)
    again = operations.make(make_act(main, key="m", staff=library["giver"]), to=Destination(node=east))
    with pytest.raises(HandoverTwice):
        operations.make(make_act(main), to=Destination(node=library["west"]), items=[torn.id])
    with pytest.raises(HandoverClosed):
        operations.sign_for(make_act(east, staff=library["taker"]), handover_id=slip.id)

    operations.sign_over(make_act(main, staff=library["giver"]), handover_id=slip.id)
    with pytest.raises(CheckoutRefused):
        lend(first, make_patron(node=east), make_act(east))
    with pytest.raises(SameSigner):
        operations.sign_for(make_act(east, staff=library["giver"]), handover_id=slip.id)
    done = operations.sign_for(
        make_act(east, date(2019, 3, 5), staff=library["taker"]), handover_id=slip.id, refused={torn.id: "封面破损"}
    )
    repeated = operations.sign_for(make_act(east, staff=library["taker"]), handover_id=slip.id)
    lend(first, make_patron(node=east), make_act(east, date(2019, 3, 6)))

    assert (slip.id, done.number, done.state, done) == (again.id, "2019-0001", "received", repeated)
    assert (done.titles, done.units, done.list_sum_fen, done.refused) == (2, 3, 6900, 1)
    arrived, back = items.item(second.id), items.item(torn.id)
    assert (arrived.status, arrived.shelved_at, arrived.present_node, arrived.owner_node) == (
        "available", east, east, main,
    )  # fmt: skip
    assert (back.status, back.shelved_at) == ("in_processing", main)
    assert [one.after for one in items.state_changes(torn.id)] == ["in_processing", "in_handover"]
    assert items.stock([main], date(2019, 3, 6)) == {"book": 3}
    assert differences() == []


def test_a_book_lent_meanwhile_keeps_the_slip_from_being_signed(library):
    main = library["main"]
    item = make_item(node=main)
    slip = operations.make(make_act(main), to=Destination(node=library["east"]), items=[item.id])
    lend(item, make_patron(node=main), make_act(main))

    with pytest.raises(StatusNotAllowed):
        operations.sign_over(make_act(main), handover_id=slip.id)
    operations.remove_item(make_act(main), handover_id=slip.id, item=item.id)
    given_up = operations.cancel(make_act(main), handover_id=slip.id)

    assert (given_up.state, given_up.units) == ("cancelled", 0)


def test_the_tables_want_two_people(library):
    slip = operations.make(
        make_act(library["main"]), to=Destination(node=library["east"]), items=[make_item(node=library["main"]).id]
    )
    operations.sign_over(make_act(library["main"], staff=library["giver"]), handover_id=slip.id)
    signer = queries.handover(slip.id).sent_by

    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.filter(pk=slip.id).update(received_at=make_act(1).at, received_by=signer)


@pytest.mark.capability("V04")
def test_copies_are_dealt_out_by_a_plan_or_by_scan(library):
    # Two titles with three copies each: the first copy to the main library, the next two to the east; one by hand west.
    main, east, west = library["main"], library["east"], library["west"]
    records = [make_record(main, title).id for title in ("三体", "球状闪电")]
    copies = [
        make_item(node=main, record=record, barcode=f"{record}-{n}", status=ItemStatus.IN_PROCESSING)
        for record in records
        for n in range(3)
    ]
    plan = operations.make_plan(make_act(main), name="三册书", shares=[(main, None, 1), (east, None, 2)], in_turn=False)
    by_scan = signed_in(main, "stacks")

    slips = operations.allocate(make_act(main, key="a"), items=[one.id for one in copies], by=plan)
    again = operations.allocate(make_act(main, key="a"), items=[one.id for one in copies], by=plan)
    last = make_item(node=main, barcode="HAND1", status=ItemStatus.IN_PROCESSING)
    by_scan.post("/desk/items/handovers/new/", {"to": str(west), "scans": "HAND1", "ready": "on"})

    assert slips == again
    assert [(one.to_node, one.titles, one.units) for one in slips] == [(main, 2, 2), (east, 2, 4)]
    (west_slip,) = [one for one in queries.handovers([west]) if one.to_node == west]
    assert [line.item for line in queries.lines(west_slip.id)] == [last.id]


@pytest.mark.django_db
def test_the_pages_of_a_slip_lead_from_scan_to_the_second_signature(library):
    main, east = library["main"], library["east"]
    make_item(node=main, barcode="S1"), make_item(node=main, barcode="S2")
    stacks, branch = signed_in(main, "stacks"), signed_in(east, "branch_manager")
    stranger = signed_in(library["west"], "branch_manager")

    empty = branch.get("/desk/items/handovers/").content.decode()
    made = stacks.post("/desk/items/handovers/new/", {"to": str(east), "scans": "S1 nobody", "ready": "on"})
    page = made.headers["Location"]
    stacks.post(f"{page}add", {"scans": "S2"})
    stacks.post(f"{page}sign-over")
    refused = [stacks.post(f"{page}sign-for").status_code, stranger.post(f"{page}sign-for").status_code]
    listed = branch.get("/desk/items/handovers/").content.decode()
    asked = branch.get(page).content.decode()
    branch.post(f"{page}sign-for", {"refused": [str(items.item_by_barcode("S2").id)]})
    paper = branch.get(f"{page}print/").content.decode()

    assert refused == [403, 403]
    assert ("2019-" in empty, "Sign for the items" in asked) == (False, True)
    assert page.rstrip("/").split("/")[-1] in listed
    assert [items.item_by_barcode(code).shelved_at for code in ("S1", "S2")] == [east, main]
    assert ("S1" in paper, "signature" in paper) == (True, True)
