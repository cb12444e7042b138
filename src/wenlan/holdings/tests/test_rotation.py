"""Rotation of stock (图书流转) and distribution (配送): planned, packed, signed for with differences; no loans."""

from datetime import UTC, date, datetime, timedelta

import pytest

from wenlan.catalogue.testing import make_record
from wenlan.circulation.testing import lend, make_act, make_rule, reserve, take_back
from wenlan.holdings import queries as items
from wenlan.holdings.errors import NotPacked, StatusNotAllowed, TransferNowhere
from wenlan.holdings.models import Item
from wenlan.holdings.rotation.queries import Plan, fitting
from wenlan.holdings.testing import make_item
from wenlan.holdings.transfers import operations, queries
from wenlan.holdings.transfers.operations import Differences, Route
from wenlan.holdings.verification import differences
from wenlan.indicators import operations as cubes
from wenlan.indicators.queries import acts_of, figures
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import make_member, signed_in
from wenlan.ui import clock

YEAR = Period.year(2019)
SPRING = date(2019, 4, 1)


@pytest.fixture
def places(db, monkeypatch) -> dict[str, int]:
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 4, 3, 2, tzinfo=UTC))
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    ledger.load_measures()
    giver, taker = make_member(east.id, "stacks").id, make_member(west.id, "branch_manager").id
    return {"root": root.id, "east": east.id, "west": west.id, "giver": giver, "taker": taker}


def books(node: int, *barcodes: str, since: date = date(2018, 6, 1), call_number: str = "I247/1") -> list[int]:
    """Return books of titles of their own that stand untouched since a day."""
    made = [make_item(node=node, record=make_record(node, f"书 {code}").id, barcode=code) for code in barcodes]
    Item.objects.filter(pk__in=[one.id for one in made]).update(status_since=since, call_number=call_number)
    return [one.id for one in made]


def values(*codes: str, node: int) -> tuple[int, ...]:
    cubes.fold()
    found = figures(codes, node=node, period=YEAR)
    return tuple(int(found[code].value or 0) for code in codes)


def test_story_of_a_rotation(places):
    # The east has novels that nobody took for months; five go to the west for the spring.
    east, west = places["east"], places["west"]
    novels = books(east, "N1", "N2", "N3", "N4", "N5")
    plan = Plan(from_node=east, to_node=west, units=5, class_starts=("I",), idle_days=180)
    route = Route(from_node=east, to_node=west, purpose="rotation")
    found = fitting(plan, SPRING)
    assert sorted(found) == novels
    slip = operations.make(make_act(east, SPRING, key="plan"), route=route, items=found)

    # Two boxes are packed by scan. One novel is not on its shelf: nobody signs before that is said.
    operations.add_items(make_act(east), transfer_id=slip.id, items=novels[:2], box="1")
    operations.add_items(make_act(east), transfer_id=slip.id, items=novels[2:4], box="2")
    with pytest.raises(NotPacked):
        operations.sign_over(make_act(east, staff=places["giver"]), transfer_id=slip.id)
    operations.drop_unpacked(make_act(east, SPRING), transfer_id=slip.id, search=True)
    operations.sign_over(make_act(east, SPRING, staff=places["giver"]), transfer_id=slip.id)
    assert items.item(novels[4]).status == "searched_for"

    # The west finds one torn, misses one, and has one in the box that no list names.
    (stray,) = books(east, "N6")
    but = Differences(refused={novels[1]: "缺页"}, missing={novels[3]: "箱内无"}, extra=[stray])
    act = make_act(west, date(2019, 4, 3), staff=places["taker"], key="sign")
    done = operations.sign_for(act, transfer_id=slip.id, but=but)
    operations.sign_for(make_act(west, staff=places["taker"]), transfer_id=slip.id)

    assert (done.units, done.taken, done.refused, done.missing) == (5, 3, 1, 1)
    came = [items.item(one) for one in (novels[0], novels[2], stray)]
    assert {(one.status, one.shelved_at, one.present_node, one.owner_node) for one in came} == {
        ("available", west, west, east)
    }
    assert [items.item(one).status for one in (novels[1], novels[3])] == ["available", "lost_on_the_way"]
    codes = ("rotated_out", "rotated_in", "rotation_batches", "loans", "transferred_out", "volumes_distributed")
    assert values(*codes, node=places["root"]) == (3, 3, 1, 0, 0, 0)
    assert (values(*codes[:2], node=east), values(*codes[:2], node=west)) == ((3, 0), (0, 3))
    assert differences() == []

    # A figure opens down to its acts, each of them one volume of the slip.
    found = acts_of("rotated_out", node=east, period=YEAR)
    assert {one.source for one in found.rows} == {f"transfer:{slip.id}:{one.uid}:out" for one in came}


@pytest.mark.capability("A18")
def test_story_of_a_distribution_to_a_branch(places):
    # The county makes out a list for the branch, packs two boxes, and sends them. The branch signs for three of four.
    east, west = places["east"], places["west"]
    sent = books(east, "D1", "D2", "D3", "D4")
    route = Route(from_node=east, to_node=west, purpose="distribution", note="统一配送 4 月")
    slip = operations.make(make_act(east, SPRING), route=route)
    for box, some in (("1", sent[:2]), ("2", sent[2:])):
        operations.add_items(make_act(east), transfer_id=slip.id, items=some, box=box)
    manager = signed_in(west, "branch_manager")
    printed = signed_in(east, "stacks").get(f"/desk/items/transfers/{slip.id}/print/").content.decode()
    operations.sign_over(make_act(east, SPRING, staff=places["giver"]), transfer_id=slip.id)

    page = f"/desk/items/transfers/{slip.id}/"
    manager.post(f"{page}sign-for", {"missing": sent[3], f"reason-{sent[3]}": "少一册"})

    done = queries.transfer(slip.id)
    assert {code in printed for code in ("D1", "D4", "box 1: 2 volumes", "box 2: 2 volumes")} == {True}
    assert (done.state, done.units, done.taken, done.missing) == ("received", 4, 3, 1)
    assert [items.item(one).shelved_at for one in sent] == [west, west, west, east]
    codes = ("volumes_distributed", "volumes_to_branches", "distribution_batches", "rotated_out", "loans")
    assert values(*codes, node=places["root"]) == (3, 3, 1, 0, 0)
    assert differences() == []


def test_a_plan_takes_the_longest_idle_and_leaves_what_is_needed(places):
    east, west = places["east"], places["west"]
    old, older, touched, other_class = (
        *books(east, "P1", since=date(2018, 3, 1)),
        *books(east, "P2", since=date(2018, 2, 1)),
        *books(east, "P3", since=SPRING),
        *books(east, "P4", call_number="K2/1"),
    )
    held_there = items.item(old).record
    twin = make_item(node=east, record=items.item(older).record, barcode="P5").id
    Item.objects.filter(pk=twin).update(status_since=date(2018, 1, 1), call_number="I247/1")
    reader = make_patron(node=west)
    on_loan, waited_for = books(east, "P6", "P7")
    lend(items.item(on_loan), reader, make_act(east))
    reserve(items.item(waited_for), reader, make_act(west))
    plan = Plan(from_node=east, to_node=west, units=10, class_starts=("I",), idle_days=180)

    def at(**more: object) -> tuple[int, ...]:
        return fitting(Plan(**{**plan_of(plan), **more}), SPRING)

    assert sorted(at()) == sorted([old, twin])  # one copy of a title, the longer idle one
    assert sorted(at(only_new=False)) == sorted([old, older, twin])
    assert sorted(at(only_new=False, leave=1)) == [twin]
    assert at(units=1) == (twin,)
    assert touched not in at(idle_days=None, leave=1)
    assert at(class_starts=("K",)) == (other_class,)
    make_item(node=west, record=held_there, barcode="P8")
    assert at() == (twin,)


def plan_of(plan: Plan) -> dict[str, object]:
    return {name: getattr(plan, name) for name in Plan.__dataclass_fields__}


def test_what_has_been_there_does_not_go_there_again(places):
    east, west = places["east"], places["west"]
    (book,) = books(east, "B1")
    for start, end, signers in ((east, west, ("giver", "taker")), (west, east, ("taker", "giver"))):
        slip = operations.make(
            make_act(start, SPRING), route=Route(from_node=start, to_node=end, purpose="rotation"), items=[book]
        )
        operations.sign_over(make_act(start, SPRING, staff=places[signers[0]]), transfer_id=slip.id)
        operations.sign_for(make_act(end, SPRING, staff=places[signers[1]]), transfer_id=slip.id)

    assert items.item(book).shelved_at == east
    assert fitting(Plan(from_node=east, to_node=west, units=5), SPRING + timedelta(days=400)) == ()
    assert fitting(Plan(from_node=east, to_node=west, units=5, only_new=False), SPRING) == (book,)


def test_a_rotation_neither_passes_property_nor_stays_where_it_is(places):
    east, west = places["east"], places["west"]
    (book,) = books(east, "R1")
    lend(items.item(book), make_patron(node=east), make_act(east))
    bought = {"new_owner": west, "old_owner": east, "voucher": "1", "voucher_sum_fen": 0, "to_node": west}

    for more in ({"to_node": None}, {"to_node": east}, bought):
        with pytest.raises(TransferNowhere):
            operations.make(make_act(east), route=Route(from_node=east, purpose="rotation", **more))
    route = Route(from_node=east, to_node=west, purpose="rotation")
    with pytest.raises(StatusNotAllowed):
        operations.make(make_act(east), route=route, items=[book])
    take_back(items.item(book), make_act(east))
    assert operations.make(make_act(east), route=route, items=[book]).units == 1


def test_the_page_of_a_plan_shows_what_fits_and_makes_the_pick_list(places):
    east, west = places["east"], places["west"]
    novels = books(east, "W1", "W2")
    client, page = signed_in(east, "stacks"), "/desk/items/transfers/plan/"
    said = {"purpose": "rotation", "place": east, "to": west, "units": 5, "classes": "I", "only_new": "on", "key": "k"}

    looked = client.post(page, said).content.decode()
    made = client.post(page, said | {"make": "list"})
    nothing = client.post(page, said | {"make": "list", "classes": "Z", "key": "k2"})
    elsewhere = signed_in(west, "stacks").post(page, said | {"key": "k3"})

    (slip,) = queries.transfers([east], purpose="rotation")
    assert {"W1" in looked, "W2" in looked} == {True}
    assert (made.url, slip.units) == (f"/desk/items/transfers/{slip.id}/", 2)
    assert (nothing.status_code, elsewhere.status_code) == (422, 422)
    packed = client.post(f"{made.url}add", {"scans": "W1", "box": "3"})
    assert packed.url == f"{made.url}?box=3"
    assert "1 volumes are in no box" in client.get(packed.url).content.decode()
    client.post(f"{made.url}drop-unpacked", {"search": "1"})
    assert [items.item(one).status for one in novels] == ["available", "searched_for"]
    assert queries.transfer(slip.id).packed == queries.transfer(slip.id).units == 1
